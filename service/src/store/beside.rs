//! A store opened only to be read, and copied, whether or not a server runs on it.
//!
//! Nothing here takes the lock of the one that writes. SQLite's log lets any
//! number read what was committed when they began while that one goes on.

use std::path::{Path, PathBuf};

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _};

use super::{Reader, StoreError, read_pool, reading, schema};
use crate::files::with_suffix;

/// How thoroughly a store is looked through for damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// Every page.
    Quick,
    /// Every page, and that rows and indices agree.
    Full,
}

/// A store that is read from beside.
#[derive(Debug, Clone)]
pub struct Beside {
    path: PathBuf,
    options: SqliteConnectOptions,
}

impl Beside {
    /// A store that a server may be at work on.
    ///
    /// # Errors
    /// Absent, inaccessible, no store, or one of another program's schema.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        let shared = Self::of(path, reading(path))?;
        match shared.look().await {
            Ok(()) => Ok(shared),
            // To read a log SQLite writes to its index beside it. Where the folder does not allow
            // that and no log is there, nobody writes either.
            Err(StoreError::Inaccessible { .. } | StoreError::ReadOnly { .. })
                if !has_log(path) =>
            {
                Self::open_still(path).await
            }
            Err(error) => Err(error),
        }
    }

    /// A store that nobody writes; nothing is left beside it.
    ///
    /// # Errors
    /// As [`Self::open`], or a log lies beside it.
    pub async fn open_still(path: &Path) -> Result<Self, StoreError> {
        let still = Self::of(path, reading(path).immutable(true))?;
        if has_log(path) {
            return Err(StoreError::NotWhole { path: path.to_owned() });
        }
        still.look().await?;
        Ok(still)
    }

    fn of(path: &Path, options: SqliteConnectOptions) -> Result<Self, StoreError> {
        let path = path.to_owned();
        if path.is_file() { Ok(Self { path, options }) } else { Err(StoreError::Absent { path }) }
    }

    async fn look(&self) -> Result<(), StoreError> {
        let mut connection = self.connect().await?;
        let known = schema::check_known(&mut connection, &self.path).await;
        known.map_err(|error| error.of_file(&self.path))?;
        Ok(connection.close().await?)
    }

    async fn connect(&self) -> Result<SqliteConnection, StoreError> {
        let connected = self.options.connect().await;
        connected.map_err(|error| StoreError::from(error).of_file(&self.path))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Connections that read it.
    pub async fn reader(&self) -> Result<Reader, StoreError> {
        Ok(Reader::new(read_pool(self.options.clone()).await?))
    }

    /// Looks for damage that shows without reading records.
    ///
    /// # Errors
    /// It is damaged.
    pub async fn check(&self, check: Check) -> Result<(), StoreError> {
        let mut connection = self.connect().await?;
        let found = super::check_integrity(&mut connection, &self.path, check).await;
        found.map_err(|error| error.of_file(&self.path))?;
        Ok(connection.close().await?)
    }

    /// Writes what is committed now into a file that is absent or empty.
    ///
    /// The log of a store in use cannot be begun anew until it is done, so it grows by what is
    /// committed in the meantime.
    ///
    /// # Errors
    /// The file cannot be written.
    pub async fn copy_into(&self, into: &Path) -> Result<(), StoreError> {
        let name = into.to_str().ok_or_else(|| StoreError::NotUtf8 { path: into.to_owned() })?;
        let mut connection = self.connect().await?;
        let copied = sqlx::query("VACUUM INTO ?").bind(name).execute(&mut connection).await;
        copied.map_err(|error| StoreError::from(error).of_file(into))?;
        Ok(connection.close().await?)
    }
}

/// Whether commits may stand in a log beside the file.
pub(super) fn has_log(path: &Path) -> bool {
    with_suffix(path, "-wal").metadata().is_ok_and(|log| log.len() > 0)
}
