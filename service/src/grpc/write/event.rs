//! Events as callers see them.

use switchyard_domain::agent::Presence;
use switchyard_domain::desk::{Activity, Actor, Closing, Event};
use switchyard_journal::Entry;
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::event::Kind;

use super::assessment::assessment;
use super::decision::{Made, priority, sla};
use super::instant;
use crate::lang::Lang;

/// The events of an entry after a sequence.
pub(crate) fn events(
    entry: &Entry,
    after: u64,
    lang: Lang,
) -> impl Iterator<Item = pb::Event> + '_ {
    (entry.first_sequence..).zip(&entry.events).filter(move |(sequence, _)| *sequence > after).map(
        move |(sequence, event)| pb::Event {
            sequence,
            time: Some(instant(entry.at)),
            actor: Some(actor(&entry.actor)),
            ticket_id: event.ticket().map(ToString::to_string).unwrap_or_default(),
            kind: Some(kind(
                &Made { sequence, at: entry.at, tz_version: &entry.tz_version },
                event,
                lang,
            )),
        },
    )
}

fn actor(actor: &Actor) -> pb::Actor {
    use pb::actor::Kind;
    let (kind, name) = match actor {
        Actor::Person(name) => (Kind::Person, name.as_str()),
        Actor::Backend(name) => (Kind::Backend, name.as_str()),
        Actor::System => (Kind::System, ""),
        Actor::Policy => (Kind::Policy, ""),
    };
    pb::Actor { kind: kind as i32, name: name.to_owned() }
}

fn kind(made: &Made<'_>, event: &Event, lang: Lang) -> Kind {
    match event {
        Event::PolicyApplied(policy) => {
            Kind::PolicyApplied(pb::PolicyAppliedEvent { revision: policy.revision })
        }
        Event::TeamUpserted(team) => {
            Kind::TeamUpserted(pb::TeamUpsertedEvent { team: team.id.to_string() })
        }
        Event::TeamRemoved(team) => {
            Kind::TeamRemoved(pb::TeamRemovedEvent { team: team.to_string() })
        }
        Event::AgentUpserted(agent) => {
            Kind::AgentUpserted(pb::AgentUpsertedEvent { agent: agent.id.to_string() })
        }
        Event::AgentRemoved(agent) => {
            Kind::AgentRemoved(pb::AgentRemovedEvent { agent: agent.to_string() })
        }
        Event::ShiftsReplaced { agent, shifts } => Kind::ShiftsReplaced(pb::ShiftsReplacedEvent {
            agent: agent.to_string(),
            n_shifts: shifts.len() as u32,
        }),
        Event::PresenceSet { agent, presence, .. } => Kind::PresenceSet(pb::PresenceSetEvent {
            agent: agent.to_string(),
            presence: presence_name(*presence).to_owned(),
        }),
        Event::TicketTriaged(intake) => Kind::TicketTriaged(pb::TicketTriagedEvent {
            assessment: Some(assessment(&intake.ticket.assessment)),
            priority: Some(priority(&intake.priority)),
        }),
        Event::TicketAdopted { intake, owner, .. } => Kind::TicketAdopted(pb::TicketAdoptedEvent {
            agent: owner.as_ref().map(ToString::to_string).unwrap_or_default(),
            priority: Some(priority(&intake.priority)),
        }),
        Event::TicketAdvised { decision, .. } | Event::Decided(decision) => {
            let decision = Some(super::decision::decision(made, decision, lang));
            Kind::TicketDecided(pb::TicketDecidedEvent { decision })
        }
        Event::OwnerSet { agent, .. } => {
            Kind::TicketOwnerSet(pb::TicketOwnerSetEvent { agent: agent.to_string() })
        }
        Event::Reported { activity, clocks, .. } => Kind::TicketActivity(pb::TicketActivityEvent {
            activity: activity_name(activity).to_owned(),
            sla: Some(sla(clocks)),
        }),
        Event::Closed { closing, clocks, .. } => Kind::TicketClosed(pb::TicketClosedEvent {
            closing: closing_name(*closing).to_owned(),
            sla: Some(sla(clocks)),
        }),
        Event::Reopened { clocks, .. } => {
            Kind::TicketReopened(pb::TicketReopenedEvent { sla: Some(sla(clocks)) })
        }
    }
}

fn presence_name(presence: Option<Presence>) -> &'static str {
    match presence {
        None => "",
        Some(Presence::Online) => "online",
        Some(Presence::Away) => "away",
        Some(Presence::Offline) => "offline",
    }
}

fn activity_name(activity: &Activity) -> &'static str {
    match activity {
        Activity::CustomerMessage => "customer_message",
        Activity::AgentReply => "agent_reply",
        Activity::Held(_) => "hold",
        Activity::Resumed => "resume",
        Activity::AssignedTo(_) => "assigned_by_person",
        Activity::Solved => "solved",
        Activity::Reopened => "reopened",
    }
}

fn closing_name(closing: Closing) -> &'static str {
    match closing {
        Closing::Completed => "completed",
        Closing::Solved => "solved",
        Closing::Cancelled => "cancelled",
    }
}
