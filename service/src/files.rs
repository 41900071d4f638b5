//! Files that are there whole or not at all: written under another name, synced, then named.
//!
//! A process that is killed leaves at most the draft, whose name begins with a dot; whoever
//! writes the same file next takes it over.

use std::fs::{File, OpenOptions, Permissions, TryLockError};
use std::io;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

/// What is granted to the owner of a draft, whatever it is like: a backup may be kept read-only.
const OWNER_READS_AND_WRITES: u32 = 0o600;

/// Why a file could not be made.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The system refused.
    #[error("expected to {what} {path}: {source}")]
    Failed {
        /// What was tried.
        what: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another process writes the same file.
    #[error("expected to be the only one to write {path}, but another process is at it")]
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// There is such a file already.
    #[error("expected no file at {path}, got one; it is left as it is")]
    Exists {
        /// The file.
        path: PathBuf,
    },
}

/// Names what was tried on which path, for errors of the system.
pub fn failed(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> FileError {
    let path = path.to_owned();
    move |source| FileError::Failed { what, path, source }
}

/// A file that is being written; gone when dropped, unless it was named.
#[derive(Debug)]
pub struct Draft {
    target: PathBuf,
    path: PathBuf,
    file: File,
    is_named: bool,
}

impl Draft {
    /// An empty draft of a file, beside it.
    ///
    /// # Errors
    /// The folder cannot be written, or another process drafts the same file.
    pub fn of(target: &Path) -> Result<Self, FileError> {
        let path = draft_of(target);
        let options = OpenOptions::new().create(true).truncate(false).write(true).clone();
        let file = options.open(&path).map_err(failed("write", &path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(FileError::InUse { path: target.to_owned() });
            }
            Err(TryLockError::Error(source)) => return Err(failed("lock", &path)(source)),
        }
        // Whoever held the lock until now may have named what was opened here.
        if !is_still(&path, &file).map_err(failed("write", &path))? {
            return Err(FileError::InUse { path: target.to_owned() });
        }
        let draft = Self { target: target.to_owned(), path, file, is_named: false };
        draft.file.set_len(0).map_err(failed("empty", &draft.path))?;
        Ok(draft)
    }

    /// Where it is written.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it will be called.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// What is written to.
    pub fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// Lets those read it who may read another file; its owner may write it in any case.
    pub fn as_private_as(&self, like: &Path) -> Result<(), FileError> {
        let mode = like.metadata().map_err(failed("read", like))?.permissions().mode();
        let permissions = Permissions::from_mode(mode | OWNER_READS_AND_WRITES);
        std::fs::set_permissions(&self.path, permissions)
            .map_err(failed("set the permissions of", &self.path))
    }

    /// Sees it through to the disk.
    pub fn sync(&self) -> Result<(), FileError> {
        self.file.sync_all().map_err(failed("sync", &self.path))
    }

    /// Leaves it as a draft, to be named by [`name_draft_of`] even by another process.
    pub fn leave(mut self) {
        self.is_named = true;
    }

    /// Syncs it and gives it its name, in place of a file that has it.
    pub fn replace(mut self) -> Result<(), FileError> {
        self.sync()?;
        std::fs::rename(&self.path, &self.target).map_err(failed("name", &self.target))?;
        self.is_named = true;
        sync_folder_of(&self.target)
    }

    /// Syncs it and gives it its name, which no file may have.
    pub fn publish(mut self) -> Result<(), FileError> {
        self.sync()?;
        match std::fs::hard_link(&self.path, &self.target) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return Err(FileError::Exists { path: self.target.clone() });
            }
            // Not every file system has links; then what was checked a moment ago must do.
            Err(_) => {
                refuse_existing(&self.target)?;
                std::fs::rename(&self.path, &self.target).map_err(failed("name", &self.target))?;
                self.is_named = true;
            }
        }
        sync_folder_of(&self.target)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.is_named {
            // What cannot be removed is taken over by the next.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// Whether a path leads to an open file.
fn is_still(path: &Path, file: &File) -> io::Result<bool> {
    let (opened, found) = (file.metadata()?, path.symlink_metadata());
    Ok(found.is_ok_and(|found| (found.dev(), found.ino()) == (opened.dev(), opened.ino())))
}

/// `.NAME.part` beside the file.
pub fn draft_of(target: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(".part");
    target.with_file_name(name)
}

/// Gives the draft of a file that was left its name; one that has it already is as it should be.
///
/// The folder is not synced by this.
pub fn name_draft_of(target: &Path) -> Result<(), FileError> {
    match std::fs::rename(draft_of(target), target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        renamed => renamed.map_err(failed("name", target)),
    }
}

/// Expects that there is no file of this name.
pub fn refuse_existing(path: &Path) -> Result<(), FileError> {
    match path.symlink_metadata() {
        Ok(_) => Err(FileError::Exists { path: path.to_owned() }),
        Err(_) => Ok(()),
    }
}

/// The folder a file lies in.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Sees a file's name through to the disk.
pub fn sync_folder_of(path: &Path) -> Result<(), FileError> {
    let folder = folder_of(path);
    File::open(folder).and_then(|opened| opened.sync_all()).map_err(failed("sync", folder))
}

/// A path with something added to its name, as in `store.sqlite-wal`.
pub fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).expect("a folder");
        let name = |entry: io::Result<std::fs::DirEntry>| entry.expect("an entry").file_name();
        let mut names: Vec<_> =
            entries.map(|entry| name(entry).to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    fn drafted(target: &Path, text: &str) -> Draft {
        let mut draft = Draft::of(target).expect("a draft");
        draft.file().write_all(text.as_bytes()).expect("written");
        draft
    }

    #[test]
    fn a_draft_that_is_dropped_leaves_nothing() {
        let folder = tempfile::TempDir::new().expect("a folder");
        drop(drafted(&folder.path().join("a"), "half"));
        assert_eq!(names(folder.path()), [""; 0]);
    }

    #[test]
    fn a_published_file_takes_no_other_files_place_and_a_replacing_one_does() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("a");
        drafted(&path, "first").publish().expect("published");
        let refused = drafted(&path, "second").publish();
        assert!(matches!(refused, Err(FileError::Exists { .. })), "{refused:?}");
        assert_eq!(std::fs::read_to_string(&path).expect("read"), "first");
        drafted(&path, "third").replace().expect("replaced");
        assert_eq!(std::fs::read_to_string(&path).expect("read"), "third");
        assert_eq!(names(folder.path()), ["a"]);
    }

    #[test]
    fn a_draft_left_behind_is_taken_over_and_one_at_work_is_not() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("a");
        std::fs::write(draft_of(&path), "left by a killed process").expect("written");
        let first = drafted(&path, "new");
        assert!(matches!(Draft::of(&path), Err(FileError::InUse { .. })));
        first.publish().expect("published");
        assert_eq!(std::fs::read_to_string(&path).expect("read"), "new");
    }
}
