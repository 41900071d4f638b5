//! JSONL and CSV, plain, gzip or zstd, to rows with their places.
//!
//! Files are read as a stream, so a history of any length fits. Every error
//! names file and line, and the field where there is one; no byte panics.

mod error;
mod jsonl;
mod source;
mod table;

use std::path::Path;
use std::sync::Arc;

pub use error::{Place, ReadError};

use crate::record::{Record, Value};

/// The rows of a file, in order; ends after the first error that hides the rest.
pub type Rows = Box<dyn Iterator<Item = Result<Row, ReadError>>>;

/// A row and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Where it stands, for messages.
    pub place: Place,
    /// Its fields.
    pub record: Record,
}

/// Opens a file by the endings of its name: `.jsonl` or `.csv`, then `.gz` or `.zst`.
pub fn open(path: &Path) -> Result<Rows, ReadError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let file: Arc<str> = Arc::from(&*name);
    match format_of(&name) {
        Some("jsonl") => Ok(Box::new(jsonl::JsonlRows::new(source::open(path)?, file))),
        Some("csv") => table::rows(source::open(path)?, file),
        _ => Err(ReadError::Format { path: path.to_owned() }),
    }
}

/// The ending of a name once its compression's is taken off.
fn format_of(name: &str) -> Option<&str> {
    let (bare, ending) = name.rsplit_once('.')?;
    match ending {
        "gz" | "zst" => bare.rsplit_once('.').map(|(_, format)| format),
        _ => Some(ending),
    }
}

/// All rows of a file.
pub fn read_all(path: &Path) -> Result<Vec<Row>, ReadError> {
    open(path)?.collect()
}

impl Row {
    /// The text of a field. A number or a boolean is read as it is written.
    pub fn label(&self, field: &str) -> Result<String, ReadError> {
        match self.require(field, "text")? {
            Value::Text(text) => Ok(text.clone()),
            Value::Number(number) => Ok(number.to_string()),
            Value::Bool(value) => Ok(value.to_string()),
            other => Err(self.wrong(field, "text", other.kind())),
        }
    }

    /// The text of a field, which must be a text.
    pub fn text(&self, field: &str) -> Result<&str, ReadError> {
        match self.require(field, "text")? {
            Value::Text(text) => Ok(text),
            other => Err(self.wrong(field, "text", other.kind())),
        }
    }

    /// The text of a field, or `None` where the field is absent or holds nothing.
    pub fn text_if_any(&self, field: &str) -> Result<Option<&str>, ReadError> {
        match self.record.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(_) => self.text(field).map(Some),
        }
    }

    /// The texts of a list, or `None` where the field is absent or holds nothing.
    pub fn texts_if_any(&self, field: &str) -> Result<Option<Vec<&str>>, ReadError> {
        match self.record.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::List(values)) => values
                .iter()
                .map(|value| self.text_in(field, value))
                .collect::<Result<_, _>>()
                .map(Some),
            Some(other) => Err(self.wrong(field, "a list of texts", other.kind())),
        }
    }

    fn text_in<'a>(&self, field: &str, value: &'a Value) -> Result<&'a str, ReadError> {
        match value {
            Value::Text(text) => Ok(text),
            other => Err(self.wrong(field, "a list of texts", other.kind())),
        }
    }

    /// The error that a field of this row holds something else.
    pub fn wrong(&self, field: &str, expected: &'static str, got: &str) -> ReadError {
        ReadError::WrongField {
            place: self.place.clone(),
            field: field.to_owned(),
            expected,
            got: got.to_owned(),
        }
    }

    fn require(&self, field: &str, expected: &'static str) -> Result<&Value, ReadError> {
        self.record.get(field).ok_or_else(|| ReadError::MissingField {
            place: self.place.clone(),
            field: field.to_owned(),
            expected,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(json: &str) -> Row {
        let place = Place { file: Arc::from("t.jsonl"), line: 17 };
        Row { place, record: serde_json::from_str(json).expect("the test's own JSON") }
    }

    fn message<T: std::fmt::Debug>(result: Result<T, ReadError>) -> String {
        result.expect_err("an error").to_string()
    }

    #[test]
    fn a_field_of_another_kind_is_named_with_its_place() {
        let row = row(r#"{"label": 3, "signals": ["a", 1]}"#);
        assert_eq!(
            message(row.text("label")),
            r#"t.jsonl:17: field "label": expected text, got a number"#
        );
        assert_eq!(
            message(row.texts_if_any("signals")),
            r#"t.jsonl:17: field "signals": expected a list of texts, got a number"#
        );
        assert_eq!(
            message(row.text("body")),
            r#"t.jsonl:17: field "body": expected text, got no such field"#
        );
    }

    #[test]
    fn labels_may_be_numbers() {
        assert_eq!(row(r#"{"label": 3}"#).label("label").ok(), Some("3".to_owned()));
    }

    #[test]
    fn an_unknown_ending_is_refused() {
        let error = open(Path::new("data.parquet")).err().expect("an error");
        assert!(error.to_string().contains(".jsonl or .csv"), "{error}");
    }
}
