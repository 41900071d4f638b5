//! Raw in, valid out: what the table says is read into the types that the parts take.

use std::net::SocketAddr;
use std::path::PathBuf;

use switchyard_domain::time::Span;
use toml::Table;

use super::raw::{Raw, RawKnowledge, RawLog, RawServer, RawStore};
use super::{
    Config, ConfigError, KnowledgeConfig, LogConfig, ModelConfig, ServerConfig, StoreConfig,
};
use crate::telemetry::logs::LogFormat;

/// The configuration that a full table tells, or all that is wrong: `problems` and more.
pub(super) fn check(table: Table, mut problems: Vec<String>) -> Result<Config, ConfigError> {
    let raw: Raw = match table.try_into() {
        Ok(raw) => raw,
        Err(error) => {
            problems.push(error.message().to_owned());
            return Err(ConfigError(problems));
        }
    };
    match checked(raw, &mut problems) {
        Some(config) if problems.is_empty() => Ok(config),
        _ => Err(ConfigError(problems)),
    }
}

/// Every section is looked at before the first that failed ends it.
fn checked(raw: Raw, problems: &mut Vec<String>) -> Option<Config> {
    let server = server(&raw.server, problems);
    let store = store(raw.store, problems);
    let knowledge = knowledge(&raw.knowledge, problems);
    let log = log(raw.log, problems);
    Some(Config {
        server: server?,
        store: store?,
        knowledge: knowledge?,
        model: model(raw.model.bundle),
        log: log?,
    })
}

fn server(raw: &RawServer, problems: &mut Vec<String>) -> Option<ServerConfig> {
    let listen = address("server.listen", &raw.listen, problems);
    let metrics_listen = match raw.metrics_listen.as_str() {
        "" => Some(None),
        at => address("server.metrics_listen", at, problems).map(Some),
    };
    let in_flight_max = within("server.in_flight_max", raw.in_flight_max, 1, 1_000_000, problems);
    let message_seconds = within("server.message_seconds", raw.message_seconds, 1, 3_600, problems);
    let drain_seconds = within("server.drain_seconds", raw.drain_seconds, 0, 3_600, problems);
    Some(ServerConfig {
        listen: listen?,
        metrics_listen: metrics_listen?,
        in_flight_max: in_flight_max? as u32,
        message_seconds: message_seconds? as u32,
        drain_seconds: drain_seconds? as u32,
    })
}

fn store(raw: RawStore, problems: &mut Vec<String>) -> Option<StoreConfig> {
    if raw.path.is_empty() {
        problems.push("store.path: expected a path, got an empty text".to_owned());
    }
    let mib = within("store.size_max_mib", raw.size_max_mib, 0, 1 << 30, problems);
    let every = within("store.snapshot_every", raw.snapshot_every, 1, 1 << 40, problems);
    let kept = journal_kept(raw.journal_kept_days, problems);
    Some(StoreConfig {
        path: PathBuf::from(raw.path),
        bytes_max: Some(mib? * 1024 * 1024).filter(|bytes| *bytes > 0),
        snapshot_every: every?,
        journal_kept: kept?,
    })
}

fn knowledge(raw: &RawKnowledge, problems: &mut Vec<String>) -> Option<KnowledgeConfig> {
    let days = within("knowledge.remember_days", raw.remember_days, 0, 366, problems)?;
    let remember = (days > 0).then(|| Span::from_hours(24 * days as i64));
    let from = within("knowledge.graph_from", raw.graph_from, 1, 1 << 32, problems)?;
    Some(KnowledgeConfig { remember, graph_from: from as usize })
}

/// Longer than requests are remembered, whose answers are read from the journal.
#[expect(clippy::option_option, reason = "refused, for ever, or so long")]
fn journal_kept(days: i64, problems: &mut Vec<String>) -> Option<Option<Span>> {
    match days {
        0 => Some(None),
        8..=36_500 => Some(Some(Span::from_hours(24 * days))),
        _ => {
            problems.push(format!(
                "store.journal_kept_days: must be 0 for ever, or in 8..=36500, got {days}"
            ));
            None
        }
    }
}

fn model(bundle: String) -> ModelConfig {
    match bundle.as_str() {
        "embedded" => ModelConfig::Embedded,
        "none" => ModelConfig::None,
        _ => ModelConfig::Folder(PathBuf::from(bundle)),
    }
}

fn log(raw: RawLog, problems: &mut Vec<String>) -> Option<LogConfig> {
    let format = match raw.format.as_str() {
        "json" => LogFormat::Json,
        "text" => LogFormat::Text,
        other => {
            problems.push(format!("log.format: expected json or text, got {other:?}"));
            return None;
        }
    };
    Some(LogConfig { format, filter: raw.filter })
}

fn address(key: &str, text: &str, problems: &mut Vec<String>) -> Option<SocketAddr> {
    let parsed = text.parse();
    if parsed.is_err() {
        problems.push(format!("{key}: expected an address such as 127.0.0.1:50051, got {text:?}"));
    }
    parsed.ok()
}

fn within(key: &str, value: i64, min: i64, max: i64, problems: &mut Vec<String>) -> Option<u64> {
    if (min..=max).contains(&value) {
        return Some(value as u64);
    }
    problems.push(format!("{key}: must be in {min}..={max}, got {value}"));
    None
}
