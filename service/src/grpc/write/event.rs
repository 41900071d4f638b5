//! Events as callers see them.

use switchyard_domain::desk::{Activity, Actor, Closing, DeclineReason, Event};
use switchyard_journal::Entry;
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::event::Kind;

use super::assessment::assessment;
use super::decision::{Made, priority, sla};
use super::instant;
use crate::grpc::read::filter::{EventFilter, Subject};
use crate::lang::Lang;

/// An event in its entry.
pub(crate) struct Placed<'a> {
    sequence: u64,
    event: &'a Event,
    entry: &'a Entry,
}

/// The events of an entry after a sequence.
pub(crate) fn placed(entry: &Entry, after: u64) -> impl Iterator<Item = Placed<'_>> {
    (entry.first_sequence..)
        .zip(&entry.events)
        .filter(move |(sequence, _)| *sequence > after)
        .map(move |(sequence, event)| Placed { sequence, event, entry })
}

/// Those of them that are wanted.
pub(crate) fn wanted<'a>(
    entry: &'a Entry,
    after: u64,
    filter: &'a EventFilter,
) -> impl Iterator<Item = Placed<'a>> {
    placed(entry, after).filter(|placed| filter.wants(&placed.subject()))
}

/// The sequence of an entry's last event.
pub(crate) fn last_sequence(entry: &Entry) -> u64 {
    entry.first_sequence + (entry.events.len() as u64).saturating_sub(1)
}

impl Placed<'_> {
    /// Its place in the log.
    pub(crate) fn sequence(&self) -> u64 {
        self.sequence
    }

    /// What it is about.
    pub(crate) fn subject(&self) -> Subject {
        Subject::of(self.event)
    }

    /// The event as callers see it.
    pub(crate) fn write(&self, lang: Lang) -> pb::Event {
        let Self { sequence, event, entry } = *self;
        let made = Made { sequence, at: entry.at, tz_version: &entry.tz_version };
        pb::Event {
            sequence,
            time: Some(instant(entry.at)),
            actor: Some(actor(&entry.actor)),
            ticket_id: event.ticket().map(ToString::to_string).unwrap_or_default(),
            kind: Some(kind(&made, event, lang)),
        }
    }
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
            presence: super::agent::presence(*presence) as i32,
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
        Event::OwnerSet { agent, advice, .. } => Kind::TicketOwnerSet(pb::TicketOwnerSetEvent {
            agent: agent.to_string(),
            advised_place: advice.map_or(0, |taken| taken.place.into()),
            was_advised: advice.is_some(),
        }),
        Event::Reported { activity, clocks, happened_at, .. } => {
            Kind::TicketActivity(pb::TicketActivityEvent {
                sla: Some(sla(clocks)),
                happened_time: happened_at.map(instant),
                ..activity_event(activity)
            })
        }
        Event::Acknowledged { .. } => Kind::TicketActivity(pb::TicketActivityEvent {
            activity: pb::ActivityKind::Acknowledged as i32,
            ..pb::TicketActivityEvent::default()
        }),
        Event::Closed { closing, clocks, .. } => Kind::TicketClosed(pb::TicketClosedEvent {
            state: closed_state(*closing) as i32,
            sla: Some(sla(clocks)),
            merged_into: String::new(),
        }),
        Event::Merged { into, clocks, .. } => Kind::TicketClosed(pb::TicketClosedEvent {
            state: closed_state(Closing::Merged) as i32,
            sla: Some(sla(clocks)),
            merged_into: into.to_string(),
        }),
        Event::Absorbed { merged, clocks, .. } => Kind::TicketAbsorbed(pb::TicketAbsorbedEvent {
            merged: merged.to_string(),
            sla: Some(sla(clocks)),
        }),
        Event::Transferred { transfer, .. } => {
            Kind::TicketTransferred(pb::TicketTransferredEvent {
                team: transfer.team.to_string(),
                returns: transfer.returns,
            })
        }
        Event::Returned { .. } => Kind::TicketReturned(pb::TicketReturnedEvent {}),
        Event::Released { agent, reason, .. } => Kind::TicketReleased(pb::TicketReleasedEvent {
            agent: agent.to_string(),
            reason: decline_reason(*reason) as i32,
        }),
        Event::IntakeSet { agent, paused } => {
            Kind::IntakeSet(pb::IntakeSetEvent { agent: agent.to_string(), paused: *paused })
        }
        Event::RenewalBegun { .. } => Kind::PromisesRenewed(pb::PromisesRenewedEvent::default()),
        Event::PromisesRenewed { renewed, until, .. } => {
            Kind::PromisesRenewed(pb::PromisesRenewedEvent {
                ticket_ids: renewed.iter().map(|(ticket, _)| ticket.to_string()).collect(),
                is_last: until.is_none(),
            })
        }
        Event::Reopened { clocks, .. } => {
            Kind::TicketReopened(pb::TicketReopenedEvent { sla: Some(sla(clocks)) })
        }
    }
}

fn activity_event(activity: &Activity) -> pb::TicketActivityEvent {
    let mut event = pb::TicketActivityEvent {
        activity: activity_kind(activity) as i32,
        ..pb::TicketActivityEvent::default()
    };
    match activity {
        Activity::Held(reason) => event.hold = super::ticket::hold(Some(*reason)) as i32,
        Activity::Rated(rating) => event.rating = rating.score().into(),
        Activity::SplitInto(ticket) => event.split_into = ticket.to_string(),
        _ => {}
    }
    event
}

fn decline_reason(reason: Option<DeclineReason>) -> pb::DeclineReason {
    match reason {
        None => pb::DeclineReason::Unspecified,
        Some(DeclineReason::Busy) => pb::DeclineReason::Busy,
        Some(DeclineReason::MissingSkill) => pb::DeclineReason::MissingSkill,
        Some(DeclineReason::WrongTeam) => pb::DeclineReason::WrongTeam,
        Some(DeclineReason::Conflict) => pb::DeclineReason::Conflict,
        Some(DeclineReason::Leaving) => pb::DeclineReason::Leaving,
        Some(DeclineReason::Other) => pb::DeclineReason::Other,
    }
}

/// What came with an event of its own is not an activity event.
fn activity_kind(activity: &Activity) -> pb::ActivityKind {
    match activity {
        Activity::CustomerMessage => pb::ActivityKind::CustomerMessage,
        Activity::AgentReply => pb::ActivityKind::AgentReply,
        Activity::Held(_) => pb::ActivityKind::Hold,
        Activity::Resumed => pb::ActivityKind::Resume,
        Activity::SplitInto(_) => pb::ActivityKind::Split,
        Activity::Rated(_) => pb::ActivityKind::Rated,
        Activity::AssignedTo(_)
        | Activity::Solved
        | Activity::Reopened
        | Activity::Transferred(_)
        | Activity::Returned
        | Activity::MergedInto(_) => pb::ActivityKind::Unspecified,
    }
}

/// How a ticket ended.
fn closed_state(closing: Closing) -> pb::TicketState {
    match closing {
        Closing::Completed => pb::TicketState::Completed,
        Closing::Solved => pb::TicketState::Solved,
        Closing::Cancelled => pb::TicketState::Cancelled,
        Closing::Merged => pb::TicketState::Merged,
    }
}
