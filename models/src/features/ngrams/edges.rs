//! Where a line starts and ends: n-grams that know it.

use super::emit::{BOUNDARY, SEED_HAN, SEED_PAIR, emit_each};
use super::run::WORD_CHARS_MAX;
use crate::features::settings::Gram;
use crate::hash::Rolling;

/// The last of the line so far.
#[derive(Debug)]
pub(super) enum Tail {
    /// No word and no character yet.
    Nothing,
    /// A word.
    Word(u64),
    /// The last Chinese characters, and how many.
    Han([u32; WORD_CHARS_MAX], usize),
}

impl Tail {
    /// A word follows: one at the start of a line, and what would be its end.
    pub(super) fn word(&mut self, word: u64, emit: &mut impl FnMut(u64, Gram)) {
        if matches!(self, Self::Nothing) {
            let start = Rolling::new(SEED_PAIR).push(u64::from(BOUNDARY)).push(word);
            emit(start.finish(), Gram::Pair);
        }
        *self = Self::Word(word);
    }

    /// Chinese characters follow, of which `n_kept` are one n-gram with an edge.
    pub(super) fn han(&mut self, chars: &[u32], n_kept: usize, emit: &mut impl FnMut(u64, Gram)) {
        let n_kept = n_kept.min(chars.len());
        if matches!(self, Self::Nothing) {
            let edge = Rolling::new(SEED_HAN).push(u64::from(BOUNDARY));
            emit_each(edge, &chars[..n_kept], emit);
        }
        let mut kept = [BOUNDARY; WORD_CHARS_MAX];
        kept[..n_kept].copy_from_slice(&chars[chars.len() - n_kept..]);
        *self = Self::Han(kept, n_kept);
    }

    /// The line ends here.
    pub(super) fn end(&mut self, emit: &mut impl FnMut(u64, Gram)) {
        match std::mem::replace(self, Self::Nothing) {
            Self::Nothing => {}
            Self::Word(word) => {
                let end = Rolling::new(SEED_PAIR).push(word).push(u64::from(BOUNDARY));
                emit(end.finish(), Gram::Pair);
            }
            Self::Han(chars, n) => {
                for start in 0..n {
                    let chars = chars[start..n].iter().chain([&BOUNDARY]);
                    let end = chars.fold(Rolling::new(SEED_HAN), |it, c| it.push(u64::from(*c)));
                    emit(end.finish(), Gram::Edge);
                }
            }
        }
    }
}
