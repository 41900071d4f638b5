//! What happened at the desk: facts, complete enough to be folded without deciding again.

use std::sync::Arc;

use super::case::{Closing, HoldReason};
use super::command::{Activity, PresenceSource};
use crate::agent::{Agent, Presence, Team};
use crate::hours::Interval;
use crate::ids::{AgentId, TeamId, TicketId};
use crate::load::Load;
use crate::policy::Policy;
use crate::priority::Priority;
use crate::routing::Ranking;
use crate::sla::Clocks;
use crate::ticket::Ticket;

/// What made the desk look for an agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// The ticket came in.
    Triage,
    /// The ticket came in again with other text or facts.
    Retriage,
    /// Advice was asked for; nothing was reserved.
    Advice,
    /// The ticket was brought along without an owner.
    Adoption,
    /// It was opened again.
    Reopening,
    /// Somebody who could take it became free.
    Freed,
}

/// What came of looking for an agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The first candidate has it.
    Assigned(AgentId),
    /// Nobody was eligible; it waits.
    Queued,
    /// It keeps its owner; the ranking is a suggestion.
    Kept(AgentId),
    /// Nothing was reserved.
    Advised(Option<AgentId>),
}

/// A decision: the desk looked at every agent for a ticket.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// Which ticket.
    pub ticket: TicketId,
    /// Why the desk looked.
    pub trigger: Trigger,
    /// The sequence of the event that brought the ticket's text.
    pub triaged_seq: u64,
    /// Its team.
    pub team: Option<TeamId>,
    /// Its priority at this time.
    pub priority: Priority,
    /// Its promises at this time.
    pub clocks: Clocks,
    /// What came of it.
    pub outcome: Outcome,
    /// The best candidates and the tally of filters.
    pub ranking: Ranking,
    /// The policy in force.
    pub policy_revision: u64,
}

/// What a ticket brings when it comes in.
#[derive(Debug, Clone, PartialEq)]
pub struct Intake {
    /// The ticket.
    pub ticket: Arc<Ticket>,
    /// The team that serves it.
    pub team: Option<TeamId>,
    /// What it weighs.
    pub weight: Load,
    /// Its priority.
    pub priority: Priority,
    /// Its promises.
    pub clocks: Clocks,
    /// The caller's revision.
    pub source_revision: u64,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A policy came into force.
    PolicyApplied(Arc<Policy>),
    /// A team was added or replaced.
    TeamUpserted(Team),
    /// A team was removed.
    TeamRemoved(TeamId),
    /// An agent was added or replaced.
    AgentUpserted(Arc<Agent>),
    /// An agent was removed.
    AgentRemoved(AgentId),
    /// An agent's dated shifts were replaced.
    ShiftsReplaced {
        /// Whose.
        agent: AgentId,
        /// The new shifts.
        shifts: Vec<Interval>,
    },
    /// An agent's presence was noted.
    PresenceSet {
        /// Who.
        agent: AgentId,
        /// As reported.
        presence: Option<Presence>,
        /// Where it came from.
        source: PresenceSource,
    },
    /// A ticket came in, or came in again.
    TicketTriaged(Box<Intake>),
    /// An open ticket was brought along.
    TicketAdopted {
        /// What it brings.
        intake: Box<Intake>,
        /// Who owns it.
        owner: Option<AgentId>,
        /// What it waits for.
        hold: Option<HoldReason>,
    },
    /// Advice was given on a ticket the desk does not keep.
    TicketAdvised {
        /// What it brought.
        intake: Box<Intake>,
        /// The advice.
        decision: Box<Decision>,
    },
    /// The desk looked for an agent.
    Decided(Box<Decision>),
    /// A person gave the ticket to an agent.
    OwnerSet {
        /// Which ticket.
        ticket: TicketId,
        /// To whom.
        agent: AgentId,
        /// The caller's revision.
        source_revision: u64,
    },
    /// Something happened outside.
    Reported {
        /// Which ticket.
        ticket: TicketId,
        /// What.
        activity: Activity,
        /// Its promises after it.
        clocks: Clocks,
        /// The caller's revision.
        source_revision: u64,
    },
    /// The ticket's life at the desk ended.
    Closed {
        /// Which ticket.
        ticket: TicketId,
        /// How.
        closing: Closing,
        /// Its promises after it.
        clocks: Clocks,
        /// The caller's revision.
        source_revision: u64,
    },
    /// A closed ticket wants work again.
    Reopened {
        /// Which ticket.
        ticket: TicketId,
        /// Its promises after it.
        clocks: Clocks,
        /// The caller's revision.
        source_revision: u64,
    },
}

impl Event {
    /// The ticket it is about, if it is about one.
    pub fn ticket(&self) -> Option<&TicketId> {
        match self {
            Self::TicketTriaged(intake)
            | Self::TicketAdopted { intake, .. }
            | Self::TicketAdvised { intake, .. } => Some(&intake.ticket.id),
            Self::Decided(decision) => Some(&decision.ticket),
            Self::OwnerSet { ticket, .. }
            | Self::Reported { ticket, .. }
            | Self::Closed { ticket, .. }
            | Self::Reopened { ticket, .. } => Some(ticket),
            Self::PolicyApplied(_)
            | Self::TeamUpserted(_)
            | Self::TeamRemoved(_)
            | Self::AgentUpserted(_)
            | Self::AgentRemoved(_)
            | Self::ShiftsReplaced { .. }
            | Self::PresenceSet { .. } => None,
        }
    }
}
