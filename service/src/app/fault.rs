//! Fields whose value cannot be taken: what was expected and what came, as values and not as text.
//!
//! So a caller can be told in either language; `expected` has the words.

mod expected;

use switchyard_domain::agent::{InvalidLanguageTag, InvalidPlace};
use switchyard_domain::desk::case::InvalidRating;
use switchyard_domain::hours::InvalidOpening;
use switchyard_domain::ids::{ID_BYTES_MAX, InvalidId};
use switchyard_domain::load::{InvalidLoad, Load};
use switchyard_domain::skill::InvalidLevel;
use switchyard_domain::time::UnknownZone;

pub use self::expected::Expected;
use crate::lang::Lang;

/// A field whose value cannot be taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation {
    /// Its path in the request, such as `ticket.customer.time_zone`.
    pub field: String,
    /// What is wrong with it.
    pub fault: Fault,
}

impl Violation {
    /// A violation of a field.
    pub fn new(field: impl Into<String>, fault: impl Into<Fault>) -> Self {
        Self { field: field.into(), fault: fault.into() }
    }

    /// Field and fault, in a language.
    pub fn told(&self, lang: Lang) -> String {
        let between = lang.pick("：", ": ");
        format!("{}{between}{}", self.field, self.fault.told(lang))
    }
}

/// What was expected and what came.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// What can be taken.
    pub expected: Expected,
    /// What cannot.
    pub got: Got,
}

/// What came instead of what was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Got {
    /// Nothing.
    Nothing,
    /// This value; texts are quoted.
    Value(String),
    /// This value, for the second time.
    Again(String),
}

impl Fault {
    /// Something expected of which nothing came.
    pub fn missing(expected: Expected) -> Self {
        Self { expected, got: Got::Nothing }
    }

    /// Something expected of which another value came.
    pub fn value(expected: Expected, got: &(impl ToString + ?Sized)) -> Self {
        Self { expected, got: Got::Value(got.to_string()) }
    }

    /// Something expected of which another text came.
    pub fn text(expected: Expected, got: &str) -> Self {
        Self { expected, got: Got::Value(format!("{got:?}")) }
    }

    /// Something that came again.
    pub fn again(got: &str) -> Self {
        Self { expected: Expected::Once, got: Got::Again(format!("{got:?}")) }
    }

    /// In a sentence of a language.
    pub fn told(&self, lang: Lang) -> String {
        let expected = self.expected.named(lang);
        match (&self.got, lang) {
            (Got::Nothing, Lang::Zh) => format!("应为{expected}，实际为空"),
            (Got::Nothing, Lang::En) => format!("expected {expected}, got nothing"),
            (Got::Value(got), Lang::Zh) => format!("应为{expected}，实际为 {got}"),
            (Got::Value(got), Lang::En) => format!("expected {expected}, got {got}"),
            (Got::Again(got), Lang::Zh) => format!("应为{expected}，实际又出现 {got}"),
            (Got::Again(got), Lang::En) => format!("expected {expected}, got {got} again"),
        }
    }
}

impl From<InvalidId> for Fault {
    fn from(error: InvalidId) -> Self {
        match error {
            InvalidId::Empty => Self::missing(Expected::Id),
            InvalidId::TooLong(n_bytes) => Self::value(Expected::IdWithin(ID_BYTES_MAX), &n_bytes),
            InvalidId::BadCharacter(c) => Self::value(Expected::IdWithoutSpace, &format!("{c:?}")),
        }
    }
}

impl From<InvalidRating> for Fault {
    fn from(InvalidRating(got): InvalidRating) -> Self {
        Self::value(Expected::Number { least: 1, most: 5 }, &got)
    }
}

impl From<InvalidLevel> for Fault {
    fn from(InvalidLevel(got): InvalidLevel) -> Self {
        Self::value(Expected::Number { least: 1, most: 5 }, &got)
    }
}

impl From<InvalidLoad> for Fault {
    fn from(InvalidLoad(got): InvalidLoad) -> Self {
        Self::value(Expected::Load { most: Load::UNITS_MAX }, &got)
    }
}

impl From<InvalidPlace> for Fault {
    fn from(InvalidPlace(latitude, longitude): InvalidPlace) -> Self {
        Self::value(Expected::Place, &format!("{latitude}, {longitude}"))
    }
}

impl From<InvalidLanguageTag> for Fault {
    fn from(InvalidLanguageTag(got): InvalidLanguageTag) -> Self {
        Self::text(Expected::LanguageTag, &got)
    }
}

impl From<InvalidOpening> for Fault {
    fn from(error: InvalidOpening) -> Self {
        match error {
            InvalidOpening::BadTime(got) => Self::text(Expected::TimeOfDay, &got),
            InvalidOpening::StartsAtMidnight => Self::value(Expected::StartBeforeMidnight, "24:00"),
            InvalidOpening::Empty(both) => {
                Self::value(Expected::StartUnlikeEnd, &format!("{both}–{both}"))
            }
        }
    }
}

impl From<UnknownZone> for Fault {
    fn from(UnknownZone(got): UnknownZone) -> Self {
        Self::text(Expected::TimeZone, &got)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_tells_what_was_expected_and_what_came_in_either_language() {
        let violation = Violation::new("agents[0].id", InvalidId::BadCharacter(' '));
        assert_eq!(
            violation.told(Lang::En),
            "agents[0].id: expected an id without white space or control characters, got ' '"
        );
        assert_eq!(
            violation.told(Lang::Zh),
            "agents[0].id：应为不含空白和控制字符的编号，实际为 ' '"
        );
    }

    #[test]
    fn nothing_and_a_repetition_are_told_as_such() {
        let fault = Fault::missing(Expected::Ticket);
        assert_eq!(fault.told(Lang::En), "expected a ticket, got nothing");
        assert_eq!(fault.told(Lang::Zh), "应为工单，实际为空");
        let fault = Fault::again("li");
        assert_eq!(fault.told(Lang::En), "expected each one once, got \"li\" again");
        assert_eq!(fault.told(Lang::Zh), "应为每个只出现一次，实际又出现 \"li\"");
    }
}
