//! A text as terms with their weights.

use super::settings::{Saturation, insistence, rarity};
use super::{COUNT_MAX, Words, length_of, merged};
use crate::similar::terms::weight_of;

/// A query against one state of the index; after a change it is to be made again.
#[derive(Debug, Clone)]
pub struct WordsQuery {
    /// What is worth most first, so that scores are always summed in the same order.
    pub(super) terms: Vec<Weighted>,
    pub(super) saturation: Saturation,
    self_score: f32,
}

/// A known term with what it is worth.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weighted {
    pub(super) term: u32,
    pub(super) worth: f32,
}

impl WordsQuery {
    /// What an item that says just this would score.
    ///
    /// Terms that no item says count, as rare as can be: an unknown word is one that no found
    /// item shares.
    pub fn self_score(&self) -> f32 {
        self.self_score
    }

    /// A score as a share of [`self_score`](Self::self_score). *Units*: in 0..=1.
    pub fn share(&self, score: f32) -> f32 {
        if self.self_score > 0.0 { (score / self.self_score).clamp(0.0, 1.0) } else { 0.0 }
    }
}

impl Words {
    /// What these terms are worth now.
    pub fn query(&self, terms: &[(u64, u32)]) -> WordsQuery {
        let terms = merged(terms);
        let length = length_of(&terms);
        let saturation = self.settings.saturation(self.texts.mean_length());
        let mut weighted: Vec<Weighted> = Vec::with_capacity(terms.len());
        let mut self_score = 0.0;
        for (fingerprint, count) in terms {
            let (known, worth) = self.worth(fingerprint, count);
            self_score += worth * saturation.of(count.min(COUNT_MAX) as f32, length as f32);
            weighted.extend(known.map(|term| Weighted { term, worth }));
        }
        // Stable: terms of equal worth stay in the order of their fingerprints.
        weighted.sort_by(|a, b| b.worth.total_cmp(&a.worth));
        WordsQuery { terms: weighted, saturation, self_score }
    }

    /// The term's number, where an item says it, and what it is worth to a query that says it so often.
    fn worth(&self, fingerprint: u64, count: u32) -> (Option<u32>, f32) {
        let known = self.lexicon.number_of(fingerprint);
        let n_with = known.map_or(0, |term| self.lexicon.postings(term).len());
        let insistence = insistence(count.min(COUNT_MAX));
        (known, rarity(n_with, self.len()) * insistence * weight_of(fingerprint))
    }

    /// The share that an item would have which is not here and says this.
    pub fn share_of(&self, query: &[(u64, u32)], item: &[(u64, u32)]) -> f32 {
        let (query, item) = (merged(query), merged(item));
        let (length, of_item) = (length_of(&query) as f32, length_of(&item) as f32);
        // Without any item both texts are of mean length.
        let mean =
            if self.is_empty() { f32::midpoint(length, of_item) } else { self.texts.mean_length() };
        let saturation = self.settings.saturation(mean);
        let (mut said, mut whole) = (0.0, 0.0);
        for (fingerprint, count) in query {
            let (_, worth) = self.worth(fingerprint, count);
            whole += worth * saturation.of(count.min(COUNT_MAX) as f32, length);
            if let Ok(at) = item.binary_search_by_key(&fingerprint, |(term, _)| *term) {
                said += worth * saturation.of(item[at].1.min(COUNT_MAX) as f32, of_item);
            }
        }
        if whole > 0.0 { (said / whole).clamp(0.0, 1.0) } else { 0.0 }
    }

    /// What the item scores, if it is here.
    pub fn score_of(&self, slot: u32, query: &WordsQuery) -> Option<f32> {
        Some(self.score_at(self.places.get(slot)?, query))
    }

    fn score_at(&self, place: u32, query: &WordsQuery) -> f32 {
        self.score_onto(0.0, place, query, &query.terms)
    }

    /// A score so far, and what the item says of further terms.
    pub(super) fn score_onto(
        &self,
        score: f32,
        place: u32,
        query: &WordsQuery,
        terms: &[Weighted],
    ) -> f32 {
        let length = self.texts.lengths()[place as usize];
        terms.iter().fold(score, |score, weighted| {
            match self.texts.count_of(place, weighted.term) {
                0 => score,
                count => score + weighted.worth * query.saturation.of(count as f32, length),
            }
        })
    }
}
