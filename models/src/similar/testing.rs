//! Vectors and words of a number, for tests.

use super::codes::Code;
use super::hit::Hit;

/// Bits that look random, of a number (`SplitMix64`, Steele et al. 2014).
pub(super) fn mixed(n: u64) -> u64 {
    crate::hash::Rolling::new(n).finish()
}

/// A vector of 64 dimensions, another one for every seed.
pub(super) fn vector(seed: u32) -> Vec<f32> {
    let bits = |at: u64| mixed(u64::from(seed) << 8 | at) >> 40;
    (0..64).map(|at| bits(at) as f32 / (1 << 23) as f32 - 1.0).collect()
}

pub(super) fn code(seed: u32) -> Code {
    Code::of(&vector(seed)).expect("a finite vector of 64")
}

pub(super) fn hits_of(hits: &[Hit]) -> Vec<u32> {
    hits.iter().map(|hit| hit.slot).collect()
}
