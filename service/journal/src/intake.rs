//! What a ticket brings when it comes in.

use switchyard_domain::desk::event::Intake;
use switchyard_domain::ids::TeamId;
use switchyard_domain::load::Load;
use switchyard_proto::journal_v1 as pb;

use crate::scalar::{optional_id, required};
use crate::{DecodeError, decision, sla, ticket};

pub(crate) fn to_record(intake: &Intake) -> pb::Intake {
    pb::Intake {
        ticket: Some(ticket::to_record(&intake.ticket)),
        team: intake.team.as_ref().map(ToString::to_string),
        weight_milli: intake.weight.milli(),
        priority: Some(decision::priority_to_record(&intake.priority)),
        clocks: Some(sla::to_record(&intake.clocks)),
        source_revision: intake.source_revision,
    }
}

pub(crate) fn from_record(record: pb::Intake) -> Result<Intake, DecodeError> {
    let ticket = required(record.ticket, "Intake.ticket")?;
    let priority = required(record.priority, "Intake.priority")?;
    Ok(Intake {
        ticket: ticket::from_record(ticket)?.into(),
        team: optional_id(record.team.as_deref(), TeamId::new, "Intake.team")?,
        weight: Load::from_milli(record.weight_milli),
        priority: decision::priority_from_record(&priority)?,
        clocks: sla::from_record(required(record.clocks, "Intake.clocks")?)?,
        source_revision: record.source_revision,
    })
}
