//! Business time: a calendar of open hours, and arithmetic in open time only.
//!
//! The law every caller relies on: `between(t, add(t, d)) == d` for `d >= 0`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::civil::Date;

use crate::hours::{Interval, Opening, WeeklyHours, date_of};
use crate::time::{Span, Timestamp, Zone};

/// Open hours by weekday in one zone, with days that are closed or open by exception.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    zone: Zone,
    weekly: WeeklyHours,
    exceptions: BTreeMap<Date, Vec<Opening>>,
}

/// Why hours make no calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCalendar {
    /// Business time would never pass.
    #[error("expected at least one opening in the week, got none")]
    NeverOpen,
}

impl Calendar {
    /// A calendar; `closed` days have no hours, `opened` days have these instead of the week's.
    pub fn new(
        zone: Zone,
        weekly: WeeklyHours,
        closed: &BTreeSet<Date>,
        opened: BTreeMap<Date, Vec<Opening>>,
    ) -> Result<Self, InvalidCalendar> {
        if weekly.is_empty() {
            return Err(InvalidCalendar::NeverOpen);
        }
        let mut exceptions = opened;
        for date in closed {
            exceptions.entry(*date).or_default();
        }
        Ok(Self { zone, weekly, exceptions })
    }

    /// A calendar that is never closed.
    pub fn always() -> Self {
        Self { zone: Zone::utc(), weekly: WeeklyHours::always(), exceptions: BTreeMap::new() }
    }

    /// The calendar of what no business hours are stated for: all time counts.
    pub fn wall_time() -> &'static Self {
        static WALL_TIME: LazyLock<Calendar> = LazyLock::new(Calendar::always);
        &WALL_TIME
    }

    /// The instant at which `span` of open time has passed since `from`.
    ///
    /// A span of zero or less is no wait at all: the answer is `from`.
    pub fn add(&self, from: Timestamp, span: Span) -> Timestamp {
        let mut left = span;
        if left <= Span::ZERO {
            return from;
        }
        if self.never_closes() {
            return from + span;
        }
        for open in self.open_from(from) {
            if left <= open.length() {
                return open.start + left;
            }
            left = left - open.length();
        }
        Timestamp::MAX
    }

    /// The open time between two instants; negative when `until` comes first.
    pub fn between(&self, from: Timestamp, until: Timestamp) -> Span {
        if until < from {
            return -self.between(until, from);
        }
        if self.never_closes() {
            return until - from;
        }
        self.open_from(from)
            .take_while(|open| open.start < until)
            .map(|open| open.end.min(until) - open.start)
            .fold(Span::ZERO, |sum, part| sum + part)
    }

    /// The open time between two instants in order, or `most` where it is more.
    ///
    /// However far apart they are, no more days are walked than `most` takes.
    pub(crate) fn between_at_most(&self, from: Timestamp, until: Timestamp, most: Span) -> Span {
        if self.add(from, most) <= until { most } else { self.between(from, until) }
    }

    /// Whether all time counts, so that thousands of years of it are told without walking their days.
    fn never_closes(&self) -> bool {
        self.exceptions.is_empty() && self.weekly.never_stop()
    }

    /// Disjoint open stretches from an instant on, in order, the first one cut to it.
    fn open_from(&self, from: Timestamp) -> impl Iterator<Item = Interval> + '_ {
        let mut free_from = from;
        // The day before may reach past midnight into this one.
        self.days_from(date_of(from, &self.zone).saturating_sub(jiff::Span::new().days(1)))
            .filter_map(move |open| {
                let start = open.start.max(free_from);
                free_from = free_from.max(open.end);
                (start < open.end).then_some(Interval { start, end: open.end })
            })
    }

    fn days_from(&self, first: Date) -> impl Iterator<Item = Interval> + '_ {
        first
            .series(jiff::Span::new().days(1))
            .flat_map(|date| self.openings(date).iter().map(move |opening| (date, *opening)))
            .map(|(date, opening)| opening.on(date, &self.zone))
    }

    fn openings(&self, date: Date) -> &[Opening] {
        match self.exceptions.get(&date) {
            Some(openings) => openings,
            None => self.weekly.on(date.weekday()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::Weekday;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).expect("a valid instant")
    }

    fn office(zone: &str) -> Calendar {
        let mut weekly = WeeklyHours::default();
        let opening = Opening::parse("09:00", "18:00").expect("valid");
        for day in [
            Weekday::Monday,
            Weekday::Tuesday,
            Weekday::Wednesday,
            Weekday::Thursday,
            Weekday::Friday,
        ] {
            weekly.open(day, opening);
        }
        let zone = Zone::named(zone).expect("known");
        Calendar::new(zone, weekly, &BTreeSet::new(), BTreeMap::new()).expect("open")
    }

    #[test]
    fn a_week_without_openings_is_refused() {
        let never =
            Calendar::new(Zone::utc(), WeeklyHours::default(), &BTreeSet::new(), BTreeMap::new());
        assert_eq!(never, Err(InvalidCalendar::NeverOpen));
    }

    #[test]
    fn the_weekend_does_not_count() {
        let due = office("Asia/Shanghai").add(at("2026-06-05T17:00:00+08:00"), Span::from_hours(2));
        assert_eq!(due, at("2026-06-08T10:00:00+08:00"));
    }

    #[test]
    fn a_closed_day_is_skipped_and_an_opened_one_counts() {
        let mut calendar = office("Asia/Shanghai");
        let saturday = Date::constant(2026, 6, 6);
        calendar
            .exceptions
            .insert(saturday, vec![Opening::parse("09:00", "12:00").expect("valid")]);
        calendar.exceptions.insert(Date::constant(2026, 6, 8), Vec::new());
        let due = calendar.add(at("2026-06-05T17:00:00+08:00"), Span::from_hours(5));
        assert_eq!(due, at("2026-06-09T10:00:00+08:00"));
    }

    #[test]
    fn overlapping_hours_count_once() {
        let mut weekly = WeeklyHours::default();
        weekly.open(Weekday::Monday, Opening::parse("20:00", "08:00").expect("valid"));
        weekly.open(Weekday::Tuesday, Opening::parse("06:00", "12:00").expect("valid"));
        let calendar =
            Calendar::new(Zone::utc(), weekly, &BTreeSet::new(), BTreeMap::new()).expect("open");
        let open = calendar.between(at("2026-06-01T00:00:00Z"), at("2026-06-03T00:00:00Z"));
        assert_eq!(open, Span::from_hours(16));
    }

    #[test]
    fn a_bounded_measure_agrees_with_the_free_one_up_to_its_bound() {
        let (calendar, from) = (office("Asia/Shanghai"), at("2026-06-05T17:00:00+08:00"));
        let measure =
            |until, most| calendar.between_at_most(from, at(until), Span::from_hours(most));
        assert_eq!(measure("2026-06-08T10:00:00+08:00", 5), Span::from_hours(2));
        assert_eq!(measure("2026-06-08T10:00:00+08:00", 2), Span::from_hours(2));
        assert_eq!(measure("9000-01-01T00:00:00Z", 5), Span::from_hours(5));
    }

    proptest! {
        #[test]
        fn all_hours_count_alike_day_by_day_and_at_once(
            start in 1_500_000_000_000i64..1_900_000_000_000,
            millis in 0i64..40 * 24 * 3_600_000,
        ) {
            let zone = Zone::named("Europe/Berlin").expect("known");
            let open = |exceptions| {
                let weekly = WeeklyHours::always();
                Calendar::new(zone.clone(), weekly, &BTreeSet::new(), exceptions).expect("open")
            };
            // A day that is open by exception, too, has the days walked one by one.
            let day = (Date::constant(1990, 1, 1), vec![Opening::ALL_DAY]);
            let (at_once, by_days) = (open(BTreeMap::new()), open(BTreeMap::from([day])));
            let (from, span) = (Timestamp::from_millis(start), Span::from_millis(millis));
            let until = by_days.add(from, span);
            prop_assert_eq!(at_once.add(from, span), until);
            prop_assert_eq!(at_once.between(from, until), by_days.between(from, until));
        }

        #[test]
        fn between_undoes_add(
            start in 1_500_000_000_000i64..1_900_000_000_000,
            millis in 0i64..40 * 24 * 3_600_000,
            zone in prop::sample::select(vec![
                "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe",
            ]),
        ) {
            let calendar = office(zone);
            let (from, span) = (Timestamp::from_millis(start), Span::from_millis(millis));
            prop_assert_eq!(calendar.between(from, calendar.add(from, span)), span);
        }

        #[test]
        fn open_time_adds_up(
            start in 1_500_000_000_000i64..1_900_000_000_000,
            first in 0i64..20 * 24 * 3_600_000,
            second in 0i64..20 * 24 * 3_600_000,
        ) {
            let calendar = office("Europe/Berlin");
            let a = Timestamp::from_millis(start);
            let (b, c) = (a + Span::from_millis(first), a + Span::from_millis(first + second));
            prop_assert_eq!(
                calendar.between(a, b) + calendar.between(b, c),
                calendar.between(a, c)
            );
        }
    }
}
