//! Which n-grams of some texts are taken as features.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::features::ngrams::walk;
use crate::features::{FeatureSettings, Gram};

/// The features that were taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// *Shape*: `n_features`. Sorted, each once.
    pub fingerprints: Vec<u64>,
    /// *Shape*: `n_features`. A power of the inverse document frequency.
    pub idf: Vec<f32>,
}

/// Takes the n-grams of at least `texts_min` of the cleaned texts, at most `budget` of them;
/// `rarity` is the power of the inverse document frequency.
pub fn choose(
    texts: &[&str],
    settings: FeatureSettings,
    texts_min: u32,
    budget: usize,
    rarity: f32,
) -> Choice {
    let counts = count_texts(texts, settings);
    let frequent = counts.filter(|(_, _, n_texts)| *n_texts >= texts_min);
    let frequent = frequent.map(|(fingerprint, _, n_texts)| (fingerprint, n_texts));
    let mut frequent = most_frequent(frequent.collect(), budget);
    frequent.sort_unstable();
    let (fingerprints, n_texts): (Vec<u64>, Vec<u32>) = frequent.into_iter().unzip();
    let idf = n_texts.iter().map(|n| idf(texts.len(), *n).powf(rarity)).collect();
    Choice { fingerprints, idf }
}

/// The kind of each n-gram, and in how many texts it occurs.
pub fn count_texts(
    texts: &[&str],
    settings: FeatureSettings,
) -> impl Iterator<Item = (u64, Gram, u32)> {
    let mut counts: HashMap<u64, (Gram, u32, usize)> = HashMap::new();
    for (at, text) in texts.iter().enumerate() {
        walk(text, settings, |fingerprint, gram| {
            let (_, n_texts, last) = counts.entry(fingerprint).or_insert((gram, 0, usize::MAX));
            if *last != at {
                (*n_texts, *last) = (*n_texts + 1, at);
            }
        });
    }
    counts.into_iter().map(|(fingerprint, (gram, n_texts, _))| (fingerprint, gram, n_texts))
}

/// The `n` most frequent; equally frequent ones in the order of their fingerprints.
pub fn most_frequent(mut found: Vec<(u64, u32)>, n: usize) -> Vec<(u64, u32)> {
    found.sort_unstable_by_key(|(fingerprint, n_texts)| (Reverse(*n_texts), *fingerprint));
    found.truncate(n);
    found
}

/// `ln((1 + n) / (1 + n_with)) + 1`: the smoothed form of the measured baselines.
pub fn idf(n_texts: usize, n_with: u32) -> f32 {
    ((1.0 + n_texts as f32) / (1.0 + n_with as f32)).ln() + 1.0
}
