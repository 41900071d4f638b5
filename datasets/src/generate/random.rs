//! A small generator of pseudo-random numbers with a seed that is printed.
//!
//! *Source*: xoshiro256++ by Blackman and Vigna (2019), seeded by `SplitMix64`
//! as its authors advise. Not for secrets.

/// A stream of numbers that one seed determines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Random {
    state: [u64; 4],
}

impl Random {
    /// The stream of a seed.
    pub fn new(seed: u64) -> Self {
        let mut at = seed;
        Self { state: std::array::from_fn(|_| split_mix(&mut at)) }
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        let [a, b, c, d] = self.state;
        let result = a.wrapping_add(d).rotate_left(23).wrapping_add(a);
        let (c, d) = (c ^ a, d ^ b);
        self.state = [a ^ d, b ^ c, c ^ (b << 17), d.rotate_left(45)];
        result
    }

    /// A number in `0..1`, of 53 random bits.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number in `0..n`; `n` is at least 1. Its bias is below `n / 2^64`.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.bits()) * n as u128) >> 64) as usize
    }

    /// Whether an event of probability `p` happens.
    pub fn happens(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// One of some items, which are not empty.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// The place of one of some weights, by its share of their sum; the last where all are 0.
    pub fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut left = self.unit() * weights.iter().sum::<f64>();
        let reached = weights.iter().position(|weight| {
            left -= weight;
            left < 0.0
        });
        reached.unwrap_or(weights.len().saturating_sub(1))
    }

    /// The time until the next event of a rate, in the rate's unit of time.
    pub fn exponential(&mut self, rate: f64) -> f64 {
        -(1.0 - self.unit()).ln() / rate
    }
}

fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (*state ^ (*state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Oracle: the reference `SplitMix64` from seed 1234567 begins with this number.
    #[test]
    fn seeding_follows_the_reference() {
        assert_eq!(split_mix(&mut 1_234_567), 6_457_827_717_110_365_317);
    }

    /// Oracle: the reference `xoshiro256++` from state 1, 2, 3, 4 begins with these numbers.
    #[test]
    fn the_stream_follows_the_reference() {
        let mut random = Random { state: [1, 2, 3, 4] };
        assert_eq!([random.bits(), random.bits()], [41_943_041, 58_720_359]);
    }

    #[test]
    fn means_are_where_they_belong() {
        let mut random = Random::new(1);
        let n = 20_000;
        let unit: f64 = (0..n).map(|_| random.unit()).sum::<f64>() / f64::from(n);
        let wait: f64 = (0..n).map(|_| random.exponential(4.0)).sum::<f64>() / f64::from(n);
        let heavy = (0..n).filter(|_| random.weighted(&[1.0, 3.0]) == 1).count();
        // Three standard errors: 0.006, 0.005 and 0.009.
        assert!((unit - 0.5).abs() < 0.007 && (wait - 0.25).abs() < 0.006, "{unit} {wait}");
        assert!((heavy as f64 / f64::from(n) - 0.75).abs() < 0.01, "{heavy}");
    }

    #[test]
    fn weights_of_nothing_pick_the_last() {
        assert_eq!(Random::new(1).weighted(&[0.0, 0.0]), 1);
    }
}
