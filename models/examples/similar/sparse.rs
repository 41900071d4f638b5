//! The index of words, on texts whose words are as unevenly frequent as real ones.

use std::time::Instant;

use serde_json::json;
use switchyard_models::similar::{Accumulator, Words, WordsSettings};

use crate::Outcome;
use crate::dense::{PASSES, round};
use crate::seeded::Seeded;

const SEED: u64 = 11;

/// Words of a text; each pair of neighbours is a term too.
const WORDS: usize = 40;

/// Different words, of which the `n`-th is drawn in proportion to `1 / n` (Zipf).
const VOCABULARY: f64 = 100_000.0;

/// The most frequent words, as a query that nothing rare helps.
const FREQUENT: u64 = 30;

const QUERIES: usize = 200;
const K: usize = 10;

pub(crate) fn measure(n: usize) -> Outcome {
    let mut seeded = Seeded(SEED);
    let mut words = Words::new(WordsSettings::default())?;
    let items: Vec<_> = (0..n).map(|_| text(&mut seeded)).collect();
    let start = Instant::now();
    for (slot, terms) in (0..).zip(&items) {
        words.upsert(slot, terms)?;
    }
    let build_us = start.elapsed().as_secs_f64() * 1e6;
    let start = Instant::now();
    for (slot, terms) in (0..).zip(&items).step_by(97) {
        words.upsert(slot, terms)?;
    }
    let replace_us = start.elapsed().as_secs_f64() * 1e6;
    let us = timed(&words, (0..QUERIES).map(|_| text(&mut seeded)));
    let copies = items.iter().step_by(n.div_ceil(QUERIES)).map(|terms| terms[WORDS / 3..].to_vec());
    let copies = timed(&words, copies);
    let frequent = timed(&words, (0..9).map(|_| (1..=FREQUENT).map(|n| (n, 1)).collect()));
    println!(
        "{}",
        json!({
            "what": "words", "n": n, "terms": words.n_terms(), "postings": words.n_postings(),
            "us_median": round(us[us.len() / 2]), "us_p99": round(us[us.len() * 99 / 100]),
            "us_max": round(us[us.len() - 1]),
            "us_median_copy": round(copies[copies.len() / 2]),
            "us_p99_copy": round(copies[copies.len() * 99 / 100]),
            "us_median_frequent": round(frequent[frequent.len() / 2]),
            "us_max_frequent": round(frequent[frequent.len() - 1]),
            "us_append": round(build_us / n as f64),
            "us_replace": round(replace_us / n.div_ceil(97) as f64),
            "bytes_per_posting": round(words.bytes() as f64 / words.n_postings() as f64),
            "bytes_per_item": words.bytes() / n,
        })
    );
    Ok(())
}

/// Every query's fastest time of several, in order.
fn timed(words: &Words, queries: impl Iterator<Item = Vec<(u64, u32)>>) -> Vec<f64> {
    let mut accumulator = Accumulator::default();
    let fastest = |terms: Vec<(u64, u32)>| {
        let runs = (0..PASSES).map(|_| {
            let start = Instant::now();
            let hits = words.search(&words.query(&terms), K, |_| true, &mut accumulator);
            assert_eq!(hits.len(), K.min(words.len()));
            start.elapsed().as_secs_f64() * 1e6
        });
        runs.fold(f64::INFINITY, f64::min)
    };
    let mut us: Vec<f64> = queries.map(fastest).collect();
    us.sort_by(f64::total_cmp);
    us
}

fn text(seeded: &mut Seeded) -> Vec<(u64, u32)> {
    let words: Vec<u64> = (0..WORDS).map(|_| VOCABULARY.powf(seeded.share()) as u64).collect();
    let pairs = words.windows(2).map(|pair| (pair[0] << 32 | pair[1], 1));
    words.iter().map(|word| (*word, 1)).chain(pairs).collect()
}
