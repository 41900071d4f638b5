//! Held-out rows by hash of a stable key, near-duplicates kept together.
//!
//! A row's fold depends on its group's key alone, so adding rows moves no other
//! row, and a text and its near copy are never on two sides.

use std::collections::HashMap;

use crate::similarity::{Grams, pairs_within};

/// Texts that share at least this much belong together.
///
/// Two tickets about one matter in different words stay below 0.2; copies with
/// another order number or greeting are above 0.5.
pub const NEAR_DUPLICATE_JACCARD: f64 = 0.5;

/// The fold of each row, in `0..n_folds`.
///
/// *Shape*: `keys` and `texts` are equally long, one for each row; `n_folds` is at least 1.
pub fn folds(keys: &[String], texts: &[Grams], n_folds: usize, seed: u64) -> Vec<usize> {
    let groups = groups_of(keys, texts);
    // The smallest key names the group, so that the rows' order does not matter.
    let mut names: Vec<&str> = keys.iter().map(String::as_str).collect();
    for (at, group) in groups.iter().enumerate() {
        names[*group] = names[*group].min(keys[at].as_str());
    }
    groups.iter().map(|group| (hash(names[*group], seed) % n_folds as u64) as usize).collect()
}

/// The group of each text, named by one of its members: rows of one key, and near-duplicates.
fn groups_of(keys: &[String], texts: &[Grams]) -> Vec<usize> {
    let mut parents: Vec<usize> = (0..texts.len()).collect();
    let mut first_of: HashMap<&str, usize> = HashMap::new();
    let same_key =
        keys.iter().enumerate().map(|(at, key)| (*first_of.entry(key).or_insert(at), at));
    let near = pairs_within(texts, NEAR_DUPLICATE_JACCARD);
    for (left, right) in same_key.chain(near.iter().map(|pair| (pair.left, pair.right))) {
        let (left, right) = (root(&parents, left), root(&parents, right));
        parents[left.max(right)] = left.min(right);
    }
    (0..texts.len()).map(|at| root(&parents, at)).collect()
}

fn root(parents: &[usize], mut at: usize) -> usize {
    while parents[at] != at {
        at = parents[at];
    }
    at
}

/// FNV-1a over the bytes, then the finaliser of `SplitMix64`: FNV's low bits alone are weak.
fn hash(key: &str, seed: u64) -> u64 {
    let fnv = key.bytes().fold(0xCBF2_9CE4_8422_2325 ^ seed, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    let z = (fnv ^ (fnv >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(n: usize) -> (Vec<String>, Vec<Grams>) {
        let keys = (0..n).map(|at| format!("row-{at}")).collect();
        let texts = (0..n).map(|at| Grams::of(&format!("{at} {}", at * 7919 + 13))).collect();
        (keys, texts)
    }

    #[test]
    fn folds_are_about_equally_large() {
        let (keys, texts) = rows(5_000);
        let folds = folds(&keys, &texts, 5, 1);
        for fold in 0..5 {
            let n = folds.iter().filter(|it| **it == fold).count();
            assert!((900..1_100).contains(&n), "fold {fold} has {n}");
        }
    }

    #[test]
    fn near_duplicates_never_straddle() {
        let texts = [
            "Where is my order 4711 please, it should have been here on Monday",
            "where is my order 4712 please, it should have been here on Monday!",
            "Wo bleibt das Paket",
        ];
        let grams: Vec<Grams> = texts.iter().map(|text| Grams::of(text)).collect();
        for seed in 0..50 {
            let folds = folds(&["a".into(), "b".into(), "c".into()], &grams, 5, seed);
            assert_eq!(folds[0], folds[1], "seed {seed}");
        }
    }

    #[test]
    fn rows_of_one_key_never_straddle() {
        let grams: Vec<Grams> = ["退款没到", "Where is my refund"].map(Grams::of).into();
        for seed in 0..50 {
            let folds = folds(&["a".into(), "a".into()], &grams, 5, seed);
            assert_eq!(folds[0], folds[1], "seed {seed}");
        }
    }

    #[test]
    fn another_rows_arrival_moves_nobody() {
        let (keys, texts) = rows(100);
        assert_eq!(folds(&keys[..50], &texts[..50], 5, 1), folds(&keys, &texts, 5, 1)[..50]);
    }
}
