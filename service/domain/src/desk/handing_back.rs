//! Tickets taken off their agents: given back with a reason, or released from all at once.

use super::command::{DeclineReason, ReleaseScope};
use super::handle::Turn;
use super::{Case, Event, Refusal, Trigger};
use crate::ids::{AgentId, TicketId};
use crate::sla::Clock;

impl Turn<'_> {
    pub(super) fn decline(
        &mut self,
        ticket: &TicketId,
        agent: &AgentId,
        reason: DeclineReason,
    ) -> Result<(), Refusal> {
        self.desk.known_agent(agent)?;
        let owner = self.known_open(ticket)?.owner();
        if owner != Some(agent) {
            let (ticket, agent, owner) = (ticket.clone(), agent.clone(), owner.cloned());
            return Err(Refusal::NotOwner { ticket, agent, owner });
        }
        self.greet_arrivals();
        self.take_off(ticket, agent, Some(reason));
        self.decide(ticket, Trigger::Declined);
        self.drain_to([agent.clone()]);
        Ok(())
    }

    /// The agent's intake is paused with it, or they would be given the same tickets again.
    pub(super) fn release(&mut self, agent: &AgentId, scope: ReleaseScope) -> Result<(), Refusal> {
        self.set_intake(agent, true)?;
        self.greet_arrivals();
        let mut released: Vec<&Case> = (self.desk.cases.values())
            .filter(|case| case.owner() == Some(agent) && scope.has(case))
            .collect();
        released.sort_by_cached_key(|case| self.desk.queue_place(case, self.now));
        let ids: Vec<TicketId> = released.iter().map(|case| case.ticket.id.clone()).collect();
        for id in &ids {
            self.take_off(id, agent, None);
        }
        for id in &ids {
            self.decide(id, Trigger::Released);
        }
        Ok(())
    }

    fn take_off(&mut self, ticket: &TicketId, agent: &AgentId, reason: Option<DeclineReason>) {
        self.emit(Event::Released { ticket: ticket.clone(), agent: agent.clone(), reason });
    }
}

impl ReleaseScope {
    fn has(self, case: &Case) -> bool {
        match self {
            Self::All => true,
            Self::Unanswered => !matches!(case.clocks.first_response, Clock::Met { .. }),
        }
    }
}
