//! A bundle or a file onto the disk, whole or not at all.
//!
//! Files are written into a folder beside the target and renamed into place, so
//! that an interrupt leaves the old bundle, or none, but never half of one.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::TrainError;

/// Replaces the bundle in `folder` by these files.
pub fn write(folder: &Path, files: &[(&str, Vec<u8>)]) -> Result<(), TrainError> {
    let beside = sibling(folder, "new");
    let old = sibling(folder, "old");
    if old.exists() && !folder.exists() {
        // An interrupt came between the two renames of `replace`.
        at(folder, fs::rename(&old, folder))?;
    }
    [&beside, &old].into_iter().try_for_each(|path| remove(path))?;
    at(&beside, fs::create_dir_all(&beside))?;
    for (name, bytes) in files {
        at(&beside.join(name), fs::write(beside.join(name), bytes))?;
    }
    replace(folder, &beside, &old)?;
    [&beside, &old].into_iter().try_for_each(|path| remove(path))
}

/// Has the new folder stand in the place of the old one, at once where the file system can.
fn replace(folder: &Path, new: &Path, old: &Path) -> Result<(), TrainError> {
    if folder.exists() {
        if exchange(new, folder) {
            return Ok(());
        }
        at(folder, fs::rename(folder, old))?;
    }
    at(folder, fs::rename(new, folder))
}

/// Changes the places of two folders in one step; tells whether it could.
#[cfg(target_os = "linux")]
fn exchange(a: &Path, b: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> bool {
    false
}

/// Replaces one file, creating its folder.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), TrainError> {
    let beside = sibling(path, "new");
    if let Some(folder) = path.parent() {
        at(folder, fs::create_dir_all(folder))?;
    }
    at(&beside, fs::write(&beside, bytes))?;
    at(path, fs::rename(&beside, path))
}

/// `bundles/default` and `new` to `bundles/.default.new`: the same file system, out of sight.
fn sibling(folder: &Path, what: &str) -> PathBuf {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    folder.with_file_name(format!(".{name}.{what}"))
}

fn remove(folder: &Path) -> Result<(), TrainError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => at(folder, Err(error)),
        _ => Ok(()),
    }
}

fn at<T>(path: &Path, result: io::Result<T>) -> Result<T, TrainError> {
    result.map_err(|source| TrainError::Write { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_interrupt_moved_away_is_there_again_though_the_next_write_fails() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("default");
        write(&target, &[("old.txt", b"1".to_vec())]).expect("a write");
        fs::rename(&target, sibling(&target, "old")).expect("moved");
        write(&target, &[("no/such/folder.txt", b"2".to_vec())]).expect_err("a failed write");
        assert_eq!(fs::read(target.join("old.txt")).expect("the old file"), b"1");
    }

    #[test]
    fn a_bundle_replaces_the_one_before_and_leaves_nothing_beside() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("default");
        write(&target, &[("old.txt", b"1".to_vec())]).expect("a write");
        write(&target, &[("new.txt", b"2".to_vec())]).expect("a write");
        let names = |path: &Path| -> Vec<_> {
            fs::read_dir(path).expect("a folder").flatten().map(|it| it.file_name()).collect()
        };
        assert_eq!(
            (names(&target), names(folder.path())),
            (vec!["new.txt".into()], vec!["default".into()])
        );
    }
}
