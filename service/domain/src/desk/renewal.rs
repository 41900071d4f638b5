//! Promises made again under a new policy: some tickets at a time, so that the desk goes on meanwhile.

use std::sync::Arc;

use super::handle::Turn;
use super::{Desk, Event};
use crate::ids::TicketId;
use crate::policy::Policy;
use crate::sla::{Clocks, Terms, rule_for};
use crate::ticket::Ticket;
use crate::time::Timestamp;

/// Open tickets looked at in one step: about a millisecond's work.
const SLICE: usize = 500;

/// How far promises have been made again.
#[derive(Debug, Clone, PartialEq)]
pub struct Renewal {
    /// The policy they are made under.
    pub revision: u64,
    /// The policy they were made under before.
    pub made_under: Arc<Policy>,
    /// The last ticket looked at.
    pub until: Option<TicketId>,
    /// Open tickets looked at.
    pub n_done: u64,
    /// Open tickets when it began.
    pub n_open: u64,
    /// All have been looked at.
    pub is_done: bool,
}

impl Turn<'_> {
    /// Makes the promises of the next open tickets again.
    pub(super) fn renew_some(&mut self) {
        let Some(renewal) = self.desk.renewal.as_ref().filter(|renewal| !renewal.is_done) else {
            return;
        };
        let event = self.desk.renewed_after(renewal, self.now);
        self.emit(event);
    }

    /// Ends what is under way, as must be before yet another policy comes into force.
    pub(super) fn renew_all(&mut self) {
        while self.desk.is_renewing() {
            self.renew_some();
        }
    }
}

impl Desk {
    /// How far promises have been made again under the latest policy that asked for it.
    pub fn renewal(&self) -> Option<&Renewal> {
        self.renewal.as_ref()
    }

    pub(super) fn is_renewing(&self) -> bool {
        self.renewal.as_ref().is_some_and(|renewal| !renewal.is_done)
    }

    fn renewed_after(&self, renewal: &Renewal, now: Timestamp) -> Event {
        use std::ops::Bound::{Excluded, Unbounded};
        let after = renewal.until.as_ref().map_or(Unbounded, Excluded);
        let mut open = self.open_at(now, (after, Unbounded)).peekable();
        let mut renewed = Vec::new();
        let (mut n_looked, mut last) = (0, None);
        for (id, case) in open.by_ref().take(SLICE) {
            let clocks = self.promised_anew(&case.ticket, case.clocks, &renewal.made_under);
            let clocks = match case.hold {
                Some(_) => clocks.on_hold(&self.terms(&case.ticket), now),
                None => clocks,
            };
            if clocks != case.clocks {
                renewed.push((id.clone(), clocks));
            }
            (n_looked, last) = (n_looked + 1, Some(id.clone()));
        }
        Event::PromisesRenewed { renewed, n_looked, until: last.filter(|_| open.peek().is_some()) }
    }

    fn promised_anew(&self, ticket: &Ticket, clocks: Clocks, made_under: &Policy) -> Clocks {
        let fresh = self.terms(ticket);
        let was = terms_under(made_under, ticket);
        clocks.renewed(
            Clocks::opened(&was, ticket.opened_at),
            Clocks::opened(&fresh, ticket.opened_at),
            fresh.hard_due,
        )
    }
}

/// What a ticket is promised under a policy.
pub(super) fn terms_under<'a>(policy: &'a Policy, ticket: &Ticket) -> Terms<'a> {
    let rule = rule_for(&policy.sla, ticket, policy.team_for(ticket));
    Terms::of(ticket, rule, super::intake::promised_band(policy, ticket))
}
