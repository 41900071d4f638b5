//! Raw in, valid out: every field of a request is checked once, and all that is wrong is told together.

use prost_types::Timestamp as PbTimestamp;
use switchyard_domain::load::Load;
use switchyard_domain::time::Timestamp;

use crate::app::AppError;
use crate::app::fault::{Expected, Fault, Violation};

/// The most violations kept; a refusal has room for a few dozen.
const VIOLATIONS_MAX: usize = 1_000;

/// Collects what is wrong with a request.
#[derive(Debug, Default)]
pub(super) struct Check {
    violations: Vec<Violation>,
}

impl Check {
    /// Notes a violation, unless there are more than anybody is told of.
    pub(super) fn fail(&mut self, field: impl Into<String>, fault: impl Into<Fault>) {
        if self.violations.len() < VIOLATIONS_MAX {
            self.violations.push(Violation::new(field, fault));
        }
    }

    /// The value, or a noted violation.
    pub(super) fn take<T, E: Into<Fault>>(
        &mut self,
        field: impl Into<String>,
        result: Result<T, E>,
    ) -> Option<T> {
        result.map_err(|error| self.fail(field, error)).ok()
    }

    /// A value that is left out when its text is empty.
    pub(super) fn optional<T, E: Into<Fault>>(
        &mut self,
        field: impl Into<String>,
        text: &str,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        if text.is_empty() { None } else { self.take(field, read(text)) }
    }

    /// A value of an enum; a number that this version of the contract lacks is refused, not guessed.
    pub(super) fn choice<E: TryFrom<i32>>(
        &mut self,
        field: impl Into<String>,
        number: i32,
    ) -> Option<E> {
        let choice = E::try_from(number);
        self.take(field, choice.map_err(|_| Fault::value(Expected::KnownChoice, &number)))
    }

    /// An instant within the calendar.
    pub(super) fn instant(
        &mut self,
        field: &str,
        instant: Option<&PbTimestamp>,
    ) -> Option<Timestamp> {
        let instant = instant?;
        let millis = instant.seconds.checked_mul(1_000).and_then(|seconds| {
            seconds.checked_add(i64::from(instant.nanos.div_euclid(1_000_000)))
        });
        let bounds = Timestamp::MIN.millis()..=Timestamp::MAX.millis();
        match millis.filter(|millis| bounds.contains(millis)) {
            Some(millis) if (0..1_000_000_000).contains(&instant.nanos) => {
                Some(Timestamp::from_millis(millis))
            }
            _ => {
                let got = format!("{} s {} ns", instant.seconds, instant.nanos);
                self.fail(field, Fault::value(Expected::InstantOfCalendar, &got));
                None
            }
        }
    }

    /// An instant that must be there.
    pub(super) fn required_instant(
        &mut self,
        field: &str,
        instant: Option<&PbTimestamp>,
    ) -> Option<Timestamp> {
        if instant.is_none() {
            self.fail(field, Fault::missing(Expected::Instant));
        }
        self.instant(field, instant)
    }

    /// An amount of work.
    pub(super) fn load(&mut self, field: impl Into<String>, units: f64) -> Option<Load> {
        self.take(field, Load::from_units(units))
    }

    /// A text of at most so many bytes.
    pub(super) fn bounded(&mut self, field: impl Into<String>, text: &str, bytes_max: usize) {
        if text.len() > bytes_max {
            self.fail(field, Fault::value(Expected::BytesWithin(bytes_max), &text.len()));
        }
    }

    /// A list of at most so many items.
    pub(super) fn at_most<T>(&mut self, field: impl Into<String>, items: &[T], n_max: usize) {
        if items.len() > n_max {
            self.fail(field, Fault::value(Expected::ItemsWithin(n_max), &items.len()));
        }
    }

    /// The value made of checked parts, or all violations.
    ///
    /// `value` is `None` only when a part was missing, which was noted.
    pub(super) fn finish<T>(self, value: Option<T>) -> Result<T, AppError> {
        match value {
            Some(value) if self.violations.is_empty() => Ok(value),
            _ => Err(AppError::Invalid(self.violations)),
        }
    }
}

/// The size of a page: 0 is 100, the most is 1,000.
pub(super) fn page_size(check: &mut Check, field: &str, asked: i32) -> usize {
    match asked {
        0 => 100,
        1..=1_000 => asked as usize,
        _ => {
            check.fail(field, Fault::value(Expected::Number { least: 0, most: 1_000 }, &asked));
            0
        }
    }
}

/// A page's token that is a number; empty starts.
pub(super) fn page_number(check: &mut Check, token: &str) -> Option<u64> {
    let read =
        |token: &str| token.parse::<u64>().map_err(|_| Fault::text(Expected::PageToken, token));
    check.optional("page_token", token, read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_violations_are_kept_than_anybody_is_told_of() {
        let mut check = Check::default();
        for number in 9..100_000 {
            assert_eq!(check.choice::<switchyard_proto::v1::Mode>("mode", number), None);
        }
        let Err(AppError::Invalid(violations)) = check.finish(Some(())) else {
            panic!("expected a refusal")
        };
        assert_eq!(violations.len(), VIOLATIONS_MAX);
    }
}
