//! What is wrong with a file, and where.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// A file and a line in it, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file's name, without its folder.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: u64,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// Why a file cannot be read as rows.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file could not be opened.
    #[error("{}: {source}", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The name ends in none of the formats read.
    #[error("{}: expected a name ending in .jsonl or .csv, or either with .gz or .zst", path.display())]
    Format {
        /// The file.
        path: PathBuf,
    },
    /// The bytes end too early or are damaged.
    #[error("{place}: {source}")]
    Damaged {
        /// Where reading stopped.
        place: Place,
        /// What the reader or the decompressor said.
        source: io::Error,
    },
    /// A line is longer than a ticket can be.
    #[error("{place}: expected a line of at most {max} bytes")]
    LineTooLong {
        /// The line.
        place: Place,
        /// The bound.
        max: usize,
    },
    /// The line is not UTF-8.
    #[error("{place}: expected UTF-8, got byte {byte:#04x} at column {column}")]
    NotUtf8 {
        /// The line.
        place: Place,
        /// The first byte that does not belong.
        byte: u8,
        /// Its place in the line, in bytes from 1.
        column: usize,
    },
    /// The line is not a JSON object.
    #[error("{place}: expected a JSON object: {source}")]
    Json {
        /// The line.
        place: Place,
        /// What the parser said.
        source: serde_json::Error,
    },
    /// The row is not one of the table that the header announces.
    #[error("{place}: {source}")]
    Csv {
        /// The line.
        place: Place,
        /// What the parser said.
        source: csv::Error,
    },
    /// Two columns have one name.
    #[error("{place}: expected each column once, got {column:?} twice")]
    DuplicateColumn {
        /// The header.
        place: Place,
        /// The column's name.
        column: String,
    },
    /// A row lacks a field.
    #[error("{place}: field {field:?}: expected {expected}, got no such field")]
    MissingField {
        /// The row.
        place: Place,
        /// The field.
        field: String,
        /// What it should hold.
        expected: &'static str,
    },
    /// A field holds something else.
    #[error("{place}: field {field:?}: expected {expected}, got {got}")]
    WrongField {
        /// The row.
        place: Place,
        /// The field.
        field: String,
        /// What it should hold.
        expected: &'static str,
        /// What it holds.
        got: String,
    },
}
