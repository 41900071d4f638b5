//! The n-grams that get a row: the most frequent of each kind.

use std::collections::HashMap;

use serde::Deserialize;
use switchyard_models::features::{FeatureSettings, Gram};

use switchyard_models::fit::{count_texts, idf, most_frequent};

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
        for (fingerprint, gram, n_texts) in count_texts(texts, settings) {
            if n_texts >= budget.texts_min {
                by_kind.entry(gram).or_default().push((fingerprint, n_texts));
            }
        }
        let mut chosen: Vec<(u64, u32)> = by_kind
            .into_iter()
            .flat_map(|(gram, found)| most_frequent(found, budget.of(gram)))
            .collect();
        chosen.sort_unstable();
        let weigh = |(fingerprint, n_with)| (fingerprint, idf(texts.len(), n_with));
        let (fingerprints, idf) = chosen.into_iter().map(weigh).unzip();
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
            // What a code names is no matter of language, nor where a line ends or what stands beside.
            Gram::Code | Gram::Edge | Gram::Context => 0,
        }
    }
}
