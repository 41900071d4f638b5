//! Numbers that look random and follow from a seed.

/// *Source*: Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", 2014.
#[derive(Debug, Clone)]
pub struct SplitMix64(pub u64);

impl SplitMix64 {
    /// Another number.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n`, which is above 0.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// A number in `0..1`.
    pub fn share(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1_u64 << 24) as f32
    }

    /// Fisher–Yates.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_in_range_and_follow_from_the_seed() {
        let mut random = SplitMix64(3);
        let shares: Vec<f32> = (0..1000).map(|_| random.share()).collect();
        assert!(shares.iter().all(|it| (0.0..1.0).contains(it)));
        assert!((shares.iter().sum::<f32>() / 1000.0 - 0.5).abs() < 0.05);
        assert!((0..100).all(|_| random.below(3) < 3));
        let shuffled = |seed| {
            let mut items: Vec<u8> = (0..20).collect();
            SplitMix64(seed).shuffle(&mut items);
            items
        };
        assert_eq!(shuffled(1), shuffled(1));
        assert_ne!(shuffled(1), shuffled(2));
    }
}
