//! Fingerprints of n-grams, each growing from the one before.

use crate::features::settings::Gram;
use crate::hash::Rolling;

/// Hash seeds: one for each kind of feature.
pub(super) const SEED_WORD: u64 = 1;
pub(super) const SEED_PAIR: u64 = 2;
pub(super) const SEED_CHARS: u64 = 3;
pub(super) const SEED_HAN: u64 = 4;
pub(super) const SEED_MARK: u64 = 5;
pub(super) const SEED_CODE: u64 = 6;

/// Stands before and after a word.
pub(super) const BOUNDARY: u32 = ' ' as u32;

pub(super) fn hash(seed: u64, chars: &[u32]) -> u64 {
    chars.iter().fold(Rolling::new(seed), |hash, c| hash.push(u64::from(*c))).finish()
}

/// Emits what has been read with each character after it.
pub(super) fn emit_each(read: Rolling, chars: &[u32], emit: &mut impl FnMut(u64, Gram)) {
    chars.iter().fold(read, |rolling, c| {
        let rolling = rolling.push(u64::from(*c));
        emit(rolling.finish(), Gram::Edge);
        rolling
    });
}

/// Emits the n-grams of `min..=max` characters, each hash growing from the one before.
pub(super) fn grams(gram: Gram, chars: &[u32], min: u8, max: u8, emit: &mut impl FnMut(u64, Gram)) {
    let seed = if gram == Gram::Han { SEED_HAN } else { SEED_CHARS };
    for start in 0..chars.len() {
        let mut rolling = Rolling::new(seed);
        for (at, c) in chars[start..].iter().take(usize::from(max)).enumerate() {
            rolling = rolling.push(u64::from(*c));
            if at + 1 >= usize::from(min) {
                emit(rolling.finish(), gram);
            }
        }
    }
}
