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

    /// Whether an event is wanted.
    pub(crate) fn wants(&self, event: &Event) -> bool {
        self.ticket.as_ref().is_none_or(|ticket| event.ticket() == Some(ticket))
            && self.agent.as_ref().is_none_or(|agent| names(event, agent))
            && (self.kinds.is_empty() || self.kinds.contains(&kind_of(event)))
    }

    /// Whether every event is.
    pub(crate) fn wants_all(&self) -> bool {
        self.ticket.is_none() && self.agent.is_none() && self.kinds.is_empty()
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

/// Whether an event names an agent.
fn names(event: &Event, agent: &AgentId) -> bool {
    match event {
        Event::AgentUpserted(upserted) => upserted.id == *agent,
        Event::AgentRemoved(named)
        | Event::ShiftsReplaced { agent: named, .. }
        | Event::PresenceSet { agent: named, .. }
        | Event::IntakeSet { agent: named, .. }
        | Event::OwnerSet { agent: named, .. }
        | Event::Released { agent: named, .. } => named == agent,
        Event::TicketAdopted { owner, .. } => owner.as_ref() == Some(agent),
        Event::TicketAdvised { decision, .. } | Event::Decided(decision) => {
            decision.outcome.agent() == Some(agent)
        }
        Event::Reported { activity, .. } => match activity {
            Activity::AssignedTo(named) => named == agent,
            Activity::Transferred(asked) => asked.agent.as_ref() == Some(agent),
            _ => false,
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
        | Event::Reopened { .. } => false,
    }
}
