//! Who has a ticket, and where those stand that nobody has.

use crate::desk::{Desk, HoldReason, Phase};
use crate::ids::{AgentId, TicketId};
use crate::policy::TeamMode;

impl Desk {
    /// A ticket stays with its owner since when it came to them.
    pub(super) fn put_owner(&mut self, id: &TicketId, agent: &AgentId) {
        if self.cases[id].owner() == Some(agent) {
            return;
        }
        self.put_down(id);
        let now = self.now;
        let owner = agent.clone();
        self.case_mut(id).phase = Phase::Active { owner, since: now };
        self.queued.remove(id);
        self.take_on(id);
    }

    pub(super) fn put_hold(&mut self, id: &TicketId, hold: Option<HoldReason>) {
        self.put_down(id);
        self.case_mut(id).hold = hold;
        self.take_on(id);
    }

    /// Nobody has it: it waits in the queue, or for a person where the desk only advises.
    pub(super) fn put_waiting(&mut self, id: &TicketId) {
        match self.policy.team(self.cases[id].team.as_ref()).mode {
            TeamMode::Assign => self.queue(id),
            TeamMode::Advise => self.put_advised(id),
        }
    }

    /// As [`Self::put_waiting`], of a ticket whose load its owner has laid down already.
    pub(super) fn put_waiting_anew(&mut self, id: &TicketId) {
        match self.cases[id].phase {
            // What was advised on waits for a person as before.
            Phase::Advised { .. } => {}
            Phase::Queued { .. } | Phase::Active { .. } | Phase::Closed { .. } => {
                self.wait_anew(id);
            }
        }
    }

    /// The same of a ticket that waits as its team's do, whatever it was before.
    pub(super) fn wait_anew(&mut self, id: &TicketId) {
        let since = self.now;
        self.case_mut(id).phase = Phase::Queued { since };
        self.put_waiting(id);
    }

    /// Into the queue, unless somebody has it.
    pub(super) fn queue(&mut self, id: &TicketId) {
        let since = self.now;
        let case = self.case_mut(id);
        match case.phase {
            Phase::Active { .. } => return,
            Phase::Queued { .. } => {}
            Phase::Advised { .. } | Phase::Closed { .. } => case.phase = Phase::Queued { since },
        }
        self.queued.insert(id.clone());
    }

    pub(super) fn put_advised(&mut self, id: &TicketId) {
        let since = self.now;
        self.case_mut(id).phase = Phase::Advised { since, listed: Vec::new() };
        self.queued.remove(id);
        self.fading.push_back((since, id.clone()));
    }

    /// Lays a ticket's weight on its owner.
    pub(super) fn take_on(&mut self, id: &TicketId) {
        let Some(case) = self.cases.get(id) else {
            return;
        };
        if let Some(owner) = case.owner() {
            self.roster.take_on(owner, &case.ticket.channel, case.load(&self.policy));
        }
    }

    /// Takes a ticket's weight off its owner.
    pub(super) fn put_down(&mut self, id: &TicketId) {
        let Some(case) = self.cases.get(id) else {
            return;
        };
        if let Some(owner) = case.owner() {
            self.roster.put_down(owner, &case.ticket.channel, case.load(&self.policy));
        }
    }
}
