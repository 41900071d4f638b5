//! What is forgotten, and what is rebuilt after a restart.

use crate::desk::{Desk, Phase};
use crate::ids::TicketId;
use crate::time::Timestamp;

impl Desk {
    /// Forgets tickets that were closed, or advised on and left alone, longer ago than the policy
    /// keeps them.
    pub(super) fn forget_old(&mut self, now: Timestamp) {
        let kept = self.policy.closed_kept;
        while let Some((_, id)) = self.fading.pop_front_if(|(at, _)| *at + kept < now) {
            // It may have been opened again since.
            if self.known_at(&id, now).is_none() {
                self.cases.remove(&id);
            }
        }
    }

    /// Rebuilds what follows from cases: the queue, the loads, the order of forgetting.
    pub(in crate::desk) fn rebuild(&mut self) {
        let ids: Vec<TicketId> = self.cases.keys().cloned().collect();
        for id in ids {
            self.take_on(&id);
            let case = &self.cases[&id];
            if let Some(since) = case.fades_since() {
                self.fading.push_back((since, id.clone()));
            }
            if matches!(case.phase, Phase::Queued { .. }) {
                self.queued.insert(id);
            }
        }
        self.fading.make_contiguous().sort();
    }
}
