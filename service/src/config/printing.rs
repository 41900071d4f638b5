//! The effective configuration, printed as a file that gives it again.

use std::path::Path;

use switchyard_domain::time::Span;

use super::raw::{Raw, RawKnowledge, RawLog, RawModel, RawServer, RawStore};
use super::{Config, KnowledgeConfig, LogConfig, ModelConfig, ServerConfig, StoreConfig};
use crate::telemetry::logs::LogFormat;

const DAY: Span = Span::from_hours(24);

impl Config {
    /// As a file that gives the same configuration.
    pub fn to_toml(&self) -> String {
        let raw = Raw {
            server: server(&self.server),
            store: store(&self.store),
            knowledge: knowledge(&self.knowledge),
            model: RawModel { bundle: bundle(&self.model) },
            log: log(&self.log),
        };
        toml::to_string(&raw).expect("tables of texts and whole numbers are TOML")
    }
}

fn server(server: &ServerConfig) -> RawServer {
    RawServer {
        listen: server.listen.to_string(),
        metrics_listen: server.metrics_listen.map_or(String::new(), |at| at.to_string()),
        in_flight_max: i64::from(server.in_flight_max),
        message_seconds: i64::from(server.message_seconds),
        drain_seconds: i64::from(server.drain_seconds),
    }
}

fn store(store: &StoreConfig) -> RawStore {
    RawStore {
        path: text(&store.path),
        size_max_mib: store.bytes_max.map_or(0, |bytes| bytes / (1024 * 1024)) as i64,
        snapshot_every: store.snapshot_every as i64,
        journal_kept_days: store.journal_kept.map_or(0, |kept| kept.millis() / DAY.millis()),
    }
}

fn knowledge(knowledge: &KnowledgeConfig) -> RawKnowledge {
    let days = |span: Span| span.millis() / DAY.millis();
    RawKnowledge {
        remember_days: knowledge.remember.map_or(0, days),
        graph_from: knowledge.graph_from as i64,
    }
}

fn bundle(model: &ModelConfig) -> String {
    match model {
        ModelConfig::Embedded => "embedded".to_owned(),
        ModelConfig::None => "none".to_owned(),
        ModelConfig::Folder(path) => text(path),
    }
}

fn log(log: &LogConfig) -> RawLog {
    let format = match log.format {
        LogFormat::Json => "json",
        LogFormat::Text => "text",
    };
    RawLog { format: format.to_owned(), filter: log.filter.clone() }
}

/// Every path came from a text.
fn text(path: &Path) -> String {
    path.display().to_string()
}
