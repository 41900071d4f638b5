//! Numbers of houses and flats, where the street before them or after them is plain.

use std::ops::Range;

use super::glyphs::Glyphs;
use super::{EntityKind, Found};

/// Characters that streets end in, and what houses and flats are counted by.
const STREETS: &str = "路街道巷弄村胡同里";
const UNITS: &str = "号弄栋幢楼单元室层座";
/// Words that streets end in.
const STREET_WORDS: [&str; 14] = [
    "Street",
    "St",
    "Road",
    "Rd",
    "Avenue",
    "Ave",
    "Lane",
    "Ln",
    "Drive",
    "Boulevard",
    "Blvd",
    "Court",
    "Square",
    "Close",
];
/// A street has at most this many words before that one.
const STREET_WORDS_MAX: usize = 3;
/// Longer numbers are no house's.
const DIGITS_MAX: usize = 5;

pub(super) fn find(glyphs: &Glyphs, found: &mut Vec<Found>) {
    let mut in_house = 0;
    for at in 0..glyphs.len() {
        let Some(number) = glyphs.digits(at).filter(|it| it.len() <= DIGITS_MAX) else {
            continue;
        };
        let is_next = in_house == at && at > 0;
        let is_first = STREETS.contains(glyphs.before(glyphs.start_of(at, |c| c == ' ')));
        let is_counted = UNITS.contains(glyphs.at(number.end));
        if (is_counted && (is_first || is_next)) || is_before_street(glyphs, &number) {
            in_house = glyphs.end_of(number.end, |c| UNITS.contains(c));
            let value = glyphs.string(number.clone());
            found.push(Found { kind: EntityKind::HouseNumber, chars: number, value });
        }
    }
}

/// `12 Baker Street`.
fn is_before_street(glyphs: &Glyphs, number: &Range<usize>) -> bool {
    let mut at = number.end;
    for _ in 0..=STREET_WORDS_MAX {
        if glyphs.at(at) != ' ' || !glyphs.at(at + 1).is_ascii_uppercase() {
            return false;
        }
        let is_first = at == number.end;
        if !is_first && STREET_WORDS.iter().any(|word| glyphs.after_word(at + 1, word).is_some()) {
            return true;
        }
        at = glyphs.end_of(at + 1, |c| c.is_ascii_alphabetic() || c == '\'');
    }
    false
}
