//! Bringing the desk to what the backend knows: differences are found, and the backend wins.

use std::collections::BTreeSet;
use std::ops::Bound::{Excluded, Included, Unbounded};

use super::command::{Activity, Report};
use super::handle::Turn;
use super::intake::is_stale;
use super::{Case, Closing, Desk, HoldReason, Phase};
use crate::ids::{AgentId, TicketId};
use crate::time::Timestamp;

/// A ticket as the backend knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownTicket {
    /// Which.
    pub ticket: TicketId,
    /// Who owns it.
    pub owner: Option<AgentId>,
    /// What it waits for.
    pub hold: Option<HoldReason>,
    /// The caller's revision; 0 if unknown.
    pub source_revision: u64,
    /// It is closed there.
    pub closed: bool,
}

/// Tickets as the backend knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The tickets.
    pub tickets: Vec<KnownTicket>,
    /// All open ones of this range are among them.
    pub complete: Option<IdRange>,
}

/// A range of ticket ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdRange {
    /// Ids after this one; `None`: from the first.
    pub after: Option<TicketId>,
    /// Ids up to this one; `None`: to the last.
    pub until: Option<TicketId>,
}

impl IdRange {
    /// Whether no id is in it.
    pub fn is_empty(&self) -> bool {
        self.after.as_ref().zip(self.until.as_ref()).is_some_and(|(after, until)| until <= after)
    }
}

/// What differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// The desk does not know it.
    UnknownHere,
    /// Another owner here, or none; to be set to the one there.
    Owner {
        /// Here.
        here: Option<AgentId>,
        /// There.
        there: AgentId,
    },
    /// An owner here, none there: the backend has not taken the assignment over yet.
    OwnerUnknownThere {
        /// Here.
        here: AgentId,
    },
    /// Its owner there is no agent of the roster.
    UnknownAgent {
        /// There.
        there: AgentId,
    },
    /// On hold for another reason, or not.
    Hold {
        /// Here.
        here: Option<HoldReason>,
        /// There.
        there: Option<HoldReason>,
    },
    /// Open here, closed there.
    ClosedThere,
    /// Closed here, open there.
    OpenThere {
        /// How it was closed here.
        closing: Closing,
    },
    /// Open here, and not among all open ones of the range.
    NotListed,
    /// The desk knows a newer revision.
    OlderThere {
        /// Here.
        here: u64,
        /// There.
        there: u64,
    },
}

impl Desk {
    /// What differs between the desk at an instant and what the backend knows, in the order of its
    /// list, then what it does not list.
    pub fn differences(&self, known: &Known, now: Timestamp) -> Vec<(TicketId, Difference)> {
        let listed = known.tickets.iter().flat_map(|there| {
            let found = self.differences_of(there, now);
            found.into_iter().map(|difference| (there.ticket.clone(), difference))
        });
        let unlisted = self.not_listed(known, now).into_iter();
        listed.chain(unlisted.map(|id| (id, Difference::NotListed))).collect()
    }

    fn differences_of(&self, there: &KnownTicket, now: Timestamp) -> Vec<Difference> {
        let Some(case) = self.known_at(&there.ticket, now) else {
            return if there.closed { Vec::new() } else { vec![Difference::UnknownHere] };
        };
        if is_stale(there.source_revision, case.source_revision) {
            let (here, there) = (case.source_revision, there.source_revision);
            return vec![Difference::OlderThere { here, there }];
        }
        match (&case.phase, there.closed) {
            (Phase::Closed { .. }, true) => Vec::new(),
            (_, true) => vec![Difference::ClosedThere],
            (Phase::Closed { closing, .. }, false) => {
                let mut found = vec![Difference::OpenThere { closing: *closing }];
                found.extend(self.owner_and_hold(case, there));
                found
            }
            (_, false) => self.owner_and_hold(case, there),
        }
    }

    fn owner_and_hold(&self, case: &Case, there: &KnownTicket) -> Vec<Difference> {
        let owner = match (&there.owner, case.owner()) {
            (Some(owner), _) => self.owner_of(case, owner),
            (None, Some(here)) => Some(Difference::OwnerUnknownThere { here: here.clone() }),
            (None, None) => None,
        };
        let (here, there) = (case.hold, there.hold);
        let hold = (here != there).then_some(Difference::Hold { here, there });
        owner.into_iter().chain(hold).collect()
    }

    fn owner_of(&self, case: &Case, there: &AgentId) -> Option<Difference> {
        if case.owner() == Some(there) {
            return None;
        }
        if self.roster.seat(there).is_none() {
            return Some(Difference::UnknownAgent { there: there.clone() });
        }
        let (here, there) = (case.owner().cloned(), there.clone());
        Some(Difference::Owner { here, there })
    }

    fn not_listed(&self, known: &Known, now: Timestamp) -> Vec<TicketId> {
        let Some(range) = &known.complete else { return Vec::new() };
        if range.is_empty() {
            return Vec::new();
        }
        let listed: BTreeSet<&TicketId> = known.tickets.iter().map(|t| &t.ticket).collect();
        let after = range.after.as_ref().map_or(Unbounded, Excluded);
        let until = range.until.as_ref().map_or(Unbounded, Included);
        let open = self.open_at(now, (after.cloned(), until.cloned()));
        open.map(|(id, _)| id).filter(|id| !listed.contains(id)).cloned().collect()
    }
}

impl Turn<'_> {
    /// Mends what can be mended, as if each had been reported.
    pub(super) fn reconcile(&mut self, known: &Known) {
        for there in &known.tickets {
            for difference in self.desk.differences_of(there, self.now) {
                self.mend(&there.ticket, difference, there.source_revision);
            }
        }
        for ticket in self.desk.not_listed(known, self.now) {
            self.mend(&ticket, Difference::NotListed, 0);
        }
    }

    fn mend(&mut self, ticket: &TicketId, difference: Difference, source_revision: u64) {
        let activity = match difference {
            Difference::Owner { there, .. } => Activity::AssignedTo(there),
            Difference::Hold { there: Some(reason), .. } => Activity::Held(reason),
            Difference::Hold { there: None, .. } => Activity::Resumed,
            Difference::ClosedThere | Difference::NotListed => Activity::Solved,
            Difference::OpenThere { .. } => Activity::Reopened,
            Difference::UnknownHere
            | Difference::OwnerUnknownThere { .. }
            | Difference::UnknownAgent { .. }
            | Difference::OlderThere { .. } => return,
        };
        let mended = self.report(&Report::now(ticket.clone(), activity, source_revision));
        debug_assert!(mended.is_ok(), "what differs was found on this very desk: {mended:?}");
    }
}
