//! A ticket's life at the desk.

use std::sync::Arc;

use crate::ids::{AgentId, TeamId};
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
    /// Counts its changes.
    pub version: u64,
}

impl Case {
    /// Who owns it now.
    pub fn owner(&self) -> Option<&AgentId> {
        match &self.phase {
            Phase::Active { owner, .. } => Some(owner),
            Phase::Queued { .. } | Phase::Closed { .. } => None,
        }
    }

    /// Who owns it now, or owned it when it was closed.
    pub fn last_owner(&self) -> Option<&AgentId> {
        match &self.phase {
            Phase::Active { owner, .. } => Some(owner),
            Phase::Closed { owner, .. } => owner.as_ref(),
            Phase::Queued { .. } => None,
        }
    }

    /// Whether it still wants work.
    pub fn is_open(&self) -> bool {
        match self.phase {
            Phase::Queued { .. } | Phase::Active { .. } => true,
            Phase::Closed { .. } => false,
        }
    }

    /// Whether it was closed longer ago than closed tickets are kept.
    pub(super) fn is_past(&self, kept: Span, now: Timestamp) -> bool {
        match self.phase {
            Phase::Queued { .. } | Phase::Active { .. } => false,
            Phase::Closed { at, .. } => at + kept < now,
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
