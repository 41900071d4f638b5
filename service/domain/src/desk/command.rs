//! What can be asked of the desk, and by whom.

use std::sync::Arc;

use super::agent_fields::AgentField;
use super::case::{Closing, HoldReason, Rating};
use super::reconcile::Known;
use crate::agent::{Agent, Presence, Team};
use crate::hours::Interval;
use crate::ids::{AgentId, TeamId, TicketId};
use crate::policy::Policy;
use crate::skill::Requirement;
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
    /// A person gave it to another team.
    Transferred(Box<Transferral>),
    /// The team it was transferred to is done with its part.
    Returned,
    /// Its matter goes on in another ticket.
    MergedInto(TicketId),
    /// A part of its matter became another ticket.
    SplitInto(TicketId),
    /// The customer rated the service.
    Rated(Rating),
}

/// How a person gives a ticket to another team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transferral {
    /// The other team.
    pub team: TeamId,
    /// Who gets it at once; `None` has it routed.
    pub agent: Option<AgentId>,
    /// It goes back when the other team is done.
    pub returns: bool,
    /// The skills the other team needs for it.
    pub requirements: Vec<Requirement>,
}

/// What was reported of a ticket.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Which ticket.
    pub ticket: TicketId,
    /// What happened.
    pub activity: Activity,
    /// When, if it is reported late.
    pub happened_at: Option<Timestamp>,
    /// The caller's revision; 0 if unknown.
    pub source_revision: u64,
    /// The ticket as it stands after a customer's message, or the one that was split off.
    pub brought: Option<Brought>,
}

impl Report {
    /// What happens at this moment, without a ticket that comes along.
    pub fn now(ticket: TicketId, activity: Activity, source_revision: u64) -> Self {
        Self { ticket, activity, happened_at: None, source_revision, brought: None }
    }
}

/// A ticket that a report brings along.
#[derive(Debug, Clone, PartialEq)]
pub struct Brought {
    /// The ticket.
    pub ticket: Arc<Ticket>,
    /// The caller's revision; 0 if unknown.
    pub source_revision: u64,
}

/// How far a triage goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// As the policy says for the ticket's team.
    ByPolicy,
    /// An agent gets it, or it is queued.
    Assign,
}

/// Why an agent gives a ticket back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeclineReason {
    /// No time for it.
    Busy,
    /// Lacks the skill.
    MissingSkill,
    /// It is for another team.
    WrongTeam,
    /// Should not serve this customer.
    Conflict,
    /// About to leave.
    Leaving,
    /// Anything else.
    Other,
}

/// Which tickets an agent is released from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReleaseScope {
    /// Those whose customer waits for the first reply.
    Unanswered,
    /// All of them.
    All,
}

/// What a new policy means for the promises of open tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenTickets {
    /// They stand as they were made.
    Keep,
    /// They are made again.
    Recompute,
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
    /// Since when; `None` is since now.
    pub held_at: Option<Timestamp>,
    /// When the customer wrote what nobody has answered yet.
    pub asked_at: Option<Timestamp>,
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
        /// How far to go.
        reach: Reach,
    },
    /// Decide a ticket and reserve nothing.
    Advise {
        /// The ticket.
        ticket: Arc<Ticket>,
        /// The caller's revision; 0 if unknown.
        source_revision: u64,
    },
    /// Take over an open ticket.
    Adopt(Box<Adoption>),
    /// Note what happened outside.
    Report(Box<Report>),
    /// Bring tickets to what the caller knows of them.
    Reconcile(Box<Known>),
    /// A person gives a ticket to an agent, whatever the desk thinks of it.
    Assign {
        /// Which ticket.
        ticket: TicketId,
        /// To whom.
        agent: AgentId,
    },
    /// Give an agent the most urgent waiting ticket they may have.
    ClaimNext {
        /// Who asks for work.
        agent: AgentId,
        /// Only this team's.
        team: Option<TeamId>,
    },
    /// An agent gives a ticket back.
    Decline {
        /// Which ticket.
        ticket: TicketId,
        /// Who.
        agent: AgentId,
        /// Why.
        reason: DeclineReason,
    },
    /// Pause an agent's intake and give their tickets to others.
    Release {
        /// Who.
        agent: AgentId,
        /// Which tickets.
        scope: ReleaseScope,
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
    /// Change some fields of agents, all or none.
    ChangeAgents {
        /// The agents with what is new about them.
        agents: Vec<Arc<Agent>>,
        /// What is new.
        fields: Vec<AgentField>,
    },
    /// Give an agent nothing new, or work again.
    SetIntake {
        /// Who.
        agent: AgentId,
        /// Nothing new.
        paused: bool,
    },
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
    ApplyPolicy {
        /// The policy.
        policy: Arc<Policy>,
        /// What it means for promises that were made.
        open: OpenTickets,
    },
    /// Time has come.
    Tick,
}
