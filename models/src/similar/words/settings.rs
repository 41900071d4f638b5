//! How a count saturates, and how a long text is discounted.

use crate::similar::refusal::Refusal;

/// The two numbers of BM25.
///
/// *Source*: Robertson and Zaragoza 2009, §3.4; the defaults are Lucene's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WordsSettings {
    /// How soon another mention says nothing new. *Units*: above 0, at most 10.
    pub k1: f32,
    /// How much the length of a text discounts its mentions. *Units*: in 0..=1.
    pub b: f32,
}

impl Default for WordsSettings {
    fn default() -> Self {
        Self { k1: 1.2, b: 0.75 }
    }
}

impl WordsSettings {
    pub(super) fn check(self) -> Result<(), Refusal> {
        let Self { k1, b } = self;
        let fits = k1 > 0.0 && k1 <= 10.0 && (0.0..=1.0).contains(&b);
        if fits { Ok(()) } else { Err(Refusal::Saturation { k1, b }) }
    }

    /// How these settings judge counts among texts of this mean length.
    pub(super) fn saturation(self, mean_length: f32) -> Saturation {
        let per_word = self.k1 * self.b / mean_length.max(1.0);
        Saturation { base: self.k1 * (1.0 - self.b), per_word }
    }
}

/// `count / (count + base + per_word · length)`, in 0..1: Lucene's, without the constant k1 + 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct Saturation {
    base: f32,
    per_word: f32,
}

impl Saturation {
    /// What a term is worth that a text of this length says so often.
    pub(super) fn of(self, count: f32, length: f32) -> f32 {
        count / (count + self.base + self.per_word * length)
    }
}

/// Lucene's inverse document frequency, above 0 for every term.
pub(super) fn idf(n_with: usize, n_all: usize) -> f32 {
    let (with, all) = (n_with as f64, n_all as f64);
    (1.0 + (all - with + 0.5) / (with + 0.5)).ln() as f32
}
