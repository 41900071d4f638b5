//! Messages, replies and holds, and what they mean for a ticket's promises and its owner.

use super::command::{Activity, Report};
use super::handle::Turn;
use super::{Case, Desk, Event, HoldReason, Refusal};
use crate::sla::{Clocks, SlaRule, Terms, rule_for};
use crate::ticket::Ticket;
use crate::time::Timestamp;

impl Turn<'_> {
    pub(super) fn note(&mut self, report: &Report) -> Result<(), Refusal> {
        let case = self.known_open(&report.ticket)?;
        let at = self.instant_of(report);
        let clocks = self.desk.clocks_after(case, &report.activity, at);
        let owner = case.owner().cloned();
        self.emit_report(report, clocks);
        if matches!(report.activity, Activity::Held(_)) {
            self.drain_to(owner);
        }
        self.hear(report);
        Ok(())
    }

    /// A customer's message may say what the ticket is about now: it is triaged again.
    fn hear(&mut self, report: &Report) {
        if let (Activity::CustomerMessage, Some(brought)) = (&report.activity, &report.brought) {
            let revision = brought.source_revision.max(report.source_revision);
            self.retriage(brought.ticket.clone(), revision);
        }
    }

    pub(super) fn emit_report(&mut self, report: &Report, clocks: Clocks) {
        let Report { ticket, activity, source_revision, .. } = report;
        self.emit(Event::Reported {
            ticket: ticket.clone(),
            activity: activity.clone(),
            happened_at: report.happened_at.map(|_| self.instant_of(report)),
            clocks,
            source_revision: *source_revision,
        });
    }
}

impl Case {
    /// Whether something later than an instant has happened; then a report of it is out of order.
    pub(super) fn is_past_hold(&self, at: Timestamp) -> bool {
        self.latest.held_at.is_some_and(|held_at| at < held_at)
    }

    /// Whether a customer's message at an instant ends the wait for the customer.
    pub(super) fn ends_hold(&self, at: Timestamp) -> bool {
        match self.hold {
            Some(HoldReason::Customer) => !self.is_past_hold(at),
            Some(HoldReason::ThirdParty | HoldReason::Internal) | None => false,
        }
    }

    /// When the customer ended a wait for them that began at an instant, of which only now is told.
    pub(super) fn wait_ended(&self, reason: HoldReason, at: Timestamp) -> Option<Timestamp> {
        match reason {
            HoldReason::Customer => self.latest.asked_at.filter(|asked_at| at < *asked_at),
            HoldReason::ThirdParty | HoldReason::Internal => None,
        }
    }

    /// What the ticket waits for after something happened at an instant.
    pub(super) fn hold_after(&self, activity: &Activity, at: Timestamp) -> Option<HoldReason> {
        match activity {
            Activity::Held(reason) if !self.is_past_hold(at) => {
                Some(*reason).filter(|reason| self.wait_ended(*reason, at).is_none())
            }
            Activity::Resumed if !self.is_past_hold(at) => None,
            Activity::CustomerMessage if self.ends_hold(at) => None,
            _ => self.hold,
        }
    }
}

impl Desk {
    fn clocks_after(&self, case: &Case, activity: &Activity, at: Timestamp) -> Clocks {
        let clocks = case.clocks;
        let terms = self.terms(&case.ticket);
        match activity {
            Activity::CustomerMessage => self.asked(case, at),
            Activity::AgentReply if case.latest.asked_at.is_some_and(|asked| at < asked) => {
                // The customer has written again since: the reply answers what was before.
                let replied = clocks.replied(terms.first_response(case.ticket.opened_at), at);
                Clocks { next_response: clocks.next_response, ..replied }
            }
            Activity::AgentReply => clocks.replied(terms.first_response(case.ticket.opened_at), at),
            Activity::Held(_) | Activity::Resumed if case.is_past_hold(at) => clocks,
            Activity::Held(reason) => {
                let held = clocks.held(&terms, at);
                let ended = case.wait_ended(*reason, at);
                ended.map_or(held, |ended| held.resumed(&terms, ended))
            }
            Activity::Resumed => clocks.resumed(&terms, at),
            _ => clocks,
        }
    }

    /// A customer's message also ends a wait for the customer, and for nobody else. One that was
    /// answered since is due no answer.
    fn asked(&self, case: &Case, at: Timestamp) -> Clocks {
        let terms = self.terms(&case.ticket);
        let clocks = if case.ends_hold(at) { case.clocks.resumed(&terms, at) } else { case.clocks };
        let is_answered = case.latest.replied_at.is_some_and(|replied_at| at < replied_at);
        let held_since = case.latest.held_at.filter(|held_at| case.hold.is_some() && at < *held_at);
        match held_since {
            _ if is_answered => clocks,
            Some(held_at) => clocks.asked_before_hold(&terms, at, held_at),
            None => clocks.asked(&terms, at),
        }
    }

    /// What a ticket is promised under the policy in force.
    pub(super) fn terms(&self, ticket: &Ticket) -> Terms<'_> {
        super::renewal::terms_under(&self.policy, ticket)
    }

    /// The rule whose promises hold for a ticket under the policy in force.
    pub fn sla_rule(&self, ticket: &Ticket) -> Option<&SlaRule> {
        rule_for(&self.policy.sla, ticket, self.policy.team_for(ticket))
    }
}
