//! What happened to a ticket outside, and what it means for its promises and its owner.

use super::command::Activity;
use super::handle::Turn;
use super::intake::is_stale;
use super::{Case, Closing, Desk, Event, HoldReason, Refusal, Trigger};
use crate::calendar::Calendar;
use crate::ids::TicketId;
use crate::sla::{Clocks, SlaRule, rule_for};
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
            self.drain_to(&owner);
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
            self.drain_to(&owner);
        }
        Ok(())
    }

    /// The former owner is preferred as any last agent is, and never when absent.
    fn reopen(&mut self, ticket: &TicketId, source_revision: u64) -> Result<(), Refusal> {
        let case = self.known(ticket)?;
        if case.is_open() {
            return Err(Refusal::TicketOpen(ticket.clone()));
        }
        let clocks = self.desk.clocks_when_reopened(case, self.now);
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
            Activity::Held(_) => self.held(&case.ticket, clocks, now),
            Activity::Resumed => self.resumed(&case.ticket, clocks, now),
            Activity::AssignedTo(_) | Activity::Solved | Activity::Reopened => clocks,
        }
    }

    /// A customer's message also ends a wait for the customer, and for nobody else.
    fn asked(&self, case: &Case, now: Timestamp) -> Clocks {
        let clocks = match case.hold {
            Some(HoldReason::Customer) => self.resumed(&case.ticket, case.clocks, now),
            Some(HoldReason::ThirdParty | HoldReason::Internal) | None => case.clocks,
        };
        match self.sla_rule(&case.ticket) {
            Some(rule) => {
                let target = rule.targets(self.promised_band(&case.ticket)).next_response;
                clocks.asked(target, now, &rule.calendar)
            }
            None => clocks,
        }
    }

    pub(super) fn held(&self, ticket: &Ticket, clocks: Clocks, now: Timestamp) -> Clocks {
        clocks.held(now, self.calendar_of(ticket))
    }

    pub(super) fn on_hold(&self, ticket: &Ticket, clocks: Clocks, now: Timestamp) -> Clocks {
        clocks.on_hold(now, self.calendar_of(ticket))
    }

    fn resumed(&self, ticket: &Ticket, clocks: Clocks, now: Timestamp) -> Clocks {
        clocks.resumed(now, self.calendar_of(ticket), ticket.wishes.hard_due)
    }

    /// A reopened ticket has a whole resolution time again; a first response stays as it was.
    fn clocks_when_reopened(&self, case: &Case, now: Timestamp) -> Clocks {
        match self.sla_rule(&case.ticket) {
            Some(rule) => {
                let band = self.promised_band(&case.ticket);
                case.clocks.reopened(rule, band, &case.ticket, now)
            }
            None => case.clocks,
        }
    }

    /// The hours that count for a ticket: a promise made before outlives the rule it was made
    /// by, and without business hours to go by all time counts.
    fn calendar_of(&self, ticket: &Ticket) -> &Calendar {
        self.sla_rule(ticket).map_or(Calendar::wall_time(), |rule| &rule.calendar)
    }

    /// The promises that hold for a ticket under the policy in force.
    pub fn sla_rule(&self, ticket: &Ticket) -> Option<&SlaRule> {
        rule_for(&self.policy.sla, ticket, self.policy.team_for(ticket))
    }
}
