//! The events that came with version 2: merges, transfers, work handed back, promises made again.

use switchyard_domain::desk::Event;
use switchyard_domain::ids::{AgentId, TicketId};
use switchyard_domain::sla::Clocks;
use switchyard_proto::journal_v1 as pb;

use crate::labels::Label;
use crate::scalar::{id, optional_id, required};
use crate::{DecodeError, sla, transfer};

pub(crate) fn acknowledged(record: &pb::Acknowledged) -> Result<Event, DecodeError> {
    Ok(Event::Acknowledged {
        ticket: id(&record.ticket, TicketId::new, "Acknowledged.ticket")?,
        source_revision: record.source_revision,
    })
}

pub(crate) fn merged(record: &pb::Merged) -> Result<Event, DecodeError> {
    Ok(Event::Merged {
        ticket: id(&record.ticket, TicketId::new, "Merged.ticket")?,
        into: id(&record.into, TicketId::new, "Merged.into")?,
        clocks: sla::from_record(required(record.clocks, "Merged.clocks")?)?,
        source_revision: record.source_revision,
    })
}

pub(crate) fn absorbed(record: &pb::Absorbed) -> Result<Event, DecodeError> {
    Ok(Event::Absorbed {
        ticket: id(&record.ticket, TicketId::new, "Absorbed.ticket")?,
        merged: id(&record.merged, TicketId::new, "Absorbed.merged")?,
        clocks: sla::from_record(required(record.clocks, "Absorbed.clocks")?)?,
    })
}

pub(crate) fn transferred(record: pb::Transferred) -> Result<Event, DecodeError> {
    let stay = required(record.transfer, "Transferred.transfer")?;
    Ok(Event::Transferred {
        ticket: id(&record.ticket, TicketId::new, "Transferred.ticket")?,
        transfer: transfer::from_record(stay)?.into(),
        source_revision: record.source_revision,
    })
}

pub(crate) fn returned(record: &pb::Returned) -> Result<Event, DecodeError> {
    Ok(Event::Returned {
        ticket: id(&record.ticket, TicketId::new, "Returned.ticket")?,
        source_revision: record.source_revision,
    })
}

pub(crate) fn released(record: &pb::Released) -> Result<Event, DecodeError> {
    Ok(Event::Released {
        ticket: id(&record.ticket, TicketId::new, "Released.ticket")?,
        agent: id(&record.agent, AgentId::new, "Released.agent")?,
        reason: Label::from_optional_record(record.reason, "Released.reason")?,
    })
}

pub(crate) fn intake_set(record: &pb::IntakeSet) -> Result<Event, DecodeError> {
    let agent = id(&record.agent, AgentId::new, "IntakeSet.agent")?;
    Ok(Event::IntakeSet { agent, paused: record.paused })
}

pub(crate) fn promises_to_record(
    renewed: &[(TicketId, Clocks)],
    n_looked: u64,
    until: Option<&TicketId>,
) -> pb::PromisesRenewed {
    let record = |(ticket, clocks): &(TicketId, Clocks)| pb::promises_renewed::Renewed {
        ticket: ticket.to_string(),
        clocks: Some(sla::to_record(clocks)),
    };
    pb::PromisesRenewed {
        renewed: renewed.iter().map(record).collect(),
        n_looked,
        until: until.map(ToString::to_string),
    }
}

pub(crate) fn promises_renewed(record: &pb::PromisesRenewed) -> Result<Event, DecodeError> {
    let renewed = record.renewed.iter().map(|renewed| {
        let ticket = id(&renewed.ticket, TicketId::new, "PromisesRenewed.ticket")?;
        let clocks = required(renewed.clocks, "PromisesRenewed.clocks")?;
        Ok((ticket, sla::from_record(clocks)?))
    });
    Ok(Event::PromisesRenewed {
        renewed: renewed.collect::<Result<_, _>>()?,
        n_looked: record.n_looked,
        until: optional_id(record.until.as_deref(), TicketId::new, "PromisesRenewed.until")?,
    })
}
