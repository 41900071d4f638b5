//! How much two texts share: Jaccard similarity of character 5-grams.
//!
//! Used to keep near-duplicates on one side of a split and to see that the
//! corpus holds no text of a set that judges it. An inverted index counts the
//! shared grams, so only texts that share one are ever compared.

use std::collections::{BTreeSet, HashMap};

/// Grams of this many characters; shorter texts are one gram.
const GRAM_CHARS: usize = 5;

/// A text's grams as hashes. *Invariant*: sorted, each once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grams(Vec<u64>);

impl Grams {
    /// The grams of a text: letters and digits in lower case, the rest left out.
    pub fn of(text: &str) -> Self {
        let chars: Vec<char> =
            text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let size = GRAM_CHARS.min(chars.len()).max(1);
        let grams: BTreeSet<u64> = chars.windows(size).map(hash).collect();
        Self(grams.into_iter().collect())
    }

    /// `|a ∩ b| / |a ∪ b|`, in `0..=1`; 0 where both are empty.
    pub fn jaccard(&self, other: &Self) -> f64 {
        let shared = self.0.iter().filter(|gram| other.0.binary_search(gram).is_ok()).count();
        jaccard_of(shared, self.0.len(), other.0.len())
    }
}

fn jaccard_of(shared: usize, n_left: usize, n_right: usize) -> f64 {
    let union = n_left + n_right - shared;
    if union == 0 { 0.0 } else { shared as f64 / union as f64 }
}

/// FNV-1a over the code points (Fowler, Noll, Vo; 64-bit constants).
fn hash(chars: &[char]) -> u64 {
    chars.iter().fold(0xCBF2_9CE4_8422_2325, |hash: u64, c| {
        (hash ^ u64::from(*c)).wrapping_mul(0x0100_0000_01B3)
    })
}

/// Two texts that share much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The place of one text in its list.
    pub left: usize,
    /// The place of the other.
    pub right: usize,
    /// Their similarity.
    pub jaccard: f64,
}

/// Every pair of one list with at least this similarity, `left < right`, in order.
pub fn pairs_within(texts: &[Grams], jaccard_min: f64) -> Vec<Pair> {
    let mut index = Index::default();
    let mut pairs = Vec::new();
    for (right, grams) in texts.iter().enumerate() {
        pairs.extend(index.similar(grams, right, jaccard_min));
        index.insert(grams);
    }
    pairs
}

/// Every pair across two lists with at least this similarity; `left` is in the first list.
pub fn pairs_between(first: &[Grams], second: &[Grams], jaccard_min: f64) -> Vec<Pair> {
    let mut index = Index::default();
    for grams in first {
        index.insert(grams);
    }
    let similar = |(right, grams)| index.similar(grams, right, jaccard_min);
    second.iter().enumerate().flat_map(similar).collect()
}

#[derive(Debug, Default)]
struct Index {
    texts_with: HashMap<u64, Vec<usize>>,
    sizes: Vec<usize>,
}

impl Index {
    fn insert(&mut self, grams: &Grams) {
        let at = self.sizes.len();
        self.sizes.push(grams.0.len());
        for gram in &grams.0 {
            self.texts_with.entry(*gram).or_default().push(at);
        }
    }

    fn similar(&self, grams: &Grams, right: usize, jaccard_min: f64) -> Vec<Pair> {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for at in grams.0.iter().filter_map(|gram| self.texts_with.get(gram)).flatten() {
            *shared.entry(*at).or_default() += 1;
        }
        let pair = |(left, n)| Pair {
            left,
            right,
            jaccard: jaccard_of(n, self.sizes[left], grams.0.len()),
        };
        let mut pairs: Vec<Pair> =
            shared.into_iter().map(pair).filter(|pair| pair.jaccard >= jaccard_min).collect();
        pairs.sort_unstable_by_key(|pair| pair.left);
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grams(texts: &[&str]) -> Vec<Grams> {
        texts.iter().map(|text| Grams::of(text)).collect()
    }

    #[test]
    fn case_and_punctuation_do_not_hide_a_copy() {
        let pair = grams(&["My parcel is late!", "my parcel, is LATE"]);
        assert!((pair[0].jaccard(&pair[1]) - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn pairs_found_by_index_are_those_found_by_comparison() {
        let texts = grams(&["我的快递还没到啊", "我的快递还没到", "退款什么时候到账", "", "快递"]);
        let found = pairs_within(&texts, 0.3);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].left, found[0].right), (0, 1));
        assert!((found[0].jaccard - texts[0].jaccard(&texts[1])).abs() < f64::EPSILON);
        assert_eq!(pairs_between(&texts[..1], &texts[1..], 0.3).len(), 1);
    }
}
