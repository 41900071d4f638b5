//! The three promises of a ticket through its life.

use super::{Clock, Terms};
use crate::time::Timestamp;

/// The three promises of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clocks {
    /// Until the first reply.
    pub first_response: Clock,
    /// Until the next reply after a customer's message.
    pub next_response: Clock,
    /// Until solved.
    pub resolution: Clock,
}

impl Clocks {
    /// No promise at all.
    pub const IDLE: Self =
        Self { first_response: Clock::Idle, next_response: Clock::Idle, resolution: Clock::Idle };

    /// The clocks of a ticket that was opened at an instant.
    pub fn opened(terms: &Terms<'_>, at: Timestamp) -> Self {
        Self {
            first_response: terms.first_response(at),
            next_response: Clock::Idle,
            resolution: terms.resolution(at),
        }
    }

    /// After an agent's reply.
    ///
    /// One that nobody was promised is on record too: should a rule match later,
    /// what it promises is not the first reply any more. One that is heard of after a
    /// later one is the first all the same, and kept what was promised first if it did.
    #[must_use]
    pub fn replied(self, promised_first: Clock, now: Timestamp) -> Self {
        Self {
            first_response: match self.first_response {
                Clock::Idle => Clock::Met { at: now, in_time: true },
                Clock::Met { at, in_time } if now < at => {
                    let is_kept = promised_first.due().is_none_or(|due| now <= due);
                    Clock::Met { at: now, in_time: in_time || is_kept }
                }
                first => first.stopped(now),
            },
            next_response: match self.next_response {
                Clock::Running { .. } | Clock::Paused { .. } => Clock::Idle,
                Clock::Idle | Clock::Met { .. } => self.next_response,
            },
            ..self
        }
    }

    /// After a customer's message: the next response is due, unless the first still is.
    #[must_use]
    pub fn asked(self, terms: &Terms<'_>, now: Timestamp) -> Self {
        let answered = matches!(self.first_response, Clock::Met { .. });
        match self.next_response {
            Clock::Idle | Clock::Met { .. } if answered => {
                Self { next_response: terms.next_response(now), ..self }
            }
            _ => self,
        }
    }

    /// After a customer's message that is heard of when the hold that followed it stands: what it
    /// has due stands still since then.
    #[must_use]
    pub fn asked_before_hold(self, terms: &Terms<'_>, now: Timestamp, held_at: Timestamp) -> Self {
        let asked = self.asked(terms, now);
        if asked.next_response == self.next_response {
            return self;
        }
        Self { next_response: asked.next_response.paused(held_at, terms.calendar), ..self }
    }

    /// While the ticket waits for its customer or a third party.
    #[must_use]
    pub fn held(self, terms: &Terms<'_>, now: Timestamp) -> Self {
        Self {
            first_response: self.first_response,
            next_response: self.next_response.paused(now, terms.calendar),
            resolution: self.resolution.paused(now, terms.calendar),
        }
    }

    /// When work goes on.
    #[must_use]
    pub fn resumed(self, terms: &Terms<'_>, now: Timestamp) -> Self {
        Self {
            first_response: self.first_response,
            next_response: self.next_response.resumed(now, terms.calendar),
            resolution: self.resolution.resumed(now, terms.calendar).capped(terms.hard_due),
        }
    }

    /// When the ticket is solved.
    #[must_use]
    pub fn solved(self, now: Timestamp) -> Self {
        Self {
            first_response: self.first_response.stopped(now),
            next_response: Clock::Idle,
            resolution: self.resolution.stopped(now),
        }
    }

    /// When a closed ticket wants work again: a whole resolution time, the first response as it was.
    ///
    /// A ticket that was cancelled has no first response on record and is promised one anew.
    #[must_use]
    pub fn reopened(self, terms: &Terms<'_>, now: Timestamp) -> Self {
        Self {
            first_response: match self.first_response {
                Clock::Idle => terms.first_response(now),
                Clock::Running { .. } | Clock::Paused { .. } | Clock::Met { .. } => {
                    self.first_response
                }
            },
            next_response: self.next_response,
            resolution: terms.resolution(now),
        }
    }

    /// What is left of the promises of a ticket whose matter goes on elsewhere: what was done.
    #[must_use]
    pub fn without_verdict(self) -> Self {
        Self {
            first_response: self.first_response.without_verdict(),
            next_response: Clock::Idle,
            resolution: self.resolution.without_verdict(),
        }
    }

    /// These clocks when another ticket's matter goes on here: a customer who waits for an answer
    /// there waits for one here, and nothing is due later than it was.
    #[must_use]
    pub fn absorbed(self, other: Self) -> Self {
        let answer = other.first_response.sooner(other.next_response);
        let (first_response, next_response) = match self.first_response {
            Clock::Met { .. } => (self.first_response, self.next_response.sooner(answer)),
            Clock::Idle | Clock::Running { .. } | Clock::Paused { .. } => {
                (self.first_response.sooner(answer), self.next_response)
            }
        };
        Self { first_response, next_response, resolution: self.resolution.sooner(other.resolution) }
    }

    /// These clocks when the ticket promises `fresh` instead of `was`.
    ///
    /// A resolution that was paused or started again keeps the target's time, for counted
    /// from the opening it would be broken at once. A hard due time is an instant that
    /// neither moves: where it alone decides, and where nothing is promised, it holds as it is.
    #[must_use]
    pub fn renewed(self, was: Self, fresh: Self, hard_due: Option<Timestamp>) -> Self {
        let has_own_time =
            !matches!(self.resolution, Clock::Idle) && self.resolution != was.resolution;
        let goes_by_target = fresh.resolution.due().is_some_and(|due| Some(due) != hard_due);
        Self {
            first_response: self.first_response.renewed(was.first_response, fresh.first_response),
            next_response: self.next_response,
            resolution: if has_own_time && goes_by_target {
                self.resolution.capped(hard_due)
            } else {
                self.resolution.renewed(was.resolution, fresh.resolution)
            },
        }
    }

    /// With the resolution standing still, as on a ticket that waits for somebody.
    #[must_use]
    pub fn on_hold(self, terms: &Terms<'_>, now: Timestamp) -> Self {
        Self { resolution: self.resolution.paused(now, terms.calendar), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Calendar;
    use crate::sla::Targets;
    use crate::time::Span;

    const MINUTE: Span = Span::from_minutes(1);

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_millis(1_780_000_000_000) + Span::from_minutes(minute)
    }

    fn running(target: i64) -> Clocks {
        let clock = Clock::start(Span::from_minutes(target), at(0), &Calendar::always());
        Clocks { first_response: clock, next_response: Clock::Idle, resolution: clock }
    }

    /// A minute for everything, all hours counting.
    fn terms(hard_due: Option<Timestamp>) -> Terms<'static> {
        let targets = Targets { first_response: MINUTE, next_response: MINUTE, resolution: MINUTE };
        Terms { targets: Some(targets), calendar: Calendar::wall_time(), hard_due }
    }

    #[test]
    fn a_hard_due_time_caps_the_resolution_only() {
        let terms = terms(Some(at(30)));
        let capped = running(60).held(&terms, at(1)).resumed(&terms, at(2));
        assert_eq!(capped.resolution.due(), Some(at(30)));
        assert_eq!(capped.first_response.due(), Some(at(60)));
    }

    #[test]
    fn a_reply_in_time_meets_the_first_response() {
        let met = running(60).replied(Clock::Idle, at(60)).first_response;
        assert_eq!(met, Clock::Met { at: at(60), in_time: true });
        let late = running(60).replied(Clock::Idle, at(60) + Span::from_millis(1)).first_response;
        assert!(matches!(late, Clock::Met { in_time: false, .. }));
    }

    #[test]
    fn the_next_response_waits_for_the_first() {
        assert_eq!(running(60).asked(&terms(None), at(5)).next_response, Clock::Idle);
        let asked = running(60).replied(Clock::Idle, at(5)).asked(&terms(None), at(7));
        assert_eq!(asked.next_response.due(), Some(at(8)));
        assert_eq!(asked.replied(Clock::Idle, at(8)).next_response, Clock::Idle);
    }

    #[test]
    fn a_second_message_does_not_restart_the_wait() {
        let asked = running(60).replied(Clock::Idle, at(5)).asked(&terms(None), at(7));
        assert_eq!(asked.asked(&terms(None), at(7) + MINUTE), asked);
    }

    #[test]
    fn what_was_not_promised_before_begins_and_what_is_done_stays_done() {
        let fresh = running(60);
        assert_eq!(Clocks::IDLE.renewed(Clocks::IDLE, fresh, None), fresh);
        let solved = running(30).replied(Clock::Idle, at(1)).solved(at(2));
        assert_eq!(solved.renewed(running(30), fresh, None), solved);
    }

    #[test]
    fn a_resolution_with_a_time_of_its_own_keeps_it_within_the_cap() {
        let paused_once = running(60).held(&terms(None), at(10)).resumed(&terms(None), at(500));
        let renewed = paused_once.renewed(running(60), running(30), None);
        assert_eq!(renewed.resolution.due(), Some(at(550)));
        let capped = paused_once.renewed(running(60), running(30), Some(at(520)));
        assert_eq!(capped.resolution.due(), Some(at(520)));
    }

    #[test]
    fn an_earlier_reply_heard_of_later_is_the_first_and_is_judged_by_what_was_promised() {
        let promised = running(60).first_response;
        let missed = running(60).replied(promised, at(90));
        let kept = missed.replied(promised, at(60)).first_response;
        assert_eq!(kept, Clock::Met { at: at(60), in_time: true });
        let still_late = missed.replied(promised, at(61)).first_response;
        assert_eq!(still_late, Clock::Met { at: at(61), in_time: false });
        assert_eq!(missed.replied(promised, at(95)), missed);
    }

    #[test]
    fn what_was_asked_before_a_hold_stands_still_from_its_beginning() {
        let held = running(60).replied(Clock::Idle, at(1)).held(&terms(None), at(10));
        let asked = held.asked_before_hold(&terms(None), at(10) - MINUTE, at(10));
        assert_eq!(asked.next_response, Clock::Paused { target: MINUTE, left: Span::ZERO });
        assert_eq!(asked.asked_before_hold(&terms(None), at(2), at(10)), asked);
    }
}
