//! The desk: a deterministic state machine over tickets, agents and policy.
//!
//! [`Desk::handle`] turns a command into events, [`Desk::apply`] folds an event
//! into the state, [`Desk::next_wake`] says when time alone changes something.
//! Time is an argument; the same commands at the same times give the same events.
//!
//! Read [`command`], [`event`] and [`case`] for the vocabulary, `apply` for
//! what each event does to the state, and the rest for what each command decides.

mod activity;
pub mod agent_fields;
pub mod agreement;
mod apply;
pub mod case;
mod claim;
pub mod command;
mod drain;
mod endings;
pub mod event;
mod handing_back;
mod handle;
mod intake;
mod people;
pub mod reconcile;
pub mod refusal;
pub mod renewal;
mod report;
mod roster_keeping;
pub mod snapshot;
pub mod transfer;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

pub use agent_fields::AgentField;
pub use agreement::{Agreement, AgreementKey, Agreements};
pub use case::{Case, Closing, HoldReason, Phase, Rating};
pub use command::{
    Action, Activity, Actor, Adoption, Brought, DeclineReason, OpenTickets, PresenceSource, Reach,
    ReleaseScope, Report, Transferral,
};
pub use event::{AdviceTaken, Decision, Event, Trigger};
pub use reconcile::{Difference, IdRange, Known, KnownTicket};
pub use refusal::Refusal;
pub use renewal::Renewal;
pub use snapshot::Snapshot;
pub use transfer::{Home, Transfer};

use crate::ids::TicketId;
use crate::policy::Policy;
use crate::priority::Rank;
use crate::roster::Roster;
use crate::time::Timestamp;

/// A place in the queue: most urgent first, equals by age, then id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct QueuePlace {
    /// How urgent.
    pub rank: Reverse<Rank>,
    /// How old.
    pub opened_at: Timestamp,
    /// Which.
    pub ticket: TicketId,
}

/// One tenant's desk.
#[derive(Debug, Clone)]
pub struct Desk {
    policy: Arc<Policy>,
    /// The one before it; promises may still be made again from it.
    former_policy: Arc<Policy>,
    roster: Roster,
    cases: BTreeMap<TicketId, Case>,
    queued: BTreeSet<TicketId>,
    /// Closed tickets and those advised on, oldest first, to be forgotten in this order.
    fading: VecDeque<(Timestamp, TicketId)>,
    agreements: Agreements,
    renewal: Option<Renewal>,
    sequence: u64,
    now: Timestamp,
}

impl Desk {
    /// An empty desk under a policy.
    pub fn new(policy: Arc<Policy>) -> Self {
        Self {
            roster: Roster::new(policy.routing.default_capacity),
            former_policy: policy.clone(),
            policy,
            cases: BTreeMap::new(),
            queued: BTreeSet::new(),
            fading: VecDeque::new(),
            agreements: Agreements::new(),
            renewal: None,
            sequence: 0,
            now: Timestamp::MIN,
        }
    }

    /// The policy in force.
    pub fn policy(&self) -> &Arc<Policy> {
        &self.policy
    }

    /// Agents and teams.
    pub fn roster(&self) -> &Roster {
        &self.roster
    }

    /// A ticket, open or lately closed.
    pub fn case(&self, ticket: &TicketId) -> Option<&Case> {
        self.cases.get(ticket)
    }

    /// All remembered tickets in the order of their ids.
    pub fn cases(&self) -> &BTreeMap<TicketId, Case> {
        &self.cases
    }

    /// How many tickets wait.
    pub fn n_queued(&self) -> usize {
        self.queued.len()
    }

    /// Waiting tickets in no order of urgency.
    pub fn queued(&self) -> impl Iterator<Item = &Case> {
        self.queued.iter().filter_map(|id| self.cases.get(id))
    }

    /// Waiting tickets, most urgent first at an instant; equals by age, then id.
    pub fn queue_at(&self, now: Timestamp) -> Vec<&Case> {
        let mut queue: Vec<_> = self.queued.iter().filter_map(|id| self.cases.get(id)).collect();
        queue.sort_by_cached_key(|case| self.queue_place(case, now));
        queue
    }

    /// When the oldest waiting ticket was queued.
    pub fn oldest_queued_since(&self) -> Option<Timestamp> {
        let since = |id| match self.cases.get(id)?.phase {
            Phase::Queued { since } => Some(since),
            Phase::Advised { .. } | Phase::Active { .. } | Phase::Closed { .. } => None,
        };
        self.queued.iter().filter_map(since).min()
    }

    /// How many events made this state.
    pub fn sequence(&self) -> u64 {
        self.sequence
    }

    /// The time of the last event.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// How often people took the desk's advice.
    pub fn agreements(&self) -> &Agreements {
        &self.agreements
    }

    /// The next instant at which a waiting ticket might find an agent without any command; at once
    /// while promises are made again.
    pub fn next_wake(&self) -> Option<Timestamp> {
        if self.is_renewing() {
            return Some(Timestamp::MIN);
        }
        let wake = self.roster.windows_until();
        (!self.queued.is_empty() && wake < Timestamp::MAX).then_some(wake)
    }

    /// Where a ticket stands in the queue at an instant.
    pub fn queue_place(&self, case: &Case, now: Timestamp) -> QueuePlace {
        let priority = case.priority_at(&self.policy, now);
        let rank = Reverse(priority.rank(&self.policy.priority));
        QueuePlace { rank, opened_at: case.ticket.opened_at, ticket: case.ticket.id.clone() }
    }
}
