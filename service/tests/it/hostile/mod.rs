//! Hostile requests over every method, against the real binary: it answers, stays up, loses nothing.
//!
//! Requests are written off the descriptors, field by field, each value likely or hostile, then
//! perhaps damaged; names on the desk and what answers taught bring them deep into the service.
//! Some at a time, beside a caller who must not notice. `SWITCHYARD_HOSTILE` asks for a number of
//! requests; `SWITCHYARD_SEED` begins at another seed.
//!
//! Read [`contract`] for what may be asked, [`wire`], [`values`], [`names`] and [`policies`] for what
//! fields hold, [`writing`], [`damage`] and [`large`] for messages, [`heads`] and [`request`] for
//! whole requests, [`call`] and [`verdict`] for what is heard, [`control`] and [`desks`] for what
//! must be there in the end.

mod call;
mod contract;
mod control;
mod damage;
mod desks;
mod heads;
mod large;
mod names;
mod policies;
mod request;
mod tally;
mod values;
mod verdict;
mod wire;
mod writing;

use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::future::join_all;

use self::call::{Unread, call};
use self::contract::Contract;
use self::control::Control;
use self::large::{List, lists};
use self::names::Learnt;
use self::request::{Request, Requests};
use self::tally::Tally;
use self::verdict::judge;
use crate::process::Served;
use crate::races::{asked, folder};

/// The seed of every request where none is asked for.
const SEED: u64 = 20_260_603;

/// Requests of a usual test run.
const REQUESTS: u64 = 1_500;

/// Requests at a time.
const AT_A_TIME: u64 = 16;

/// One burst in so many is of the longest lists only.
const LONG_EVERY: u64 = 10;

/// Streams that are kept open and never read.
const UNREAD_MAX: usize = 64;

/// The most memory that the server may ever have held, in KiB.
const PEAK_KIB_MAX: u64 = 1 << 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_is_sent_the_server_answers_stays_up_and_loses_nothing() {
    let seed = asked("SWITCHYARD_SEED").unwrap_or(SEED);
    let n_requests = asked("SWITCHYARD_HOSTILE").unwrap_or(REQUESTS);
    println!("{n_requests} hostile requests from seed {seed}");
    let folder = folder();
    let (store, logs) = (folder.path().join("store.sqlite"), folder.path().join("log.jsonl"));
    let served = start(&store, &logs);
    let channel = served.channel().await;
    desks::open(&channel).await;

    let stop = Arc::new(AtomicBool::new(false));
    let control = Control::begin(channel.clone()).await.go_on(stop.clone());
    let (served, tally) = Siege::new(seed, served, &logs).hold(n_requests).await;
    stop.store(true, Ordering::Relaxed);
    let control = control.await.expect("the control caller is served throughout");
    control.check(&channel).await;
    let before = desks::journals(&channel).await;
    drop(channel);

    tally.print();
    let peak_kib = served.peak_kib();
    println!("{n_requests} requests, peak memory {}, {:?}", told(peak_kib), tally.elapsed());
    let stopped = tokio::task::spawn_blocking(|| served.terminate());
    assert_eq!(stopped.await.expect("no panic").0, Some(0), "it stops cleanly");
    assert_eq!(panics(&logs), [""; 0]);

    let served = start(&store, &logs);
    let channel = served.channel().await;
    control.check(&channel).await;
    let after = desks::journals(&channel).await;
    for (before, after) in before.iter().zip(&after) {
        assert!(after.starts_with(before), "expected the journal as it was before the restart");
    }
    assert!(tally.n_ok() > n_requests / 10, "expected requests that change something");
}

/// With the embedded model, as it is served.
fn start(store: &Path, logs: &Path) -> Served {
    let logs = std::fs::File::options().create(true).append(true).open(logs).expect("a file");
    let settings = ["model.bundle=embedded", "store.snapshot_every=1000"];
    Served::start_logging(store, &settings, logs.into())
}

/// Where threads of the server panicked, and why.
fn panics(logs: &Path) -> Vec<String> {
    let logs = std::fs::read_to_string(logs).expect("logs");
    let lines: Vec<_> = logs.lines().collect();
    let panics = lines.windows(2).filter(|lines| lines[0].contains("panicked"));
    panics.map(|lines| lines.join(" ")).collect()
}

/// A server and what is thrown at it.
struct Siege<'a> {
    served: Served,
    logs: &'a Path,
    requests: Requests,
    /// Taken in turn.
    lists: VecDeque<List>,
    unread: VecDeque<Unread>,
    tally: Tally,
}

impl<'a> Siege<'a> {
    fn new(seed: u64, served: Served, logs: &'a Path) -> Self {
        let contract = Contract::served();
        let lists = lists(&contract).into();
        let requests = Requests { contract, learnt: Learnt::default(), seed };
        let (unread, tally) = (VecDeque::new(), Tally::new());
        Self { served, logs, requests, lists, unread, tally }
    }

    async fn hold(mut self, n_requests: u64) -> (Served, Tally) {
        for first in (0..n_requests).step_by(AT_A_TIME as usize) {
            let n_here = AT_A_TIME.min(n_requests - first);
            self.burst(first, n_here).await;
            assert_eq!(panics(self.logs), [""; 0], "after requests from {first}");
            let peak_kib = self.served.peak_kib();
            assert!(
                peak_kib.is_none_or(|kib| kib <= PEAK_KIB_MAX),
                "expected at most {PEAK_KIB_MAX} KiB, got {} by request {first}",
                told(peak_kib)
            );
            if first % (AT_A_TIME * 125) == 0 {
                println!("{first} requests, {}, {:?}", told(peak_kib), self.tally.elapsed());
            }
        }
        (self.served, self.tally)
    }

    /// Requests at once; all are judged when the last is answered.
    async fn burst(&mut self, first: u64, n_here: u64) {
        let (n_burst, here) = (first / AT_A_TIME, first..first + n_here);
        let requests: Vec<_> = if n_burst % LONG_EVERY == LONG_EVERY - 1 {
            here.map(|n| self.next_long(n)).collect()
        } else {
            here.map(|n| self.requests.nth(n)).collect()
        };
        let at = self.served.at;
        let heard = join_all(requests.iter().map(|request| call(at, request))).await;
        for ((n, request), (heard, unread)) in (first..).zip(&requests).zip(heard) {
            self.unread.extend(unread);
            let judged = judge(&mut self.requests, request, &heard);
            let what = judged.unwrap_or_else(|why| self.fail(n, request, &why));
            self.tally.add(request, what);
        }
        while self.unread.len() > UNREAD_MAX {
            self.unread.pop_front();
        }
    }

    fn next_long(&mut self, n: u64) -> Request {
        self.lists.rotate_left(1);
        self.requests.long(n, &self.lists[0])
    }

    fn fail(&self, n: u64, request: &Request, why: &str) -> ! {
        let body = &request.body[..request.body.len().min(2_000)];
        panic!(
            "request {n} of SWITCHYARD_SEED={}, {}: {why:.2000}\npanics {:#?}\nhead {:?}\n{} bytes {}",
            self.requests.seed,
            request.method.path,
            panics(self.logs),
            request.head,
            request.body.len(),
            body.escape_ascii()
        );
    }
}

/// A peak for people.
fn told(peak_kib: Option<u64>) -> String {
    peak_kib
        .map_or_else(|| "NOT MEASURED (no /proc)".to_owned(), |kib| format!("{} MiB", kib >> 10))
}
