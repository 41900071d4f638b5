//! Which events and decisions are wanted.

use std::collections::BTreeSet;

use switchyard_domain::desk::{Activity, Event};
use switchyard_domain::ids::{AgentId, TicketId};
use switchyard_proto::v1 as pb;

use crate::app::fault::{Expected, Fault};
use crate::grpc::check::Check;

/// Which events are wanted.
#[derive(Debug, Clone, Default)]
pub(crate) struct EventFilter {
    /// About this ticket.
    pub(crate) ticket: Option<TicketId>,
    agent: Option<AgentId>,
    kinds: BTreeSet<pb::EventKind>,
}

impl EventFilter {
    /// A filter as it was asked for.
    pub(crate) fn read(check: &mut Check, asked: Option<&pb::EventFilter>) -> Self {
        let Some(asked) = asked else { return Self::default() };
        let kinds = asked.kinds.iter().filter_map(|kind| {
            let kind = check.choice("filter.kinds", *kind)?;
            if kind == pb::EventKind::Unspecified {
                check.fail("filter.kinds", Fault::missing(Expected::EventKind));
            }
            Some(kind)
        });
        let kinds = kinds.collect();
        Self {
            ticket: check.optional("filter.ticket_id", &asked.ticket_id, TicketId::new),
            agent: check.optional("filter.agent", &asked.agent, AgentId::new),
            kinds,
        }
    }

    /// All events of a ticket.
    pub(crate) fn of_ticket(ticket: Option<TicketId>) -> Self {
        Self { ticket, ..Self::default() }
    }

    /// Whether an event about this is wanted.
    pub(crate) fn wants(&self, subject: &Subject) -> bool {
        self.ticket.as_ref().is_none_or(|ticket| subject.ticket.as_ref() == Some(ticket))
            && self.agent.as_ref().is_none_or(|agent| subject.agent.as_ref() == Some(agent))
            && (self.kinds.is_empty() || self.kinds.contains(&subject.kind))
    }

    /// Whether every event is.
    pub(crate) fn wants_all(&self) -> bool {
        self.ticket.is_none() && self.agent.is_none() && self.kinds.is_empty()
    }
}

/// What an event is about, as far as filters ask.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    kind: pb::EventKind,
    ticket: Option<TicketId>,
    agent: Option<AgentId>,
}

impl Subject {
    /// What an event is about.
    pub(crate) fn of(event: &Event) -> Self {
        let (ticket, agent) = (event.ticket().cloned(), agent_of(event).cloned());
        Self { kind: kind_of(event), ticket, agent }
    }
}

fn kind_of(event: &Event) -> pb::EventKind {
    match event {
        Event::PolicyApplied(_) => pb::EventKind::PolicyApplied,
        Event::TeamUpserted(_) => pb::EventKind::TeamUpserted,
        Event::TeamRemoved(_) => pb::EventKind::TeamRemoved,
        Event::AgentUpserted(_) => pb::EventKind::AgentUpserted,
        Event::AgentRemoved(_) => pb::EventKind::AgentRemoved,
        Event::ShiftsReplaced { .. } => pb::EventKind::ShiftsReplaced,
        Event::PresenceSet { .. } => pb::EventKind::PresenceSet,
        Event::TicketTriaged(_) => pb::EventKind::TicketTriaged,
        Event::TicketAdopted { .. } => pb::EventKind::TicketAdopted,
        Event::TicketAdvised { .. } | Event::Decided(_) => pb::EventKind::TicketDecided,
        Event::OwnerSet { .. } => pb::EventKind::TicketOwnerSet,
        Event::Reported { .. } | Event::Acknowledged { .. } => pb::EventKind::TicketActivity,
        Event::Closed { .. } | Event::Merged { .. } => pb::EventKind::TicketClosed,
        Event::Absorbed { .. } => pb::EventKind::TicketAbsorbed,
        Event::Transferred { .. } => pb::EventKind::TicketTransferred,
        Event::Returned { .. } => pb::EventKind::TicketReturned,
        Event::Released { .. } => pb::EventKind::TicketReleased,
        Event::IntakeSet { .. } => pb::EventKind::IntakeSet,
        Event::RenewalBegun { .. } | Event::PromisesRenewed { .. } => {
            pb::EventKind::PromisesRenewed
        }
        Event::Reopened { .. } => pb::EventKind::TicketReopened,
    }
}

/// The agent that an event names.
fn agent_of(event: &Event) -> Option<&AgentId> {
    match event {
        Event::AgentUpserted(upserted) => Some(&upserted.id),
        Event::AgentRemoved(agent)
        | Event::ShiftsReplaced { agent, .. }
        | Event::PresenceSet { agent, .. }
        | Event::IntakeSet { agent, .. }
        | Event::OwnerSet { agent, .. }
        | Event::Released { agent, .. } => Some(agent),
        Event::TicketAdopted { owner, .. } => owner.as_ref(),
        Event::TicketAdvised { decision, .. } | Event::Decided(decision) => {
            decision.outcome.agent()
        }
        Event::Reported { activity, .. } => match activity {
            Activity::AssignedTo(agent) => Some(agent),
            Activity::Transferred(asked) => asked.agent.as_ref(),
            _ => None,
        },
        Event::PolicyApplied(_)
        | Event::TeamUpserted(_)
        | Event::TeamRemoved(_)
        | Event::TicketTriaged(_)
        | Event::Acknowledged { .. }
        | Event::Closed { .. }
        | Event::Merged { .. }
        | Event::Absorbed { .. }
        | Event::Transferred { .. }
        | Event::Returned { .. }
        | Event::RenewalBegun { .. }
        | Event::PromisesRenewed { .. }
        | Event::Reopened { .. } => None,
    }
}
