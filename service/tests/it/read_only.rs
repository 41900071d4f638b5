//! A store that cannot be written: the start says so, and a server at work waits for it to pass.

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use tonic::Code;

use crate::backup::{done, names, served_once};
use crate::harness::Harness;
use crate::process::{folder, refuses, serve, switchyard};
use crate::refusal::refused;
use crate::samples::{ticket, triage};

/// `nobody`, whom permissions bind.
const NOBODY: u32 = 65_534;

/// Permissions bind everybody but root; what root starts here runs as nobody.
fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|us| us.uid() == 0)
}

/// Whether a process without privileges can start the binary, wherever it was built.
fn can_drop_privileges() -> bool {
    !is_root() || bound(switchyard(&["--version"])).output().is_ok()
}

fn bound(mut command: Command) -> Command {
    if is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    command
}

/// Hands a folder and what is in it to whoever runs the binary, with these permissions.
fn hand_over(folder: &Path, folder_mode: u32, file_mode: u32) {
    let set = |path: &Path, mode: u32| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("set");
        if is_root() {
            std::os::unix::fs::chown(path, Some(NOBODY), Some(NOBODY)).expect("handed over");
        }
    };
    for name in names(folder) {
        set(&folder.join(name), file_mode);
    }
    set(folder, folder_mode);
}

/// `None` where a test cannot tell anything.
async fn store_with_modes(
    folder_mode: u32,
    file_mode: u32,
) -> Option<(tempfile::TempDir, PathBuf)> {
    let (folder, store, _) = served_once(3).await;
    if !can_drop_privileges() {
        eprintln!("skipped: the binary cannot be started without privileges here");
        return None;
    }
    hand_over(folder.path(), folder_mode, file_mode);
    Some((folder, store))
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_named_at_the_start() {
    let Some((_folder, store)) = store_with_modes(0o555, 0o644).await else { return };
    refuses(&mut bound(serve(&store)), &["store.sqlite", "it is read-only"]);
    let elsewhere = store.with_file_name("new.sqlite");
    refuses(&mut bound(serve(&elsewhere)), &["new.sqlite", "ermission denied"]);
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_named_at_the_start() {
    let Some((_folder, store)) = store_with_modes(0o755, 0o444).await else { return };
    std::fs::remove_file(store.with_file_name("store.sqlite.lock")).expect("removed");
    refuses(&mut bound(serve(&store)), &["store.sqlite", "read-only"]);
}

#[tokio::test]
async fn a_store_on_a_read_only_disk_can_still_be_backed_up() {
    let Some((_folder, store)) = store_with_modes(0o555, 0o444).await else { return };
    let aside = tempfile::TempDir::new().expect("a folder");
    hand_over(aside.path(), 0o755, 0o644);
    let mut backup = switchyard(&["backup", "--store"]);
    backup.arg(&store).arg("--out").arg(aside.path().join("backup.sqlite"));
    done(&mut bound(backup));
}

/// Files that nobody can write, not even who has them open, until this is dropped.
struct Frozen(Vec<PathBuf>);

impl Frozen {
    /// `None` where the file system or our rights do not allow it.
    fn of(paths: Vec<PathBuf>) -> Option<Self> {
        let frozen = Self(paths);
        frozen.set("+i").then_some(frozen)
    }

    fn set(&self, attribute: &str) -> bool {
        let set = Command::new("chattr").arg(attribute).args(&self.0).output();
        set.is_ok_and(|output| output.status.success())
    }
}

impl Drop for Frozen {
    fn drop(&mut self) {
        self.set("-i");
    }
}

#[tokio::test]
async fn a_server_whose_store_turns_read_only_refuses_and_goes_on_when_that_is_over() {
    let (_folder, store) = folder();
    let mut harness = Harness::on(&store).await;
    harness.seat(&[("li", 100.0)]).await;
    let first = harness.decide("T-1").await;
    let log = PathBuf::from(format!("{}-wal", store.display()));
    let Some(frozen) = Frozen::of(vec![store.clone(), log]) else {
        eprintln!("skipped: files cannot be made immutable here");
        return;
    };
    for _ in 0..3 {
        let answer = harness.triage().triage(triage(ticket("T-2"))).await;
        let refusal = refused(answer, Code::Unavailable, "STORE_FAILED", &[]);
        assert!(refusal.retry, "RetryInfo tells when to come back: {refusal:?}");
    }
    assert_eq!(harness.decision(&first.id).await, first, "what is there can be read");
    drop(frozen);
    let second = harness.decide("T-2").await;
    assert_eq!(second.sequence, first.sequence + 2, "no gap, without a restart");
    harness.restart().await;
    assert_eq!(harness.decision(&second.id).await, second);
}
