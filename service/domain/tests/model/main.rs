//! The desk against a simple model of it, over random histories.
//!
//! `SWITCHYARD_HISTORIES=100000 cargo test --release --workspace --test model -- --nocapture` runs
//! so many; `SWITCHYARD_SEED` begins at another seed. Every history follows from its own seed
//! alone, and one that parts desk and model is shortened and printed with the command that
//! repeats it.
//!
//! Read [`histories`] for what happens, [`model`] for what should come of it, [`compare`] for what
//! is held side by side, and [`trial`] for how.

mod compare;
mod histories;
mod model;
mod random;
mod trial;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// The first history's seed where none is asked for; the next ones follow.
const SEED: u64 = 20_260_603;

/// Histories of a usual test run: a few seconds' work, unoptimised.
const HISTORIES: u64 = 10_000;

fn asked(name: &str, usual: u64) -> u64 {
    let text = std::env::var(name).ok();
    text.map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

#[test]
fn the_desk_does_what_its_contract_tells_through_any_history() {
    let first = asked("SWITCHYARD_SEED", SEED);
    let n_histories = asked("SWITCHYARD_HISTORIES", HISTORIES);
    let (next, began) = (AtomicU64::new(0), Instant::now());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    println!("{n_histories} histories from seed {first} on {threads} threads");
    trial::keep_panics();
    let parted = std::thread::scope(|scope| {
        let workers: Vec<_> =
            (0..threads).map(|_| scope.spawn(|| work(first, n_histories, &next, began))).collect();
        let found: Vec<_> =
            workers.into_iter().filter_map(|w| w.join().expect("no panic")).collect();
        found.into_iter().min()
    });
    drop(std::panic::take_hook());
    if let Some(seed) = parted {
        panic!("{}", told(seed));
    }
    println!("{n_histories} histories, no difference, {:?}", began.elapsed());
}

/// Takes histories until there are no more, or one parts desk and model.
fn work(first: u64, n_histories: u64, next: &AtomicU64, began: Instant) -> Option<u64> {
    loop {
        let n = next.fetch_add(1, Ordering::Relaxed);
        if n >= n_histories {
            return None;
        }
        if n > 0 && n.is_multiple_of(10_000) {
            println!("{n} histories, {:?}", began.elapsed());
        }
        let seed = first.wrapping_add(n);
        if trial::run(&histories::history(seed)).is_err() {
            next.store(n_histories, Ordering::Relaxed);
            return Some(seed);
        }
    }
}

/// What happened in the history that parted them, as short as can be.
fn told(seed: u64) -> String {
    let history = histories::history(seed);
    trial::keep_panics();
    let parting = trial::run(&history).expect_err("it parted them before");
    let (history, parting) = trial::shrunk(&history, &parting);
    drop(std::panic::take_hook());
    let steps: Vec<String> = history.steps.iter().map(|step| format!("{step:?}")).collect();
    format!(
        "seed {seed} parts desk and model.\n{}\n\nunder {:?}\n{}\n\nagain: SWITCHYARD_SEED={seed} \
         SWITCHYARD_HISTORIES=1 cargo test --workspace --test model -- --nocapture",
        parting.why,
        history.policy,
        steps.join("\n"),
    )
}
