//! The configuration as it is written: the keys of a file and their plain values.

use serde::{Deserialize, Serialize};

/// A whole file.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Raw {
    pub(super) server: RawServer,
    pub(super) store: RawStore,
    pub(super) knowledge: RawKnowledge,
    pub(super) model: RawModel,
    pub(super) log: RawLog,
}

/// `[server]`.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawServer {
    pub(super) listen: String,
    pub(super) metrics_listen: String,
    pub(super) in_flight_max: i64,
    pub(super) message_seconds: i64,
    pub(super) drain_seconds: i64,
}

/// `[store]`.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawStore {
    pub(super) path: String,
    pub(super) size_max_mib: i64,
    pub(super) snapshot_every: i64,
    pub(super) journal_kept_days: i64,
}

/// `[knowledge]`.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawKnowledge {
    pub(super) remember_days: i64,
    pub(super) graph_from: i64,
}

/// `[model]`.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawModel {
    pub(super) bundle: String,
}

/// `[log]`.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLog {
    pub(super) format: String,
    pub(super) filter: String,
}
