//! What `export` writes, beside a server and again and again: everything once.

mod interrupted;
mod rows;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;
use switchyard_proto::v1 as pb;
use tempfile::TempDir;
use tonic::Request;

use crate::backup::{done, names, served_once};
use crate::harness::Harness;
use crate::process::{refuses, switchyard};
use crate::samples::{agent, ticket, triage};

fn export(store: &Path, out: &Path, more: &[&str]) -> Command {
    let mut command = switchyard(&["export", "--store"]);
    command.arg(store).arg("--out").arg(out).args(more);
    command
}

/// What an export that must succeed says of itself.
async fn exported(store: &Path, out: &Path, more: &[&str]) -> Value {
    let mut command = export(store, out, more);
    command.arg("--json");
    let told = tokio::task::spawn_blocking(move || done(&mut command)).await.expect("no panic");
    serde_json::from_str(&told).expect("JSON")
}

/// The files of a table and tenant in the order of their ranges, which meet without a gap.
fn files(out: &Path, table: &str, tenant: &str, extension: &str) -> Vec<PathBuf> {
    let (begin, end) = (format!("{table}-{tenant}-"), format!(".{extension}"));
    let range = |name: &str| -> Option<(u64, u64)> {
        let (first, last) = name.strip_prefix(&begin)?.strip_suffix(&end)?.split_once('-')?;
        Some((first.parse().ok()?, last.parse().ok()?))
    };
    let ranges: BTreeMap<_, _> =
        names(out).into_iter().filter_map(|name| Some((range(&name)?, out.join(&name)))).collect();
    let mut next = 1;
    for (first, last) in ranges.keys() {
        assert_eq!(*first, next, "ranges meet: {ranges:?}");
        next = last + 1;
    }
    ranges.into_values().collect()
}

/// The rows of a table and tenant.
fn rows(out: &Path, table: &str, tenant: &str) -> Vec<Value> {
    let texts = files(out, table, tenant, "jsonl");
    let texts = texts.iter().map(|path| std::fs::read_to_string(path).expect("a file"));
    let texts: Vec<_> = texts.collect();
    let lines = texts.iter().flat_map(|text| text.lines());
    lines.map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn sequences(rows: &[Value]) -> Vec<u64> {
    rows.iter().map(|row| row["sequence"].as_u64().expect("a sequence")).collect()
}

/// Events from the first to the last, each once.
#[track_caller]
fn has_every_event(out: &Path, last: u64) {
    assert_eq!(sequences(&rows(out, "events", "default")), (1..=last).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn exports_beside_a_running_server_skip_nothing_and_repeat_nothing() {
    let harness = Arc::new(Harness::with(&[("store.snapshot_every", "100")]).await);
    harness.seat(&[("li", 100_000.0)]).await;
    let is_over = Arc::new(AtomicBool::new(false));
    let load = tokio::spawn({
        let (harness, is_over) = (harness.clone(), is_over.clone());
        async move {
            for n in 0.. {
                harness.decide(&format!("T-{n}")).await;
                if n % 3 == 0 {
                    harness.complete(&format!("T-{n}")).await;
                }
                if is_over.load(Ordering::Relaxed) {
                    return n;
                }
            }
            0
        }
    });
    let folder = TempDir::new().expect("a folder");
    let more = ["--resume", "--format", "both", "--events-per-file", "70"];
    for _ in 0..6 {
        exported(harness.store(), folder.path(), &more).await;
    }
    is_over.store(true, Ordering::Relaxed);
    let n = load.await.expect("no panic");
    exported(harness.store(), folder.path(), &more).await;

    let events = harness.events().await;
    has_every_event(folder.path(), events.len() as u64);
    assert!(files(folder.path(), "events", "default", "jsonl").len() > 4, "several files");
    let decided = rows(folder.path(), "decisions", "default");
    assert_eq!(decided.len(), n + 1, "one decision a ticket");
    let closed = rows(folder.path(), "outcomes", "default");
    assert_eq!(closed.len(), n / 3 + 1);
    assert!(closed.iter().all(|row| row["first_chosen_agent_id"] == "li"), "{closed:?}");
    assert!(closed.iter().all(|row| row["first_decided_time"].is_string()), "{closed:?}");

    let told = exported(harness.store(), folder.path(), &more).await;
    assert_eq!(told["tenants"][0]["files"], Value::Array(Vec::new()), "nothing new");
    let again = done(&mut export(harness.store(), folder.path(), &["--resume", "--lang", "zh"]));
    assert!(again.contains("没有新内容"), "{again}");
}

#[tokio::test]
async fn a_policy_applied_while_an_export_is_planned_does_not_disturb_it() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 10.0)]).await;
    let folder = TempDir::new().expect("a folder");
    for n in 0..3 {
        let source = switchyard_policy::DEFAULT.to_owned() + &format!("\n# {n}\n");
        let request = pb::ApplyRequest { source, ..pb::ApplyRequest::default() };
        harness.policies().apply(request).await.expect("applied");
        harness.decide(&format!("T-{n}")).await;
        exported(harness.store(), folder.path(), &["--resume"]).await;
    }
    let decided = rows(folder.path(), "decisions", "default");
    let revisions: Vec<_> = decided.iter().map(|row| row["policy_revision"].as_u64()).collect();
    assert_eq!(revisions, [Some(1), Some(2), Some(3)]);
}

#[tokio::test]
async fn outcomes_resume_with_what_was_known_of_open_tickets() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 10.0), ("wang", 10.0)]).await;
    harness.decide("T-1").await;
    let owner = harness.ticket("T-1").await.agent;
    let folder = TempDir::new().expect("a folder");
    exported(harness.store(), folder.path(), &["--resume"]).await;
    let other = if owner == "li" { "wang" } else { "li" };
    let request = pb::AssignRequest {
        ticket_id: "T-1".to_owned(),
        agent: other.to_owned(),
        ..pb::AssignRequest::default()
    };
    harness.desk().assign(request).await.expect("assigned");
    exported(harness.store(), folder.path(), &["--resume"]).await;
    harness.complete("T-1").await;
    exported(harness.store(), folder.path(), &["--resume"]).await;
    let [row] = &rows(folder.path(), "outcomes", "default")[..] else { panic!("one outcome") };
    assert_eq!(row["first_chosen_agent_id"], owner);
    assert_eq!(row["closing_agent_id"], other);
    assert_eq!(row["n_reassignments"], 1);
    // As a single export tells it.
    let aside = TempDir::new().expect("a folder");
    exported(harness.store(), aside.path(), &["--what", "outcomes"]).await;
    assert_eq!(&rows(aside.path(), "outcomes", "default")[..], std::slice::from_ref(row));
}

#[tokio::test]
async fn a_table_or_format_that_is_new_to_the_folder_begins_at_the_first_event() {
    let (folder, store, decisions) = served_once(5).await;
    let out = folder.path().join("export");
    exported(&store, &out, &["--what", "events"]).await;
    exported(&store, &out, &["--resume", "--what", "events,decisions", "--format", "both"]).await;
    assert_eq!(rows(&out, "decisions", "default").len(), decisions.len());
    has_every_event(&out, 11);
    assert_eq!(files(&out, "events", "default", "jsonl").len(), 1, "not again");
    assert_eq!(files(&out, "events", "default", "csv").len(), 1);
}

#[tokio::test]
async fn an_export_after_an_event_begins_there() {
    let (folder, store, _) = served_once(5).await;
    let out = folder.path().join("export");
    let told = exported(&store, &out, &["--tenant", "default", "--after", "4"]).await;
    assert_eq!(told["tenants"][0]["files"][0]["first_sequence"], 5, "{told}");
    let text = std::fs::read_to_string(out.join("events-default-5-11.jsonl")).expect("a file");
    assert_eq!(text.lines().count(), 7);
    // Its end is where the next one begins.
    let told = exported(&store, &out, &["--resume"]).await;
    assert_eq!(told["tenants"][0]["files"], Value::Array(Vec::new()), "{told}");
}

#[tokio::test]
async fn tenants_are_exported_apart_and_one_can_be_chosen() {
    let harness = Harness::start().await;
    for tenant in ["acme", "globex/eu"] {
        let with = |tenant: &str| tenant.parse().expect("ASCII");
        let agents = vec![agent("ann", 3.0)];
        let mut seated = Request::new(pb::BatchUpsertAgentsRequest {
            agents,
            actor: None,
            ..pb::BatchUpsertAgentsRequest::default()
        });
        seated.metadata_mut().insert("switchyard-tenant", with(tenant));
        harness.roster().batch_upsert_agents(seated).await.expect("seated");
        let mut asked = Request::new(triage(ticket("T-1")));
        asked.metadata_mut().insert("switchyard-tenant", with(tenant));
        harness.triage().triage(asked).await.expect("triaged");
    }
    let folder = TempDir::new().expect("a folder");
    exported(harness.store(), folder.path(), &["--tenant", "acme"]).await;
    assert_eq!(rows(folder.path(), "events", "acme").len(), 3);
    assert!(!names(folder.path()).iter().any(|name| name.contains("globex")));
    exported(harness.store(), folder.path(), &["--resume"]).await;
    let others = rows(folder.path(), "events", "globex%2Feu");
    assert_eq!(others.len(), 3);
    assert!(others.iter().all(|row| row["tenant"] == "globex/eu"));
    let mut unknown = export(harness.store(), folder.path(), &["--tenant", "amce", "--resume"]);
    refuses(&mut unknown, &["--tenant", "such as acme", "amce"]);
}

#[tokio::test]
async fn an_export_that_would_repeat_skip_or_overwrite_is_refused() {
    let (folder, store, _) = served_once(5).await;
    let out = folder.path().join("export");
    exported(&store, &out, &[]).await;
    let before = names(&out);
    refuses(&mut export(&store, &out, &[]), &["up to 11", "--resume"]);
    let after = ["--tenant", "default", "--after"];
    let mut again = export(&store, &out, &after);
    refuses(again.arg("0"), &["decisions-default-1-11.jsonl", "left as it is"]);
    let mut beyond = export(&store, &out, &after);
    refuses(beyond.arg("12"), &["--after", "at most 11", "got 12"]);
    // Another store, whose journal is longer.
    let other = Harness::start().await;
    other.seat(&[("wang", 10.0)]).await;
    for n in 0..9 {
        other.decide(&format!("T-{n}")).await;
    }
    let mut resumed = export(other.store(), &out, &["--resume"]);
    refuses(&mut resumed, &["another event 11", "new folder"]);
    assert_eq!(names(&out), before);

    std::fs::write(out.join("switchyard-export.json"), "{\"form\": 2}").expect("written");
    refuses(&mut export(&store, &out, &["--resume"]), &["expected form 1, got 2"]);
    std::fs::write(out.join("switchyard-export.json"), "{").expect("written");
    refuses(&mut export(&store, &out, &["--resume"]), &["switchyard-export.json"]);
    let nowhere = folder.path().join("nowhere.sqlite");
    refuses(&mut export(&nowhere, &out, &[]), &["expected a store", "nowhere.sqlite"]);
}

#[tokio::test]
async fn an_empty_store_exports_nothing() {
    let (folder, store) = crate::process::folder();
    assert_eq!(crate::process::Served::start(&store, &[]).terminate().0, Some(0));
    let out = folder.path().join("export");
    assert!(done(&mut export(&store, &out, &[])).contains("no events yet"));
    let mut command = export(&store, &out, &["--tenant", "acme"]);
    refuses(&mut command, &["--tenant", "none yet"]);
}
