//! The configuration: a commented file compiled in, then a file, the environment, flags.
//!
//! All problems are reported together, each with its full key. Nothing else
//! in the service reads the environment.
//!
//! In reading order:
//! - [`types`]: what the parts of the service take
//! - [`environment`](mod@environment): which variables are settings
//! - `layers`: one source laid over another
//! - `raw`, `checks`: the laid-over table as it is written, and read into the types
//! - `printing`: the types as a file again

mod checks;
pub mod environment;
mod layers;
mod printing;
mod raw;
pub mod types;

use std::path::Path;

use toml::Table;

pub use self::environment::{Environment, Mistyped};
pub(crate) use self::layers::toml_problem;
pub use self::types::{Config, KnowledgeConfig, LogConfig, ModelConfig, ServerConfig, StoreConfig};

/// Every default, commented.
pub const DEFAULT: &str = include_str!("default_config.toml");

/// One setting from outside a file: its key and its value as text.
pub type Setting = (String, String);

/// Everything that is wrong with a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError(pub Vec<String>);

impl std::fmt::Display for ConfigError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.join("; "))
    }
}

impl std::error::Error for ConfigError {}

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
            match layers::read(path) {
                Ok(layer) => layers::merge(&mut table, layer, "", &mut problems),
                Err(problem) => problems.push(problem),
            }
        }
        for (key, text) in env.iter().chain(flags) {
            layers::set(&mut table, key, text, &mut problems);
        }
        checks::check(table, problems)
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
    fn what_is_printed_loads_as_itself_whatever_the_text() {
        let path = setting("store.path", "C:\\a \"b\" \u{7f}\u{301}");
        let config = Config::load(None, &[path], &[]).expect("sound");
        let printed: Table = config.to_toml().parse().expect("valid TOML");
        assert_eq!(printed["store"]["path"].as_str(), config.store.path.to_str());
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
