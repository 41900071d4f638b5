//! The corpus written for this project, and its checks.
//!
//! A folder of `<category>.<zh|en>.jsonl`, each row labelled by `GUIDE.md`.
//! Loading reads; [`check`] says everything that is wrong at once, so that a
//! writer can mend it in one go.

mod check;

use std::fs;
use std::path::{Path, PathBuf};

pub use check::{Finding, check, too_close_to};

use crate::read::{self, ReadError, Row};
use crate::ticket::LabelledTicket;

/// The files of a corpus in order of name.
///
/// # Errors
/// The folder cannot be listed.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let cannot_open = |source| ReadError::Open { path: folder.to_owned(), source };
    let entries = fs::read_dir(folder).map_err(cannot_open)?;
    let mut paths = entries
        .map(|entry| entry.map(|entry| entry.path()).map_err(cannot_open))
        .collect::<Result<Vec<_>, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "jsonl"));
    paths.sort_unstable();
    Ok(paths)
}

/// Every row of a corpus, file by file.
pub fn load(folder: &Path) -> Result<Vec<Entry>, ReadError> {
    let mut entries = Vec::new();
    for path in files(folder)? {
        for row in read::open(&path)? {
            let row = row?;
            let ticket = LabelledTicket::from_row(&row)?;
            entries.push(Entry { row, ticket });
        }
    }
    Ok(entries)
}

/// A row of the corpus, as written and as read.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The row with its place.
    pub row: Row,
    /// What it says.
    pub ticket: LabelledTicket,
}
