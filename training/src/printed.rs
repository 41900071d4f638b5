//! Reports on standard output: for people, or for programs.

use std::io::Write as _;

use serde::Serialize;

/// One JSON object for programs, a line for each figure for people.
pub(crate) fn print(report: &impl Serialize, json: bool) {
    let value = serde_json::to_value(report).expect("reports hold numbers and texts only");
    let text = if json { value.to_string() } else { rows("", &value).join("\n") };
    // A reader that went away is no error of ours.
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// A line for each figure, those of inner objects under their object's name.
fn rows(prefix: &str, value: &serde_json::Value) -> Vec<String> {
    let row = |(name, value): (&String, &serde_json::Value)| match value {
        serde_json::Value::Object(_) => rows(&format!("{prefix}{name}."), value),
        _ => vec![format!("{:<42} {}", format!("{prefix}{name}"), figure(value))],
    };
    value.as_object().into_iter().flatten().flat_map(row).collect()
}

/// Four digits of what is not whole; `-` where there was nothing to count.
fn figure(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Number(number) if number.is_f64() => {
            format!("{:.4}", number.as_f64().unwrap_or_default())
        }
        serde_json::Value::Array(bounds) => {
            bounds.iter().map(figure).collect::<Vec<_>>().join("..")
        }
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Null => "-".to_owned(),
        _ => value.to_string(),
    }
}
