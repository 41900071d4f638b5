//! The 64-bit hash that names a feature.
//!
//! An n-gram is hashed character by character while the text is walked, so a
//! feature never becomes a string. The hash is part of the feature version:
//! changing it makes every bundle unreadable.

/// 2^64 divided by the golden ratio, odd: the multiplier of Fibonacci hashing
/// (Knuth, TAOCP vol. 3, §6.4).
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// A hash under construction.
#[derive(Debug, Clone, Copy)]
pub struct Rolling(u64);

impl Rolling {
    /// Starts a hash; features of different kinds start from different seeds.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(GOLDEN) ^ GOLDEN.rotate_left(32))
    }

    /// Appends one character, or another feature's fingerprint.
    #[must_use]
    pub fn push(self, symbol: u64) -> Self {
        Self((self.0 ^ symbol).wrapping_mul(GOLDEN).rotate_left(27))
    }

    /// The fingerprint: all 64 bits depend on every symbol.
    ///
    /// *Source*: the finaliser of `SplitMix64` (Steele, Lea, Flood 2014; Stafford's variant 13).
    pub fn finish(self) -> u64 {
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn of(seed: u64, text: &str) -> u64 {
        text.chars().fold(Rolling::new(seed), |hash, c| hash.push(u64::from(c))).finish()
    }

    #[test]
    fn order_kind_and_length_change_the_fingerprint() {
        let all: BTreeSet<u64> =
            [of(1, "ab"), of(1, "ba"), of(2, "ab"), of(1, "a"), of(1, "abb")].into();
        assert_eq!(all.len(), 5);
    }

    #[test]
    fn a_hundred_thousand_short_texts_do_not_collide() {
        let all: BTreeSet<u64> = (0..100_000).map(|n: u32| of(7, &n.to_string())).collect();
        assert_eq!(all.len(), 100_000);
    }
}
