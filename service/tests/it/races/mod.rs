//! Retries, duplicates in flight, reports out of order, two at one ticket, and restarts between:
//! random histories of calls, and a ledger that folds what the server says happened.
//!
//! Every history is a tenant's; some share a server, so that their calls do, too. A request is its
//! own actor, so that the events tell which request each came of.
//! `SWITCHYARD_HISTORIES` asks for twenty times as many as are played here, as the histories of the
//! domain's own model are cheaper by that much; `SWITCHYARD_SEED` begins at another seed.
//!
//! Read [`asking`] for the calls and what may be said to a retry, [`history`] for what happens, and
//! [`ledger`] for what must have come of it.

mod asking;
mod drawing;
mod history;
mod ledger;

use std::path::Path;
use std::time::Instant;

use futures_util::future::join_all;
use tempfile::TempDir;

pub(crate) use self::drawing::Drawer;
use self::history::History;
use crate::harness::Harness;

/// The first history's seed where none is asked for; the next ones follow.
const SEED: u64 = 20_260_603;

/// Histories of a usual test run.
const HISTORIES: u64 = 120;

/// Tenants of one server.
const AT_A_TIME: u64 = 8;

/// The server is started again between two acts.
const ACTS: usize = 3;

/// A number that the environment asks for.
pub(crate) fn asked(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_acknowledged_request_is_in_effect_once_in_any_history() {
    let first = asked("SWITCHYARD_SEED").unwrap_or(SEED);
    let n_histories = asked("SWITCHYARD_HISTORIES").map_or(HISTORIES, |n| n.div_ceil(20));
    let began = Instant::now();
    println!("{n_histories} histories of calls from seed {first}");
    let (mut n_calls, mut n_done) = (0, 0);
    for n in (0..n_histories).step_by(AT_A_TIME as usize) {
        let n_here = AT_A_TIME.min(n_histories - n);
        let again = Again { seed: first.wrapping_add(n), n_here };
        let (calls, done) = play((0..n_here).map(|n| again.seed.wrapping_add(n)).collect()).await;
        (n_calls, n_done) = (n_calls + calls, n_done + done);
        if n % 400 == 0 {
            println!("{n} histories of calls, {:?}", began.elapsed());
        }
    }
    println!(
        "{n_histories} histories, {n_calls} calls, {n_done} of them done, no difference, {:?}",
        began.elapsed()
    );
}

/// Tells how to play histories again, should they end in a panic.
struct Again {
    seed: u64,
    n_here: u64,
}

impl Drop for Again {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!(
                "again: SWITCHYARD_SEED={} SWITCHYARD_HISTORIES={} cargo test --workspace --test it \
                 in_any_history -- --nocapture",
                self.seed,
                self.n_here * 20
            );
        }
    }
}

/// On a disk in memory where there is one: what is durable is for other tests to tell.
pub(crate) fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
    folder.expect("a temporary folder")
}

async fn play(seeds: Vec<u64>) -> (usize, usize) {
    let folder = folder();
    let mut harness = Harness::on(&folder.path().join("races.sqlite")).await;
    let mut histories: Vec<_> = seeds.iter().map(|seed| History::of(*seed)).collect();
    join_all(histories.iter_mut().map(|history| history.begin(&harness))).await;
    for act in 0..ACTS {
        join_all(histories.iter_mut().map(|history| history.act(&harness))).await;
        if (seeds[0] + act as u64).is_multiple_of(2) {
            harness.restart().await;
        } else {
            harness.lose_and_restart().await;
        }
        harness.pass_minutes(7);
        join_all(histories.iter_mut().map(|history| history.check(&harness))).await;
    }
    harness.stop().await;
    let counts = histories.iter().map(History::n_done);
    counts.fold((0, 0), |sum, of_one| (sum.0 + of_one.0, sum.1 + of_one.1))
}
