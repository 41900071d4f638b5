//! What a later version wrote is refused in one line, by the server and by every command, and left alone.

use std::path::Path;
use std::process::Command;

use crate::backup::served_once;
use crate::process::{change_store, refuses, serve, switchyard};

/// Every command that opens the store.
fn commands(store: &Path) -> Vec<Command> {
    let beside = |name: &str| store.with_file_name(name);
    let mut backup = switchyard(&["backup", "--store"]);
    backup.arg(store).arg("--out").arg(beside("backup.sqlite"));
    let mut restore = switchyard(&["restore"]);
    restore.arg(store).arg("--store").arg(beside("restored.sqlite"));
    let mut export = switchyard(&["export", "--store"]);
    export.arg(store).arg("--out").arg(beside("export"));
    vec![serve(store), backup, restore, export]
}

async fn is_refused(changes: &[&'static str], why: &[&str]) {
    let (folder, store, _) = served_once(3).await;
    for change in changes {
        change_store(&store, change).await;
    }
    let before = std::fs::read(&store).expect("a store");
    for mut command in commands(&store) {
        refuses(&mut command, why);
    }
    assert!(std::fs::read(&store).expect("a store") == before, "left as it was");
    let others = ["backup.sqlite", "restored.sqlite", ".backup.sqlite.part"];
    for other in others.map(|name| folder.path().join(name)) {
        assert!(!other.exists(), "{}", other.display());
    }
}

#[tokio::test]
async fn a_store_of_a_later_schema_is_refused() {
    let why = ["store.sqlite", "schema 4 or older", "got 99", "a newer Switchyard wrote it"];
    is_refused(&["PRAGMA user_version = 99"], &why).await;
}

#[tokio::test]
async fn a_journal_entry_of_a_later_version_is_refused() {
    // A record begins with its version: field 1, a varint.
    let later = "DELETE FROM snapshot; \
                 UPDATE journal SET payload = CAST(x'0809' || substr(payload, 3) AS BLOB) WHERE first_sequence = 2";
    let why = ["the journal entry from sequence 2", "got 9", "a newer Switchyard wrote it"];
    is_refused(&[later], &why).await;
}

#[tokio::test]
async fn a_snapshot_of_a_later_version_is_refused() {
    let later = "UPDATE snapshot SET payload = CAST(x'0809' || substr(payload, 3) AS BLOB)";
    let (_folder, store, _) = served_once(3).await;
    change_store(&store, later).await;
    let why = ["the snapshot at sequence", "got 9", "a newer Switchyard wrote it"];
    refuses(&mut serve(&store), &why);
    let out = store.with_file_name("backup.sqlite");
    refuses(switchyard(&["backup", "--store"]).arg(&store).arg("--out").arg(&out), &why);
}
