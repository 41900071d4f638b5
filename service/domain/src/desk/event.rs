//! What happened at the desk: facts, complete enough to be folded without deciding again.

use std::sync::Arc;

use super::case::{Closing, HoldReason, Latest};
use super::command::{Activity, DeclineReason, PresenceSource};
use super::transfer::Transfer;
use crate::agent::{Agent, Presence, Team};
use crate::hours::Interval;
use crate::ids::{AgentId, TeamId, TicketId};
use crate::load::Load;
use crate::policy::Policy;
use crate::priority::Priority;
use crate::routing::Ranking;
use crate::sla::Clocks;
use crate::ticket::Ticket;
use crate::time::Timestamp;

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
    /// It was transferred to another team.
    Transferred,
    /// The other team was done with it.
    Returned,
    /// Its agent gave it back.
    Declined,
    /// Its agent was released from it.
    Released,
    /// An agent asked for work.
    Claimed,
}

/// What came of looking for an agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// This agent has it: the first candidate, whoever asked for work, or whom it came back to.
    Assigned(AgentId),
    /// Nobody was eligible, or its team takes tickets by itself; it waits.
    Queued,
    /// It keeps its owner; the ranking is a suggestion.
    Kept(AgentId),
    /// Nothing was reserved.
    Advised(Option<AgentId>),
}

impl Outcome {
    /// Whom it names: who has the ticket, keeps it or was advised.
    pub fn agent(&self) -> Option<&AgentId> {
        match self {
            Self::Assigned(agent) | Self::Kept(agent) => Some(agent),
            Self::Advised(agent) => agent.as_ref(),
            Self::Queued => None,
        }
    }
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
    /// The ticket, as its caller tells it.
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

/// How a person took the advice that stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AdviceTaken {
    /// The agent's place among the candidates, from 1; 0 if not among them.
    pub place: u8,
    /// How many candidates the advice listed.
    pub n_listed: u8,
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
        /// When things last happened to it.
        latest: Latest,
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
        /// How it took the advice, if any stood.
        advice: Option<AdviceTaken>,
    },
    /// Something happened outside.
    Reported {
        /// Which ticket.
        ticket: TicketId,
        /// What.
        activity: Activity,
        /// When, if it was reported late.
        happened_at: Option<Timestamp>,
        /// Its promises after it.
        clocks: Clocks,
        /// The caller's revision.
        source_revision: u64,
    },
    /// What was reported was so already; only the caller's revision is news.
    Acknowledged {
        /// Which ticket.
        ticket: TicketId,
        /// The caller's revision.
        source_revision: u64,
    },
    /// The ticket's life at the desk ended.
    Closed {
        /// Which ticket.
        ticket: TicketId,
        /// How.
        closing: Closing,
        /// When, if it was reported late.
        happened_at: Option<Timestamp>,
        /// Its promises after it.
        clocks: Clocks,
        /// The caller's revision.
        source_revision: u64,
    },
    /// The ticket's matter goes on in another.
    Merged {
        /// Which ticket.
        ticket: TicketId,
        /// The other.
        into: TicketId,
        /// Its promises after it.
        clocks: Clocks,
        /// The caller's revision.
        source_revision: u64,
    },
    /// Another ticket's matter goes on in this one.
    Absorbed {
        /// Which ticket.
        ticket: TicketId,
        /// The one that was merged into it.
        merged: TicketId,
        /// Its promises after it.
        clocks: Clocks,
    },
    /// A person gave the ticket to another team.
    Transferred {
        /// Which ticket.
        ticket: TicketId,
        /// Where to, and what to go back to.
        transfer: Box<Transfer>,
        /// The caller's revision.
        source_revision: u64,
    },
    /// The other team is done with it.
    Returned {
        /// Which ticket.
        ticket: TicketId,
        /// The caller's revision.
        source_revision: u64,
    },
    /// Its agent gave it back or was released from it.
    Released {
        /// Which ticket.
        ticket: TicketId,
        /// From whom.
        agent: AgentId,
        /// Why it was given back; `None` when the agent was released.
        reason: Option<DeclineReason>,
    },
    /// An agent's intake was paused or goes on.
    IntakeSet {
        /// Who.
        agent: AgentId,
        /// Gets nothing new.
        paused: bool,
    },
    /// Promises are made again under the policy in force, ticket by ticket.
    RenewalBegun {
        /// The revision they were made under.
        made_under: u64,
        /// How many open tickets there are.
        n_open: u64,
    },
    /// Promises of some open tickets were made again.
    PromisesRenewed {
        /// The tickets whose promises are others now, with them.
        renewed: Vec<(TicketId, Clocks)>,
        /// How many tickets were looked at.
        n_looked: u64,
        /// The last ticket looked at; `None` when all have been.
        until: Option<TicketId>,
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
            | Self::Acknowledged { ticket, .. }
            | Self::Closed { ticket, .. }
            | Self::Merged { ticket, .. }
            | Self::Absorbed { ticket, .. }
            | Self::Transferred { ticket, .. }
            | Self::Returned { ticket, .. }
            | Self::Released { ticket, .. }
            | Self::Reopened { ticket, .. } => Some(ticket),
            Self::PolicyApplied(_)
            | Self::IntakeSet { .. }
            | Self::RenewalBegun { .. }
            | Self::PromisesRenewed { .. }
            | Self::TeamUpserted(_)
            | Self::TeamRemoved(_)
            | Self::AgentUpserted(_)
            | Self::AgentRemoved(_)
            | Self::ShiftsReplaced { .. }
            | Self::PresenceSet { .. } => None,
        }
    }
}
