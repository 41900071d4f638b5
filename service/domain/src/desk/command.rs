//! What can be asked of the desk, and by whom.

use std::sync::Arc;

use super::case::{Closing, HoldReason};
use crate::agent::{Agent, Presence, Team};
use crate::hours::Interval;
use crate::ids::{AgentId, TeamId, TicketId};
use crate::policy::Policy;
use crate::ticket::Ticket;
use crate::time::Timestamp;

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A person, by name.
    Person(String),
    /// The ticketing backend, by name; may be empty.
    Backend(String),
    /// Time, or the desk itself.
    System,
    /// A rule of the policy.
    Policy,
}

/// Where a presence came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PresenceSource {
    /// A person said so.
    Manual,
    /// The schedule.
    Shift,
    /// The agent's client is alive.
    Heartbeat,
}

/// What happened to a ticket outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Activity {
    /// The customer wrote.
    CustomerMessage,
    /// An agent answered the customer.
    AgentReply,
    /// Work waits for somebody.
    Held(HoldReason),
    /// Work goes on.
    Resumed,
    /// A person gave it to an agent.
    AssignedTo(AgentId),
    /// It was solved.
    Solved,
    /// It was opened again.
    Reopened,
}

/// An open ticket a backend brings along.
#[derive(Debug, Clone, PartialEq)]
pub struct Adoption {
    /// The ticket.
    pub ticket: Arc<Ticket>,
    /// Who owns it; `None` has it routed.
    pub owner: Option<AgentId>,
    /// When it was first answered, if it was.
    pub first_replied_at: Option<Timestamp>,
    /// What it waits for.
    pub hold: Option<HoldReason>,
    /// The caller's revision; 0 if unknown.
    pub source_revision: u64,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Decide a ticket and reserve its agent, or queue it.
    Triage {
        /// The ticket.
        ticket: Arc<Ticket>,
        /// The caller's revision; 0 if unknown.
        source_revision: u64,
    },
    /// Decide a ticket and reserve nothing.
    Advise {
        /// The ticket.
        ticket: Arc<Ticket>,
    },
    /// Take over an open ticket.
    Adopt(Box<Adoption>),
    /// Note what happened outside.
    Report {
        /// Which ticket.
        ticket: TicketId,
        /// What happened.
        activity: Activity,
        /// The caller's revision; 0 if unknown.
        source_revision: u64,
    },
    /// A person gives a ticket to an agent, whatever the desk thinks of it.
    Assign {
        /// Which ticket.
        ticket: TicketId,
        /// To whom.
        agent: AgentId,
    },
    /// End a ticket's life at the desk.
    Close {
        /// Which ticket.
        ticket: TicketId,
        /// How it ended.
        closing: Closing,
    },
    /// Add or replace a team.
    UpsertTeam(Team),
    /// Remove a team nobody works for.
    RemoveTeam(TeamId),
    /// Add or replace agents, all or none.
    UpsertAgents(Vec<Arc<Agent>>),
    /// Remove an agent who owns nothing.
    RemoveAgent(AgentId),
    /// Replace an agent's dated shifts.
    ReplaceShifts {
        /// Whose.
        agent: AgentId,
        /// From now on; an empty list is no shift at all.
        shifts: Vec<Interval>,
    },
    /// Note whether an agent is there.
    SetPresence {
        /// Who.
        agent: AgentId,
        /// As reported; `None` follows the schedule again.
        presence: Option<Presence>,
        /// Where it came from.
        source: PresenceSource,
    },
    /// Put a policy in force.
    ApplyPolicy(Arc<Policy>),
    /// Time has come.
    Tick,
}
