//! A ticket's life at the desk.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::transfer::Transfer;
use crate::ids::{AgentId, TeamId, TicketId};
use crate::load::Load;
use crate::policy::Policy;
use crate::priority::{Priority, priority_of};
use crate::sla::Clocks;
use crate::ticket::Ticket;
use crate::time::{Span, Timestamp};

/// Where a ticket stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// Waits for an agent.
    Queued {
        /// Since when.
        since: Timestamp,
    },
    /// Owned by an agent.
    Active {
        /// Who.
        owner: AgentId,
        /// Since when.
        since: Timestamp,
    },
    /// Advice was given; a person gives it to somebody. Remembered for as long as a closed one.
    Advised {
        /// Since when.
        since: Timestamp,
        /// The candidates of the latest advice, the best first.
        listed: Vec<AgentId>,
    },
    /// Done; remembered for a while.
    Closed {
        /// When.
        at: Timestamp,
        /// How it ended.
        closing: Closing,
        /// Who had it last.
        owner: Option<AgentId>,
    },
}

/// How a ticket ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// The agent's work is done.
    Completed,
    /// The backend reports it solved.
    Solved,
    /// It needs no work any more.
    Cancelled,
    /// Its matter goes on in another ticket.
    Merged,
}

/// What a ticket waits for while its agent cannot go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoldReason {
    /// The customer's answer.
    Customer,
    /// Somebody outside, such as a supplier.
    ThirdParty,
    /// Something inside, such as a part.
    Internal,
}

/// How a customer rated the service, 1 (worst) to 5 (best).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rating(u8);

/// A number that is no rating.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected a rating of 1 to 5, got {0}")]
pub struct InvalidRating(pub i32);

impl Rating {
    /// A rating of 1 to 5.
    pub fn new(score: i32) -> Result<Self, InvalidRating> {
        let valid = u8::try_from(score).ok().filter(|score| (1..=5).contains(score));
        valid.map(Self).ok_or(InvalidRating(score))
    }

    /// 1 to 5.
    pub fn score(self) -> u8 {
        self.0
    }
}

/// When things last happened to a ticket, by which late reports are told from new ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Latest {
    /// The customer wrote.
    pub asked_at: Option<Timestamp>,
    /// An agent answered.
    pub replied_at: Option<Timestamp>,
    /// It was held or went on.
    pub held_at: Option<Timestamp>,
    /// It was closed.
    pub closed_at: Option<Timestamp>,
}

/// A ticket with all the desk knows of its life.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The ticket as last triaged.
    pub ticket: Arc<Ticket>,
    /// The team that serves it.
    pub team: Option<TeamId>,
    /// What it weighs while it is worked on.
    pub weight: Load,
    /// Priority when it was last computed.
    pub priority: Priority,
    /// Its promises.
    pub clocks: Clocks,
    /// Where it stands.
    pub phase: Phase,
    /// Waits for somebody else.
    pub hold: Option<HoldReason>,
    /// The latest revision of the caller's record that was reported; 0 if none was.
    pub source_revision: u64,
    /// The sequence of the event that brought its present text.
    pub triaged_seq: u64,
    /// The sequence of its latest decision; 0 if none was made.
    pub decision_seq: u64,
    /// Changes with every change of it, and never comes again: it begins at the sequence of the event
    /// that brought the ticket, so one that was forgotten and comes in again has another.
    pub version: u64,
    /// Where it was transferred to, while it is away.
    pub transfer: Option<Box<Transfer>>,
    /// Agents who gave it back.
    pub declined_by: BTreeSet<AgentId>,
    /// How the customer rated it.
    pub rating: Option<Rating>,
    /// The ticket in which its matter goes on.
    pub merged_into: Option<TicketId>,
    /// When things last happened.
    pub latest: Latest,
    /// The sequences of its events.
    pub history: Vec<u64>,
}

impl Case {
    /// Who owns it now.
    pub fn owner(&self) -> Option<&AgentId> {
        match &self.phase {
            Phase::Active { owner, .. } => Some(owner),
            Phase::Queued { .. } | Phase::Advised { .. } | Phase::Closed { .. } => None,
        }
    }

    /// Who owns it now, or owned it when it was closed.
    pub fn last_owner(&self) -> Option<&AgentId> {
        match &self.phase {
            Phase::Active { owner, .. } => Some(owner),
            Phase::Closed { owner, .. } => owner.as_ref(),
            Phase::Queued { .. } | Phase::Advised { .. } => None,
        }
    }

    /// Whether it still wants work.
    pub fn is_open(&self) -> bool {
        match self.phase {
            Phase::Queued { .. } | Phase::Advised { .. } | Phase::Active { .. } => true,
            Phase::Closed { .. } => false,
        }
    }

    /// Whether it was closed, or advised on and left alone, longer ago than such tickets are kept.
    pub(super) fn is_past(&self, kept: Span, now: Timestamp) -> bool {
        self.fades_since().is_some_and(|since| since + kept < now)
    }

    /// From when on it is remembered for a while only.
    pub(super) fn fades_since(&self) -> Option<Timestamp> {
        match self.phase {
            Phase::Queued { .. } | Phase::Active { .. } => None,
            Phase::Advised { since, .. } => Some(since),
            Phase::Closed { at, .. } => Some(at),
        }
    }

    /// Its priority at an instant.
    pub fn priority_at(&self, policy: &Policy, now: Timestamp) -> Priority {
        priority_of(&self.ticket, &self.clocks, policy, now)
    }

    /// What it weighs on its owner now: a share of its weight, never more than all of it, while it is held.
    pub fn load(&self, policy: &Policy) -> Load {
        match self.hold {
            Some(_) => self.weight.scaled_by_permille(policy.routing.held_permille.min(1_000)),
            None => self.weight,
        }
    }
}
