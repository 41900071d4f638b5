//! Fingerprint to row: the features a model knows.
//!
//! An open-addressed table, because a ticket asks it hundreds of times: one
//! multiplication is already in the fingerprint, so a lookup is a mask and on
//! average one and a half loads.

use crate::kernel;

/// A slot without a feature.
const EMPTY: u32 = u32::MAX;

/// The known features; a feature's row is its place in the list it was built from.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    /// *Shape*: a power of two, at least twice the number of features.
    slots: Vec<(u64, u32)>,
    n_features: usize,
}

impl Vocabulary {
    /// A table of these features, row by row.
    pub fn new(fingerprints: &[u64]) -> Self {
        let capacity = (fingerprints.len() * 2).next_power_of_two().max(2);
        let mut table = Self { slots: vec![(0, EMPTY); capacity], n_features: fingerprints.len() };
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

    /// Asks the memory for the slot of a feature that will soon be looked up.
    pub fn prefetch(&self, fingerprint: u64) {
        let at = fingerprint as usize & (self.slots.len() - 1);
        kernel::prefetch(&self.slots[at..=at]);
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
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_is_found_at_its_row_and_no_other_is() {
        // Equal low bits make the slots collide.
        let fingerprints: Vec<u64> = (0..100).map(|n| n << 32).collect();
        let table = Vocabulary::new(&fingerprints);
        for (row, fingerprint) in fingerprints.iter().enumerate() {
            assert_eq!(table.row_of(*fingerprint), Some(row as u32));
        }
        assert_eq!(table.row_of(7), None);
    }

    #[test]
    fn an_empty_vocabulary_knows_nothing() {
        assert_eq!(Vocabulary::new(&[]).row_of(0), None);
    }
}
