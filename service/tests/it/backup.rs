//! A store copied while it is served, and put back.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;
use switchyard_proto::v1 as pb;
use tempfile::TempDir;
use tonic::Code;

use crate::harness::Harness;
use crate::process::{
    Served, change_store, folder, refuses, run, store_with, switchyard, switchyard_short_of_room,
};
use crate::refusal::refused;

fn backup(store: &Path, out: &Path) -> Command {
    let mut command = switchyard(&["backup", "--store"]);
    command.arg(store).arg("--out").arg(out);
    command
}

fn restore(backup: &Path, store: &Path) -> Command {
    let mut command = switchyard(&["restore"]);
    command.arg(backup).arg("--store").arg(store);
    command
}

/// What a command that must succeed prints.
#[track_caller]
pub(crate) fn done(command: &mut Command) -> String {
    let output = run(command);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{error}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The names in a folder, in order.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten();
    let mut names: Vec<_> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// A store that was served and stopped, with decisions on so many tickets.
pub(crate) async fn served_once(n: usize) -> (TempDir, PathBuf, Vec<pb::Decision>) {
    let (folder, store) = folder();
    let mut harness = Harness::on(&store).await;
    harness.seat(&[("li", 1_000.0)]).await;
    let mut decisions = Vec::new();
    for n in 0..n {
        decisions.push(harness.decide(&format!("T-{n}")).await);
    }
    harness.stop().await;
    (folder, store, decisions)
}

async fn run_beside(mut command: Command) -> String {
    tokio::task::spawn_blocking(move || done(&mut command)).await.expect("no panic")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_under_load_restores_to_a_server_that_answers_the_same_decisions() {
    let harness = Arc::new(Harness::with(&[("store.snapshot_every", "50")]).await);
    harness.seat(&[("li", 100_000.0)]).await;
    let mut before = Vec::new();
    for n in 0..200 {
        before.push(harness.decide(&format!("T-{n}")).await);
    }
    let is_over = Arc::new(AtomicBool::new(false));
    let load = tokio::spawn({
        let (harness, is_over) = (harness.clone(), is_over.clone());
        async move {
            let mut n = 0;
            while !is_over.load(Ordering::Relaxed) {
                harness.decide(&format!("L-{n}")).await;
                n += 1;
            }
            n
        }
    });
    let folder = TempDir::new().expect("a folder");
    let out = folder.path().join("backup.sqlite");
    let mut command = backup(harness.store(), &out);
    command.arg("--json");
    let told: Value = serde_json::from_str(&run_beside(command).await).expect("JSON");
    is_over.store(true, Ordering::Relaxed);
    assert!(load.await.expect("no panic") > 0, "the server went on");
    assert_eq!(names(folder.path()), ["backup.sqlite"]);

    let place = folder.path().join("desk.sqlite");
    let text = run_beside(restore(&out, &place)).await;
    assert!(text.contains("default to event "), "{text}");
    let restored = Harness::on(&place).await;
    for decision in &before {
        assert_eq!(&restored.decision(&decision.id).await, decision);
        let explained = restored.explain(&decision.id).await;
        assert!(explained.reproduced, "{decision:?}");
    }
    let (events, all) = (restored.events().await, harness.events().await);
    assert_eq!(told["tenants"][0]["last_sequence"], events.len());
    assert!(events.len() > 400 && events[..] == all[..events.len()], "a beginning of the journal");
    let next = restored.decide("T-new").await;
    assert_eq!(next.sequence, events.len() as u64 + 2, "it goes on from there");
}

#[tokio::test]
async fn a_backup_takes_no_other_files_place() {
    let (folder, store, _) = served_once(1).await;
    let out = folder.path().join("backup.sqlite");
    std::fs::write(&out, "precious").expect("written");
    refuses(&mut backup(&store, &out), &["backup.sqlite", "left as it is"]);
    assert_eq!(std::fs::read_to_string(&out).expect("read"), "precious");
    refuses(&mut backup(&store, &folder.path().join("no/backup.sqlite")), &["no/"]);
    let nowhere = folder.path().join("nowhere.sqlite");
    refuses(&mut backup(&nowhere, &nowhere), &["nowhere.sqlite", "expected a store"]);
    assert!(!nowhere.exists(), "a store that is not there is not made");
}

#[tokio::test]
async fn a_backup_without_room_leaves_no_file() {
    let (folder, store, _) = served_once(200).await;
    let aside = TempDir::new().expect("a folder");
    let out = aside.path().join("backup.sqlite");
    let size = store.metadata().expect("a store").len() / 1024;
    let args = ["backup", "--store", store.to_str().expect("UTF-8"), "--out"];
    let mut command = switchyard_short_of_room(size as u32 / 2, &args);
    refuses(command.arg(&out), &["backup.sqlite"]);
    assert_eq!(names(aside.path()), [""; 0]);
    done(&mut backup(&store, &out));
    drop(folder);
}

#[tokio::test]
async fn a_backup_is_as_private_as_its_store() {
    let (folder, store, _) = served_once(1).await;
    let private = std::fs::Permissions::from_mode(0o600);
    std::fs::set_permissions(&store, private).expect("set");
    let out = folder.path().join("backup.sqlite");
    done(&mut backup(&store, &out));
    let mode = |path: &Path| path.metadata().expect("a file").permissions().mode() & 0o777;
    assert_eq!(mode(&out), 0o600);
    // A backup may be kept read-only; the store must be writable all the same.
    std::fs::set_permissions(&out, std::fs::Permissions::from_mode(0o400)).expect("set");
    let place = folder.path().join("restored.sqlite");
    done(&mut restore(&out, &place));
    assert_eq!(mode(&place), 0o600);
}

#[tokio::test]
async fn what_is_damaged_is_neither_backed_up_nor_restored() {
    let damages = [
        ("DELETE FROM journal WHERE first_sequence = 1", "expected 3 events"),
        ("DELETE FROM snapshot; UPDATE journal SET payload = x'08ff'", "unreadable"),
        ("UPDATE policy SET source = 'colour = 1'", "policy revision 0 of default"),
    ];
    for (change, why) in damages {
        let (folder, store) = store_with(change).await;
        let out = folder.path().join("backup.sqlite");
        refuses(&mut backup(&store, &out), &[why]);
        assert!(!out.exists() && !folder.path().join(".backup.sqlite.part").exists());

        // The file itself as somebody may have copied it.
        let place = folder.path().join("desk.sqlite");
        refuses(&mut restore(&store, &place), &[why]);
        assert!(!place.exists());
    }
    let (folder, store, _) = served_once(200).await;
    let (out, place) = (folder.path().join("backup.sqlite"), folder.path().join("desk.sqlite"));
    done(&mut backup(&store, &out));
    let mut bytes = std::fs::read(&out).expect("a backup");
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 4096].fill(0);
    std::fs::write(&out, &bytes).expect("written");
    refuses(&mut restore(&out, &place), &["backup.sqlite", "expected a sound store"]);
    std::fs::write(&out, &bytes[..middle]).expect("written");
    refuses(&mut restore(&out, &place), &["backup.sqlite"]);
    std::fs::write(&out, "no database at all").expect("written");
    refuses(&mut restore(&out, &place), &["backup.sqlite", "not a database"]);
    std::fs::write(&out, "").expect("written");
    refuses(&mut restore(&out, &place), &["backup.sqlite"]);
    assert!(!place.exists());
}

#[tokio::test]
async fn a_store_that_is_there_or_served_is_left_as_it_is() {
    let (folder, store, decisions) = served_once(3).await;
    let out = folder.path().join("backup.sqlite");
    done(&mut backup(&store, &out));
    refuses(&mut restore(&out, &store), &["--replace", "store.sqlite"]);
    let served = Served::start(&store, &[]);
    refuses(restore(&out, &store).arg("--replace"), &["another one holds its lock"]);
    assert_eq!(served.terminate().0, Some(0));
    let link = folder.path().join("link.sqlite");
    std::os::unix::fs::symlink(&store, &link).expect("linked");
    refuses(restore(&out, &link).arg("--replace"), &["link.sqlite", "symbolic link"]);
    let harness = Harness::on(&store).await;
    assert_eq!(harness.decision(&decisions[2].id).await, decisions[2]);
}

#[tokio::test]
async fn a_replaced_store_is_kept_with_all_that_its_log_held() {
    use switchyard_proto::v1::triage_service_client::TriageServiceClient;
    let (folder, store, decisions) = served_once(3).await;
    let out = folder.path().join("backup.sqlite");
    done(&mut backup(&store, &out));
    // Killed, so that what it decided is still in the log.
    let mut served = Served::start(&store, &[]);
    let mut client = TriageServiceClient::new(served.channel().await);
    let late = crate::samples::triage(crate::samples::ticket("T-late"));
    let late = client.triage(late).await.expect("triaged").into_inner().decision.expect("one");
    served.kill();

    let mut command = restore(&out, &store);
    let told: Value =
        serde_json::from_str(&done(command.args(["--replace", "--json"]))).expect("JSON");
    let kept = PathBuf::from(told["kept"].as_str().expect("a name"));
    assert_eq!(kept.parent(), store.parent());

    let restored = Harness::on(&store).await;
    assert_eq!(restored.decision(&decisions[2].id).await, decisions[2]);
    let asked = pb::GetDecisionRequest { id: late.id.clone() };
    refused(restored.triage().get_decision(asked).await, Code::NotFound, "NOT_FOUND", &[]);
    let before = Harness::on(&kept).await;
    assert_eq!(before.decision(&late.id).await, late);
}

#[tokio::test]
async fn a_damaged_store_is_replaced_and_kept_as_it_was() {
    let (folder, store, decisions) = served_once(3).await;
    let out = folder.path().join("backup.sqlite");
    done(&mut backup(&store, &out));
    let garbage = "no database at all ".repeat(1_000);
    std::fs::write(&store, &garbage).expect("written");
    std::fs::write(folder.path().join("store.sqlite-wal"), "nor a log").expect("written");
    let told = done(restore(&out, &store).args(["--replace", "--lang", "zh"]));
    assert!(told.contains("原有数据保留为"), "{told}");
    let kept = names(folder.path()).into_iter().filter(|name| name.contains(".replaced-"));
    let kept: Vec<_> = kept.map(|name| folder.path().join(name)).collect();
    let [file, log] = &kept[..] else { panic!("expected a file and its log, got {kept:?}") };
    assert_eq!(std::fs::read_to_string(file).expect("read"), garbage);
    assert_eq!(std::fs::read_to_string(log).expect("read"), "nor a log");
    let harness = Harness::on(&store).await;
    assert_eq!(harness.decision(&decisions[2].id).await, decisions[2]);
}

#[tokio::test]
async fn a_copy_of_a_store_in_use_is_no_backup() {
    let (folder, store) = folder();
    let mut served = Served::start(&store, &[]);
    served.kill();
    let log = folder.path().join("store.sqlite-wal");
    assert!(log.metadata().is_ok_and(|log| log.len() > 0), "killed with a log");
    let place = folder.path().join("desk.sqlite");
    refuses(&mut restore(&store, &place), &["store.sqlite", "write-ahead log"]);
    assert!(!place.exists());
}

#[tokio::test]
async fn an_empty_store_is_backed_up_and_restored() {
    let (folder, store) = folder();
    assert_eq!(Served::start(&store, &[]).terminate().0, Some(0));
    let (out, place) = (folder.path().join("backup.sqlite"), folder.path().join("desk.sqlite"));
    let told = done(&mut backup(&store, &out));
    assert!(told.contains("no tenant yet"), "{told}");
    done(&mut restore(&out, &place));
    assert_eq!(Served::start(&place, &[]).terminate().0, Some(0));
    change_store(&out, "PRAGMA user_version = 0").await;
    let other = folder.path().join("other.sqlite");
    refuses(&mut restore(&out, &other), &["backup.sqlite", "expected a store of schema 4"]);
}
