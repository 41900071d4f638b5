//! Which n-grams are taken, and what kinds there are.

use serde::{Deserialize, Serialize};

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
    /// Whether n-grams know what stands beside a word or a character: the marks around it, the next
    /// but one, and that its sentence asks. Where a clause starts and ends says how it is meant.
    #[serde(default)]
    pub context: bool,
}

impl Default for FeatureSettings {
    /// Words 1–2 and characters 2–5 for Latin script, characters 1–4 for Chinese: what a recipe
    /// without settings of its own takes. The default bundle's recipe has others, which it measured.
    fn default() -> Self {
        Self { words_max: 2, chars_min: 2, chars_max: 5, han_max: 4, ..Self::PLAIN }
    }
}

impl FeatureSettings {
    /// Words alone.
    pub const PLAIN: Self = Self {
        words_max: 1,
        chars_min: 1,
        chars_max: 0,
        han_max: 1,
        codes: false,
        edges: false,
        context: false,
    };

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
            context: self.context || other.context,
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
    /// What stands beside words and characters, of both scripts.
    Context,
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
    /// Words or Chinese characters with what stands beside them.
    Context,
}

impl Gram {
    /// The part of the vector it belongs to.
    pub fn block(self) -> Block {
        match self {
            Self::Word | Self::Pair | Self::Code => Block::Words,
            Self::Chars => Block::Chars,
            Self::Han | Self::Edge => Block::Han,
            Self::Mark => Block::Marks,
            Self::Context => Block::Context,
        }
    }
}
