//! Promises to customers, kept in business time.
//!
//! Three clocks run apart: first response, next response, resolution. A clock
//! is a due time while it runs and a remainder while it is paused, so a pause
//! of any length costs nothing.

use std::sync::Arc;

use crate::calendar::Calendar;
use crate::ids::{CategoryId, TeamId};
use crate::priority::Band;
use crate::ticket::{Ticket, Tier};
use crate::time::{Span, Timestamp};

/// What is promised for one priority band, in open time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Targets {
    /// From opening to the first reply.
    pub first_response: Span,
    /// From a customer's message to the next reply.
    pub next_response: Span,
    /// From opening to solved, without the time spent waiting for the customer.
    pub resolution: Span,
}

/// Targets for the tickets they match.
#[derive(Debug, Clone, PartialEq)]
pub struct SlaRule {
    /// The name shown to people.
    pub name: String,
    /// Only tickets of this team; `None` any.
    pub team: Option<TeamId>,
    /// Only customers of this tier; `None` any.
    pub tier: Option<Tier>,
    /// Only this category; `None` any.
    pub category: Option<CategoryId>,
    /// The hours that count.
    pub calendar: Arc<Calendar>,
    /// Targets by band, most urgent first.
    pub targets: [Targets; 4],
}

impl SlaRule {
    /// The built-in rule for everyone.
    ///
    /// Response 15 min / 1 h / 4 h / 8 h and resolution 4 h / 8 h / 24 h / 72 h,
    /// the steps common to published help desk plans.
    pub fn everyone(calendar: Arc<Calendar>) -> Self {
        let targets = |response: i64, resolution: i64| Targets {
            first_response: Span::from_minutes(response),
            next_response: Span::from_minutes(response),
            resolution: Span::from_hours(resolution),
        };
        Self {
            name: "default".to_owned(),
            team: None,
            tier: None,
            category: None,
            calendar,
            targets: [targets(15, 4), targets(60, 8), targets(240, 24), targets(480, 72)],
        }
    }

    fn matches(&self, ticket: &Ticket, team: Option<&TeamId>) -> bool {
        self.team.as_ref().is_none_or(|wanted| Some(wanted) == team)
            && self.tier.is_none_or(|wanted| wanted == ticket.customer.tier)
            && self
                .category
                .as_ref()
                .is_none_or(|wanted| *wanted == ticket.assessment.category.value)
    }

    /// The targets of a band.
    pub fn targets(&self, band: Band) -> Targets {
        self.targets[band as usize]
    }
}

/// The first rule that matches a ticket.
pub fn rule_for<'a>(
    rules: &'a [SlaRule],
    ticket: &Ticket,
    team: Option<&TeamId>,
) -> Option<&'a SlaRule> {
    rules.iter().find(|rule| rule.matches(ticket, team))
}

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

    fn first_response(&self, from: Timestamp) -> Clock {
        let target = self.targets.map(|targets| targets.first_response);
        target.map_or(Clock::Idle, |target| Clock::start(target, from, self.calendar))
    }

    fn next_response(&self, from: Timestamp) -> Clock {
        let target = self.targets.map(|targets| targets.next_response);
        target.map_or(Clock::Idle, |target| Clock::start(target, from, self.calendar))
    }

    /// Due by the target or by the hard due time, whichever comes first.
    ///
    /// Where the hard due time does, the whole promise is only that long, so that a
    /// deadline presses alike whatever the target would have been.
    fn resolution(&self, from: Timestamp) -> Clock {
        let target = self.targets.map(|targets| targets.resolution);
        let by_target =
            target.map_or(Clock::Idle, |target| Clock::start(target, from, self.calendar));
        match self.hard_due {
            Some(due) if by_target.due().is_none_or(|by_target| due < by_target) => {
                Clock::Running { target: self.calendar.between(from, due.max(from)), due }
            }
            Some(_) | None => by_target,
        }
    }
}

/// One promise as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// Nothing is promised at present.
    Idle,
    /// Running towards its due time.
    Running {
        /// The whole promise, in open time.
        target: Span,
        /// When it is broken.
        due: Timestamp,
    },
    /// Stopped for a while.
    Paused {
        /// The whole promise, in open time.
        target: Span,
        /// Open time that was left; when it was broken before, the wall time since, negative.
        left: Span,
    },
    /// Done.
    Met {
        /// When.
        at: Timestamp,
        /// Whether in time.
        in_time: bool,
    },
}

impl Clock {
    /// A clock started at an instant.
    pub fn start(target: Span, from: Timestamp, calendar: &Calendar) -> Self {
        Self::Running { target, due: calendar.add(from, target) }
    }

    /// When the promise is broken, while the clock runs.
    pub fn due(self) -> Option<Timestamp> {
        match self {
            Self::Running { due, .. } => Some(due),
            Self::Idle | Self::Paused { .. } | Self::Met { .. } => None,
        }
    }

    #[must_use]
    fn stopped(self, now: Timestamp) -> Self {
        match self {
            Self::Running { due, .. } => Self::Met { at: now, in_time: now <= due },
            Self::Paused { left, .. } => Self::Met { at: now, in_time: left >= Span::ZERO },
            Self::Idle | Self::Met { .. } => self,
        }
    }

    #[must_use]
    fn paused(self, now: Timestamp, calendar: &Calendar) -> Self {
        match self {
            Self::Running { target, due } if due < now => Self::Paused { target, left: due - now },
            Self::Running { target, due } => {
                Self::Paused { target, left: calendar.between_at_most(now, due, target) }
            }
            Self::Idle | Self::Paused { .. } | Self::Met { .. } => self,
        }
    }

    #[must_use]
    fn resumed(self, now: Timestamp, calendar: &Calendar) -> Self {
        match self {
            // A promise broken before the pause stays broken by as much.
            Self::Paused { target, left } if left < Span::ZERO => {
                Self::Running { target, due: now + left }
            }
            Self::Paused { target, left } => Self::Running { target, due: calendar.add(now, left) },
            Self::Idle | Self::Running { .. } | Self::Met { .. } => self,
        }
    }

    /// What is done stays done, and what is promised as before stands; a promise that
    /// was not there before begins.
    #[must_use]
    fn renewed(self, was: Self, fresh: Self) -> Self {
        match self {
            Self::Idle | Self::Running { .. } | Self::Paused { .. } if was != fresh => fresh,
            Self::Idle | Self::Running { .. } | Self::Paused { .. } | Self::Met { .. } => self,
        }
    }

    #[must_use]
    fn capped(self, latest: Option<Timestamp>) -> Self {
        match (self, latest) {
            (Self::Running { target, due }, Some(latest)) => {
                Self::Running { target, due: due.min(latest) }
            }
            _ => self,
        }
    }
}

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
    /// what it promises is not the first reply any more.
    #[must_use]
    pub fn replied(self, now: Timestamp) -> Self {
        Self {
            first_response: match self.first_response {
                Clock::Idle => Clock::Met { at: now, in_time: true },
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

    /// How near the nearest deadline is: 0 until half of its time is left, 1000 at and after it.
    pub fn pressure_permille(&self, now: Timestamp) -> i64 {
        [self.first_response, self.next_response, self.resolution]
            .into_iter()
            .map(|clock| pressure(clock, now))
            .max()
            .unwrap_or(0)
    }

    /// The nearest due time of the running clocks.
    pub fn next_due(&self) -> Option<Timestamp> {
        [self.first_response, self.next_response, self.resolution]
            .into_iter()
            .filter_map(Clock::due)
            .min()
    }
}

/// Wall time against the target: cheap enough for every ticket of a queue.
fn pressure(clock: Clock, now: Timestamp) -> i64 {
    let Clock::Running { target, due } = clock else {
        return 0;
    };
    let half = (target.millis() / 2).max(1);
    let left = (due - now).millis().clamp(0, half);
    1_000 - (i128::from(left) * 1_000 / i128::from(half)) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_pause_costs_nothing() {
        let resumed = running(60).held(&terms(None), at(20)).resumed(&terms(None), at(500));
        assert_eq!(resumed.resolution.due(), Some(at(540)));
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
        let met = running(60).replied(at(60)).first_response;
        assert_eq!(met, Clock::Met { at: at(60), in_time: true });
        let late = running(60).replied(at(60) + Span::from_millis(1)).first_response;
        assert!(matches!(late, Clock::Met { in_time: false, .. }));
    }

    #[test]
    fn the_next_response_waits_for_the_first() {
        assert_eq!(running(60).asked(&terms(None), at(5)).next_response, Clock::Idle);
        let asked = running(60).replied(at(5)).asked(&terms(None), at(7));
        assert_eq!(asked.next_response.due(), Some(at(8)));
        assert_eq!(asked.replied(at(8)).next_response, Clock::Idle);
    }

    #[test]
    fn a_second_message_does_not_restart_the_wait() {
        let asked = running(60).replied(at(5)).asked(&terms(None), at(7));
        assert_eq!(asked.asked(&terms(None), at(7) + MINUTE), asked);
    }

    #[test]
    fn pressure_rises_in_the_second_half_and_saturates() {
        let clocks = running(60);
        assert_eq!(clocks.pressure_permille(at(30)), 0);
        assert_eq!(clocks.pressure_permille(at(45)), 500);
        assert_eq!(clocks.pressure_permille(at(60)), 1_000);
        assert_eq!(clocks.pressure_permille(at(600)), 1_000);
    }
}
