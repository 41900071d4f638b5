//! Giving waiting tickets to agents who became free, most urgent first.

use super::handle::Turn;
use super::{Desk, Trigger};
use crate::ids::{AgentId, TicketId};
use crate::load::Load;
use crate::routing::Need;
use crate::routing::choose::is_eligible;
use crate::time::Timestamp;

impl Turn<'_> {
    /// After anything that may have made any agent eligible.
    pub(super) fn drain_all(&mut self) {
        for id in self.desk.waiting(self.now) {
            if self.has_taker(&id) {
                self.decide(&id, Trigger::Freed);
            }
        }
    }

    /// After one agent became freer: only tickets this agent could take are looked at again.
    pub(super) fn drain_to(&mut self, agent: &AgentId) {
        if self.desk.queued.is_empty() {
            return;
        }
        for id in self.desk.waiting_for(agent, self.now) {
            if self.desk.room_of(agent) == Load::ZERO {
                return;
            }
            if self.desk.could_take(agent, &id, self.now) {
                self.decide(&id, Trigger::Freed);
            }
        }
    }

    fn has_taker(&self, id: &TicketId) -> bool {
        self.desk.rank(&self.desk.cases[id].ticket, self.now).n_eligible > 0
    }
}

impl Desk {
    fn waiting(&self, now: Timestamp) -> Vec<TicketId> {
        self.queue_at(now).into_iter().map(|case| case.ticket.id.clone()).collect()
    }

    fn waiting_for(&self, agent: &AgentId, now: Timestamp) -> Vec<TicketId> {
        let mut waiting: Vec<_> = (self.queued.iter())
            .filter(|id| self.could_take(agent, id, now))
            .map(|id| &self.cases[id])
            .collect();
        waiting.sort_by_cached_key(|case| self.queue_key(case, now));
        waiting.into_iter().map(|case| case.ticket.id.clone()).collect()
    }

    fn could_take(&self, agent: &AgentId, id: &TicketId, now: Timestamp) -> bool {
        let Some(idx) = self.roster.seat_idx(agent) else { return false };
        let need = Need::of(&self.cases[id].ticket, &self.policy);
        is_eligible(&self.roster, idx, &need, &self.policy.routing, now)
    }

    fn room_of(&self, agent: &AgentId) -> Load {
        self.roster.seat(agent).map_or(Load::ZERO, crate::roster::Seat::room)
    }
}
