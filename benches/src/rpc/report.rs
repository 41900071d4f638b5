//! The figures, as a table or as JSON.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

use super::metrics::Inside;
use super::process;
use super::target::Target;
use crate::latency::Latency;

/// What one kind of call came to.
#[derive(Debug, Clone, Serialize)]
pub struct Figures {
    /// Callers, each with one call under way at most.
    pub callers: u32,
    /// Calls answered within the window.
    pub calls: u64,
    /// Calls a second.
    pub rate_per_s: f64,
    /// Half of the calls took no longer, in microseconds.
    pub p50_us: f64,
    /// 9 of 10 calls took no longer, in microseconds.
    pub p90_us: f64,
    /// 99 of 100 calls took no longer, in microseconds.
    pub p99_us: f64,
    /// 999 of 1,000 calls took no longer, in microseconds.
    pub p99_9_us: f64,
    /// The longest, in microseconds.
    pub max_us: f64,
}

impl Figures {
    /// The figures of a distribution over a length of time.
    pub fn of(callers: u32, latency: &Latency, over: Duration) -> Self {
        Self {
            callers,
            calls: latency.count(),
            rate_per_s: rounded(latency.count() as f64 / over.as_secs_f64()),
            p50_us: latency.quantile_us(0.5),
            p90_us: latency.quantile_us(0.9),
            p99_us: latency.quantile_us(0.99),
            p99_9_us: latency.quantile_us(0.999),
            max_us: latency.max_us(),
        }
    }
}

/// What the desk went through (assign).
#[derive(Debug, Clone, Serialize)]
pub struct DeskFigures {
    /// Tickets that came in a second on average; none in a closed loop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrivals_per_s: Option<u32>,
    /// The most tickets that waited, sampled.
    pub queue_max: u64,
    /// Completions a second within the window.
    pub completions_per_s: f64,
    /// Tickets triaged in the whole run, those before the window included.
    pub triaged: u64,
    /// Tickets completed in the whole run.
    pub completed: u64,
    /// Tickets open at the end; with the completed they are all that were triaged.
    pub open_at_end: u64,
    /// The store's disk: a 4 KiB append and its sync, in microseconds, measured before the run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fsync_p50_us: Option<f64>,
    /// Bytes this process had written to disks within the window, for each triage and completion
    /// answered in it: journal, tables, indexes and checkpoints, in whole pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disk_bytes_per_command: Option<f64>,
    /// What the server's metrics say of the window.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub inside: Option<Inside>,
}

/// A run's outcome.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// The mode.
    pub mode: &'static str,
    /// The main figures.
    #[serde(flatten)]
    pub figures: Figures,
    /// The empty call over bare tonic in the same run.
    pub floor: Figures,
    /// The main rate over the floor's.
    pub ratio: f64,
    /// The desk.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub desk: Option<DeskFigures>,
    /// Memory at the end in MB, server and load generator together; none where the server runs elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory_mb: Option<f64>,
    /// Cores busy within the window: by thread name, the load generator included, and `others`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub cores: BTreeMap<String, f64>,
}

impl Report {
    /// A report beside the floor of the same run.
    pub fn beside(mode: &'static str, figures: Figures, floor: Figures, target: &Target) -> Self {
        let ratio = (figures.rate_per_s / floor.rate_per_s * 1_000.0).round() / 1_000.0;
        let memory_mb = target.is_own().then(process::memory_mb).flatten();
        Self { mode, figures, floor, ratio, desk: None, memory_mb, cores: BTreeMap::new() }
    }
}

/// Prints figures, as one JSON object or a line each.
pub fn print(figures: &impl Serialize, as_json: bool) -> anyhow::Result<()> {
    let value = serde_json::to_value(figures)?;
    if as_json {
        println!("{value}");
    } else {
        print_rows("", &value);
    }
    Ok(())
}

/// A line for each figure, those of inner objects under their object's name.
fn print_rows(prefix: &str, value: &serde_json::Value) {
    for (name, value) in value.as_object().into_iter().flatten() {
        match value {
            serde_json::Value::Object(_) => print_rows(&format!("{prefix}{name}."), value),
            _ => println!("{:<28} {value}", format!("{prefix}{name}")),
        }
    }
}

/// A rate to a tenth.
pub fn rounded(rate: f64) -> f64 {
    (rate * 10.0).round() / 10.0
}
