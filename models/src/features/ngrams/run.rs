//! Characters of one kind in a row: a word with its digits, a run of Chinese, a few marks.

use super::emit::{BOUNDARY, SEED_CODE};
use crate::clean::fold::{DIGITS_KEPT_MAX, class_of_digits, is_digits};
use crate::clean::han::is_han;
use crate::hash::Rolling;

/// The longest run of digits that a name may have, and a number by itself: longer ones are those
/// of orders, parcels and people, of which none comes back.
const CODE_DIGITS_MAX: usize = 8;
const NUMBER_DIGITS_MAX: usize = 6;

/// Longer words are cut: nobody writes them, encoders of binary data do.
pub(super) const WORD_CHARS_MAX: usize = 40;

/// What a character is to the walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Latin,
    Han,
    Mark,
    Space,
    LineEnd,
}

pub(super) fn kind_of(c: char) -> Kind {
    match c {
        'a'..='z' | '0'..='9' | '\'' | '_' => Kind::Latin,
        '\n' => Kind::LineEnd,
        '!' | '?' => Kind::Mark,
        '\0'..='\x7F' => Kind::Space,
        _ if is_han(c) => Kind::Han,
        _ if c.is_alphanumeric() || is_digits(c) => Kind::Latin,
        // Emoji and other pictures; the planes of symbols start here.
        '\u{2600}'..='\u{27BF}' | '\u{1F300}'..='\u{1FAFF}' => Kind::Mark,
        _ => Kind::Space,
    }
}

/// Characters of one kind in a row, cut at [`WORD_CHARS_MAX`] for words.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) kind: Kind,
    /// The characters after a leading boundary mark, which only words use.
    chars: [u32; WORD_CHARS_MAX + 2],
    pub(super) len: usize,
    /// Digits in a row at the end, and how many characters stood before them.
    n_digits: usize,
    before_digits: usize,
    /// The longest run of digits before; 0 where none is longer than is kept.
    longest: usize,
    is_number: bool,
    exact: Rolling,
}

impl Run {
    pub(super) fn new() -> Self {
        Self {
            kind: Kind::Space,
            chars: [BOUNDARY; WORD_CHARS_MAX + 2],
            len: 0,
            n_digits: 0,
            before_digits: 0,
            longest: 0,
            is_number: true,
            exact: Rolling::new(SEED_CODE),
        }
    }

    pub(super) fn clear(&mut self) {
        self.len = 0;
        self.n_digits = 0;
        self.longest = 0;
        self.is_number = true;
        self.exact = Rolling::new(SEED_CODE);
    }

    /// Appends a character of a word.
    pub(super) fn push_latin(&mut self, c: char) {
        self.exact = self.exact.push(u64::from(c));
        if c.is_ascii_digit() {
            if self.n_digits == 0 {
                self.before_digits = self.len;
            }
            self.n_digits += 1;
        } else {
            self.end_digits();
            self.is_number = false;
        }
        self.push(c);
    }

    pub(super) fn push(&mut self, c: char) {
        if self.len < WORD_CHARS_MAX {
            self.len += 1;
            self.chars[self.len] = u32::from(c);
        }
    }

    /// Puts one character for a long run of digits at the end.
    pub(super) fn end_digits(&mut self) {
        let n_digits = std::mem::take(&mut self.n_digits);
        if n_digits > DIGITS_KEPT_MAX {
            self.len = self.before_digits;
            self.longest = self.longest.max(n_digits);
            self.push(class_of_digits(n_digits));
        }
    }

    /// The word as written, if its digits name a thing.
    pub(super) fn code(&self) -> Option<u64> {
        let most = if self.is_number { NUMBER_DIGITS_MAX } else { CODE_DIGITS_MAX };
        (1..=most).contains(&self.longest).then(|| self.exact.finish())
    }

    pub(super) fn inner(&self) -> &[u32] {
        &self.chars[1..=self.len]
    }

    /// The word with a boundary at both ends.
    pub(super) fn bounded(&mut self) -> &[u32] {
        self.chars[self.len + 1] = BOUNDARY;
        &self.chars[..self.len + 2]
    }
}
