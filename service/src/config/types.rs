//! The configuration as the parts of the service take it: checked, in their own types.

use std::net::SocketAddr;
use std::path::PathBuf;

use switchyard_domain::time::Span;

use crate::telemetry::logs::LogFormat;

/// The whole configuration, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Where and how calls are answered.
    pub server: ServerConfig,
    /// Where state is kept.
    pub store: StoreConfig,
    /// What is remembered of tickets.
    pub knowledge: KnowledgeConfig,
    /// Which model judges.
    pub model: ModelConfig,
    /// How logs look.
    pub log: LogConfig,
}

/// Where and how calls are answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerConfig {
    /// gRPC.
    pub listen: SocketAddr,
    /// Metrics; `None` is off.
    pub metrics_listen: Option<SocketAddr>,
    /// Calls at work at a time.
    pub in_flight_max: u32,
    /// How long a call's message may take to come, in seconds.
    pub message_seconds: u32,
    /// Time to finish when stopping, in seconds.
    pub drain_seconds: u32,
}

/// Where state is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreConfig {
    /// The SQLite file.
    pub path: PathBuf,
    /// The most bytes it may take; `None` leaves it to the disk.
    pub bytes_max: Option<u64>,
    /// Events between two snapshots.
    pub snapshot_every: u64,
    /// How long the journal is kept; `None` for ever.
    pub journal_kept: Option<Span>,
}

/// What is remembered of tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnowledgeConfig {
    /// How long after its opening a ticket that came in is remembered; `None`: not at all.
    pub remember: Option<Span>,
    /// From how many tickets on their vectors are walked by a graph rather than scanned.
    pub graph_from: usize,
}

/// Which model judges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelConfig {
    /// The one in the binary.
    Embedded,
    /// None.
    None,
    /// The one in a folder.
    Folder(PathBuf),
}

/// How logs look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogConfig {
    /// JSON or text.
    pub format: LogFormat,
    /// Which lines.
    pub filter: String,
}
