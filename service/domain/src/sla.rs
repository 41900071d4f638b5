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
        /// Open time that was left; negative when it was broken before.
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
            Self::Running { target, due } => {
                Self::Paused { target, left: calendar.between(now, due) }
            }
            Self::Idle | Self::Paused { .. } | Self::Met { .. } => self,
        }
    }

    #[must_use]
    fn resumed(self, now: Timestamp, calendar: &Calendar) -> Self {
        match self {
            // A promise broken before the pause stays broken by as much as wall time allows.
            Self::Paused { target, left } if left < Span::ZERO => {
                Self::Running { target, due: now + left }
            }
            Self::Paused { target, left } => {
                Self::Running { target, due: calendar.add(now, left) }
            }
            Self::Idle | Self::Running { .. } | Self::Met { .. } => self,
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

    /// The clocks of a ticket that was just opened.
    pub fn opened(rule: &SlaRule, band: Band, ticket: &Ticket) -> Self {
        let targets = rule.targets(band);
        let start = |target| Clock::start(target, ticket.opened_at, &rule.calendar);
        Self {
            first_response: start(targets.first_response),
            next_response: Clock::Idle,
            resolution: start(targets.resolution).capped(ticket.wishes.hard_due),
        }
    }

    /// After an agent's reply.
    #[must_use]
    pub fn replied(self, now: Timestamp) -> Self {
        Self {
            first_response: self.first_response.stopped(now),
            next_response: match self.next_response {
                Clock::Running { .. } | Clock::Paused { .. } => Clock::Idle,
                Clock::Idle | Clock::Met { .. } => self.next_response,
            },
            ..self
        }
    }

    /// After a customer's message: the next response is due, unless the first still is.
    #[must_use]
    pub fn asked(self, target: Span, now: Timestamp, calendar: &Calendar) -> Self {
        let answered = matches!(self.first_response, Clock::Met { .. });
        match self.next_response {
            Clock::Idle | Clock::Met { .. } if answered => {
                Self { next_response: Clock::start(target, now, calendar), ..self }
            }
            _ => self,
        }
    }

    /// While the ticket waits for its customer or a third party.
    #[must_use]
    pub fn held(self, now: Timestamp, calendar: &Calendar) -> Self {
        Self {
            first_response: self.first_response,
            next_response: self.next_response.paused(now, calendar),
            resolution: self.resolution.paused(now, calendar),
        }
    }

    /// When work goes on.
    #[must_use]
    pub fn resumed(self, now: Timestamp, calendar: &Calendar, latest: Option<Timestamp>) -> Self {
        Self {
            first_response: self.first_response,
            next_response: self.next_response.resumed(now, calendar),
            resolution: self.resolution.resumed(now, calendar).capped(latest),
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
    #[must_use]
    pub fn reopened(self, rule: &SlaRule, band: Band, ticket: &Ticket, now: Timestamp) -> Self {
        let resolution = Clock::start(rule.targets(band).resolution, now, &rule.calendar);
        Self { resolution: resolution.capped(ticket.wishes.hard_due), ..self }
    }

    /// These clocks, with the running ones replaced by `fresh` ones of another band.
    #[must_use]
    pub fn with_running_from(self, fresh: Self) -> Self {
        let pick = |old: Clock, new: Clock| match old {
            Clock::Running { .. } => new,
            Clock::Idle | Clock::Paused { .. } | Clock::Met { .. } => old,
        };
        Self {
            first_response: pick(self.first_response, fresh.first_response),
            next_response: self.next_response,
            resolution: pick(self.resolution, fresh.resolution),
        }
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
    let Clock::Running { target, due } = clock else { return 0 };
    let half = (target.millis() / 2).max(1);
    let left = (due - now).millis().clamp(0, half);
    1_000 - left * 1_000 / half
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

    #[test]
    fn a_pause_costs_nothing() {
        let always = Calendar::always();
        let resumed = running(60).held(at(20), &always).resumed(at(500), &always, None);
        assert_eq!(resumed.resolution.due(), Some(at(540)));
    }

    #[test]
    fn a_hard_due_time_caps_the_resolution_only() {
        let capped = running(60).held(at(1), &Calendar::always()).resumed(
            at(2),
            &Calendar::always(),
            Some(at(30)),
        );
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
        let always = Calendar::always();
        assert_eq!(running(60).asked(MINUTE, at(5), &always).next_response, Clock::Idle);
        let asked = running(60).replied(at(5)).asked(MINUTE, at(7), &always);
        assert_eq!(asked.next_response.due(), Some(at(8)));
        assert_eq!(asked.replied(at(8)).next_response, Clock::Idle);
    }

    #[test]
    fn a_second_message_does_not_restart_the_wait() {
        let always = Calendar::always();
        let asked = running(60).replied(at(5)).asked(MINUTE, at(7), &always);
        assert_eq!(asked.asked(MINUTE, at(7) + MINUTE, &always), asked);
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
