//! The words before a number that say what it is: `订单号：`, `Tracking No.`, `phone`.

use super::glyphs::Glyphs;

/// Between such a word and its number.
const LINKS: [&str; 15] = [
    "number",
    "no",
    "nr",
    "num",
    "id",
    "ref",
    "reference",
    "is",
    "编号",
    "号码",
    "号",
    "是",
    "为",
    "码",
    "code",
];
/// Links alone, or with words between, are not looked at further back.
const LINKS_MAX: usize = 6;

/// What stands before a number, with its links left out.
pub(super) struct Before {
    /// Where the word ends.
    pub end: usize,
    /// A word or a mark says that a number follows.
    pub is_named: bool,
}

impl Before {
    pub(super) fn of(glyphs: &Glyphs, start: usize) -> Self {
        let mut before = Self { end: start, is_named: false };
        for _ in 0..LINKS_MAX {
            let end = glyphs.start_of(before.end, |c| " :#.=-(\"“".contains(c));
            let is_marked = (end..before.end).any(|at| matches!(glyphs.at(at), ':' | '#' | '='));
            let link = LINKS.iter().find_map(|link| glyphs.before_word(end, link));
            before = Self {
                end: link.unwrap_or(end),
                is_named: before.is_named || is_marked || link.is_some(),
            };
            if link.is_none() {
                break;
            }
        }
        before
    }

    /// Whether one of the words stands there.
    pub(super) fn is_any(&self, glyphs: &Glyphs, words: &[&str]) -> bool {
        words.iter().any(|word| glyphs.before_word(self.end, word).is_some())
    }
}
