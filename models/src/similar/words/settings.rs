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

/// What a term is worth by how few say it: Lucene's inverse document frequency to the power 1.5,
/// above 0 for every term.
///
/// Between BM25, where it counts once, and the cosine of two texts, where it counts twice: queries
/// are whole texts here, full of words that everybody says. *Source*: duplicates of bug reports and
/// pairs of tickets in train, both better than with 1, and Chinese pairs worse with 2.
pub(super) fn rarity(n_with: usize, n_all: usize) -> f32 {
    let (with, all) = (n_with as f64, n_all as f64);
    let idf = (1.0 + (all - with + 0.5) / (with + 0.5)).ln();
    (idf * idf.sqrt()) as f32
}

/// How soon another mention in the query says nothing new.
///
/// *Source*: `k3` of Robertson and Zaragoza 2009, §3.4; 3 of 0, 3, 8 and without end, by the same
/// texts as [`rarity`].
const K3: f32 = 3.0;

/// What a term is worth by how often the query says it: 1 for once.
pub(super) fn insistence(count: u32) -> f32 {
    let count = count as f32;
    count * (K3 + 1.0) / (count + K3)
}
