//! Instants as people write them: with an offset, or as a local date or time of a zone.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use switchyard_domain::time::{Timestamp, Zone};

/// What may be written, for messages.
pub(super) const EXPECTED: &str = "an instant such as 2027-01-01T09:00:00+08:00, \
                                   or a date or time in the agent's zone such as 2027-01-01T09:00";

/// A text that is no instant.
#[derive(Debug, thiserror::Error)]
#[error("expected {EXPECTED}, got {0:?}")]
pub(super) struct NoMoment(String);

/// An instant, or a local time that awaits its zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    At(Timestamp),
    Local(DateTime),
}

impl Moment {
    pub(super) fn parse(text: &str) -> Result<Self, NoMoment> {
        if let Some(at) = Timestamp::parse(text) {
            return Ok(Self::At(at));
        }
        let local = text.parse().map(Self::Local);
        local.map_err(|_| NoMoment(text.to_owned()))
    }

    /// A local time that daylight saving skips is moved by the gap, one that happens twice is the
    /// first, as with weekly shifts.
    pub(super) fn in_zone(self, zone: &Zone) -> Timestamp {
        let local = match self {
            Self::At(at) => return at,
            Self::Local(local) => local,
        };
        let zone = TimeZone::get(zone.name()).expect("the zone was found by its name");
        match zone.to_ambiguous_timestamp(local).compatible() {
            Ok(at) => Timestamp::from_millis(at.as_millisecond()),
            Err(_) => Timestamp::MAX,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, zone: &str, instant: &str) {
        let zone = Zone::named(zone).expect("known");
        let at = Moment::parse(text).expect("a moment").in_zone(&zone);
        assert_eq!(at.to_string(), instant, "{text}");
    }

    #[test]
    fn a_time_without_an_offset_is_the_zone_s() {
        check("2026-12-01T09:00", "Asia/Shanghai", "2026-12-01T01:00:00Z");
        check("2026-12-01 09:00", "Asia/Shanghai", "2026-12-01T01:00:00Z");
        check("2026-12-01", "Asia/Shanghai", "2026-11-30T16:00:00Z");
        check("2026-12-01T09:00:00+01:00", "Asia/Shanghai", "2026-12-01T08:00:00Z");
    }

    #[test]
    fn a_time_that_is_skipped_or_happens_twice_is_read_as_with_weekly_shifts() {
        check("2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:30:00Z");
        check("2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30:00Z");
    }

    #[test]
    fn what_is_no_moment_is_told() {
        let error = Moment::parse("soon").expect_err("no moment").to_string();
        assert!(error.starts_with("expected an instant such as ") && error.ends_with("\"soon\""));
    }
}
