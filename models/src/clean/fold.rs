//! One spelling for what reads the same: the character-level half of cleaning.
//!
//! Compatibility forms (NFKC), case, traditional script, digits and white space
//! are folded in one pass, and scripts are counted on the way, because the fold
//! hides what language detection needs.

use unicode_normalization::UnicodeNormalization;

use super::han::{is_han, simplified};

/// How much of each script a text holds, in characters, as written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ScriptCounts {
    /// Chinese ideographs.
    pub han: u32,
    /// Ideographs that only traditional script uses.
    pub traditional: u32,
    /// Letters of the Latin alphabet.
    pub latin: u32,
    /// Letters of any other script, kana and hangul among them.
    pub foreign: u32,
}

/// The first of the characters that stand for a run of digits, one for each length.
///
/// They lie in the private use area, whose own characters are dropped from the
/// input, so that no text can forge one.
const DIGITS_FIRST: u32 = 0xE000;
/// Runs longer than this are one class: order and card numbers.
const DIGITS_MAX: u32 = 12;
/// Runs up to this length are kept as written: `5G`, `2 people`, `24 hours`.
pub const DIGITS_KEPT_MAX: usize = 2;

/// Whether a character stands for a run of digits.
pub fn is_digits(c: char) -> bool {
    (DIGITS_FIRST..=DIGITS_FIRST + DIGITS_MAX).contains(&u32::from(c))
}

/// The character that stands for a run of this many digits.
pub fn class_of_digits(n_digits: usize) -> char {
    let class = DIGITS_FIRST + u32::try_from(n_digits).map_or(DIGITS_MAX, |n| n.min(DIGITS_MAX));
    char::from_u32(class).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Folds texts into one buffer.
#[derive(Debug)]
pub(super) struct Folder<'a> {
    out: &'a mut String,
    scripts: &'a mut ScriptCounts,
    /// Where the digits go that a character stands for, each run with a space after it.
    numbers: &'a mut String,
    digits: usize,
}

impl<'a> Folder<'a> {
    pub(super) fn new(
        out: &'a mut String,
        scripts: &'a mut ScriptCounts,
        numbers: &'a mut String,
    ) -> Self {
        Self { out, scripts, numbers, digits: 0 }
    }

    /// Appends the folded form of `text`.
    pub(super) fn fold(&mut self, text: &str) {
        if text.chars().all(is_plain) {
            text.chars().for_each(|c| self.push(halfwidth(c)));
        } else {
            text.nfkc().for_each(|c| self.push(c));
        }
        self.end_digits();
    }

    fn push(&mut self, c: char) {
        if c.is_ascii_digit() {
            self.digits += 1;
            self.out.push(c);
            return;
        }
        self.end_digits();
        if c.is_ascii() {
            self.push_ascii(c);
        } else {
            self.push_wide(c);
        }
    }

    fn push_ascii(&mut self, c: char) {
        if c.is_ascii_alphabetic() {
            self.scripts.latin += 1;
            self.out.push(c.to_ascii_lowercase());
        } else if c.is_ascii_graphic() {
            self.out.push(c);
        } else if c.is_ascii_whitespace() {
            self.push_space(c);
        }
    }

    fn push_wide(&mut self, c: char) {
        if is_han(c) {
            self.push_han(c);
        } else if c.is_alphabetic() {
            *(if is_latin(c) { &mut self.scripts.latin } else { &mut self.scripts.foreign }) += 1;
            self.out.extend(c.to_lowercase());
        } else if c.is_whitespace() {
            self.push_space(c);
        } else if !is_invisible(c) {
            self.out.push(c);
        }
    }

    fn push_han(&mut self, c: char) {
        let folded = simplified(c);
        self.scripts.han += 1;
        self.scripts.traditional += u32::from(folded != c);
        self.out.push(folded);
    }

    /// Runs of white space become one space, or one line end if they hold one.
    fn push_space(&mut self, c: char) {
        match (self.out.as_bytes().last(), c) {
            (None | Some(b'\n'), _) | (Some(b' '), ' ' | '\t') => {}
            (Some(b' '), '\n' | '\r') => {
                self.out.pop();
                self.out.push('\n');
            }
            (Some(_), '\n' | '\r') => self.out.push('\n'),
            (Some(b' '), _) => {}
            (Some(_), _) => self.out.push(' '),
        }
    }

    /// Replaces a long run of digits just written by the character of its length.
    fn end_digits(&mut self) {
        let run = std::mem::take(&mut self.digits);
        if run <= DIGITS_KEPT_MAX {
            return;
        }
        self.numbers.extend(self.out.drain(self.out.len() - run..));
        self.numbers.push(' ');
        self.out.push(class_of_digits(run));
    }
}

/// Characters whose NFKC form needs no table: ASCII, base ideographs, and the
/// full-width forms that [`halfwidth`] knows.
fn is_plain(c: char) -> bool {
    matches!(c, '\0'..='\x7F' | '\u{3001}' | '\u{3002}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF5E}')
}

/// `Ａ` to `A`, `，` to `,`: the full-width forms lie in ASCII's order.
fn halfwidth(c: char) -> char {
    match u32::from(c) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// The Latin blocks beyond ASCII.
fn is_latin(c: char) -> bool {
    matches!(u32::from(c), 0xAA..=0x24F | 0x1E00..=0x1EFF)
}

/// Zero-width, control, private and replacement characters.
pub(super) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            0xAD | 0x34F | 0x61C | 0x180E | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F
            | 0xE000..=0xF8FF | 0xFE00..=0xFE0F | 0xFEFF | 0xFFF9..=0xFFFD | 0xE0000..=0x10_FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(text: &str) -> (String, ScriptCounts) {
        let (mut out, mut scripts) = (String::new(), ScriptCounts::default());
        Folder::new(&mut out, &mut scripts, &mut String::new()).fold(text);
        (out, scripts)
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(fold(text).0, expected, "{text:?}");
    }

    #[test]
    fn forms_that_read_the_same_become_the_same() {
        check("ＨＥＬＬＯ，ｗｏｒｌｄ！", "hello,world!");
        check("退貨嗎", "退货吗");
        check("ﬁne ①", "fine 1");
        check("e\u{301}t\u{200B}e\u{301}", "été");
    }

    #[test]
    fn long_numbers_become_their_length_and_short_ones_stay() {
        check("in 24 h", "in 24 h");
        check("order 123456", "order \u{E006}");
        check("单号12345678901234567890", "单号\u{E00C}");
        check("１２３", "\u{E003}");
    }

    #[test]
    fn white_space_runs_become_one() {
        check("  a \t b \r\n\n c", "a b\nc");
    }

    #[test]
    fn private_use_and_replacement_characters_are_dropped() {
        check("a\u{E006}b\u{FFFD}c\u{0}", "abc");
    }

    #[test]
    fn scripts_are_counted_as_written() {
        let (_, scripts) = fold("訂單 order カ");
        assert_eq!(scripts, ScriptCounts { han: 2, traditional: 2, latin: 5, foreign: 1 });
    }
}
