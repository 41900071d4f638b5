//! Walks a folded text and names its n-grams by fingerprint.
//!
//! Latin script gives words and pairs of words, and character n-grams inside
//! word boundaries (misspellings, inflections, compounds). Chinese has no word
//! boundaries and gives character n-grams of each run. Exclamation and question
//! marks and emoji are features of their own: they carry mood.
//!
//! A long run of digits is one character that says how long it is, whether cleaning has put it
//! there or the digits stand in the text. Where they stand there, words that name a thing by them
//! (`job_3028`, `0x80070005`, `651`) can be features as written, beside the folded ones.

use serde::{Deserialize, Serialize};

use crate::clean::fold::{DIGITS_KEPT_MAX, class_of_digits, is_digits};
use crate::clean::han::is_han;
use crate::hash::Rolling;

/// Which n-grams are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeatureSettings {
    /// The longest run of words in Latin script: 1 or 2.
    pub words_max: u8,
    /// The shortest character n-gram inside a word of Latin script, boundaries counted.
    pub chars_min: u8,
    /// The longest one; 0 takes none.
    pub chars_max: u8,
    /// The longest n-gram of Chinese characters.
    pub han_max: u8,
    /// Whether what Latin script names counts as written: words with long numbers are features of
    /// their own, and characters are taken from all that stands between two spaces, digits and
    /// punctuation with them (`eu-deu-rtr01`, `job_3028`). For the jargon of a desk of its own.
    #[serde(default)]
    pub codes: bool,
    /// Whether n-grams know where a line starts and ends: short wishes begin with what is wanted.
    #[serde(default)]
    pub edges: bool,
}

impl Default for FeatureSettings {
    /// Words 1–2 and characters 2–5 for Latin script, characters 1–4 for Chinese: what a recipe
    /// without settings of its own takes. The default bundle's recipe has others, which it measured.
    fn default() -> Self {
        Self { words_max: 2, chars_min: 2, chars_max: 5, han_max: 4, codes: false, edges: false }
    }
}

impl FeatureSettings {
    /// Words alone.
    pub const PLAIN: Self =
        Self { words_max: 1, chars_min: 1, chars_max: 0, han_max: 1, codes: false, edges: false };

    /// Settings that take the n-grams of both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        // Who takes no characters has no shortest one.
        let chars_min = match (self.chars_max, other.chars_max) {
            (_, 0) => self.chars_min,
            (0, _) => other.chars_min,
            _ => self.chars_min.min(other.chars_min),
        };
        Self {
            words_max: self.words_max.max(other.words_max),
            chars_min,
            chars_max: self.chars_max.max(other.chars_max),
            han_max: self.han_max.max(other.han_max),
            codes: self.codes || other.codes,
            edges: self.edges || other.edges,
        }
    }
}

/// The part of the vector a feature belongs to; each is normalised by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block {
    /// Words, pairs of words and codes.
    Words,
    /// Characters inside words.
    Chars,
    /// Chinese characters.
    Han,
    /// Marks and pictures, which have no weight of their own: they go with the text's main script.
    Marks,
}

/// What an n-gram is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gram {
    /// A word of Latin script.
    Word,
    /// Two words in a row.
    Pair,
    /// A word with a long run of digits, as written.
    Code,
    /// Characters inside a word.
    Chars,
    /// Chinese characters.
    Han,
    /// Chinese characters at the start or the end of a line.
    Edge,
    /// A run of exclamation or question marks, or a picture.
    Mark,
}

impl Gram {
    /// The part of the vector it belongs to.
    pub fn block(self) -> Block {
        match self {
            Self::Word | Self::Pair | Self::Code => Block::Words,
            Self::Chars => Block::Chars,
            Self::Han | Self::Edge => Block::Han,
            Self::Mark => Block::Marks,
        }
    }
}

/// Hash seeds: one for each kind of feature.
const SEED_WORD: u64 = 1;
const SEED_PAIR: u64 = 2;
const SEED_CHARS: u64 = 3;
const SEED_HAN: u64 = 4;
const SEED_MARK: u64 = 5;
const SEED_CODE: u64 = 6;

/// The longest run of digits that a name may have, and a number by itself: longer ones are those
/// of orders, parcels and people, of which none comes back.
const CODE_DIGITS_MAX: usize = 8;
const NUMBER_DIGITS_MAX: usize = 6;

/// Longer words are cut: nobody writes them, encoders of binary data do.
const WORD_CHARS_MAX: usize = 40;

/// Longer tokens are addresses of the web, whose ends are nobody's words.
const TOKEN_CHARS_MAX: usize = 80;

/// Calls `emit` with the fingerprint of each n-gram of a folded text, in order of appearance.
pub fn walk(text: &str, settings: FeatureSettings, mut emit: impl FnMut(u64, Gram)) {
    let (run, token) = (Run::new(), Token::new());
    let tail = Tail::Nothing;
    let mut walker = Walker { settings, emit: &mut emit, run, token, previous: None, tail };
    text.chars().for_each(|c| walker.take(c));
    walker.end_run();
    walker.end_token();
    walker.end_line();
}

/// What a character is to the walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Latin,
    Han,
    Mark,
    Space,
    LineEnd,
}

fn kind_of(c: char) -> Kind {
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
struct Run {
    kind: Kind,
    /// The characters after a leading boundary mark, which only words use.
    chars: [u32; WORD_CHARS_MAX + 2],
    len: usize,
    /// Digits in a row at the end, and how many characters stood before them.
    n_digits: usize,
    before_digits: usize,
    /// The longest run of digits before; 0 where none is longer than is kept.
    longest: usize,
    is_number: bool,
    exact: Rolling,
}

/// Stands before and after a word.
const BOUNDARY: u32 = ' ' as u32;

impl Run {
    fn new() -> Self {
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

    fn clear(&mut self) {
        self.len = 0;
        self.n_digits = 0;
        self.longest = 0;
        self.is_number = true;
        self.exact = Rolling::new(SEED_CODE);
    }

    /// Appends a character of a word.
    fn push_latin(&mut self, c: char) {
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

    fn push(&mut self, c: char) {
        if self.len < WORD_CHARS_MAX {
            self.len += 1;
            self.chars[self.len] = u32::from(c);
        }
    }

    /// Puts one character for a long run of digits at the end.
    fn end_digits(&mut self) {
        let n_digits = std::mem::take(&mut self.n_digits);
        if n_digits > DIGITS_KEPT_MAX {
            self.len = self.before_digits;
            self.longest = self.longest.max(n_digits);
            self.push(class_of_digits(n_digits));
        }
    }

    /// The word as written, if its digits name a thing.
    fn code(&self) -> Option<u64> {
        let most = if self.is_number { NUMBER_DIGITS_MAX } else { CODE_DIGITS_MAX };
        (1..=most).contains(&self.longest).then(|| self.exact.finish())
    }

    fn inner(&self) -> &[u32] {
        &self.chars[1..=self.len]
    }

    /// The word with a boundary at both ends.
    fn bounded(&mut self) -> &[u32] {
        self.chars[self.len + 1] = BOUNDARY;
        &self.chars[..self.len + 2]
    }
}

/// What stands between two spaces, cut at [`TOKEN_CHARS_MAX`].
#[derive(Debug)]
struct Token {
    /// The characters after a leading boundary mark.
    chars: [u32; TOKEN_CHARS_MAX + 2],
    len: usize,
}

impl Token {
    fn new() -> Self {
        Self { chars: [BOUNDARY; TOKEN_CHARS_MAX + 2], len: 0 }
    }

    fn push(&mut self, c: char) {
        if self.len < TOKEN_CHARS_MAX {
            self.len += 1;
            self.chars[self.len] = u32::from(c);
        }
    }

    fn bounded(&mut self) -> &[u32] {
        self.chars[self.len + 1] = BOUNDARY;
        &self.chars[..self.len + 2]
    }
}

/// The last of the line so far.
#[derive(Debug)]
enum Tail {
    /// No word and no character yet.
    Nothing,
    Word(u64),
    /// The last Chinese characters, and how many.
    Han([u32; WORD_CHARS_MAX], usize),
}

struct Walker<'a, F> {
    settings: FeatureSettings,
    emit: &'a mut F,
    run: Run,
    token: Token,
    /// The word before, within the line.
    previous: Option<u64>,
    tail: Tail,
}

impl<F: FnMut(u64, Gram)> Walker<'_, F> {
    fn take(&mut self, c: char) {
        let kind = kind_of(c);
        let is_full_han = kind == Kind::Han && self.run.len == WORD_CHARS_MAX;
        if kind != self.run.kind || is_full_han {
            self.end_run();
            self.run.kind = kind;
        }
        if kind == Kind::Latin {
            self.run.push_latin(c);
        } else {
            self.run.push(c);
        }
        if self.settings.codes {
            self.take_into_token(c, kind);
        }
    }

    fn take_into_token(&mut self, c: char, kind: Kind) {
        if kind == Kind::Han || c.is_whitespace() {
            self.end_token();
        } else {
            self.token.push(c);
        }
    }

    fn end_token(&mut self) {
        let FeatureSettings { chars_min, chars_max, .. } = self.settings;
        if self.token.len > 0 {
            grams(Gram::Chars, self.token.bounded(), chars_min, chars_max, self.emit);
            self.token.len = 0;
        }
    }

    fn end_run(&mut self) {
        match self.run.kind {
            Kind::Latin => self.emit_word(),
            Kind::Han => self.emit_han(),
            Kind::Mark => self.emit_marks(),
            Kind::LineEnd => self.end_line(),
            Kind::Space => {}
        }
        self.run.clear();
    }

    fn emit_word(&mut self) {
        self.run.end_digits();
        let word = hash(SEED_WORD, self.run.inner());
        (self.emit)(word, Gram::Word);
        if let (Some(previous), 2..) = (self.previous, self.settings.words_max) {
            (self.emit)(Rolling::new(SEED_PAIR).push(previous).push(word).finish(), Gram::Pair);
        }
        self.previous = Some(word);
        self.word_edge(word);
        let FeatureSettings { chars_min, chars_max, codes, .. } = self.settings;
        if let (true, Some(code)) = (codes, self.run.code()) {
            (self.emit)(code, Gram::Code);
        }
        if !codes {
            grams(Gram::Chars, self.run.bounded(), chars_min, chars_max, self.emit);
        }
    }

    fn emit_han(&mut self) {
        grams(Gram::Han, self.run.inner(), 1, self.settings.han_max, self.emit);
        if self.settings.edges {
            let n_kept = usize::from(self.settings.han_max.saturating_sub(1)).min(self.run.len);
            if matches!(self.tail, Tail::Nothing) {
                let start = &self.run.chars[..=n_kept];
                let edge = Rolling::new(SEED_HAN).push(u64::from(start[0]));
                emit_each(edge, &start[1..], self.emit);
            }
            let mut kept = [BOUNDARY; WORD_CHARS_MAX];
            kept[..n_kept]
                .copy_from_slice(&self.run.chars[self.run.len + 1 - n_kept..=self.run.len]);
            self.tail = Tail::Han(kept, n_kept);
        }
    }

    /// A word at the start of a line, and what would be its end.
    fn word_edge(&mut self, word: u64) {
        if self.settings.edges {
            if matches!(self.tail, Tail::Nothing) {
                let start = Rolling::new(SEED_PAIR).push(u64::from(BOUNDARY)).push(word);
                (self.emit)(start.finish(), Gram::Pair);
            }
            self.tail = Tail::Word(word);
        }
    }

    fn end_line(&mut self) {
        self.previous = None;
        match std::mem::replace(&mut self.tail, Tail::Nothing) {
            Tail::Nothing => {}
            Tail::Word(word) => {
                let end = Rolling::new(SEED_PAIR).push(word).push(u64::from(BOUNDARY));
                (self.emit)(end.finish(), Gram::Pair);
            }
            Tail::Han(chars, n) => {
                for start in 0..n {
                    let chars = chars[start..n].iter().chain([&BOUNDARY]);
                    let end = chars.fold(Rolling::new(SEED_HAN), |it, c| it.push(u64::from(*c)));
                    (self.emit)(end.finish(), Gram::Edge);
                }
            }
        }
    }

    /// A run of marks is one feature, with its first mark and whether it is insistent.
    fn emit_marks(&mut self) {
        let insistent = u64::from(self.run.len > 1);
        let mark = Rolling::new(SEED_MARK).push(u64::from(self.run.chars[1])).push(insistent);
        (self.emit)(mark.finish(), Gram::Mark);
    }
}

fn hash(seed: u64, chars: &[u32]) -> u64 {
    chars.iter().fold(Rolling::new(seed), |hash, c| hash.push(u64::from(*c))).finish()
}

/// Emits what has been read with each character after it.
fn emit_each(read: Rolling, chars: &[u32], emit: &mut impl FnMut(u64, Gram)) {
    chars.iter().fold(read, |rolling, c| {
        let rolling = rolling.push(u64::from(*c));
        emit(rolling.finish(), Gram::Edge);
        rolling
    });
}

/// Emits the n-grams of `min..=max` characters, each hash growing from the one before.
fn grams(gram: Gram, chars: &[u32], min: u8, max: u8, emit: &mut impl FnMut(u64, Gram)) {
    let seed = if gram == Gram::Han { SEED_HAN } else { SEED_CHARS };
    for start in 0..chars.len() {
        let mut rolling = Rolling::new(seed);
        for (at, c) in chars[start..].iter().take(usize::from(max)).enumerate() {
            rolling = rolling.push(u64::from(*c));
            if at + 1 >= usize::from(min) {
                emit(rolling.finish(), gram);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fingerprints(text: &str) -> Vec<(u64, Block)> {
        let mut found = Vec::new();
        walk(text, FeatureSettings::default(), |feature, gram| {
            found.push((feature, gram.block()));
        });
        found
    }

    fn count(text: &str, block: Block) -> usize {
        fingerprints(text).iter().filter(|(_, of)| *of == block).count()
    }

    #[test]
    fn words_and_pairs_are_counted_within_a_line() {
        assert_eq!(count("late parcel again", Block::Words), 5);
        assert_eq!(count("late\nparcel", Block::Words), 2);
    }

    #[test]
    fn character_grams_see_the_word_boundary() {
        // ` ab `: 3 of two, 2 of three, 1 of four.
        assert_eq!(count("ab", Block::Chars), 6);
    }

    #[test]
    fn chinese_runs_give_grams_up_to_four() {
        assert_eq!(count("退款没到", Block::Han), 4 + 3 + 2 + 1);
        assert_eq!(count("退款,没到", Block::Han), 2 * 3);
    }

    #[test]
    fn a_chinese_run_of_any_length_is_read_whole() {
        let text: String = std::iter::repeat_n('退', 100).collect();
        let settings = FeatureSettings { han_max: 1, ..FeatureSettings::default() };
        let mut n = 0;
        walk(&text, settings, |_, _| n += 1);
        assert_eq!(n, 100);
    }

    #[test]
    fn digits_are_one_character_whoever_folded_them() {
        for (written, folded) in [
            ("job_3028 failed", "job_\u{E004} failed"),
            ("a12345b678 12", "a\u{E005}b\u{E003} 12"),
            ("2026 年12月", "\u{E004} 年12月"),
        ] {
            assert_eq!(fingerprints(written), fingerprints(folded), "{written}");
        }
        assert_eq!(fingerprints(&"7".repeat(60)), fingerprints("\u{E00C}"));
    }

    #[test]
    fn codes_are_taken_as_written_where_they_are_asked_for() {
        let settings = FeatureSettings { codes: true, ..FeatureSettings::default() };
        let codes = |text: &str| {
            let mut found = Vec::new();
            walk(text, settings, |code, gram| {
                if gram == Gram::Code {
                    found.push(code);
                }
            });
            found
        };
        assert_eq!(codes("job_3028 and 0x80070005, error 651").len(), 3);
        assert_eq!(codes("sid_34, 12 of 1234567, x123456789, job_\u{E004}"), [0_u64; 0]);
        assert_eq!(codes("651"), codes("651"));
        assert_ne!(codes("651"), codes("652"));
        assert_eq!(count("job_3028", Block::Words), 1);
    }

    #[test]
    fn edges_tell_the_first_and_the_last_of_a_line() {
        let settings =
            FeatureSettings { edges: true, chars_max: 0, han_max: 3, ..FeatureSettings::default() };
        let of = |text: &str| {
            let mut found = Vec::new();
            walk(text, settings, |feature, _| found.push(feature));
            found
        };
        // 退 款 了 退款 款了 退款了; ^退 ^退款; 款了$ 了$.
        assert_eq!(of("退款了").len(), 6 + 4);
        let n_shared = |a: &str, b: &str| of(a).iter().filter(|it| of(b).contains(it)).count();
        assert_eq!(n_shared("退款了", "我退款了"), 6 + 2, "the start differs");
        assert_eq!(n_shared("late\nparcel.", "parcel"), 3);
        assert_eq!(n_shared("late parcel", "parcel"), 2, "only the end is the same");
    }

    #[test]
    fn an_insistent_mark_is_another_feature() {
        assert_ne!(fingerprints("!"), fingerprints("!!"));
        assert_eq!(fingerprints("!!"), fingerprints("!!!!"));
        assert_eq!(count("😀", Block::Marks), 1);
    }
}
