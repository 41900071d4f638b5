//! Every metric by name, written down once.
//!
//! One set for the process, as there is one port; a label's values are few and
//! never made up by callers.

use std::sync::LazyLock;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Metric, Registry, Unit};

use crate::store::Batch;

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Call {
    method: &'static str,
    code: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Method {
    method: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Stage {
    stage: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Reason {
    reason: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Tenant {
    tenant: String,
}

type Real = Gauge<f64, AtomicU64>;
type Times<L> = Family<L, Histogram, fn() -> Histogram>;

/// Calls and commits: 50 µs to 6.5 s, each bound twice the one before.
fn times() -> Histogram {
    Histogram::new(exponential_buckets(50e-6, 2.0, 18))
}

/// Steps of understanding: 1 µs to 1 s.
fn short_times() -> Histogram {
    Histogram::new(exponential_buckets(1e-6, 2.0, 21))
}

/// Numbers of things: 1 to 65,536.
fn counts() -> Histogram {
    Histogram::new(exponential_buckets(1.0, 2.0, 17))
}

struct Measures {
    registry: Registry,
    calls: Family<Call, Counter>,
    call_times: Times<Method>,
    stage_times: Times<Stage>,
    degraded: Family<Reason, Counter>,
    refused: Counter,
    batch_commands: Histogram,
    commit_times: Histogram,
    commit_failures: Counter,
    journal_bytes: Counter,
    queue: Family<Tenant, Gauge>,
    queue_oldest: Family<Tenant, Real>,
    writer_waiting: Gauge,
    store_bytes: Gauge,
    watchers: Gauge,
    watch_lag: Histogram,
}

static MEASURES: LazyLock<Measures> = LazyLock::new(Measures::new);

/// Registers a metric under the service's name and hands it back.
fn kept<M: Metric + Clone>(registry: &mut Registry, name: &str, help: &str, metric: M) -> M {
    registry.register(name, help, metric.clone());
    metric
}

fn of_unit<M: Metric + Clone>(
    registry: &mut Registry,
    name: &str,
    help: &str,
    unit: Unit,
    metric: M,
) -> M {
    registry.register_with_unit(name, help, unit, metric.clone());
    metric
}

impl Measures {
    fn new() -> Self {
        let mut registry = Registry::with_prefix("switchyard");
        let r = &mut registry;
        let by_method = Times::new_with_constructor(times);
        let by_stage = Times::new_with_constructor(short_times);
        let bytes = || Unit::Bytes;
        Self {
            calls: kept(r, "calls", "Calls by method and gRPC code", Family::default()),
            call_times: of_unit(r, "call", "Time to answer a call", Unit::Seconds, by_method),
            stage_times: of_unit(r, "stage", "Time of a stage of triage", Unit::Seconds, by_stage),
            degraded: kept(
                r,
                "degraded",
                "Answers that rest on less than usual",
                Family::default(),
            ),
            refused: kept(r, "refused", "Calls refused for lack of room", Counter::default()),
            batch_commands: kept(r, "batch_commands", "Commands decided together", counts()),
            commit_times: of_unit(r, "commit", "Time of a commit's sync", Unit::Seconds, times()),
            commit_failures: kept(r, "commit_failures", "Commits that failed", Counter::default()),
            journal_bytes: of_unit(
                r,
                "journal_written",
                "Journal records",
                bytes(),
                Counter::default(),
            ),
            queue: kept(r, "queue_tickets", "Tickets that wait", Family::default()),
            queue_oldest: of_unit(
                r,
                "queue_oldest",
                "Age of the oldest waiting ticket",
                Unit::Seconds,
                Family::default(),
            ),
            writer_waiting: kept(r, "writer_waiting", "Changes not decided yet", Gauge::default()),
            store_bytes: of_unit(r, "store", "Size of the store's file", bytes(), Gauge::default()),
            watchers: kept(r, "watchers", "Open Watch streams", Gauge::default()),
            watch_lag: kept(r, "watch_lag_events", "Events a watcher is behind", counts()),
            registry,
        }
    }
}

/// An answered call.
pub fn call(method: &'static str, code: &'static str, took: Duration) {
    MEASURES.calls.get_or_create(&Call { method, code }).inc();
    MEASURES.call_times.get_or_create(&Method { method }).observe(took.as_secs_f64());
}

/// A stage of triage.
pub fn stage(stage: &'static str, nanos: u64) {
    let took = Duration::from_nanos(nanos).as_secs_f64();
    MEASURES.stage_times.get_or_create(&Stage { stage }).observe(took);
}

/// An answer that rests on less than usual.
pub fn degraded(reason: &'static str) {
    MEASURES.degraded.get_or_create(&Reason { reason }).inc();
}

/// A call refused for lack of room.
pub fn refused() {
    MEASURES.refused.inc();
}

/// Commands decided together.
pub fn batch(n_commands: usize) {
    MEASURES.batch_commands.observe(n_commands as f64);
}

/// A commit.
pub fn commit(sync: Duration, batch: &Batch) {
    let bytes: usize = batch.entries.iter().map(|entry| entry.payload.len()).sum();
    MEASURES.commit_times.observe(sync.as_secs_f64());
    MEASURES.journal_bytes.inc_by(bytes as u64);
}

/// A commit that failed.
pub fn commit_failed() {
    MEASURES.commit_failures.inc();
}

/// Forgets every tenant's queue, before those there are now are told.
pub fn forget_queues() {
    MEASURES.queue.clear();
    MEASURES.queue_oldest.clear();
}

/// A tenant's queue.
pub fn queue(tenant: &str, n_queued: usize, oldest_seconds: f64) {
    let tenant = Tenant { tenant: tenant.to_owned() };
    MEASURES.queue.get_or_create(&tenant).set(n_queued as i64);
    MEASURES.queue_oldest.get_or_create(&tenant).set(oldest_seconds);
}

/// Changes waiting for the writer.
pub fn writer_waiting(n_waiting: usize) {
    MEASURES.writer_waiting.set(n_waiting as i64);
}

/// The store's size.
pub fn store_bytes(bytes: u64) {
    MEASURES.store_bytes.set(bytes as i64);
}

/// A watcher came (+1) or left (−1).
pub fn watchers(change: i64) {
    MEASURES.watchers.inc_by(change);
}

/// How far a watcher is behind.
pub fn watch_lag(n_events: u64) {
    MEASURES.watch_lag.observe(n_events as f64);
}

/// Everything, as `OpenMetrics` text.
pub fn rendered() -> String {
    let mut text = String::new();
    encode(&mut text, &MEASURES.registry).expect("writing to a String cannot fail");
    text
}
