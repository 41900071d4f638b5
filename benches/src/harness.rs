//! The loop around one benchmark: warm up, time each iteration, check each result.
//!
//! Own, because what is asked for are the median and the 99th percentile of
//! single iterations, which criterion does not report.

use std::hint::black_box;
use std::time::{Duration, Instant};

use crate::latency::Latency;

const WARM_UP: Duration = Duration::from_millis(500);
const MEASURE: Duration = Duration::from_secs(2);

/// Benchmarks chosen on the command line: all, or those whose id contains the first argument.
#[derive(Debug, Clone, Default)]
pub struct Harness {
    filter: String,
}

impl Harness {
    /// Reads the command line and prints the table's head.
    pub fn from_args() -> Self {
        let filter = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
        println!("{:<36} {:>9} {:>9} {:>9}", "id", "p50 µs", "p99 µs", "n");
        Self { filter: filter.unwrap_or_default() }
    }

    /// Whether an id was asked for.
    pub fn wants(&self, id: &str) -> bool {
        id.contains(&self.filter)
    }

    /// Times `work` alone; `check` sees each result. False when the id was not asked for.
    pub fn run<T>(&self, id: &str, mut work: impl FnMut() -> T, mut check: impl FnMut(&T)) -> bool {
        if !self.wants(id) {
            return false;
        }
        let mut latency = Latency::default();
        let (started, mut measured_from) = (Instant::now(), None);
        loop {
            let begun = Instant::now();
            let result = black_box(work());
            let took = begun.elapsed();
            check(&result);
            match measured_from {
                None if started.elapsed() >= WARM_UP => measured_from = Some(Instant::now()),
                None => {}
                Some(from) if from.elapsed() >= MEASURE => break,
                Some(_) => latency.record(took),
            }
        }
        let (p50, p99) = (latency.quantile_us(0.5), latency.quantile_us(0.99));
        println!("{id:<36} {p50:>9.2} {p99:>9.2} {:>9}", latency.count());
        true
    }
}
