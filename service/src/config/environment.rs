//! Environment variables: which of those that bear our prefix are settings.
//!
//! Two underscores stand for the dot of a key, so a setting always has them.
//! Names without are left alone: Kubernetes hands a container beside a Service
//! named `switchyard` some of its own, such as `SWITCHYARD_PORT_50051_TCP_ADDR`.

use std::ffi::OsString;

use toml::Table;

use super::{ConfigError, Setting};

/// What a variable of ours begins with.
const PREFIX: &str = "SWITCHYARD_";

/// What the environment says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Environment {
    /// The settings.
    pub settings: Vec<Setting>,
    /// Variables that are no settings but look meant as some.
    pub mistyped: Vec<Mistyped>,
}

/// A variable with one underscore where a setting has two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistyped {
    /// As it stands.
    pub name: String,
    /// As it was meant.
    pub meant: String,
}

impl Environment {
    /// Sorts variables by their names; the keys of `known` tell which look mistyped.
    ///
    /// # Errors
    /// The settings whose values are no text.
    pub(super) fn of(
        variables: impl IntoIterator<Item = (OsString, OsString)>,
        known: &Table,
    ) -> Result<Self, ConfigError> {
        let mut environment = Self::default();
        let mut problems = Vec::new();
        for (name, value) in variables {
            // A name that is no text does not begin with ours.
            let Some(rest) = name.to_str().and_then(|name| name.strip_prefix(PREFIX)) else {
                continue;
            };
            if !rest.contains("__") {
                environment.mistyped.extend(mistyped(rest, known));
                continue;
            }
            let key = rest.to_lowercase().replace("__", ".");
            match value.into_string() {
                Ok(value) => environment.settings.push((key, value)),
                Err(value) => {
                    problems.push(format!("{key}: expected UTF-8, got {}", value.display()));
                }
            }
        }
        if problems.is_empty() { Ok(environment) } else { Err(ConfigError(problems)) }
    }
}

/// The setting that a name without two underscores comes to when one of its underscores is the dot.
fn mistyped(rest: &str, known: &Table) -> Option<Mistyped> {
    let typed = rest.to_lowercase();
    let (section, key) = keys(known).find(|(section, key)| format!("{section}_{key}") == typed)?;
    let meant = format!("{PREFIX}{section}__{key}").to_uppercase();
    Some(Mistyped { name: format!("{PREFIX}{rest}"), meant })
}

/// Every section with each of its keys.
fn keys(known: &Table) -> impl Iterator<Item = (&str, &str)> {
    known.iter().flat_map(|(section, inner)| {
        let inner = inner.as_table().into_iter().flat_map(Table::keys);
        inner.map(move |key| (section.as_str(), key.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use super::super::defaults;
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Environment {
        let variables = variables.iter().map(|(name, value)| (name.into(), value.into()));
        Environment::of(variables, &defaults()).expect("texts")
    }

    #[test]
    fn only_names_with_two_underscores_are_settings() {
        let read = read(&[
            ("SWITCHYARD_SERVER__LISTEN", "0.0.0.0:1"),
            ("SWITCHYARD_STORE__SIZE_MAX_MIB", "7"),
            ("SWITCHYARD_PORT", "tcp://10.0.0.1:50051"),
            ("SWITCHYARD_PORT_50051_TCP_ADDR", "10.0.0.1"),
            ("SWITCHYARD_SERVICE_HOST", "10.0.0.1"),
            ("HOME", "/home/li"),
        ]);
        let keys: Vec<_> = read.settings.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["server.listen", "store.size_max_mib"]);
        assert_eq!(read.mistyped, []);
    }

    #[test]
    fn one_underscore_for_the_dot_of_a_known_key_is_taken_for_a_slip() {
        let read = read(&[("SWITCHYARD_SERVER_IN_FLIGHT_MAX", "7"), ("SWITCHYARD_SERVER_X", "7")]);
        let meant: Vec<_> = read.mistyped.iter().map(|slip| slip.meant.as_str()).collect();
        assert_eq!(meant, ["SWITCHYARD_SERVER__IN_FLIGHT_MAX"]);
        assert_eq!(read.settings, []);
    }

    #[cfg(unix)]
    #[test]
    fn a_value_that_is_no_text_is_a_problem_of_its_key_and_other_variables_are_none() {
        use std::os::unix::ffi::OsStringExt as _;
        let bytes = || OsString::from_vec(vec![b'a', 0xFF]);
        let of = |name: OsString| Environment::of([(name, bytes())], &defaults());
        let ConfigError(problems) = of("SWITCHYARD_STORE__PATH".into()).expect_err("no text");
        assert!(problems[0].starts_with("store.path: expected UTF-8"), "{problems:?}");
        assert_eq!(of("LATIN".into()), Ok(Environment::default()));
        assert_eq!(of(bytes()), Ok(Environment::default()));
    }
}
