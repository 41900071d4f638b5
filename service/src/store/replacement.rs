//! A whole file put in the place of a store: at one instant, with the old one kept.

use std::path::{Path, PathBuf};

use sqlx::Connection as _;

use super::beside::has_log;
use super::lock::StoreLock;
use super::{StoreError, StoreOptions, connect};
use crate::files::{Draft, FileError, failed, sync_folder_of, with_suffix};

/// The place of a store, which nobody else opens meanwhile.
#[derive(Debug)]
pub struct Replacement {
    path: PathBuf,
    lock: StoreLock,
}

/// A copy beside its place.
#[derive(Debug)]
pub struct Copy {
    path: PathBuf,
    draft: Draft,
    _lock: StoreLock,
}

impl Replacement {
    /// Takes a place.
    ///
    /// # Errors
    /// A server holds it, or it is a link: SQLite keeps the log beside the file that is meant.
    pub fn at(path: &Path) -> Result<Self, StoreError> {
        if path.is_symlink() {
            return Err(StoreError::SymbolicLink { path: path.to_owned() });
        }
        Ok(Self { path: path.to_owned(), lock: StoreLock::take(path)? })
    }

    /// Copies a file beside the place.
    ///
    /// # Errors
    /// The copy cannot be made.
    pub fn copy_of(self, file: &Path) -> Result<Copy, StoreError> {
        let mut draft = Draft::of(&self.path)?;
        let like = if self.path.exists() { &self.path } else { file };
        draft.as_private_as(like)?;
        let mut from = std::fs::File::open(file).map_err(failed("read", file))?;
        let copied = std::io::copy(&mut from, draft.file());
        copied.map_err(failed("write", draft.path()))?;
        draft.sync()?;
        Ok(Copy { path: self.path, draft, _lock: self.lock })
    }
}

impl Copy {
    /// Where it lies until it is put in its place.
    pub fn path(&self) -> &Path {
        self.draft.path()
    }

    /// Puts the copy where no store is.
    ///
    /// # Errors
    /// There is one.
    pub fn put(self) -> Result<(), StoreError> {
        if self.path.symlink_metadata().is_ok() {
            return Err(StoreError::Exists { path: self.path });
        }
        remove_log(&self.path)?;
        Ok(self.draft.publish()?)
    }

    /// Puts the copy in the place of a store, which goes on under another name.
    ///
    /// # Errors
    /// The name is taken, or the folder cannot be written; the store is then as it was.
    pub async fn put_keeping(self, kept: &Path) -> Result<(), StoreError> {
        // Else its log would have to change its name in the same instant.
        let is_folded = fold(&self.path).await.is_ok() && !has_log(&self.path);
        keep(&self.path, kept)?;
        // A store that cannot be folded is damaged: its log is kept beside it as it is.
        if !is_folded && has_log(&self.path) {
            keep(&with_suffix(&self.path, "-wal"), &with_suffix(kept, "-wal"))?;
        }
        sync_folder_of(kept)?;
        // A log is read into whatever file it lies beside.
        remove_log(&self.path)?;
        Ok(self.draft.replace()?)
    }
}

/// Folds the log of a store that nobody has open into its file.
async fn fold(path: &Path) -> Result<(), StoreError> {
    let options = StoreOptions { path: path.to_owned(), bytes_max: None };
    let mut connection = connect(&options).await?;
    sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await?;
    Ok(connection.close().await?)
}

/// Gives a file another name beside its own.
fn keep(path: &Path, kept: &Path) -> Result<(), FileError> {
    match std::fs::hard_link(path, kept) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(FileError::Exists { path: kept.to_owned() })
        }
        // Not every file system has links.
        Err(_) => std::fs::rename(path, kept).map_err(failed("keep the store as", kept)),
        Ok(()) => Ok(()),
    }
}

/// Removes what a store that is gone left beside its file.
fn remove_log(path: &Path) -> Result<(), FileError> {
    for path in ["-wal", "-shm"].map(|suffix| with_suffix(path, suffix)) {
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(failed("remove", &path)(error));
            }
            _ => {}
        }
    }
    Ok(())
}
