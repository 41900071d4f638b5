//! What `doctor` finds of stores and their surroundings, sound and not.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::triage_service_client::TriageServiceClient;
use tempfile::TempDir;

use crate::backup::{names, served_once};
use crate::harness::Harness;
use crate::process::{Served, change_store, folder, refuses, run, store_with, switchyard};
use crate::samples::{ticket, triage};

fn doctor(store: &Path, settings: &[&str]) -> Command {
    let mut command = switchyard(&["doctor", "--store"]);
    command.arg(store);
    // Whatever else runs on this machine.
    let ports = ["server.listen=127.0.0.1:0", "server.metrics_listen="];
    for setting in ports.iter().chain(settings) {
        command.args(["--set", setting]);
    }
    command
}

/// What it says, and its exit code.
async fn examined(store: &Path, settings: &[&str]) -> (Value, Option<i32>) {
    let mut command = doctor(store, settings);
    command.arg("--json");
    let output = tokio::task::spawn_blocking(move || run(&mut command)).await.expect("no panic");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    (serde_json::from_slice(&output.stdout).expect("JSON"), output.status.code())
}

/// A check by its name.
#[track_caller]
fn check<'a>(told: &'a Value, name: &str) -> &'a Value {
    let checks = told["checks"].as_array().expect("a list");
    checks.iter().find(|check| check["check"] == name).unwrap_or_else(|| panic!("{name} in {told}"))
}

/// Expects that one check failed, and says why and what to do.
#[track_caller]
fn fails((told, code): &(Value, Option<i32>), name: &str, why: &str) {
    let found = check(told, name);
    assert_eq!(found["status"], "failed", "{told}");
    assert!(found["found"].as_str().is_some_and(|text| text.contains(why)), "{why} in {found}");
    assert!(found["advice"].as_str().is_some_and(|advice| !advice.is_empty()), "{found}");
    assert_eq!((&told["status"], *code), (&Value::from("failed"), Some(1)));
}

/// A store with a decision of this very moment.
async fn served_now() -> (TempDir, PathBuf, Served, pb::Decision) {
    let (folder, store) = folder();
    let served = Served::start(&store, &[]);
    let mut client = TriageServiceClient::new(served.channel().await);
    let answer = client.triage(triage(ticket("T-1"))).await.expect("triaged").into_inner();
    (folder, store, served, answer.decision.expect("a decision"))
}

#[track_caller]
fn is_healthy((told, code): &(Value, Option<i32>)) {
    let checks = ["store", "pages", "desks", "policies", "model", "room", "sync", "clock", "port"];
    for name in checks {
        let found = check(told, name);
        assert_ne!(found["status"], "failed", "{found}");
        // A disk may be small, slow or in memory here.
        if !["room", "sync"].contains(&name) {
            assert_eq!((&found["status"], &found["advice"]), (&"ok".into(), &Value::Null));
        }
    }
    assert_eq!(*code, Some(0));
}

#[tokio::test]
async fn a_healthy_store_is_found_healthy_and_left_as_it_is() {
    let (folder, store, served, _) = served_now().await;
    assert_eq!(served.terminate().0, Some(0));
    let before = std::fs::read(&store).expect("a store");
    let examined = examined(&store, &[]).await;
    is_healthy(&examined);
    let desks = check(&examined.0, "desks")["found"].as_str().expect("a text").to_owned();
    assert_eq!(desks, "tenants: 1, events: 2, all rebuilt");
    assert!(std::fs::read(&store).expect("a store") == before, "not a byte is another");
    assert!(!names(folder.path()).iter().any(|name| name.contains("doctor")), "no probe is left");
    assert_eq!(Served::start(&store, &[]).terminate().0, Some(0), "and it can be served");
}

#[tokio::test]
async fn a_store_is_examined_while_a_server_goes_on() {
    let (_folder, store, served, decision) = served_now().await;
    let listen = format!("server.listen={}", served.at);
    let examined = examined(&store, &[&listen]).await;
    is_healthy(&examined);
    let port = check(&examined.0, "port");
    assert!(port["found"].as_str().is_some_and(|text| text.contains("serves")), "{port}");
    let mut client = TriageServiceClient::new(served.channel().await);
    let asked = pb::GetDecisionRequest { id: decision.id.clone() };
    let found = client.get_decision(asked).await.expect("there").into_inner();
    assert_eq!(found.decision, Some(decision));
    client.triage(triage(ticket("T-2"))).await.expect("still writing");
}

#[tokio::test]
async fn a_store_that_is_not_there_yet_is_fine_and_is_not_made() {
    let (folder, store) = folder();
    let (told, code) = examined(&store, &[]).await;
    assert_eq!((code, &check(&told, "store")["status"]), (Some(0), &"ok".into()), "{told}");
    assert_eq!(names(folder.path()), [""; 0]);
    let nowhere = folder.path().join("no/store.sqlite");
    fails(&examined(&nowhere, &[]).await, "store", "no/store.sqlite");
}

#[tokio::test]
async fn damage_is_found_where_it_is() {
    let (_folder, store, _) = served_once(200).await;
    let mut bytes = std::fs::read(&store).expect("a store");
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 5 * 4096].fill(0);
    std::fs::write(&store, &bytes).expect("written");
    fails(&examined(&store, &[]).await, "pages", "expected a sound store");
    std::fs::write(&store, "To whom it may concern").expect("written");
    fails(&examined(&store, &[]).await, "store", "not a database");

    let damages = [
        ("DELETE FROM journal WHERE first_sequence = 2", "desks", "expected 3 events"),
        ("DELETE FROM snapshot; UPDATE journal SET payload = x'08ff'", "desks", "unreadable"),
        ("UPDATE policy SET source = 'colour = 1'", "policies", "revision 0 of default"),
        ("UPDATE journal SET at_ms = 3786912000000", "clock", "before the journal's last entry"),
    ];
    for (change, name, why) in damages {
        let (_folder, store) = store_with(change).await;
        fails(&examined(&store, &[]).await, name, why);
    }
}

#[tokio::test]
async fn what_a_later_version_wrote_is_told_and_left_alone() {
    let (_folder, store, _) = served_once(1).await;
    let later = "DELETE FROM snapshot; UPDATE journal \
                 SET payload = CAST(x'0809' || substr(payload, 3) AS BLOB) WHERE first_sequence = 2";
    change_store(&store, later).await;
    fails(&examined(&store, &[]).await, "desks", "a newer Switchyard wrote it");
    change_store(&store, "PRAGMA user_version = 99").await;
    let before = std::fs::read(&store).expect("a store");
    fails(&examined(&store, &[]).await, "store", "a newer Switchyard wrote it");
    assert!(std::fs::read(&store).expect("a store") == before);
}

#[tokio::test]
async fn a_policy_with_other_labels_than_the_models_is_warned_of() {
    let harness = Harness::start().await;
    let source = "schema = 1\n[[category]]\nid = \"lifts\"\n".to_owned();
    let request = pb::ApplyRequest { source, ..pb::ApplyRequest::default() };
    harness.policies().apply(request).await.expect("applied");
    let (told, _) = examined(harness.store(), &[]).await;
    let policies = check(&told, "policies");
    assert_eq!(policies["status"], "warning", "{told}");
    assert!(policies["found"].as_str().is_some_and(|text| text.contains("default (1)")));
    let (told, _) = examined(harness.store(), &["model.bundle=none"]).await;
    assert_eq!(check(&told, "policies")["status"], "ok", "{told}");
}

#[tokio::test]
async fn a_port_that_something_else_has_and_a_bundle_that_is_not_there_are_told() {
    let (_folder, store) = folder();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let at = taken.local_addr().expect("an address").to_string();
    let listen = format!("server.listen={at}");
    fails(&examined(&store, &[&listen]).await, "port", &at);
    let listen = format!("server.metrics_listen={at}");
    fails(&examined(&store, &[&listen]).await, "metrics_port", &at);
    let elsewhere = "server.listen=192.0.2.1:50051";
    fails(&examined(&store, &[elsewhere]).await, "port", "192.0.2.1");
    fails(&examined(&store, &["model.bundle=/nowhere"]).await, "model", "/nowhere");
}

#[tokio::test]
async fn people_read_a_line_a_check_with_the_advice_below_in_their_language() {
    let (_folder, store, _) = served_once(1).await;
    change_store(&store, "PRAGMA user_version = 99").await;
    let output = run(doctor(&store, &[]).args(["--lang", "zh"]));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(output.status.code(), Some(1));
    assert!(text.starts_with("存储      失败"), "{text}");
    assert!(text.contains("→ 使用写入它的新版本"), "{text}");
    let output = run(&mut doctor(&store, &[]));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(text.starts_with("store  failed"), "{text}");
    refuses(&mut doctor(&store, &["server.colour=red"]), &["server.colour"]);
}
