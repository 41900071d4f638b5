//! One thing that happened: the dispatch over all kinds, and the small events themselves.

use switchyard_domain::desk::case::Latest;
use switchyard_domain::desk::event::Intake;
use switchyard_domain::desk::{AdviceTaken, Event, HoldReason};
use switchyard_domain::ids::{AgentId, TeamId, TicketId};
use switchyard_domain::time::Timestamp;
use switchyard_proto::journal_v1 as pb;
use switchyard_proto::journal_v1::event::Kind;

use crate::labels::Label;
use crate::scalar::{id, optional_id, optional_timestamp, required, small};
use crate::{
    DecodeError, PolicyOf, activity, agent, decision, intake, later, policy_from_record, schedule,
    sla, transfer,
};

pub(crate) fn to_record(event: &Event) -> pb::Event {
    pb::Event { kind: Some(kind_to_record(event)) }
}

fn kind_to_record(event: &Event) -> Kind {
    match event {
        Event::PolicyApplied(policy) => {
            Kind::PolicyApplied(pb::PolicyApplied { revision: policy.revision })
        }
        Event::TeamUpserted(team) => Kind::TeamUpserted(agent::team_to_record(team)),
        Event::TeamRemoved(team) => Kind::TeamRemoved(pb::TeamRemoved { team: team.to_string() }),
        Event::AgentUpserted(agent) => Kind::AgentUpserted(agent::to_record(agent)),
        Event::AgentRemoved(agent) => {
            Kind::AgentRemoved(pb::AgentRemoved { agent: agent.to_string() })
        }
        Event::ShiftsReplaced { agent, shifts } => Kind::ShiftsReplaced(pb::ShiftsReplaced {
            agent: agent.to_string(),
            shifts: schedule::shifts_to_record(shifts),
        }),
        Event::PresenceSet { agent, presence, source } => Kind::PresenceSet(pb::PresenceSet {
            agent: agent.to_string(),
            presence: Label::to_optional_record(*presence),
            source: source.to_record(),
        }),
        Event::TicketTriaged(intake) => Kind::TicketTriaged(intake::to_record(intake)),
        Event::TicketAdopted { intake, owner, hold, latest } => {
            Kind::TicketAdopted(adopted_to_record(intake, owner.as_ref(), *hold, latest))
        }
        Event::TicketAdvised { intake, decision } => Kind::TicketAdvised(pb::TicketAdvised {
            intake: Some(intake::to_record(intake)),
            decision: Some(decision::to_record(decision)),
        }),
        Event::Decided(decision) => Kind::Decided(decision::to_record(decision)),
        Event::OwnerSet { ticket, agent, source_revision, advice } => {
            Kind::OwnerSet(pb::OwnerSet {
                ticket: ticket.to_string(),
                agent: agent.to_string(),
                source_revision: *source_revision,
                advice: advice.map(advice_to_record),
            })
        }
        Event::Reported { ticket, activity, happened_at, clocks, source_revision } => {
            Kind::Reported(pb::Reported {
                ticket: ticket.to_string(),
                activity: Some(activity::to_record(activity)),
                clocks: Some(sla::to_record(clocks)),
                source_revision: *source_revision,
                happened_at: happened_at.map(Timestamp::millis),
            })
        }
        Event::Acknowledged { ticket, source_revision } => Kind::Acknowledged(pb::Acknowledged {
            ticket: ticket.to_string(),
            source_revision: *source_revision,
        }),
        Event::Merged { ticket, into, clocks, source_revision } => Kind::Merged(pb::Merged {
            ticket: ticket.to_string(),
            into: into.to_string(),
            clocks: Some(sla::to_record(clocks)),
            source_revision: *source_revision,
        }),
        Event::Absorbed { ticket, merged, clocks } => Kind::Absorbed(pb::Absorbed {
            ticket: ticket.to_string(),
            merged: merged.to_string(),
            clocks: Some(sla::to_record(clocks)),
        }),
        Event::Transferred { ticket, transfer, source_revision } => {
            Kind::Transferred(pb::Transferred {
                ticket: ticket.to_string(),
                transfer: Some(transfer::to_record(transfer)),
                source_revision: *source_revision,
            })
        }
        Event::Returned { ticket, source_revision } => Kind::Returned(pb::Returned {
            ticket: ticket.to_string(),
            source_revision: *source_revision,
        }),
        Event::Released { ticket, agent, reason } => Kind::Released(pb::Released {
            ticket: ticket.to_string(),
            agent: agent.to_string(),
            reason: Label::to_optional_record(*reason),
        }),
        Event::IntakeSet { agent, paused } => {
            Kind::IntakeSet(pb::IntakeSet { agent: agent.to_string(), paused: *paused })
        }
        Event::RenewalBegun { made_under, n_open } => {
            Kind::RenewalBegun(pb::RenewalBegun { made_under: *made_under, n_open: *n_open })
        }
        Event::PromisesRenewed { renewed, n_looked, until } => {
            Kind::PromisesRenewed(later::promises_to_record(renewed, *n_looked, until.as_ref()))
        }
        Event::Closed { ticket, closing, happened_at, clocks, source_revision } => {
            Kind::Closed(pb::Closed {
                ticket: ticket.to_string(),
                closing: closing.to_record(),
                clocks: Some(sla::to_record(clocks)),
                source_revision: *source_revision,
                happened_at: happened_at.map(Timestamp::millis),
            })
        }
        Event::Reopened { ticket, clocks, source_revision } => Kind::Reopened(pb::Reopened {
            ticket: ticket.to_string(),
            clocks: Some(sla::to_record(clocks)),
            source_revision: *source_revision,
        }),
    }
}

pub(crate) fn from_record(
    record: pb::Event,
    policy_of: PolicyOf<'_>,
) -> Result<Event, DecodeError> {
    match required(record.kind, "Event.kind")? {
        Kind::PolicyApplied(record) => {
            policy_from_record(record.revision, policy_of).map(Event::PolicyApplied)
        }
        Kind::TeamUpserted(record) => agent::team_from_record(record).map(Event::TeamUpserted),
        Kind::TeamRemoved(record) => {
            id(&record.team, TeamId::new, "TeamRemoved.team").map(Event::TeamRemoved)
        }
        Kind::AgentUpserted(record) => {
            agent::from_record(record).map(|agent| Event::AgentUpserted(agent.into()))
        }
        Kind::AgentRemoved(record) => {
            id(&record.agent, AgentId::new, "AgentRemoved.agent").map(Event::AgentRemoved)
        }
        Kind::ShiftsReplaced(record) => shifts_replaced(&record),
        Kind::PresenceSet(record) => presence_set(&record),
        Kind::TicketTriaged(record) => {
            intake::from_record(record).map(|intake| Event::TicketTriaged(intake.into()))
        }
        Kind::TicketAdopted(record) => ticket_adopted(record),
        Kind::TicketAdvised(record) => ticket_advised(record),
        Kind::Decided(record) => {
            decision::from_record(record).map(|decision| Event::Decided(decision.into()))
        }
        Kind::OwnerSet(record) => owner_set(&record),
        Kind::Reported(record) => reported(&record),
        Kind::Closed(record) => closed(&record),
        Kind::Reopened(record) => reopened(&record),
        Kind::Acknowledged(record) => later::acknowledged(&record),
        Kind::Merged(record) => later::merged(&record),
        Kind::Absorbed(record) => later::absorbed(&record),
        Kind::Transferred(record) => later::transferred(record),
        Kind::Returned(record) => later::returned(&record),
        Kind::Released(record) => later::released(&record),
        Kind::IntakeSet(record) => later::intake_set(&record),
        Kind::RenewalBegun(pb::RenewalBegun { made_under, n_open }) => {
            Ok(Event::RenewalBegun { made_under, n_open })
        }
        Kind::PromisesRenewed(record) => later::promises_renewed(&record),
    }
}

fn advice_to_record(taken: AdviceTaken) -> pb::AdviceTaken {
    pb::AdviceTaken { place: taken.place.into(), n_listed: taken.n_listed.into() }
}

fn advice_from_record(record: pb::AdviceTaken) -> Result<AdviceTaken, DecodeError> {
    Ok(AdviceTaken {
        place: small(record.place, "AdviceTaken.place")?,
        n_listed: small(record.n_listed, "AdviceTaken.n_listed")?,
    })
}

fn shifts_replaced(record: &pb::ShiftsReplaced) -> Result<Event, DecodeError> {
    Ok(Event::ShiftsReplaced {
        agent: id(&record.agent, AgentId::new, "ShiftsReplaced.agent")?,
        shifts: schedule::shifts_from_record(&record.shifts)?,
    })
}

fn presence_set(record: &pb::PresenceSet) -> Result<Event, DecodeError> {
    Ok(Event::PresenceSet {
        agent: id(&record.agent, AgentId::new, "PresenceSet.agent")?,
        presence: Label::from_optional_record(record.presence, "PresenceSet.presence")?,
        source: Label::from_record(record.source, "PresenceSet.source")?,
    })
}

fn adopted_to_record(
    intake: &Intake,
    owner: Option<&AgentId>,
    hold: Option<HoldReason>,
    latest: &Latest,
) -> pb::TicketAdopted {
    pb::TicketAdopted {
        intake: Some(intake::to_record(intake)),
        owner: owner.map(ToString::to_string),
        hold: Label::to_optional_record(hold),
        asked_at: latest.asked_at.map(Timestamp::millis),
        replied_at: latest.replied_at.map(Timestamp::millis),
        held_at: latest.held_at.map(Timestamp::millis),
    }
}

fn ticket_adopted(record: pb::TicketAdopted) -> Result<Event, DecodeError> {
    let intake = required(record.intake, "TicketAdopted.intake")?;
    Ok(Event::TicketAdopted {
        intake: intake::from_record(intake)?.into(),
        owner: optional_id(record.owner.as_deref(), AgentId::new, "TicketAdopted.owner")?,
        hold: Label::from_optional_record(record.hold, "TicketAdopted.hold")?,
        latest: Latest {
            asked_at: optional_timestamp(record.asked_at, "TicketAdopted.asked_at")?,
            replied_at: optional_timestamp(record.replied_at, "TicketAdopted.replied_at")?,
            held_at: optional_timestamp(record.held_at, "TicketAdopted.held_at")?,
            closed_at: None,
        },
    })
}

fn ticket_advised(record: pb::TicketAdvised) -> Result<Event, DecodeError> {
    let intake = required(record.intake, "TicketAdvised.intake")?;
    let decision = required(record.decision, "TicketAdvised.decision")?;
    Ok(Event::TicketAdvised {
        intake: intake::from_record(intake)?.into(),
        decision: decision::from_record(decision)?.into(),
    })
}

fn owner_set(record: &pb::OwnerSet) -> Result<Event, DecodeError> {
    Ok(Event::OwnerSet {
        ticket: id(&record.ticket, TicketId::new, "OwnerSet.ticket")?,
        agent: id(&record.agent, AgentId::new, "OwnerSet.agent")?,
        source_revision: record.source_revision,
        advice: record.advice.map(advice_from_record).transpose()?,
    })
}

fn reported(record: &pb::Reported) -> Result<Event, DecodeError> {
    let activity = required(record.activity.as_ref(), "Reported.activity")?;
    Ok(Event::Reported {
        ticket: id(&record.ticket, TicketId::new, "Reported.ticket")?,
        activity: activity::from_record(activity)?,
        happened_at: optional_timestamp(record.happened_at, "Reported.happened_at")?,
        clocks: sla::from_record(required(record.clocks, "Reported.clocks")?)?,
        source_revision: record.source_revision,
    })
}

fn closed(record: &pb::Closed) -> Result<Event, DecodeError> {
    Ok(Event::Closed {
        ticket: id(&record.ticket, TicketId::new, "Closed.ticket")?,
        closing: Label::from_record(record.closing, "Closed.closing")?,
        happened_at: optional_timestamp(record.happened_at, "Closed.happened_at")?,
        clocks: sla::from_record(required(record.clocks, "Closed.clocks")?)?,
        source_revision: record.source_revision,
    })
}

fn reopened(record: &pb::Reopened) -> Result<Event, DecodeError> {
    Ok(Event::Reopened {
        ticket: id(&record.ticket, TicketId::new, "Reopened.ticket")?,
        clocks: sla::from_record(required(record.clocks, "Reopened.clocks")?)?,
        source_revision: record.source_revision,
    })
}
