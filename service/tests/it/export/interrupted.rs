//! An export that is killed or has no room: no half file, and the next one completes it.

use std::process::Stdio;
use std::time::Duration;

use super::{exported, files, has_every_event, rows};
use crate::backup::{done, names, served_once};
use crate::process::{refuses, switchyard, switchyard_short_of_room};

/// How long a killed export may live, in milliseconds, from this seed.
const KILL_SEED: u64 = 20_260_603;

/// Tickets: enough that an export in small files takes longer than it may live.
const TICKETS: usize = 1_500;

#[tokio::test]
async fn an_export_that_is_killed_again_and_again_is_completed_without_a_gap_or_a_repetition() {
    let (folder, store, decisions) = served_once(TICKETS).await;
    let last = 2 * TICKETS as u64 + 1;
    let out = folder.path().join("export");
    let args = ["export", "--resume", "--format", "both", "--events-per-file", "25", "--store"];
    let mut random = KILL_SEED;
    let mut n_killed = 0;
    for _ in 0..200 {
        let mut command = switchyard(&args);
        command.arg(&store).arg("--out").arg(&out).stdout(Stdio::null());
        let mut child = command.spawn().expect("started");
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        std::thread::sleep(Duration::from_millis(20 + (random >> 33) % 200));
        let ended = child.try_wait().expect("waited for");
        if ended.is_some() {
            break;
        }
        child.kill().expect("killed");
        child.wait().expect("waited for");
        n_killed += 1;
        // Whatever has its name is whole.
        for path in files(&out, "events", "default", "jsonl") {
            let text = std::fs::read_to_string(&path).expect("a file");
            assert!(text.ends_with('\n'), "{} is cut", path.display());
        }
    }
    assert!(n_killed >= 3, "killed {n_killed} times only, seed {KILL_SEED}");
    exported(&store, &out, &args[1..args.len() - 1]).await;
    has_every_event(&out, last);
    assert_eq!(rows(&out, "decisions", "default").len(), decisions.len());
    for table in ["events", "decisions", "outcomes"] {
        let (jsonl, csv) =
            (files(&out, table, "default", "jsonl"), files(&out, table, "default", "csv"));
        assert_eq!(jsonl.len(), csv.len(), "all files of a range together");
    }
    assert!(!names(&out).iter().any(|name| name.contains(".part")), "no draft is left");
}

#[tokio::test]
async fn an_export_without_room_leaves_no_file_and_is_gone_on_with() {
    let (folder, store, _) = served_once(300).await;
    let out = folder.path().join("export");
    let out_text = out.to_str().expect("UTF-8");
    let args = ["export", "--resume", "--events-per-file", "500", "--out", out_text, "--store"];
    // One file of 500 events is larger than that.
    let mut command = switchyard_short_of_room(64, &args);
    refuses(command.arg(&store), &["expected to write", ".part"]);
    let left = names(&out);
    assert_eq!(left, [".switchyard-export.lock"], "no file, no draft, no state");

    // Room for one table, not for another of the same range: none of them is there.
    let mut command = switchyard_short_of_room(320, &args);
    refuses(command.arg(&store), &["expected to write"]);
    assert_eq!(names(&out), left);

    let mut command = switchyard(&args);
    done(command.arg(&store));
    has_every_event(&out, 601);
}

#[tokio::test]
async fn what_a_process_left_between_its_state_and_its_names_is_finished() {
    let (folder, store, _) = served_once(20).await;
    let out = folder.path().join("export");
    exported(&store, &out, &["--what", "events"]).await;
    let (file, draft) =
        (out.join("events-default-1-41.jsonl"), out.join(".events-default-1-41.jsonl.part"));
    // As it is after the state was written and before the file was named.
    std::fs::rename(&file, &draft).expect("renamed");
    let begun = out.join(".events-default-42-99.jsonl.part");
    std::fs::write(&begun, "half a li").expect("written");
    exported(&store, &out, &["--what", "events", "--resume"]).await;
    has_every_event(&out, 41);
    assert!(!draft.exists() && !begun.exists());
}
