//! Why a store cannot be used, in one line that names its file.

use std::path::{Path, PathBuf};

use crate::files::FileError;

/// Why the store cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process has it open.
    #[error("expected to be the only process on {path}, but another one holds its lock")]
    InUse {
        /// The store.
        path: PathBuf,
    },
    /// The lock file cannot be made.
    #[error("expected to write the lock file {path}: {source}")]
    Lock {
        /// The lock file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// There is no such file.
    #[error("expected a store at {path}, got nothing there")]
    Absent {
        /// Where it should be.
        path: PathBuf,
    },
    /// The file or its folder cannot be written.
    #[error("expected to write to the store {path}, but it is read-only: {finding}")]
    ReadOnly {
        /// The store.
        path: PathBuf,
        /// What SQLite said.
        finding: String,
    },
    /// The system refuses to open, read or write the file.
    #[error("expected to read and write the store {path}: {finding}")]
    Inaccessible {
        /// The store.
        path: PathBuf,
        /// What SQLite said.
        finding: String,
    },
    /// The file is damaged or is no SQLite file.
    #[error("expected a sound store at {path}, got: {finding}")]
    Corrupt {
        /// The store.
        path: PathBuf,
        /// What is wrong.
        finding: String,
    },
    /// A newer program wrote it.
    #[error(
        "expected a store of schema {known} or older at {path}, got {found}; a newer Switchyard wrote it"
    )]
    FromTheFuture {
        /// The store.
        path: PathBuf,
        /// The newest schema known here.
        known: i64,
        /// The schema found.
        found: i64,
    },
    /// Its tables are those of an earlier program, or it has none.
    #[error(
        "expected a store of schema {known} at {path}, got {found}; \
         `switchyard serve` brings an older one up to date"
    )]
    FromThePast {
        /// The store.
        path: PathBuf,
        /// The schema that can be read.
        known: i64,
        /// The schema found; 0 is a file without tables.
        found: i64,
    },
    /// A log lies beside a file that should be whole without one.
    #[error(
        "expected a backup that `switchyard backup` made at {path}, got a file with a write-ahead \
         log beside it: a copy of a store in use is not whole"
    )]
    NotWhole {
        /// The file.
        path: PathBuf,
    },
    /// SQLite takes paths in UTF-8 alone.
    #[error("expected a path in UTF-8, got {path:?}")]
    NotUtf8 {
        /// The path.
        path: PathBuf,
    },
    /// The path leads elsewhere.
    #[error("expected the store itself at {path}, got a symbolic link; name the file it leads to")]
    SymbolicLink {
        /// The link.
        path: PathBuf,
    },
    /// There is a store already.
    #[error("expected no store at {path}, got one; --replace keeps it under another name")]
    Exists {
        /// The store.
        path: PathBuf,
    },
    /// A file beside the store cannot be made, moved or synced.
    #[error(transparent)]
    File(#[from] FileError),
    /// The setting that makes commits durable did not take.
    #[error("expected synchronous = FULL (2), got {0}")]
    NotDurable(i64),
    /// A hash of a request has another length.
    #[error("expected a request's hash of 16 bytes, got {n_bytes}")]
    BadRequestRow {
        /// Its length.
        n_bytes: usize,
    },
    /// The system gave no random bytes for the store's secret.
    #[error("expected random bytes from the system: {0}")]
    NoRandomness(getrandom::Error),
    /// The store's secret is damaged.
    #[error("expected a secret of 32 bytes in the store, got {n_bytes}")]
    BadSecret {
        /// Its length.
        n_bytes: usize,
    },
    /// SQLite failed.
    #[error("the store failed: {0}")]
    Sql(#[from] sqlx::Error),
}

impl StoreError {
    /// What SQLite said while a file was opened, as a fact of that file.
    #[must_use]
    pub(super) fn of_file(self, path: &Path) -> Self {
        let Self::Sql(sqlx::Error::Database(cause)) = &self else { return self };
        let (path, finding) = (path.to_owned(), cause.message().to_owned());
        match primary_code(cause.as_ref()) {
            Some(code::READ_ONLY) => Self::ReadOnly { path, finding },
            Some(code::IO | code::FULL | code::CANNOT_OPEN | code::PERMISSION) => {
                Self::Inaccessible { path, finding }
            }
            Some(code::BUSY) | None => self,
            // A first statement that fails on a file means the file, not the statement.
            Some(_) => Self::Corrupt { path, finding },
        }
    }
}

/// SQLite's primary result codes, from its documentation of result codes.
mod code {
    pub(super) const PERMISSION: u32 = 3;
    pub(super) const BUSY: u32 = 5;
    pub(super) const READ_ONLY: u32 = 8;
    pub(super) const IO: u32 = 10;
    pub(super) const FULL: u32 = 13;
    pub(super) const CANNOT_OPEN: u32 = 14;
}

/// The lowest byte of the extended code.
fn primary_code(cause: &dyn sqlx::error::DatabaseError) -> Option<u32> {
    cause.code()?.parse::<u32>().ok().map(|code| code & 0xff)
}
