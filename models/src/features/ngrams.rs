//! Walks a folded text and names its n-grams by fingerprint.
//!
//! Latin script gives words and pairs of words, and character n-grams inside
//! word boundaries (misspellings, inflections, compounds). Chinese has no word
//! boundaries and gives character n-grams of each run. Exclamation and question
//! marks and emoji are features of their own: they carry mood.

use serde::{Deserialize, Serialize};

use crate::clean::fold::is_digits;
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
}

impl Default for FeatureSettings {
    /// Words 1–2 and characters 2–5 for Latin script, characters 1–4 for Chinese: what a recipe
    /// without settings of its own takes. The default bundle's recipe has others, which it measured.
    fn default() -> Self {
        Self { words_max: 2, chars_min: 2, chars_max: 5, han_max: 4 }
    }
}

impl FeatureSettings {
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
        }
    }
}

/// The part of the vector a feature belongs to; each is normalised by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block {
    /// Words and pairs of words.
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
    /// Characters inside a word.
    Chars,
    /// Chinese characters.
    Han,
    /// A run of exclamation or question marks, or a picture.
    Mark,
}

impl Gram {
    /// The part of the vector it belongs to.
    pub fn block(self) -> Block {
        match self {
            Self::Word | Self::Pair => Block::Words,
            Self::Chars => Block::Chars,
            Self::Han => Block::Han,
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

/// Longer words are cut: nobody writes them, encoders of binary data do.
const WORD_CHARS_MAX: usize = 40;

/// Calls `emit` with the fingerprint of each n-gram of a folded text, in order of appearance.
pub fn walk(text: &str, settings: FeatureSettings, mut emit: impl FnMut(u64, Gram)) {
    let mut walker = Walker { settings, emit: &mut emit, run: Run::new(), previous: None };
    text.chars().for_each(|c| walker.take(c));
    walker.end_run();
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
}

/// Stands before and after a word.
const BOUNDARY: u32 = ' ' as u32;

impl Run {
    fn new() -> Self {
        Self { kind: Kind::Space, chars: [BOUNDARY; WORD_CHARS_MAX + 2], len: 0 }
    }

    fn push(&mut self, c: char) {
        if self.len < WORD_CHARS_MAX {
            self.len += 1;
            self.chars[self.len] = u32::from(c);
        }
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

struct Walker<'a, F> {
    settings: FeatureSettings,
    emit: &'a mut F,
    run: Run,
    /// The word before, within the line.
    previous: Option<u64>,
}

impl<F: FnMut(u64, Gram)> Walker<'_, F> {
    fn take(&mut self, c: char) {
        let kind = kind_of(c);
        let is_full_han = kind == Kind::Han && self.run.len == WORD_CHARS_MAX;
        if kind != self.run.kind || is_full_han {
            self.end_run();
            self.run.kind = kind;
        }
        self.run.push(c);
    }

    fn end_run(&mut self) {
        match self.run.kind {
            Kind::Latin => self.emit_word(),
            Kind::Han => self.emit_han(),
            Kind::Mark => self.emit_marks(),
            Kind::LineEnd => self.previous = None,
            Kind::Space => {}
        }
        self.run.len = 0;
    }

    fn emit_word(&mut self) {
        let word = hash(SEED_WORD, self.run.inner());
        (self.emit)(word, Gram::Word);
        if let (Some(previous), 2..) = (self.previous, self.settings.words_max) {
            (self.emit)(Rolling::new(SEED_PAIR).push(previous).push(word).finish(), Gram::Pair);
        }
        self.previous = Some(word);
        let FeatureSettings { chars_min, chars_max, .. } = self.settings;
        grams(Gram::Chars, self.run.bounded(), chars_min, chars_max, self.emit);
    }

    fn emit_han(&mut self) {
        grams(Gram::Han, self.run.inner(), 1, self.settings.han_max, self.emit);
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
    fn an_insistent_mark_is_another_feature() {
        assert_ne!(fingerprints("!"), fingerprints("!!"));
        assert_eq!(fingerprints("!!"), fingerprints("!!!!"));
        assert_eq!(count("😀", Block::Marks), 1);
    }
}
