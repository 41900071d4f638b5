//! What happened to a ticket outside, and what it means for its promises and its owner.

use super::command::Activity;
use super::handle::Turn;
use super::intake::is_stale;
use super::{Case, Closing, Desk, Event, HoldReason, Refusal, Trigger};
use crate::ids::TicketId;
use crate::sla::{Clocks, SlaRule, Terms, rule_for};
use crate::ticket::Ticket;
use crate::time::Timestamp;

impl Turn<'_> {
    pub(super) fn report(
        &mut self,
        ticket: &TicketId,
        activity: Activity,
        source_revision: u64,
    ) -> Result<(), Refusal> {
        let case = self.known(ticket)?;
        if is_stale(source_revision, case.source_revision) {
            return Ok(());
        }
        match activity {
            Activity::Solved => self.close(ticket, Closing::Solved, source_revision),
            Activity::Reopened => self.reopen(ticket, source_revision),
            Activity::AssignedTo(agent) => self.assign(ticket, &agent, source_revision),
            Activity::CustomerMessage
            | Activity::AgentReply
            | Activity::Held(_)
            | Activity::Resumed => self.note(ticket, activity, source_revision),
        }
    }

    fn note(
        &mut self,
        ticket: &TicketId,
        activity: Activity,
        source_revision: u64,
    ) -> Result<(), Refusal> {
        let case = self.known_open(ticket)?;
        let clocks = self.desk.clocks_after(case, &activity, self.now);
        let owner = case.owner().cloned();
        let frees = matches!(activity, Activity::Held(_));
        let ticket = ticket.clone();
        self.emit(Event::Reported { ticket, activity, clocks, source_revision });
        if let Some(owner) = owner.filter(|_| frees) {
            self.drain_to([owner]);
        }
        Ok(())
    }

    pub(super) fn close(
        &mut self,
        ticket: &TicketId,
        closing: Closing,
        source_revision: u64,
    ) -> Result<(), Refusal> {
        let case = self.known_open(ticket)?;
        let clocks = match closing {
            Closing::Completed | Closing::Solved => case.clocks.solved(self.now),
            Closing::Cancelled => Clocks::IDLE,
        };
        let owner = case.owner().cloned();
        let ticket = ticket.clone();
        self.emit(Event::Closed { ticket, closing, clocks, source_revision });
        if let Some(owner) = owner {
            self.drain_to([owner]);
        }
        Ok(())
    }

    /// The former owner is preferred as any last agent is, and never when absent.
    fn reopen(&mut self, ticket: &TicketId, source_revision: u64) -> Result<(), Refusal> {
        let case = self.known(ticket)?;
        if case.is_open() {
            return Err(Refusal::TicketOpen(ticket.clone()));
        }
        let clocks = case.clocks.reopened(&self.desk.terms(&case.ticket), self.now);
        self.greet_arrivals();
        self.emit(Event::Reopened { ticket: ticket.clone(), clocks, source_revision });
        self.decide(ticket, Trigger::Reopening);
        Ok(())
    }
}

impl Desk {
    fn clocks_after(&self, case: &Case, activity: &Activity, now: Timestamp) -> Clocks {
        let clocks = case.clocks;
        match activity {
            Activity::CustomerMessage => self.asked(case, now),
            Activity::AgentReply => clocks.replied(now),
            Activity::Held(_) => clocks.held(&self.terms(&case.ticket), now),
            Activity::Resumed => clocks.resumed(&self.terms(&case.ticket), now),
            Activity::AssignedTo(_) | Activity::Solved | Activity::Reopened => clocks,
        }
    }

    /// A customer's message also ends a wait for the customer, and for nobody else.
    fn asked(&self, case: &Case, now: Timestamp) -> Clocks {
        let terms = self.terms(&case.ticket);
        let clocks = match case.hold {
            Some(HoldReason::Customer) => case.clocks.resumed(&terms, now),
            Some(HoldReason::ThirdParty | HoldReason::Internal) | None => case.clocks,
        };
        clocks.asked(&terms, now)
    }

    /// What a ticket is promised under the policy in force.
    pub(super) fn terms(&self, ticket: &Ticket) -> Terms<'_> {
        Terms::of(ticket, self.sla_rule(ticket), self.promised_band(ticket))
    }

    /// The rule whose promises hold for a ticket under the policy in force.
    pub fn sla_rule(&self, ticket: &Ticket) -> Option<&SlaRule> {
        rule_for(&self.policy.sla, ticket, self.policy.team_for(ticket))
    }
}
