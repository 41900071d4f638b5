//! Two lists of candidates as one.

use std::collections::BTreeMap;

use super::hit::Hit;

/// How much each side has to say. *Units*: 0 and above; they need not sum to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    /// Of the cosine.
    pub vector: f32,
    /// Of the share of the query's words.
    pub words: f32,
}

/// An item with what each side says of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// The caller's number of the item.
    pub slot: u32,
    /// The weighted sum.
    pub score: f32,
    /// The cosine, where both the query and the item have a vector. *Units*: in −1..=1.
    pub cosine: Option<f32>,
    /// The share of the query's words, where both have words. *Units*: in 0..=1.
    pub share: Option<f32>,
}

/// One side's candidates, and its exact score of any item.
///
/// *Units*: scores as they are to be weighted: a cosine, a share.
pub struct Side<'a> {
    /// What the side found by itself.
    pub found: &'a [Hit],
    /// What it says of an item; `None` where the item is not on this side.
    pub score_of: &'a dyn Fn(u32) -> Option<f32>,
}

/// The `k` best of all that either side found, by the weighted sum of both.
///
/// What one side found, the other is asked about: not to be among the best of a list is not to
/// score 0. An item that a side does not have at all gets nothing from it.
/// Ties end at the smallest slot; a weight that is negative or not finite counts as 0.
pub fn fuse(vector: &Side<'_>, words: &Side<'_>, weights: Weights, k: usize) -> Vec<Match> {
    let cosines = scores(vector, words.found);
    let shares = scores(words, vector.found);
    let weights = Weights { vector: sane(weights.vector), words: sane(weights.words) };
    let fused = |(slot, cosine): (&u32, &Option<f32>)| {
        let share = shares.get(slot).copied().flatten();
        let score = weights.vector * cosine.unwrap_or(0.0) + weights.words * share.unwrap_or(0.0);
        Match { slot: *slot, score, cosine: *cosine, share }
    };
    let mut matches: Vec<Match> = cosines.iter().map(fused).collect();
    // The matches are in the order of their slots, and the sort is stable.
    matches.sort_by(|a, b| b.score.total_cmp(&a.score));
    matches.truncate(k);
    matches
}

/// What a side says of all that it or the other one found.
fn scores(side: &Side<'_>, others: &[Hit]) -> BTreeMap<u32, Option<f32>> {
    let mut scores: BTreeMap<u32, Option<f32>> =
        side.found.iter().map(|hit| (hit.slot, Some(hit.score))).collect();
    for hit in others {
        scores.entry(hit.slot).or_insert_with(|| (side.score_of)(hit.slot));
    }
    scores
}

fn sane(weight: f32) -> f32 {
    if weight.is_finite() { weight.max(0.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVEN: Weights = Weights { vector: 0.5, words: 0.5 };

    fn hit(slot: u32, score: f32) -> Hit {
        Hit { slot, score }
    }

    fn fused(vector: &[Hit], words: &[Hit], weights: Weights) -> Vec<(u32, f32)> {
        let vector = Side { found: vector, score_of: &|slot| (slot != 9).then_some(0.4) };
        let words = Side { found: words, score_of: &|_| Some(0.2) };
        fuse(&vector, &words, weights, 3).iter().map(|hit| (hit.slot, hit.score)).collect()
    }

    #[test]
    fn the_side_that_did_not_find_an_item_is_asked_about_it() {
        let got = fused(&[hit(1, 0.8)], &[hit(2, 0.9)], EVEN);
        assert_eq!(got, [(2, 0.5 * 0.4 + 0.5 * 0.9), (1, 0.5 * 0.8 + 0.5 * 0.2)]);
    }

    #[test]
    fn an_item_that_a_side_does_not_have_gets_nothing_from_it() {
        assert_eq!(fused(&[], &[hit(9, 0.9)], EVEN), [(9, 0.45)]);
    }

    #[test]
    fn ties_end_at_the_smallest_slot_and_no_more_than_k_are_told() {
        let words = [5, 4, 3, 2].map(|slot| hit(slot, 0.2));
        let got = fused(&[], &words, EVEN);
        assert_eq!(got.iter().map(|(slot, _)| *slot).collect::<Vec<_>>(), [2, 3, 4]);
    }

    #[test]
    fn weights_that_are_no_weights_count_as_0() {
        let weights = Weights { vector: f32::NAN, words: -1.0 };
        assert_eq!(fused(&[hit(1, 0.8)], &[], weights), [(1, 0.0)]);
    }
}
