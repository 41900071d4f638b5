//! Every metric by name, written down once.

use std::time::Duration;

use metrics::{
    Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram,
};

use crate::store::Batch;

/// Describes every metric to the recorder in place.
pub fn describe() {
    describe_counter!("switchyard_calls_total", "Calls by method and gRPC code");
    describe_histogram!("switchyard_call_seconds", Unit::Seconds, "Time to answer a call");
    describe_histogram!("switchyard_stage_seconds", Unit::Seconds, "Time of a stage of triage");
    describe_counter!("switchyard_degraded_total", "Answers given without a model, by reason");
    describe_histogram!("switchyard_batch_commands", "Commands decided together");
    describe_histogram!(
        "switchyard_commit_seconds",
        Unit::Seconds,
        "Time of a commit with its sync"
    );
    describe_counter!("switchyard_commit_failures_total", "Commits that failed");
    describe_counter!("switchyard_journal_written_bytes", Unit::Bytes, "Journal records written");
    describe_gauge!("switchyard_queue_tickets", "Tickets that wait, by tenant");
    describe_gauge!(
        "switchyard_queue_oldest_seconds",
        Unit::Seconds,
        "Age of the oldest waiting ticket, by tenant"
    );
    describe_gauge!("switchyard_writer_waiting", "Changes that wait for the writer");
    describe_gauge!("switchyard_store_bytes", Unit::Bytes, "Size of the store's file");
    describe_gauge!("switchyard_watchers", "Open Watch streams");
    describe_histogram!("switchyard_watch_lag_events", "Events a watcher is behind when it reads");
    describe_counter!("switchyard_refused_total", "Calls refused for lack of room");
}

/// An answered call.
pub fn call(method: &'static str, code: &'static str, took: Duration) {
    counter!("switchyard_calls_total", "method" => method, "code" => code).increment(1);
    histogram!("switchyard_call_seconds", "method" => method).record(took);
}

/// A stage of triage.
pub fn stage(name: &'static str, nanos: u64) {
    histogram!("switchyard_stage_seconds", "stage" => name).record(Duration::from_nanos(nanos));
}

/// An answer that rests on less than usual.
pub fn degraded(reason: &'static str) {
    counter!("switchyard_degraded_total", "reason" => reason).increment(1);
}

/// A call refused for lack of room.
pub fn refused() {
    counter!("switchyard_refused_total").increment(1);
}

/// Commands decided together.
pub fn batch(n_commands: usize) {
    histogram!("switchyard_batch_commands").record(n_commands as f64);
}

/// A commit.
pub fn commit(sync: Duration, batch: &Batch) {
    let bytes: usize = batch.entries.iter().map(|entry| entry.payload.len()).sum();
    histogram!("switchyard_commit_seconds").record(sync);
    counter!("switchyard_journal_written_bytes").increment(bytes as u64);
}

/// A commit that failed.
pub fn commit_failed() {
    counter!("switchyard_commit_failures_total").increment(1);
}

/// A tenant's queue.
pub fn queue(tenant: &str, n_queued: usize, oldest_seconds: f64) {
    gauge!("switchyard_queue_tickets", "tenant" => tenant.to_owned()).set(n_queued as f64);
    gauge!("switchyard_queue_oldest_seconds", "tenant" => tenant.to_owned()).set(oldest_seconds);
}

/// Changes waiting for the writer.
pub fn writer_waiting(n_waiting: usize) {
    gauge!("switchyard_writer_waiting").set(n_waiting as f64);
}

/// The store's size.
pub fn store_bytes(bytes: u64) {
    gauge!("switchyard_store_bytes").set(bytes as f64);
}

/// A watcher came (+1) or left (−1).
pub fn watchers(change: f64) {
    gauge!("switchyard_watchers").increment(change);
}

/// How far a watcher is behind.
pub fn watch_lag(n_events: u64) {
    histogram!("switchyard_watch_lag_events").record(n_events as f64);
}
