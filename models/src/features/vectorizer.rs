//! Counts, weights and normalises the known n-grams of a text.

use std::sync::Arc;

use super::dense::DenseTable;
use super::ngrams::walk;
use super::settings::{Block, FeatureSettings, Gram};
use super::vocabulary::Vocabulary;
use crate::kernel;

/// The length of the words' block in the Latin part; that of characters has the rest.
///
/// The two blocks are normalised apart, as when two vectorisers stand side by
/// side; equal weight is what the measured baselines use.
const BLOCK_WEIGHT: f32 = std::f32::consts::FRAC_1_SQRT_2;

/// The length of what stands beside words and characters, where they themselves have 1; chosen on
/// tickets of other hands than those trained on.
const CONTEXT_WEIGHT: f32 = 0.8;

/// Chinese characters that say as much as a word of Latin script.
const HAN_PER_WORD: f32 = 1.5;

/// How many rows of the dense table ahead of their use the memory is asked for.
const AHEAD: usize = 4;

/// No row of the dense table.
const NO_ROW: u32 = u32::MAX;

/// Turns cleaned text into rows: the sparse features, then the dense ones.
#[derive(Debug, Clone)]
pub struct Vectorizer {
    settings: FeatureSettings,
    /// The features, then n-grams that only the dense table knows.
    vocabulary: Vocabulary,
    /// *Shape*: one for each feature. Inverse document frequency, above 0.
    idf: Vec<f32>,
    embedding: Option<Embedded>,
}

/// A dense table and what its part of the vector weighs.
#[derive(Debug, Clone, PartialEq)]
pub struct Embedding {
    /// The rows.
    pub table: Arc<DenseTable>,
    /// The length of the dense part where the sparse part's is 1.
    pub weight: f32,
}

/// A dense table seen from the vocabulary.
#[derive(Debug, Clone)]
struct Embedded {
    embedding: Embedding,
    /// *Shape*: as the vocabulary. The table's row, or [`NO_ROW`].
    rows: Vec<u32>,
}

/// A text's features: a sparse part of unit length, or without entries, and the dense part behind it.
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
    /// *Shape*: at least one for each n-gram of the vocabulary. All zero between texts.
    counts: Vec<u16>,
    /// N-grams of the text, in order: first all of them, then those that may be known.
    seen: Vec<(u64, Gram)>,
    /// The rows of those that are known.
    known: Vec<(u32, Gram)>,
    words: Vec<u32>,
    chars: Vec<u32>,
    han: Vec<u32>,
    marks: Vec<u32>,
    context: Vec<u32>,
    /// Words of Latin script, and n-grams of Chinese characters.
    n_words: usize,
    n_han: usize,
    /// The n-grams with rows in the dense table.
    embedded: Vec<u32>,
    dense: Vec<f32>,
    n_seen: usize,
    n_known: usize,
}

impl Scratch {
    /// The share of the last text's n-grams that are known, in `0..=1`; what stands beside what is
    /// not asked, since most of it is new in any text.
    ///
    /// A text without n-grams knows nothing of anything: 0.
    pub fn known_share(&self) -> f32 {
        if self.n_seen == 0 { 0.0 } else { self.n_known as f32 / self.n_seen as f32 }
    }

    /// The last text's dense vector: of unit length, zeros where the table knows nothing of the
    /// text, empty without a table.
    pub fn dense(&self) -> &[f32] {
        &self.dense
    }
}

impl Vectorizer {
    /// A vectoriser of these features and their inverse document frequencies.
    ///
    /// *Shape*: `fingerprints` and `idf` are equally long; the bundle's reader checks it.
    pub fn new(
        settings: FeatureSettings,
        fingerprints: &[u64],
        idf: Vec<f32>,
        embedding: Option<Embedding>,
    ) -> Self {
        debug_assert_eq!(fingerprints.len(), idf.len());
        let Some(embedding) = embedding else {
            let vocabulary = Vocabulary::new(fingerprints);
            return Self { settings, vocabulary, idf, embedding: None };
        };
        let features = Vocabulary::new(fingerprints);
        let dense_only =
            embedding.table.fingerprints().iter().filter(|it| features.row_of(**it).is_none());
        let all: Vec<u64> = fingerprints.iter().chain(dense_only).copied().collect();
        let row = |fingerprint| embedding.table.fingerprints().binary_search(fingerprint).ok();
        let rows = all.iter().map(|it| row(it).map_or(NO_ROW, |row| row as u32)).collect();
        Self {
            settings: settings.union(embedding.table.settings()),
            vocabulary: Vocabulary::new(&all),
            idf,
            embedding: Some(Embedded { embedding, rows }),
        }
    }

    /// Which n-grams it looks at, the dense table's among them.
    pub fn settings(&self) -> FeatureSettings {
        self.settings
    }

    /// The number of sparse features.
    pub fn n_features(&self) -> usize {
        self.idf.len()
    }

    /// The length of the whole vector: one more than the largest index of a row.
    pub fn n_columns(&self) -> usize {
        self.n_features() + self.embedding.as_ref().map_or(0, |it| it.embedding.table.width())
    }

    /// Replaces `row` by the vector of a folded text.
    pub fn transform(&self, text: &str, scratch: &mut Scratch, row: &mut SparseRow) {
        self.count(text, scratch);
        // Before the sparse part, which takes the counts.
        self.embed(scratch);
        row.indices.clear();
        row.values.clear();
        self.append_scripts(scratch, row);
        self.append_dense(scratch, row);
    }

    /// Appends the Latin part and the Chinese one, each as long as its share of the text.
    ///
    /// One order number in a Chinese text is no half of it, nor one exclamation mark.
    fn append_scripts(&self, scratch: &mut Scratch, row: &mut SparseRow) {
        let Scratch { counts, words, chars, han, marks, context, n_words, n_han, .. } = scratch;
        let n_han = *n_han as f32 / f32::from(self.settings.han_max.max(1)) / HAN_PER_WORD;
        let share = if n_han > 0.0 { n_han / (n_han + *n_words as f32) } else { 0.0 };
        (if share > 0.5 { &mut *han } else { &mut *words }).append(marks);
        self.append_block(words, BLOCK_WEIGHT, counts, row);
        self.append_block(chars, BLOCK_WEIGHT, counts, row);
        let n_latin = row.values.len();
        normalize(&mut row.values, (1.0 - share).sqrt());
        self.append_block(han, share.sqrt(), counts, row);
        let n_scripts = row.values.len();
        self.append_block(context, CONTEXT_WEIGHT, counts, row);
        // One part may have no known n-gram.
        if n_latin == 0 || n_latin == n_scripts {
            normalize(&mut row.values[..n_scripts], 1.0);
        }
        if n_scripts < row.values.len() {
            normalize(&mut row.values, 1.0);
        }
    }

    fn count(&self, text: &str, scratch: &mut Scratch) {
        scratch.words.clear();
        scratch.chars.clear();
        scratch.han.clear();
        scratch.marks.clear();
        scratch.context.clear();
        scratch.embedded.clear();
        scratch.counts.resize(scratch.counts.len().max(self.vocabulary.len()), 0);
        let Scratch { counts, words, chars, han, marks, context, embedded, seen, known, .. } =
            scratch;
        let (mut n_seen, mut n_known, mut n_words, mut n_han) = (0, 0, 0, 0);
        seen.clear();
        walk(text, self.settings, |fingerprint, gram| {
            self.vocabulary.prefetch(fingerprint);
            seen.push((fingerprint, gram));
        });
        seen.retain(|(fingerprint, gram)| {
            n_seen += usize::from(*gram != Gram::Context);
            n_words += usize::from(*gram == Gram::Word);
            n_han += usize::from(*gram == Gram::Han);
            self.vocabulary.may_know(*fingerprint)
        });
        known.clear();
        for (fingerprint, gram) in seen.iter().copied() {
            let Some(row) = self.vocabulary.row_of(fingerprint) else {
                continue;
            };
            kernel::prefetch(&counts[row as usize..=row as usize]);
            if let Some(it) = &self.embedding {
                kernel::prefetch(&it.rows[row as usize..=row as usize]);
            }
            if let Some(idf) = self.idf.get(row as usize..=row as usize) {
                kernel::prefetch(idf);
            }
            known.push((row, gram));
        }
        for (row, gram) in known.iter().copied() {
            n_known += usize::from(gram != Gram::Context);
            let count = &mut counts[row as usize];
            if *count == 0 {
                if (row as usize) < self.idf.len() {
                    let block = match gram.block() {
                        Block::Words => &mut *words,
                        Block::Chars => &mut *chars,
                        Block::Han => &mut *han,
                        Block::Marks => &mut *marks,
                        Block::Context => &mut *context,
                    };
                    block.push(row);
                }
                if self.embedding.as_ref().is_some_and(|it| it.rows[row as usize] != NO_ROW) {
                    embedded.push(row);
                }
            }
            *count = count.saturating_add(1);
        }
        (scratch.n_seen, scratch.n_known) = (n_seen, n_known);
        (scratch.n_words, scratch.n_han) = (n_words, n_han);
    }

    /// Sums the rows of the known n-grams, and zeroes the counts that no feature has.
    fn embed(&self, scratch: &mut Scratch) {
        scratch.dense.clear();
        let Some(Embedded { embedding: Embedding { table, .. }, rows }) = &self.embedding else {
            return;
        };
        scratch.dense.resize(table.width(), 0.0);
        for (at, row) in scratch.embedded.iter().enumerate() {
            if let Some(soon) = scratch.embedded.get(at + AHEAD) {
                table.prefetch(rows[*soon as usize] as usize);
            }
            let row = *row as usize;
            table.add_to(rows[row] as usize, sublinear(scratch.counts[row]), &mut scratch.dense);
            if row >= self.idf.len() {
                scratch.counts[row] = 0;
            }
        }
        normalize(&mut scratch.dense, 1.0);
    }

    /// Appends the rows of one block with their weights, and zeroes their counts.
    fn append_block(&self, rows: &[u32], length: f32, counts: &mut [u16], out: &mut SparseRow) {
        let start = out.values.len();
        for row in rows {
            let count = std::mem::take(&mut counts[*row as usize]);
            out.indices.push(*row);
            out.values.push(sublinear(count) * self.idf[*row as usize]);
        }
        normalize(&mut out.values[start..], length);
    }

    fn append_dense(&self, scratch: &Scratch, out: &mut SparseRow) {
        let Some(Embedded { embedding, .. }) = &self.embedding else {
            return;
        };
        let first = self.n_features() as u32;
        out.indices.extend(first..first + scratch.dense.len() as u32);
        out.values.extend(scratch.dense.iter().map(|value| value * embedding.weight));
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
        Vectorizer::new(FeatureSettings::default(), &fingerprints, idf, None)
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
    fn context_is_a_part_of_its_own_beside_words_and_characters() {
        let settings =
            FeatureSettings { context: true, chars_max: 0, ..FeatureSettings::default() };
        let mut grams = Vec::new();
        walk("late again?", settings, |fingerprint, gram| grams.push((fingerprint, gram)));
        let all: Vec<u64> = grams.iter().map(|(fingerprint, _)| *fingerprint).collect();
        let vectorizer = Vectorizer::new(settings, &all, vec![1.0; all.len()], None);
        let row = transform(&vectorizer, "late again?");
        let entries = row.indices.iter().zip(&row.values);
        let context = entries.filter(|(row, _)| grams[**row as usize].1 == Gram::Context);
        let share: f32 = context.map(|(_, value)| value * value).sum();
        let weight = CONTEXT_WEIGHT * CONTEXT_WEIGHT;
        assert!((norm(&row) - 1.0).abs() < 1e-5, "{}", norm(&row));
        assert!((share - weight / (1.0 + weight)).abs() < 1e-5, "{share}");
    }

    #[test]
    fn a_mark_or_a_number_is_no_half_of_a_chinese_text() {
        let vectorizer = vectorizer_of("退款没到 88 ! late");
        let share = |text: &str, n_behind: usize| {
            let row = transform(&vectorizer, text);
            row.values[..row.values.len() - n_behind].iter().map(|it| it * it).sum::<f32>()
        };
        // Ten Chinese n-grams stand behind what is Latin, the mark behind them.
        assert!(
            (share("退款没到退款没到 88", 10) - 1.0 / (1.0 + 16.0 * 13.0 / 40.0 / 1.5)).abs() < 0.1
        );
        assert!(share("退款没到!", 11) < 1e-6);
        assert!((share("late !", 0) - 1.0).abs() < 1e-5);
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

    /// Rows of two words that no feature knows, along the first two axes.
    fn embedding() -> Embedding {
        let fingerprints = |text: &str| {
            let settings =
                FeatureSettings { words_max: 1, chars_max: 0, ..FeatureSettings::default() };
            let mut found = Vec::new();
            walk(text, settings, |fingerprint, _| found.push(fingerprint));
            found
        };
        let mut known = fingerprints("order delivery");
        let is_swapped = known[0] > known[1];
        known.sort_unstable();
        let mut rows = vec![0.0; 32];
        rows[usize::from(is_swapped)] = 1.0;
        rows[16 + usize::from(!is_swapped)] = 1.0;
        let settings = FeatureSettings { words_max: 1, chars_max: 0, ..FeatureSettings::default() };
        let table = DenseTable::quantize(settings, 16, known, &rows).expect("a table");
        Embedding { table: Arc::new(table), weight: 0.5 }
    }

    #[test]
    fn the_dense_part_stands_behind_the_features_and_has_its_weight() {
        let sparse = vectorizer_of("late parcel");
        let fingerprints: Vec<u64> = Vec::new();
        let both = Vectorizer::new(sparse.settings, &fingerprints, Vec::new(), Some(embedding()));
        let (mut scratch, mut row) = (Scratch::default(), SparseRow::default());
        both.transform("order order of delivery", &mut scratch, &mut row);
        assert_eq!((both.n_features(), both.n_columns(), row.indices.len()), (0, 16, 16));
        assert!((norm(&row) - 0.5).abs() < 1e-5);
        // Twice is 1 + ln 2 times.
        assert!((row.values[0] / row.values[1] - (1.0 + 2.0_f32.ln())).abs() < 1e-4);
        both.transform("delivery", &mut scratch, &mut row);
        assert_eq!(scratch.dense()[..2], [0.0, 1.0]);
    }

    #[test]
    fn a_text_that_the_table_does_not_know_has_zeros() {
        let both = Vectorizer::new(FeatureSettings::default(), &[], Vec::new(), Some(embedding()));
        let row = transform(&both, "parcel");
        assert!(row.values.len() == 16 && row.values.iter().all(|value| *value == 0.0));
    }

    #[test]
    fn the_known_share_counts_every_gram() {
        let vectorizer = vectorizer_of("退");
        let (mut scratch, mut row) = (Scratch::default(), SparseRow::default());
        vectorizer.transform("退货", &mut scratch, &mut row);
        assert!((scratch.known_share() - 1.0 / 3.0).abs() < 1e-6);
    }
}
