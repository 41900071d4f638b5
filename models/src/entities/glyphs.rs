//! A text as characters that compare: half-width, simplified, each with its place in the original.
//!
//! Rules speak of characters; only the answer speaks of bytes, so that every
//! span lies on the boundaries of characters.

use std::ops::Range;

use crate::clean::han::simplified;

/// What lies beyond either end of a text.
const NOTHING: char = '\0';

/// The characters of a text, with the byte each begins at.
pub(super) struct Glyphs {
    chars: Vec<char>,
    /// *Shape*: one more than characters; the last is the length of the text.
    starts: Vec<usize>,
}

impl Glyphs {
    pub(super) fn of(text: &str) -> Self {
        let chars = text.chars().map(folded).collect();
        let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Self { chars, starts }
    }

    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    pub(super) fn at(&self, at: usize) -> char {
        self.chars.get(at).copied().unwrap_or(NOTHING)
    }

    pub(super) fn before(&self, at: usize) -> char {
        at.checked_sub(1).map_or(NOTHING, |at| self.at(at))
    }

    /// The bytes of the original text that characters stand for.
    pub(super) fn bytes(&self, chars: &Range<usize>) -> Range<usize> {
        self.starts[chars.start]..self.starts[chars.end]
    }

    pub(super) fn string(&self, chars: Range<usize>) -> String {
        self.chars[chars].iter().collect()
    }

    /// The first place from `at` on whose character is not of the kind.
    pub(super) fn end_of(&self, at: usize, is_of_kind: impl Fn(char) -> bool) -> usize {
        at + self.chars[at.min(self.len())..].iter().take_while(|c| is_of_kind(**c)).count()
    }

    /// Where a run of the kind begins that ends before `end`.
    pub(super) fn start_of(&self, end: usize, is_of_kind: impl Fn(char) -> bool) -> usize {
        end - self.chars[..end].iter().rev().take_while(|c| is_of_kind(**c)).count()
    }

    /// What follows `word`, if it stands at `at`, whatever its case.
    pub(super) fn after_word(&self, at: usize, word: &str) -> Option<usize> {
        let end = word.chars().zip(at..).all(|(c, at)| c.eq_ignore_ascii_case(&self.at(at)));
        let end = end.then(|| at + word.chars().count())?;
        (end <= self.len() && !self.splits_word(end)).then_some(end)
    }

    /// Where `word` begins, if it ends before `end`, whatever its case.
    pub(super) fn before_word(&self, end: usize, word: &str) -> Option<usize> {
        let at = end.checked_sub(word.chars().count())?;
        let is_there = word.chars().zip(at..).all(|(c, at)| c.eq_ignore_ascii_case(&self.at(at)));
        (is_there && !self.splits_word(at)).then_some(at)
    }

    /// Whether a word in Latin letters goes on across the place.
    fn splits_word(&self, at: usize) -> bool {
        self.before(at).is_ascii_alphabetic() && self.at(at).is_ascii_alphabetic()
    }

    /// The digits that begin at `at`, as far as they begin a number.
    pub(super) fn digits(&self, at: usize) -> Option<Range<usize>> {
        let is_start = self.at(at).is_ascii_digit() && !self.before(at).is_ascii_alphanumeric();
        is_start.then(|| at..self.end_of(at, |c| c.is_ascii_digit()))
    }

    /// The number that few digits write.
    pub(super) fn value(&self, digits: &Range<usize>) -> u32 {
        let digits = self.chars[digits.clone()].iter().filter_map(|c| c.to_digit(10));
        digits.fold(0, |value, digit| value.saturating_mul(10).saturating_add(digit))
    }
}

fn folded(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{A0}' | '\u{3000}' | '\u{202F}' => ' ',
        '￥' => '¥',
        _ => simplified(c),
    }
}
