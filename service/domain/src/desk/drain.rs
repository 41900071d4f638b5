//! Giving waiting tickets to agents who became free, most urgent first.

use super::handle::Turn;
use super::{Case, Desk, Trigger};
use crate::ids::{AgentId, TicketId};
use crate::policy::Dispatch;
use crate::routing::Need;
use crate::routing::choose::any_eligible;
use crate::time::Timestamp;

impl Turn<'_> {
    /// After anything that may have made any agent eligible.
    pub(super) fn drain_all(&mut self) {
        self.desk.roster.take_arrivals();
        for id in self.desk.waiting(self.now) {
            let ranking = self.desk.rank(&self.desk.cases[&id].ticket, self.now);
            if let Some(chosen) = ranking.chosen().cloned() {
                self.settle(&id, Trigger::Freed, ranking, Some(chosen));
            }
        }
    }

    /// After some agents became freer: only tickets that one of them could take are looked
    /// at again, for nobody else has come to be eligible since the queue was last looked at.
    ///
    /// Whoever came on shift meanwhile is served along, or the less urgent ticket of the
    /// one could take what the more urgent one of the other waited for.
    pub(super) fn drain_to(&mut self, freed: impl IntoIterator<Item = AgentId>) {
        let mut free = self.desk.roster.take_arrivals();
        free.extend(freed);
        if free.is_empty() {
            return;
        }
        let seats: Vec<usize> =
            free.iter().filter_map(|agent| self.desk.roster.seat_idx(agent)).collect();
        for id in self.desk.waiting_for(&seats, self.now) {
            if self.desk.could_take(&seats, &id, self.now) {
                self.decide(&id, Trigger::Freed);
            }
        }
    }
}

impl Desk {
    fn waiting(&self, now: Timestamp) -> Vec<TicketId> {
        let pushed = self.queue_at(now).into_iter().filter(|case| self.is_pushed(case));
        pushed.map(|case| case.ticket.id.clone()).collect()
    }

    /// Whether the desk gives the ticket to somebody; if not, its team's agents take it.
    pub(super) fn is_pushed(&self, case: &Case) -> bool {
        self.policy.team(case.team.as_ref()).dispatch == Dispatch::Push
    }

    fn waiting_for(&self, seats: &[usize], now: Timestamp) -> Vec<TicketId> {
        let mut waiting: Vec<_> = (self.queued.iter())
            .filter(|id| self.could_take(seats, id, now))
            .map(|id| &self.cases[id])
            .collect();
        waiting.sort_by_cached_key(|case| self.queue_place(case, now));
        waiting.into_iter().map(|case| case.ticket.id.clone()).collect()
    }

    /// Whether an agent could be given a ticket now.
    pub(super) fn could_have(&self, agent: &AgentId, id: &TicketId, now: Timestamp) -> bool {
        let need = Need::of(&self.cases[id].ticket, &self.policy);
        let seat = self.roster.seat_idx(agent);
        any_eligible(&self.roster, seat.into_iter(), &need, &self.policy.routing, now)
    }

    fn could_take(&self, seats: &[usize], id: &TicketId, now: Timestamp) -> bool {
        let case = &self.cases[id];
        if !self.is_pushed(case) {
            return false;
        }
        let need = Need::of(&case.ticket, &self.policy);
        let has_room = |idx: &usize| need.weight <= self.roster.sheet().rows()[*idx].room();
        let mut roomy = seats.iter().copied().filter(has_room).peekable();
        // Most of a queue waits for want of room: told before any name is resolved.
        roomy.peek().is_some()
            && any_eligible(&self.roster, roomy, &need, &self.policy.routing, now)
    }
}
