//! A ticket's life at the desk, as snapshots keep it.

use switchyard_domain::desk::{Case, Phase};
use switchyard_domain::ids::{AgentId, TeamId};
use switchyard_domain::load::Load;
use switchyard_proto::journal_v1 as pb;
use switchyard_proto::journal_v1::phase::{Active, Closed, Kind, Queued};

use crate::labels::Label;
use crate::scalar::{id, optional_id, required, timestamp};
use crate::{DecodeError, decision, sla, ticket};

pub(crate) fn to_record(case: &Case) -> pb::Case {
    pb::Case {
        ticket: Some(ticket::to_record(&case.ticket)),
        team: case.team.as_ref().map(ToString::to_string),
        weight_milli: case.weight.milli(),
        priority: Some(decision::priority_to_record(&case.priority)),
        clocks: Some(sla::to_record(&case.clocks)),
        phase: Some(phase_to_record(&case.phase)),
        hold: Label::to_optional_record(case.hold),
        source_revision: case.source_revision,
        triaged_seq: case.triaged_seq,
        decision_seq: case.decision_seq,
        version: case.version,
    }
}

pub(crate) fn from_record(record: pb::Case) -> Result<Case, DecodeError> {
    let ticket = required(record.ticket, "Case.ticket")?;
    let priority = required(record.priority, "Case.priority")?;
    let phase = required(record.phase, "Case.phase")?;
    Ok(Case {
        ticket: ticket::from_record(ticket)?.into(),
        team: optional_id(record.team.as_deref(), TeamId::new, "Case.team")?,
        weight: Load::from_milli(record.weight_milli),
        priority: decision::priority_from_record(&priority)?,
        clocks: sla::from_record(required(record.clocks, "Case.clocks")?)?,
        phase: phase_from_record(phase)?,
        hold: Label::from_optional_record(record.hold, "Case.hold")?,
        source_revision: record.source_revision,
        triaged_seq: record.triaged_seq,
        decision_seq: record.decision_seq,
        version: record.version,
    })
}

fn phase_to_record(phase: &Phase) -> pb::Phase {
    let kind = match phase {
        Phase::Queued { since } => Kind::Queued(Queued { since: since.millis() }),
        Phase::Active { owner, since } => {
            Kind::Active(Active { owner: owner.to_string(), since: since.millis() })
        }
        Phase::Closed { at, closing, owner } => Kind::Closed(Closed {
            at: at.millis(),
            closing: closing.to_record(),
            owner: owner.as_ref().map(ToString::to_string),
        }),
    };
    pb::Phase { kind: Some(kind) }
}

fn phase_from_record(record: pb::Phase) -> Result<Phase, DecodeError> {
    match required(record.kind, "Phase.kind")? {
        Kind::Queued(Queued { since }) => {
            Ok(Phase::Queued { since: timestamp(since, "Phase.Queued.since")? })
        }
        Kind::Active(Active { owner, since }) => Ok(Phase::Active {
            owner: id(&owner, AgentId::new, "Phase.Active.owner")?,
            since: timestamp(since, "Phase.Active.since")?,
        }),
        Kind::Closed(Closed { at, closing, owner }) => Ok(Phase::Closed {
            at: timestamp(at, "Phase.Closed.at")?,
            closing: Label::from_record(closing, "Phase.Closed.closing")?,
            owner: optional_id(owner.as_deref(), AgentId::new, "Phase.Closed.owner")?,
        }),
    }
}
