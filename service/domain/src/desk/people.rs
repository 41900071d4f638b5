//! A person's decision always wins: over capacity, skills, shift and the desk's own choice.

use super::event::AdviceTaken;
use super::handle::Turn;
use super::{Case, Event, Phase, Refusal};
use crate::ids::{AgentId, TicketId};

impl Turn<'_> {
    pub(super) fn assign(
        &mut self,
        ticket: &TicketId,
        agent: &AgentId,
        source_revision: u64,
    ) -> Result<(), Refusal> {
        self.desk.known_agent(agent)?;
        let former = self.known_open(ticket)?.owner().cloned();
        self.give(ticket, agent, source_revision);
        self.drain_to(former.filter(|former| former != agent));
        Ok(())
    }

    pub(super) fn give(&mut self, ticket: &TicketId, agent: &AgentId, source_revision: u64) {
        let advice = self.desk.cases[ticket].advice_taken(agent);
        let (ticket, agent) = (ticket.clone(), agent.clone());
        self.emit(Event::OwnerSet { ticket, agent, source_revision, advice });
    }
}

impl Case {
    /// How giving the ticket to an agent takes the advice that stands.
    fn advice_taken(&self, agent: &AgentId) -> Option<AdviceTaken> {
        let Phase::Advised { listed, .. } = &self.phase else { return None };
        let place = listed.iter().position(|listed| listed == agent).map_or(0, |at| at + 1);
        Some(AdviceTaken { place: place as u8, n_listed: listed.len() as u8 })
    }
}
