//! How a ticket's life at the desk ends, begins again, or goes on in others.

use super::command::Report;
use super::handle::Turn;
use super::{Closing, Event, Refusal, Trigger};
use crate::ids::TicketId;
use crate::sla::Clocks;
use crate::time::Timestamp;

impl Turn<'_> {
    /// The agent's work is done: the ticket's life ends, or, where another team has done its part,
    /// it goes back.
    pub(super) fn finish(&mut self, ticket: &TicketId, closing: Closing) -> Result<(), Refusal> {
        let returns = self.known_open(ticket)?.transfer.as_ref().is_some_and(|at| at.returns);
        match closing {
            Closing::Completed if returns => {
                self.send_home(ticket, 0);
                Ok(())
            }
            Closing::Completed | Closing::Solved | Closing::Cancelled | Closing::Merged => {
                self.close(ticket, closing, self.now, 0)
            }
        }
    }

    pub(super) fn close(
        &mut self,
        ticket: &TicketId,
        closing: Closing,
        at: Timestamp,
        source_revision: u64,
    ) -> Result<(), Refusal> {
        let case = self.known_open(ticket)?;
        let clocks = match closing {
            Closing::Completed | Closing::Solved => case.clocks.solved(at),
            Closing::Cancelled | Closing::Merged => Clocks::IDLE,
        };
        let owner = case.owner().cloned();
        let (ticket, happened_at) = (ticket.clone(), Some(at).filter(|at| *at < self.now));
        self.emit(Event::Closed { ticket, closing, happened_at, clocks, source_revision });
        self.drain_to(owner);
        Ok(())
    }

    /// The former owner is preferred as any last agent is, and never when absent.
    pub(super) fn reopen(&mut self, ticket: &TicketId, at: Timestamp, source_revision: u64) {
        self.greet_arrivals();
        let case = &self.desk.cases[ticket];
        let clocks = case.clocks.reopened(&self.desk.terms(&case.ticket), at);
        self.emit(Event::Reopened { ticket: ticket.clone(), clocks, source_revision });
        self.decide(ticket, Trigger::Reopening);
    }

    /// Whoever was promised something by the merged ticket is promised it no later by the other.
    pub(super) fn merge(
        &mut self,
        ticket: &TicketId,
        into: &TicketId,
        source_revision: u64,
    ) -> Result<(), Refusal> {
        if ticket == into {
            return Err(Refusal::MergedIntoItself(ticket.clone()));
        }
        let other = self.known_open(into)?;
        let case = self.known_open(ticket)?;
        let absorbed = other.clocks.absorbed(case.clocks);
        let (clocks, owner) = (case.clocks.without_verdict(), case.owner().cloned());
        let (merged, into) = (ticket.clone(), into.clone());
        let ticket = merged.clone();
        self.emit(Event::Merged { ticket, into: into.clone(), clocks, source_revision });
        self.emit(Event::Absorbed { ticket: into, merged, clocks: absorbed });
        self.drain_to(owner);
        Ok(())
    }

    /// A part of a ticket's matter becomes a ticket of its own.
    pub(super) fn split(&mut self, report: &Report) -> Result<(), Refusal> {
        let case = self.known_open(&report.ticket)?;
        let Some(brought) = &report.brought else { return Ok(()) };
        let mut part = brought.ticket.clone();
        if self.desk.known_at(&part.id, self.now).is_some() {
            return Err(Refusal::AlreadyAdopted(part.id.clone()));
        }
        if let (None, Some(owner)) = (&part.wishes.last_agent, case.owner()) {
            std::sync::Arc::make_mut(&mut part).wishes.last_agent = Some(owner.clone());
        }
        let clocks = case.clocks;
        self.emit_report(report, clocks);
        self.triage(part, brought.source_revision, super::command::Reach::ByPolicy)
    }
}
