//! Weekly hours in local time: the shape shared by rotas and calendars.

use jiff::civil::{Date, Weekday};

use crate::time::{Span, Timestamp, Zone};

/// Minutes in a day; the legal end `24:00`.
pub const DAY_MINUTES: u16 = 24 * 60;

/// One opening of a day, in minutes after local midnight, end exclusive.
///
/// An end before the start runs past midnight into the next day; an empty opening is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Opening {
    start: u16,
    end: u16,
}

/// Why two times of day make no opening.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidOpening {
    /// Not of the form `HH:MM` within `00:00..=24:00`.
    #[error("expected a time of day from 00:00 to 24:00 such as 09:30, got {0:?}")]
    BadTime(String),
    /// An opening cannot start at the end of the day.
    #[error("expected a start before 24:00, got 24:00")]
    StartsAtMidnight,
    /// Start and end are the same minute.
    #[error("expected a start and an end that differ, got {0} for both")]
    Empty(String),
}

fn minute_of_day(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    // `parse` alone would also take a sign.
    let is_two_digits = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
    if !is_two_digits(hours) || !is_two_digits(minutes) {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= DAY_MINUTES).then_some(total)
}

impl Opening {
    /// The whole day.
    pub const ALL_DAY: Self = Self { start: 0, end: DAY_MINUTES };

    /// Reads an opening from two times of day such as `09:00` and `18:00`.
    pub fn parse(start: &str, end: &str) -> Result<Self, InvalidOpening> {
        let minute = |text: &str| {
            minute_of_day(text).ok_or_else(|| InvalidOpening::BadTime(text.to_owned()))
        };
        let (from, to) = (minute(start)?, minute(end)?);
        if from == DAY_MINUTES {
            return Err(InvalidOpening::StartsAtMidnight);
        }
        if from == to {
            return Err(InvalidOpening::Empty(start.to_owned()));
        }
        Ok(Self { start: from, end: to })
    }

    /// The opening between two minutes after midnight, or `None` unless the start lies in
    /// `0..1440`, the end in `0..=1440`, and the two differ.
    pub fn from_minutes(start: u16, end: u16) -> Option<Self> {
        let valid = start < DAY_MINUTES && end <= DAY_MINUTES && start != end;
        valid.then_some(Self { start, end })
    }

    /// Start in minutes after midnight, `0..1440`.
    pub fn start_minute(self) -> u16 {
        self.start
    }

    /// End in minutes after midnight, `0..=1440`; at or below the start means the next day.
    pub fn end_minute(self) -> u16 {
        self.end
    }

    /// The opening as it happens on a date in a zone, half-open.
    ///
    /// A local time that daylight saving skips is moved by the gap; one that
    /// happens twice is the first. An opening swallowed by a gap is empty.
    pub fn on(self, date: Date, zone: &Zone) -> Interval {
        let (start, end) = (i64::from(self.start), i64::from(self.last_minute()));
        Interval { start: local(date, start, zone), end: local(date, end, zone) }
    }

    /// End in minutes after the midnight at which the day began, up to two days.
    fn last_minute(self) -> u16 {
        if self.end <= self.start { self.end + DAY_MINUTES } else { self.end }
    }
}

fn local(date: Date, minute: i64, zone: &Zone) -> Timestamp {
    let days = minute / i64::from(DAY_MINUTES);
    let minute = minute % i64::from(DAY_MINUTES);
    let date = date.saturating_add(jiff::Span::new().days(days));
    let civil = date.at((minute / 60) as i8, (minute % 60) as i8, 0, 0);
    match zone.tz().to_ambiguous_timestamp(civil).compatible() {
        Ok(instant) => Timestamp::from_jiff(instant),
        Err(_) => Timestamp::MAX,
    }
}

/// A half-open stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interval {
    /// The first instant inside.
    pub start: Timestamp,
    /// The first instant after.
    pub end: Timestamp,
}

impl Interval {
    /// Whether the instant lies inside.
    pub fn contains(self, instant: Timestamp) -> bool {
        self.start <= instant && instant < self.end
    }

    /// How long it lasts.
    pub fn length(self) -> Span {
        self.end - self.start
    }
}

/// Openings for each day of the week, Monday first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WeeklyHours {
    days: [Vec<Opening>; 7],
}

impl WeeklyHours {
    /// Open at all times.
    pub fn always() -> Self {
        Self { days: std::array::from_fn(|_| vec![Opening::ALL_DAY]) }
    }

    /// Adds an opening to a day.
    pub fn open(&mut self, day: Weekday, opening: Opening) {
        let day = &mut self.days[day.to_monday_zero_offset() as usize];
        day.push(opening);
        day.sort_unstable();
    }

    /// The openings that start on a day.
    pub fn on(&self, day: Weekday) -> &[Opening] {
        &self.days[day.to_monday_zero_offset() as usize]
    }

    /// Whether every minute of a week without exceptions is open.
    pub fn never_stop(&self) -> bool {
        let week = self.days.len() as u32 * u32::from(DAY_MINUTES);
        // Sunday's night shift reaches into Monday.
        let night = self.openings().map(|(_, end)| end.saturating_sub(week)).max().unwrap_or(0);
        let open_until = self.openings().try_fold(night, |open_until, (start, end)| {
            (start <= open_until).then_some(open_until.max(end))
        });
        open_until.is_some_and(|open_until| open_until >= week)
    }

    /// All openings by start, in minutes after Monday's midnight.
    fn openings(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.days.iter().zip(0u32..).flat_map(|(openings, day)| {
            let midnight = day * u32::from(DAY_MINUTES);
            openings.iter().map(move |opening| {
                (midnight + u32::from(opening.start), midnight + u32::from(opening.last_minute()))
            })
        })
    }

    /// Whether no day has an opening.
    pub fn is_empty(&self) -> bool {
        self.days.iter().all(Vec::is_empty)
    }
}

/// The weekday of a short English name (`mon` … `sun`).
pub fn weekday(name: &str) -> Option<Weekday> {
    const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let place = NAMES.iter().position(|known| *known == name)?;
    Weekday::from_monday_zero_offset(place as i8).ok()
}

/// The short English name of a weekday.
pub fn weekday_name(day: Weekday) -> &'static str {
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][day.to_monday_zero_offset() as usize]
}

/// The local date of an instant.
pub fn date_of(instant: Timestamp, zone: &Zone) -> Date {
    instant.to_jiff().to_zoned(zone.tz().clone()).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opening(start: &str, end: &str) -> Opening {
        Opening::parse(start, end).expect("a valid opening")
    }

    fn hours_on(start: &str, end: &str, date: Date, zone: &str) -> i64 {
        let zone = Zone::named(zone).expect("a known zone");
        opening(start, end).on(date, &zone).length().millis() / 3_600_000
    }

    #[test]
    fn bad_times_are_refused_with_what_came() {
        for bad in ["9:00", "24:01", "12:60", "noon", "", "-1:00", "+9:00", "09:+5", "１２:00"] {
            assert_eq!(
                Opening::parse(bad, "18:00"),
                Err(InvalidOpening::BadTime(bad.to_owned())),
                "{bad}"
            );
        }
        assert_eq!(Opening::parse("24:00", "06:00"), Err(InvalidOpening::StartsAtMidnight));
        assert!(matches!(Opening::parse("09:00", "09:00"), Err(InvalidOpening::Empty(_))));
    }

    #[test]
    fn an_end_before_the_start_runs_past_midnight() {
        assert_eq!(hours_on("22:00", "06:00", Date::constant(2026, 6, 3), "Asia/Shanghai"), 8);
        assert_eq!(hours_on("16:00", "24:00", Date::constant(2026, 6, 3), "Asia/Shanghai"), 8);
        assert_eq!(hours_on("16:00", "00:00", Date::constant(2026, 6, 3), "Asia/Shanghai"), 8);
    }

    #[test]
    fn a_night_is_an_hour_shorter_or_longer_when_the_clocks_change() {
        let spring = Date::constant(2026, 3, 28);
        let autumn = Date::constant(2026, 10, 24);
        assert_eq!(hours_on("22:00", "06:00", spring, "Europe/Berlin"), 7);
        assert_eq!(hours_on("22:00", "06:00", autumn, "Europe/Berlin"), 9);
    }

    #[test]
    fn an_opening_at_the_end_of_the_calendar_is_no_error() {
        let last = opening("22:00", "06:00").on(Date::MAX, &Zone::utc());
        assert_eq!(last.start, Timestamp::MAX);
        assert!(!last.contains(Timestamp::MAX));
    }

    #[test]
    fn an_interval_is_half_open() {
        let night = opening("22:00", "06:00").on(Date::constant(2026, 6, 3), &Zone::utc());
        assert!(night.contains(night.start) && !night.contains(night.end));
    }

    #[test]
    fn a_week_never_stops_only_if_no_minute_is_missing() {
        let hours = |openings: &[(&str, &str)]| {
            let mut weekly = WeeklyHours::default();
            for (day, (start, end)) in (0..7).flat_map(|day| openings.iter().map(move |o| (day, o)))
            {
                let day = Weekday::from_monday_zero_offset(day).expect("a day of the week");
                weekly.open(day, opening(start, end));
            }
            weekly.never_stop()
        };
        assert!(WeeklyHours::always().never_stop());
        assert!(hours(&[("06:00", "14:00"), ("14:00", "22:00"), ("22:00", "06:00")]));
        assert!(hours(&[("20:00", "08:00"), ("07:00", "20:00")]));
        assert!(!hours(&[("20:00", "08:00"), ("08:01", "20:00")]));
        assert!(!hours(&[("00:00", "23:59")]));
        assert!(!WeeklyHours::default().never_stop());
    }

    #[test]
    fn weekdays_are_read_as_they_are_written() {
        for name in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] {
            assert_eq!(weekday(name).map(weekday_name), Some(name));
        }
        assert_eq!(weekday("Mon"), None);
    }
}
