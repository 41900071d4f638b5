//! Fingerprint to row: the features a model knows.
//!
//! An open-addressed table, because a ticket asks it hundreds of times: one
//! multiplication is already in the fingerprint, so a lookup is a mask and on
//! average one and a half loads. Most n-grams of a ticket are unknown: a byte for
//! each slot tells so, and these bytes stay in a core's own cache where the slots do not.

use crate::kernel;

/// A slot without a feature, and its tag.
const EMPTY: u32 = u32::MAX;
const NO_TAG: u8 = 0;

/// The known features; a feature's row is its place in the list it was built from.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    /// *Shape*: a power of two, at least twice the number of features.
    slots: Vec<(u64, u32)>,
    /// *Shape*: as `slots`. Some bits of each slot's fingerprint that do not tell its place.
    tags: Vec<u8>,
    n_features: usize,
}

impl Vocabulary {
    /// A table of these features, row by row.
    pub fn new(fingerprints: &[u64]) -> Self {
        let capacity = (fingerprints.len() * 2).next_power_of_two().max(2);
        let (slots, tags) = (vec![(0, EMPTY); capacity], vec![NO_TAG; capacity]);
        let mut table = Self { slots, tags, n_features: fingerprints.len() };
        for (row, fingerprint) in fingerprints.iter().enumerate() {
            table.insert(*fingerprint, row as u32);
        }
        table
    }

    /// The number of features.
    pub fn len(&self) -> usize {
        self.n_features
    }

    /// Whether no feature is known.
    pub fn is_empty(&self) -> bool {
        self.n_features == 0
    }

    /// The row of a feature, if it is known.
    pub fn row_of(&self, fingerprint: u64) -> Option<u32> {
        let mask = self.slots.len() - 1;
        let mut at = fingerprint as usize & mask;
        loop {
            match self.slots[at] {
                (_, EMPTY) => return None,
                (found, row) if found == fingerprint => return Some(row),
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// Whether a feature may be known, by tags alone: of the unknown ones a few in a thousand may.
    ///
    /// Asks the memory for the slot of one that may.
    pub fn may_know(&self, fingerprint: u64) -> bool {
        let (mask, tag) = (self.tags.len() - 1, tag_of(fingerprint));
        let mut at = fingerprint as usize & mask;
        while self.tags[at] != NO_TAG {
            if self.tags[at] == tag {
                kernel::prefetch(&self.slots[at..=at]);
                return true;
            }
            at = (at + 1) & mask;
        }
        false
    }

    /// Asks the memory for what [`Self::may_know`] will soon look at.
    pub fn prefetch(&self, fingerprint: u64) {
        let at = fingerprint as usize & (self.tags.len() - 1);
        kernel::prefetch(&self.tags[at..=at]);
    }

    /// The first of two equal fingerprints keeps its row.
    fn insert(&mut self, fingerprint: u64, row: u32) {
        let mask = self.slots.len() - 1;
        let mut at = fingerprint as usize & mask;
        while self.slots[at].1 != EMPTY {
            if self.slots[at].0 == fingerprint {
                return;
            }
            at = (at + 1) & mask;
        }
        self.slots[at] = (fingerprint, row);
        self.tags[at] = tag_of(fingerprint);
    }
}

/// The highest byte, which no table is large enough to take the place from; never [`NO_TAG`].
fn tag_of(fingerprint: u64) -> u8 {
    ((fingerprint >> 56) as u8).max(NO_TAG + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::Rolling;

    #[test]
    fn every_feature_is_found_at_its_row_and_no_other_is() {
        // Equal low bits make the slots collide.
        let fingerprints: Vec<u64> = (0..100).map(|n| n << 32).collect();
        let table = Vocabulary::new(&fingerprints);
        for (row, fingerprint) in fingerprints.iter().enumerate() {
            assert_eq!(table.row_of(*fingerprint), Some(row as u32));
            assert!(table.may_know(*fingerprint));
        }
        assert_eq!(table.row_of(7), None);
    }

    #[test]
    fn an_empty_vocabulary_knows_nothing() {
        assert_eq!(Vocabulary::new(&[]).row_of(0), None);
        assert!(!Vocabulary::new(&[]).may_know(0));
    }

    #[test]
    fn tags_turn_nearly_all_that_is_unknown_away() {
        let hash = |n: u64| Rolling::new(1).push(n).finish();
        let table = Vocabulary::new(&(0..10_000).map(hash).collect::<Vec<_>>());
        let n_let_in = (10_000..20_000).filter(|n| table.may_know(hash(*n))).count();
        assert!((0..10_000).all(|n| table.may_know(hash(n))));
        assert!(n_let_in < 60, "{n_let_in} of 10,000");
    }
}
