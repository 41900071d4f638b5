//! One promise as it stands: running, paused, met, or not made.

use crate::calendar::Calendar;
use crate::time::{Span, Timestamp};

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
    pub(super) fn stopped(self, now: Timestamp) -> Self {
        match self {
            Self::Running { due, .. } => Self::Met { at: now, in_time: now <= due },
            Self::Paused { left, .. } => Self::Met { at: now, in_time: left >= Span::ZERO },
            Self::Idle | Self::Met { .. } => self,
        }
    }

    #[must_use]
    pub(super) fn paused(self, now: Timestamp, calendar: &Calendar) -> Self {
        match self {
            Self::Running { target, due } if due < now => Self::Paused { target, left: due - now },
            Self::Running { target, due } => {
                Self::Paused { target, left: calendar.between_at_most(now, due, target) }
            }
            Self::Idle | Self::Paused { .. } | Self::Met { .. } => self,
        }
    }

    #[must_use]
    pub(super) fn resumed(self, now: Timestamp, calendar: &Calendar) -> Self {
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
    pub(super) fn renewed(self, was: Self, fresh: Self) -> Self {
        match self {
            Self::Idle | Self::Running { .. } | Self::Paused { .. } if was != fresh => fresh,
            Self::Idle | Self::Running { .. } | Self::Paused { .. } | Self::Met { .. } => self,
        }
    }

    #[must_use]
    pub(super) fn without_verdict(self) -> Self {
        match self {
            Self::Running { .. } | Self::Paused { .. } => Self::Idle,
            Self::Idle | Self::Met { .. } => self,
        }
    }

    /// The sooner of two that run, or the one that does; what stands still or is done stays.
    #[must_use]
    pub(super) fn sooner(self, other: Self) -> Self {
        match (self.due(), other.due()) {
            (Some(due), Some(other_due)) if other_due < due => other,
            (None, Some(_)) if matches!(self, Self::Idle) => other,
            _ => self,
        }
    }

    #[must_use]
    pub(super) fn capped(self, latest: Option<Timestamp>) -> Self {
        match (self, latest) {
            (Self::Running { target, due }, Some(latest)) => {
                Self::Running { target, due: due.min(latest) }
            }
            _ => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_millis(1_780_000_000_000) + Span::from_minutes(minute)
    }

    fn an_hour() -> Clock {
        Clock::start(Span::from_hours(1), at(0), Calendar::wall_time())
    }

    #[test]
    fn a_pause_costs_nothing() {
        let paused = an_hour().paused(at(20), Calendar::wall_time());
        assert_eq!(paused.due(), None);
        assert_eq!(paused.resumed(at(500), Calendar::wall_time()).due(), Some(at(540)));
    }

    #[test]
    fn a_promise_broken_before_a_pause_stays_broken_by_as_much() {
        let paused = an_hour().paused(at(90), Calendar::wall_time());
        assert_eq!(paused.resumed(at(500), Calendar::wall_time()).due(), Some(at(470)));
    }

    #[test]
    fn a_paused_promise_is_met_in_time_unless_it_was_broken_before() {
        for (paused_at, in_time) in [(20, true), (60, true), (61, false)] {
            let met = an_hour().paused(at(paused_at), Calendar::wall_time()).stopped(at(500));
            assert_eq!(met, Clock::Met { at: at(500), in_time });
        }
    }

    #[test]
    fn a_cap_only_ever_brings_forward() {
        let due = |latest: Option<i64>| an_hour().capped(latest.map(at)).due();
        assert_eq!(
            [None, Some(30), Some(90)].map(due),
            [60, 30, 60].map(|minute| Some(at(minute)))
        );
    }
}
