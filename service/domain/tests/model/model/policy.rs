//! Policies, and promises made again under them.

use std::sync::Arc;

use switchyard_domain::desk::{Event, OpenTickets};
use switchyard_domain::ids::TicketId;
use switchyard_domain::policy::Policy;

use super::intake::promised;
use super::{Feed, Model};

impl Model {
    /// What is still to be promised again is, before yet another policy comes into force.
    pub(super) fn apply_policy(
        &mut self,
        policy: &Arc<Policy>,
        open: OpenTickets,
        feed: &mut Feed<'_>,
    ) {
        self.renew(feed);
        feed.is_next("PolicyApplied");
        let former = std::mem::replace(&mut self.policy, policy.clone());
        self.forget();
        if open == OpenTickets::Recompute {
            let Event::RenewalBegun { n_open, .. } = feed.is_next("RenewalBegun") else {
                unreachable!()
            };
            let open = self.papers.values().filter(|paper| paper.is_open());
            assert_eq!(*n_open, open.count() as u64, "open tickets");
            self.renewing = Some(former);
        }
    }

    /// There are never more tickets than are looked at in one step.
    pub(super) fn renew(&mut self, feed: &mut Feed<'_>) {
        let Some(former) = self.renewing.take() else { return };
        let Event::PromisesRenewed { renewed, .. } = feed.is_next("PromisesRenewed") else {
            unreachable!()
        };
        let ids: Vec<TicketId> = self.papers.keys().cloned().collect();
        let mut changed = Vec::new();
        for id in ids {
            let mut paper = self.papers[&id].clone();
            if !paper.is_open() {
                continue;
            }
            let was = promised(&paper, &former);
            self.promise_anew(&mut paper, &was);
            if paper.promises != self.papers[&id].promises {
                changed.push((id.clone(), paper.promises.clocks()));
            }
            self.papers.insert(id, paper);
        }
        assert_eq!(renewed, &changed, "promises made again");
    }
}
