//! A person's decision always wins: over capacity, skills, shift and the desk's own choice.

use super::handle::Turn;
use super::{Event, Refusal};
use crate::ids::{AgentId, TicketId};

impl Turn<'_> {
    pub(super) fn assign(
        &mut self,
        ticket: &TicketId,
        agent: &AgentId,
        source_revision: u64,
    ) -> Result<(), Refusal> {
        self.desk.known_agent(agent)?;
        let case = self.known_open(ticket)?;
        let former = case.owner().cloned();
        self.emit(Event::OwnerSet {
            ticket: ticket.clone(),
            agent: agent.clone(),
            source_revision,
        });
        match former {
            Some(former) if former != *agent => self.drain_to([former]),
            Some(_) | None => {}
        }
        Ok(())
    }
}
