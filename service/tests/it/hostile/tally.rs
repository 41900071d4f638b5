//! What was asked and heard, counted, for whoever reads the test's output.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::request::Request;

/// Counts by method and by what came.
#[derive(Debug)]
pub(super) struct Tally {
    by_method: BTreeMap<String, BTreeMap<String, u64>>,
    began: Instant,
}

impl Tally {
    pub(super) fn new() -> Self {
        Self { by_method: BTreeMap::new(), began: Instant::now() }
    }

    pub(super) fn add(&mut self, request: &Request, heard: String) {
        let of_method = self.by_method.entry(request.method.path.clone()).or_default();
        *of_method.entry(heard).or_default() += 1;
    }

    pub(super) fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }

    /// How many answers were OK.
    pub(super) fn n_ok(&self) -> u64 {
        self.by_method.values().filter_map(|heard| heard.get("OK")).sum()
    }

    pub(super) fn print(&self) {
        let mut all = BTreeMap::<&str, u64>::new();
        for (method, heard) in &self.by_method {
            let counts: Vec<_> = heard.iter().map(|(what, n)| format!("{what} {n}")).collect();
            let n_requests: u64 = heard.values().sum();
            println!("{n_requests:>6}  {method}: {}", counts.join(", "));
            for (what, n) in heard {
                *all.entry(what).or_default() += n;
            }
        }
        println!("heard: {all:?}");
    }
}
