//! What one ticket is promised: all that its clocks are made from.

use super::{Clock, SlaRule, Targets};
use crate::calendar::Calendar;
use crate::priority::Band;
use crate::ticket::Ticket;
use crate::time::{Span, Timestamp};

/// What one ticket is promised: by the rule that matches it, and by its caller.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// The rule's targets for the ticket's band; `None` where no rule matches.
    pub targets: Option<Targets>,
    /// The hours that count: the rule's, else all.
    pub calendar: &'a Calendar,
    /// The latest instant by which it must be solved.
    pub hard_due: Option<Timestamp>,
}

impl<'a> Terms<'a> {
    /// The terms of a ticket under its rule and in its band.
    pub fn of(ticket: &Ticket, rule: Option<&'a SlaRule>, band: Band) -> Self {
        Self {
            targets: rule.map(|rule| rule.targets(band)),
            // A promise outlives the rule it was made by, and without business hours
            // to go by all time counts.
            calendar: rule.map_or(Calendar::wall_time(), |rule| &rule.calendar),
            hard_due: ticket.wishes.hard_due,
        }
    }

    pub(crate) fn first_response(&self, from: Timestamp) -> Clock {
        self.by_target(from, |targets| targets.first_response)
    }

    pub(super) fn next_response(&self, from: Timestamp) -> Clock {
        self.by_target(from, |targets| targets.next_response)
    }

    /// Due by the target or by the hard due time, whichever comes first.
    ///
    /// Where the hard due time does, the whole promise is only that long, so that a
    /// deadline presses alike whatever the target would have been.
    pub(super) fn resolution(&self, from: Timestamp) -> Clock {
        let by_target = self.by_target(from, |targets| targets.resolution);
        match self.hard_due {
            Some(due) if by_target.due().is_none_or(|by_target| due < by_target) => {
                Clock::Running { target: self.calendar.between(from, due.max(from)), due }
            }
            Some(_) | None => by_target,
        }
    }

    fn by_target(&self, from: Timestamp, target: impl FnOnce(Targets) -> Span) -> Clock {
        match self.targets.map(target) {
            Some(target) => Clock::start(target, from, self.calendar),
            None => Clock::Idle,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_millis(1_780_000_000_000) + Span::from_minutes(minute)
    }

    #[track_caller]
    fn check(target: Option<i64>, hard_due: Option<i64>, wanted: Option<(i64, i64)>) {
        let targets = target.map(|minutes| Targets {
            first_response: Span::from_minutes(minutes),
            next_response: Span::from_minutes(minutes),
            resolution: Span::from_minutes(minutes),
        });
        let terms = Terms { targets, calendar: Calendar::wall_time(), hard_due: hard_due.map(at) };
        let wanted = wanted.map_or(Clock::Idle, |(target, due)| Clock::Running {
            target: Span::from_minutes(target),
            due: at(due),
        });
        assert_eq!(terms.resolution(at(0)), wanted);
    }

    #[test]
    fn a_resolution_is_due_by_its_target_or_its_hard_due_time_whichever_comes_first() {
        check(None, None, None);
        check(Some(60), None, Some((60, 60)));
        check(Some(60), Some(90), Some((60, 60)));
        check(Some(60), Some(30), Some((30, 30)));
        check(None, Some(30), Some((30, 30)));
    }

    #[test]
    fn a_hard_due_time_in_the_past_leaves_no_time_at_all() {
        check(Some(60), Some(-30), Some((0, -30)));
        check(None, Some(-30), Some((0, -30)));
    }
}
