//! What a ticket went through that the desk itself does not remember.
//!
//! The desk is rebuilt beside it, event by event, and looked at before and
//! after each: who owns a ticket and how it ended is read off the state, so a
//! new kind of event needs nothing here.

use std::collections::BTreeMap;

use switchyard_domain::desk::event::Outcome;
use switchyard_domain::desk::{Activity, Case, Desk, Event, Phase};
use switchyard_domain::ids::{AgentId, TicketId};
use switchyard_domain::sla::Clock;
use switchyard_domain::time::Timestamp;

use super::Ended;
use crate::cli::export::fact::Fact;
use crate::words::actor_label;

/// Events between two clearings of what the desk has forgotten.
const CLEARED_EVERY: u64 = 20_000;

/// A ticket's way so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli::export) struct Life {
    /// The event that brought it.
    born: u64,
    pub(super) taken_in_at: Timestamp,
    pub(super) first_decided_at: Option<Timestamp>,
    pub(super) first_assigned_at: Option<Timestamp>,
    pub(super) first_replied_at: Option<Timestamp>,
    pub(super) first_chosen: Option<AgentId>,
    owner: Option<AgentId>,
    pub(super) n_reassignments: u32,
    pub(super) n_closings: u32,
}

impl Life {
    fn begin(fact: &Fact<'_>, case: &Case) -> Self {
        // One that was brought along may have been answered elsewhere.
        let first_replied_at = match case.clocks.first_response {
            Clock::Met { at, .. } => Some(at),
            Clock::Idle | Clock::Running { .. } | Clock::Paused { .. } => None,
        };
        Self {
            born: fact.sequence,
            taken_in_at: fact.entry.at,
            first_decided_at: None,
            first_assigned_at: None,
            first_replied_at,
            first_chosen: None,
            owner: None,
            n_reassignments: 0,
            n_closings: 0,
        }
    }

    /// Notes what an event made of the ticket.
    fn note(&mut self, fact: &Fact<'_>, case: &Case) {
        let at = fact.entry.at;
        if case.decision_seq == fact.sequence {
            self.first_decided_at.get_or_insert(at);
        }
        if let Some(owner) = case.owner() {
            self.first_assigned_at.get_or_insert(at);
            let before = self.owner.replace(owner.clone());
            self.n_reassignments += u32::from(before.is_some_and(|before| before != *owner));
        }
        match fact.event {
            Event::Decided(decision) => {
                if let Outcome::Assigned(agent) = &decision.outcome {
                    self.first_chosen.get_or_insert_with(|| agent.clone());
                }
            }
            Event::Reported { activity: Activity::AgentReply, .. } => {
                self.first_replied_at.get_or_insert(case.latest.replied_at.unwrap_or(at));
            }
            _ => {}
        }
    }
}

/// The lives of all tickets the desk remembers.
#[derive(Debug)]
pub(in crate::cli::export) struct Lives {
    desk: Desk,
    lives: BTreeMap<TicketId, Life>,
}

impl Lives {
    /// From a desk on, whose tickets will all be forgotten or closed for good when they matter.
    pub(in crate::cli::export) fn from(desk: Desk) -> Self {
        Self { desk, lives: BTreeMap::new() }
    }

    /// How far they were followed.
    pub(in crate::cli::export) fn sequence(&self) -> u64 {
        self.desk.sequence()
    }

    /// Where to begin so that all lives that still matter are known whole.
    pub(in crate::cli::export) fn begin(&mut self) -> u64 {
        self.clear();
        let first = self.lives.values().map(|life| life.born).min();
        first.unwrap_or(self.desk.sequence() + 1)
    }

    /// Follows the next event; gives the ticket that it closed.
    pub(in crate::cli::export) fn see(&mut self, fact: &Fact<'_>) -> Option<Ended> {
        let known = fact.event.ticket().and_then(|ticket| self.desk.case(ticket));
        let before = known.filter(|case| case.is_open()).map(|case| case.clocks);
        self.desk.apply(fact.event, fact.entry.at);
        if self.desk.sequence().is_multiple_of(CLEARED_EVERY) {
            self.clear();
        }
        let case = self.desk.case(fact.event.ticket()?)?;
        if case.version == 1 && case.triaged_seq == fact.sequence {
            self.lives.insert(case.ticket.id.clone(), Life::begin(fact, case));
        }
        let new = || Life::begin(fact, case);
        let life = self.lives.entry(case.ticket.id.clone()).or_insert_with(new);
        life.note(fact, case);
        let Phase::Closed { at, closing, .. } = case.phase else { return None };
        let clocks_before = before?;
        life.n_closings += 1;
        Some(Ended {
            tenant: fact.tenant.to_owned(),
            sequence: fact.sequence,
            at,
            closing,
            closed_by: actor_label(&fact.entry.actor),
            case: case.clone(),
            clocks_before,
            life: life.clone(),
            policy_revision: self.desk.policy().revision,
        })
    }

    /// Forgets what the desk has forgotten.
    fn clear(&mut self) {
        self.lives.retain(|ticket, _| self.desk.case(ticket).is_some());
    }
}
