//! The n-grams that get a row: the most frequent of each kind.

use std::cmp::Reverse;
use std::collections::HashMap;

use serde::Deserialize;
use switchyard_models::features::ngrams::walk;
use switchyard_models::features::{FeatureSettings, Gram};

/// How many n-grams of each kind get a row, at most.
///
/// A row takes 268 bytes at a width of 256.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// Words of Latin script.
    pub words: usize,
    /// Pairs of them.
    pub pairs: usize,
    /// Characters inside words: what is left of a word nobody listed.
    pub chars: usize,
    /// Chinese characters.
    pub han: usize,
    /// An n-gram must occur in this many texts.
    pub texts_min: u32,
}

/// The chosen n-grams.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// Which n-grams are looked at.
    pub settings: FeatureSettings,
    /// *Shape*: `n_rows`. Sorted, each once.
    pub fingerprints: Vec<u64>,
    /// *Shape*: `n_rows`. Inverse document frequency over the texts.
    pub idf: Vec<f32>,
}

impl Chosen {
    /// Chooses n-grams of cleaned texts.
    pub fn of(texts: &[&str], settings: FeatureSettings, budget: &Budget) -> Self {
        let mut by_kind: HashMap<Gram, Vec<(u64, u32)>> = HashMap::new();
        for (fingerprint, (gram, n_texts)) in count_texts(texts, settings) {
            if n_texts >= budget.texts_min {
                by_kind.entry(gram).or_default().push((fingerprint, n_texts));
            }
        }
        let mut chosen: Vec<(u64, u32)> = by_kind
            .into_iter()
            .flat_map(|(gram, found)| most_frequent(found, budget.of(gram)))
            .collect();
        chosen.sort_unstable();
        let idf = |n_with: u32| ((1.0 + texts.len() as f32) / (1.0 + n_with as f32)).ln() + 1.0;
        let (fingerprints, idf) = chosen.into_iter().map(|(it, n)| (it, idf(n))).unzip();
        Self { settings, fingerprints, idf }
    }
}

impl Budget {
    fn of(&self, gram: Gram) -> usize {
        match gram {
            // Marks are a handful.
            Gram::Word | Gram::Mark => self.words,
            Gram::Pair => self.pairs,
            Gram::Chars => self.chars,
            Gram::Han => self.han,
        }
    }
}

fn most_frequent(mut found: Vec<(u64, u32)>, n: usize) -> Vec<(u64, u32)> {
    found.sort_unstable_by_key(|(fingerprint, n_texts)| (Reverse(*n_texts), *fingerprint));
    found.truncate(n);
    found
}

/// The kind of each n-gram and in how many texts it occurs.
fn count_texts(texts: &[&str], settings: FeatureSettings) -> HashMap<u64, (Gram, u32)> {
    let mut counts: HashMap<u64, (Gram, u32, usize)> = HashMap::new();
    for (at, text) in texts.iter().enumerate() {
        walk(text, settings, |fingerprint, gram| {
            let (_, n_texts, last) = counts.entry(fingerprint).or_insert((gram, 0, usize::MAX));
            if *last != at {
                (*n_texts, *last) = (*n_texts + 1, at);
            }
        });
    }
    counts.into_iter().map(|(it, (gram, n_texts, _))| (it, (gram, n_texts))).collect()
}
