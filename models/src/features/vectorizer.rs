//! Counts, weights and normalises the known n-grams of a text.

use super::ngrams::{Block, FeatureSettings, walk};
use super::vocabulary::Vocabulary;

/// The share of words in the vector where a text has both blocks; characters have the rest.
///
/// The two blocks are normalised apart, as when two vectorisers stand side by
/// side; equal weight is what the measured baselines use.
const BLOCK_WEIGHT: f32 = std::f32::consts::FRAC_1_SQRT_2;

/// Turns cleaned text into sparse rows.
#[derive(Debug, Clone)]
pub struct Vectorizer {
    settings: FeatureSettings,
    vocabulary: Vocabulary,
    /// *Shape*: one for each feature. Inverse document frequency, above 0.
    idf: Vec<f32>,
}

/// A sparse vector of unit length, or without entries.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SparseRow {
    /// Rows of the vocabulary, each once, in order of first appearance.
    pub indices: Vec<u32>,
    /// *Shape*: as `indices`.
    pub values: Vec<f32>,
}

/// Buffers reused between texts; one for each thread, for any number of vectorisers.
#[derive(Debug, Default)]
pub struct Scratch {
    /// *Shape*: at least one for each feature. All zero between texts.
    counts: Vec<u16>,
    words: Vec<u32>,
    chars: Vec<u32>,
    n_seen: usize,
    n_known: usize,
}

impl Scratch {
    /// The share of the last text's n-grams that the vocabulary knows, in `0..=1`.
    ///
    /// A text without n-grams knows nothing of anything: 0.
    pub fn known_share(&self) -> f32 {
        if self.n_seen == 0 { 0.0 } else { self.n_known as f32 / self.n_seen as f32 }
    }
}

impl Vectorizer {
    /// A vectoriser of these features and their inverse document frequencies.
    ///
    /// *Shape*: `fingerprints` and `idf` are equally long; the bundle's reader checks it.
    pub fn new(settings: FeatureSettings, fingerprints: &[u64], idf: Vec<f32>) -> Self {
        debug_assert_eq!(fingerprints.len(), idf.len());
        Self { settings, vocabulary: Vocabulary::new(fingerprints), idf }
    }

    /// The number of features: one more than the largest index of a row.
    pub fn n_features(&self) -> usize {
        self.vocabulary.len()
    }

    /// Replaces `row` by the vector of a folded text.
    pub fn transform(&self, text: &str, scratch: &mut Scratch, row: &mut SparseRow) {
        self.count(text, scratch);
        row.indices.clear();
        row.values.clear();
        self.append_block(&scratch.words, &mut scratch.counts, row);
        self.append_block(&scratch.chars, &mut scratch.counts, row);
        normalize(&mut row.values, 1.0);
    }

    fn count(&self, text: &str, scratch: &mut Scratch) {
        scratch.words.clear();
        scratch.chars.clear();
        scratch.counts.resize(scratch.counts.len().max(self.n_features()), 0);
        let Scratch { counts, words, chars, n_seen, n_known } = scratch;
        (*n_seen, *n_known) = (0, 0);
        walk(text, self.settings, |fingerprint, block| {
            *n_seen += 1;
            let Some(row) = self.vocabulary.row_of(fingerprint) else {
                return;
            };
            *n_known += 1;
            let count = &mut counts[row as usize];
            if *count == 0 {
                (if block == Block::Words { &mut *words } else { &mut *chars }).push(row);
            }
            *count = count.saturating_add(1);
        });
    }

    /// Appends the rows of one block with their weights, and zeroes their counts.
    fn append_block(&self, rows: &[u32], counts: &mut [u16], out: &mut SparseRow) {
        let start = out.values.len();
        for row in rows {
            let count = std::mem::take(&mut counts[*row as usize]);
            out.indices.push(*row);
            out.values.push(sublinear(count) * self.idf[*row as usize]);
        }
        normalize(&mut out.values[start..], BLOCK_WEIGHT);
    }
}

/// `1 + ln(count)`: the tenth mention says less than the first.
fn sublinear(count: u16) -> f32 {
    if count == 1 { 1.0 } else { 1.0 + f32::from(count).ln() }
}

/// Scales a vector to `length`; the zero vector stays.
fn normalize(values: &mut [f32], length: f32) {
    let norm = values.iter().map(|value| value * value).sum::<f32>().sqrt();
    if norm > 0.0 {
        for value in values {
            *value *= length / norm;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vectorizer_of(text: &str) -> Vectorizer {
        let mut fingerprints = Vec::new();
        walk(text, FeatureSettings::default(), |fingerprint, _| {
            fingerprints.push(fingerprint);
        });
        fingerprints.sort_unstable();
        fingerprints.dedup();
        let idf = vec![1.5; fingerprints.len()];
        Vectorizer::new(FeatureSettings::default(), &fingerprints, idf)
    }

    fn transform(vectorizer: &Vectorizer, text: &str) -> SparseRow {
        let mut row = SparseRow::default();
        vectorizer.transform(text, &mut Scratch::default(), &mut row);
        row
    }

    fn norm(row: &SparseRow) -> f32 {
        row.values.iter().map(|value| value * value).sum::<f32>().sqrt()
    }

    #[test]
    fn rows_have_unit_length_whatever_blocks_they_have() {
        let vectorizer = vectorizer_of("late parcel 退款没到");
        for text in ["late", "late late parcel", "退款", "退款 late"] {
            let length = norm(&transform(&vectorizer, text));
            assert!((length - 1.0).abs() < 1e-5, "{text}: {length}");
        }
    }

    #[test]
    fn unknown_text_has_no_entries() {
        assert_eq!(transform(&vectorizer_of("late"), "没"), SparseRow::default());
    }

    #[test]
    fn a_scratch_used_twice_forgets_the_first_text() {
        let vectorizer = vectorizer_of("late parcel again");
        let (mut scratch, mut row) = (Scratch::default(), SparseRow::default());
        vectorizer.transform("late again again", &mut scratch, &mut row);
        vectorizer.transform("parcel", &mut scratch, &mut row);
        assert_eq!(row, transform(&vectorizer, "parcel"));
    }

    #[test]
    fn the_known_share_counts_every_gram() {
        let vectorizer = vectorizer_of("退");
        let (mut scratch, mut row) = (Scratch::default(), SparseRow::default());
        vectorizer.transform("退货", &mut scratch, &mut row);
        assert!((scratch.known_share() - 1.0 / 3.0).abs() < 1e-6);
    }
}
