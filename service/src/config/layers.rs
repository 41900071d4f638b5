//! Layers: a file or single settings laid over a table that holds every key.

use std::path::Path;

use toml::{Table, Value};

/// The layer in a file.
pub(super) fn read(path: &Path) -> Result<Table, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("expected a configuration file at {}: {error}", path.display()))?;
    text.parse().map_err(|error| format!("{}: {}", path.display(), toml_problem(&text, &error)))
}

/// What is wrong with a TOML text, after the line and, where a value is, the key before it.
pub(crate) fn toml_problem(text: &str, error: &toml::de::Error) -> String {
    let Some(before) = error.span().and_then(|span| text.get(..span.start)) else {
        return error.message().to_owned();
    };
    let line = before.matches('\n').count() + 1;
    let key = before.trim_end().strip_suffix('=').map(str::trim_end);
    let key =
        key.and_then(|key| key.rsplit(|c: char| c.is_whitespace() || "{,".contains(c)).next());
    let key = key.map(|key| format!("{key}: ")).unwrap_or_default();
    format!("line {line}: {key}{}", error.message())
}

/// Lays a layer over a table; keys that the table lacks are unknown.
pub(super) fn merge(table: &mut Table, layer: Table, path: &str, problems: &mut Vec<String>) {
    for (name, value) in layer {
        let key = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        match (table.get_mut(&name), value) {
            (None, _) => problems.push(unknown(&key)),
            (Some(Value::Table(inner)), Value::Table(layer)) => merge(inner, layer, &key, problems),
            (Some(old), new) if old.same_type(&new) => *old = new,
            (Some(old), new) => problems.push(wrong_type(&key, old, &new)),
        }
    }
}

fn unknown(key: &str) -> String {
    format!("{key}: expected a known key, got this one")
}

fn wrong_type(key: &str, expected: &Value, got: &Value) -> String {
    format!("{key}: expected a {}, got a {}", expected.type_str(), got.type_str())
}

/// Sets a dotted key from text, in the type the default has.
pub(super) fn set(table: &mut Table, key: &str, text: &str, problems: &mut Vec<String>) {
    let slot = key
        .split_once('.')
        .and_then(|(section, name)| table.get_mut(section)?.as_table_mut()?.get_mut(name));
    match slot {
        Some(Value::String(value)) => text.clone_into(value),
        Some(Value::Integer(value)) => match text.parse() {
            Ok(number) => *value = number,
            Err(_) => problems.push(format!("{key}: expected a whole number, got {text:?}")),
        },
        _ => problems.push(unknown(key)),
    }
}
