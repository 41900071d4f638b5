//! Chance from a seed: the same on every machine, whatever else is drawn elsewhere.

/// A stream of numbers that follows from its seed alone (`SplitMix64`).
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `n`.
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    /// A number from `low` up to and without `high`.
    pub(crate) fn within(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low) as u64) as i64
    }

    /// True so many times in a hundred.
    pub(crate) fn hits(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of these.
    pub(crate) fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }

    /// Something, so many times in a hundred.
    pub(crate) fn maybe<T>(
        &mut self,
        percent: u64,
        make: impl FnOnce(&mut Self) -> T,
    ) -> Option<T> {
        let is_there = self.hits(percent);
        is_there.then(|| make(self))
    }

    /// Up to and without `n_max` of them.
    pub(crate) fn some<T, C: FromIterator<T>>(
        &mut self,
        n_max: u64,
        mut make: impl FnMut(&mut Self) -> T,
    ) -> C {
        (0..self.below(n_max)).map(|_| make(self)).collect()
    }
}
