//! The configuration: a commented file compiled in, then a file, the environment, flags.
//!
//! All problems are reported together, each with its full key. Nothing else
//! in the service reads the environment.

mod environment;

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::{Table, Value};

pub use self::environment::{Environment, Mistyped};
use crate::telemetry::logs::LogFormat;

/// Every default, commented.
pub const DEFAULT: &str = include_str!("default_config.toml");

/// The whole configuration, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Where and how calls are answered.
    pub server: ServerConfig,
    /// Where state is kept.
    pub store: StoreConfig,
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

/// Everything that is wrong with a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError(pub Vec<String>);

impl std::fmt::Display for ConfigError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.join("; "))
    }
}

impl std::error::Error for ConfigError {}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    server: RawServer,
    store: RawStore,
    model: RawModel,
    log: RawLog,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawServer {
    listen: String,
    metrics_listen: String,
    in_flight_max: i64,
    drain_seconds: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStore {
    path: String,
    size_max_mib: i64,
    snapshot_every: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawModel {
    bundle: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLog {
    format: String,
    filter: String,
}

/// One setting from outside a file: its key and its value as text.
pub type Setting = (String, String);

impl Config {
    /// The configuration of all layers.
    ///
    /// # Errors
    /// Everything that is wrong, each with its full key.
    pub fn load(
        file: Option<&Path>,
        env: &[Setting],
        flags: &[Setting],
    ) -> Result<Self, ConfigError> {
        let mut table = defaults();
        let mut problems = Vec::new();
        if let Some(path) = file {
            match read(path) {
                Ok(layer) => merge(&mut table, layer, "", &mut problems),
                Err(problem) => problems.push(problem),
            }
        }
        for (key, text) in env.iter().chain(flags) {
            set(&mut table, key, text, &mut problems);
        }
        check(table, problems)
    }

    /// As a file that gives the same configuration.
    pub fn to_toml(&self) -> String {
        let mut text = String::new();
        let metrics = self.server.metrics_listen.map_or(String::new(), |at| at.to_string());
        let mib = self.store.bytes_max.map_or(0, |bytes| bytes / (1024 * 1024));
        let bundle = match &self.model {
            ModelConfig::Embedded => "embedded".to_owned(),
            ModelConfig::None => "none".to_owned(),
            ModelConfig::Folder(path) => path.display().to_string(),
        };
        let format = match self.log.format {
            LogFormat::Json => "json",
            LogFormat::Text => "text",
        };
        let _ = write!(
            text,
            "[server]\nlisten = {:?}\nmetrics_listen = {metrics:?}\nin_flight_max = {}\n\
             drain_seconds = {}\n\n[store]\npath = {:?}\nsize_max_mib = {mib}\n\
             snapshot_every = {}\n\n[model]\nbundle = {bundle:?}\n\n\
             [log]\nformat = {format:?}\nfilter = {:?}\n",
            self.server.listen.to_string(),
            self.server.in_flight_max,
            self.server.drain_seconds,
            self.store.path.display().to_string(),
            self.store.snapshot_every,
            self.log.filter,
        );
        text
    }
}

/// What this process's environment says.
///
/// # Errors
/// The settings whose values are no text.
pub fn environment() -> Result<Environment, ConfigError> {
    Environment::of(std::env::vars_os(), &defaults())
}

fn defaults() -> Table {
    DEFAULT.parse().expect("the compiled-in file is checked by a test")
}

fn read(path: &Path) -> Result<Table, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("expected a configuration file at {}: {error}", path.display()))?;
    text.parse()
        .map_err(|error: toml::de::Error| format!("{}: {}", path.display(), error.message()))
}

/// Lays a layer over a table; keys that the table lacks are unknown.
fn merge(table: &mut Table, layer: Table, path: &str, problems: &mut Vec<String>) {
    for (name, value) in layer {
        let key = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        match (table.get_mut(&name), value) {
            (None, _) => problems.push(format!("{key}: expected a known key, got this one")),
            (Some(Value::Table(inner)), Value::Table(layer)) => merge(inner, layer, &key, problems),
            (Some(old), new) if old.same_type(&new) => *old = new,
            (Some(old), new) => problems.push(wrong_type(&key, old, &new)),
        }
    }
}

fn wrong_type(key: &str, expected: &Value, got: &Value) -> String {
    format!("{key}: expected a {}, got a {}", expected.type_str(), got.type_str())
}

/// Sets a dotted key from text, in the type the default has.
fn set(table: &mut Table, key: &str, text: &str, problems: &mut Vec<String>) {
    let slot = key
        .split_once('.')
        .and_then(|(section, name)| table.get_mut(section)?.as_table_mut()?.get_mut(name));
    match slot {
        Some(Value::String(value)) => text.clone_into(value),
        Some(Value::Integer(value)) => match text.parse() {
            Ok(number) => *value = number,
            Err(_) => problems.push(format!("{key}: expected a whole number, got {text:?}")),
        },
        _ => problems.push(format!("{key}: expected a known key, got this one")),
    }
}

fn check(table: Table, mut problems: Vec<String>) -> Result<Config, ConfigError> {
    let raw: Raw = match table.try_into() {
        Ok(raw) => raw,
        Err(error) => {
            problems.push(error.message().to_owned());
            return Err(ConfigError(problems));
        }
    };
    let config = checked(raw, &mut problems);
    match config {
        Some(config) if problems.is_empty() => Ok(config),
        _ => Err(ConfigError(problems)),
    }
}

fn checked(raw: Raw, problems: &mut Vec<String>) -> Option<Config> {
    let listen = address("server.listen", &raw.server.listen, problems);
    let metrics = &raw.server.metrics_listen;
    let metrics_listen = if metrics.is_empty() {
        Some(None)
    } else {
        address("server.metrics_listen", metrics, problems).map(Some)
    };
    let in_flight_max =
        within("server.in_flight_max", raw.server.in_flight_max, 1, 1_000_000, problems);
    let drain_seconds =
        within("server.drain_seconds", raw.server.drain_seconds, 0, 3_600, problems);
    let mib = within("store.size_max_mib", raw.store.size_max_mib, 0, 1 << 30, problems);
    let snapshot_every =
        within("store.snapshot_every", raw.store.snapshot_every, 1, 1 << 40, problems);
    if raw.store.path.is_empty() {
        problems.push("store.path: expected a path, got an empty text".to_owned());
    }
    let format = log_format(&raw.log.format, problems);
    Some(Config {
        server: ServerConfig {
            listen: listen?,
            metrics_listen: metrics_listen?,
            in_flight_max: in_flight_max? as u32,
            drain_seconds: drain_seconds? as u32,
        },
        store: StoreConfig {
            path: PathBuf::from(raw.store.path),
            bytes_max: Some(mib? * 1024 * 1024).filter(|bytes| *bytes > 0),
            snapshot_every: snapshot_every?,
        },
        model: model(&raw.model.bundle),
        log: LogConfig { format: format?, filter: raw.log.filter },
    })
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

fn log_format(text: &str, problems: &mut Vec<String>) -> Option<LogFormat> {
    match text {
        "json" => Some(LogFormat::Json),
        "text" => Some(LogFormat::Text),
        _ => {
            problems.push(format!("log.format: expected json or text, got {text:?}"));
            None
        }
    }
}

fn model(text: &str) -> ModelConfig {
    match text {
        "embedded" => ModelConfig::Embedded,
        "none" => ModelConfig::None,
        path => ModelConfig::Folder(PathBuf::from(path)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setting(key: &str, value: &str) -> Setting {
        (key.to_owned(), value.to_owned())
    }

    #[test]
    fn the_defaults_are_sound_and_print_as_themselves() {
        let defaults = Config::load(None, &[], &[]).expect("sound defaults");
        let printed: Table = defaults.to_toml().parse().expect("valid TOML");
        let written: Table = DEFAULT.parse().expect("valid TOML");
        assert_eq!(printed, written);
    }

    #[test]
    fn flags_win_over_the_environment() {
        let env = [setting("server.listen", "127.0.0.1:1")];
        let flags = [setting("server.listen", "127.0.0.1:2")];
        let config = Config::load(None, &env, &flags).expect("sound");
        assert_eq!(config.server.listen.port(), 2);
    }

    #[test]
    fn every_problem_is_named_with_its_key() {
        let env = [
            setting("server.listen", "nowhere"),
            setting("server.in_flight_max", "0"),
            setting("store.colour", "red"),
            setting("log.format", "xml"),
        ];
        let ConfigError(problems) = Config::load(None, &env, &[]).expect_err("four problems");
        assert_eq!(problems.len(), 4, "{problems:?}");
        for key in ["server.listen", "server.in_flight_max", "store.colour", "log.format"] {
            assert!(problems.iter().any(|problem| problem.starts_with(key)), "{key}");
        }
    }
}
