//! A distribution of times, exact to a thousandth of each.

use std::time::Duration;

use hdrhistogram::Histogram;

/// The longest time told apart from longer ones.
const NANOS_MAX: u64 = 600_000_000_000;

/// Times of one kind of work.
#[derive(Debug, Clone)]
pub struct Latency(Histogram<u64>);

impl Default for Latency {
    fn default() -> Self {
        Self(Histogram::new_with_bounds(1, NANOS_MAX, 3).expect("sound bounds"))
    }
}

impl Latency {
    /// Notes one time.
    pub fn record(&mut self, took: Duration) {
        self.0.saturating_record(took.as_nanos() as u64);
    }

    /// Takes another distribution in.
    pub fn add(&mut self, other: &Self) {
        self.0.add(&other.0).expect("the bounds are the same");
    }

    /// How many times were noted.
    pub fn count(&self) -> u64 {
        self.0.len()
    }

    /// The time that a share of all stays within, in microseconds.
    pub fn quantile_us(&self, share: f64) -> f64 {
        self.0.value_at_quantile(share) as f64 / 1_000.0
    }

    /// The longest, in microseconds.
    pub fn max_us(&self) -> f64 {
        self.0.max() as f64 / 1_000.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_told_in_microseconds() {
        let mut latency = Latency::default();
        (1..=100).for_each(|us| latency.record(Duration::from_micros(us)));
        assert!((latency.quantile_us(0.5) - 50.0).abs() < 0.1);
        assert!((latency.max_us() - 100.0).abs() < 0.1);
    }
}
