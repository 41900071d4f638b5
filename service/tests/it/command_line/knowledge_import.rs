//! `knowledge import`: a file onto a real server, once and again.

use tempfile::TempDir;

use super::{file, printed, text};
use crate::process::{Served, refuses, run, switchyard};

const ITEMS: &str = "\
{\"id\":\"S-1\",\"text\":\"the cup came broken\",\"solution\":\"a new one\",\"solver\":\"li\",\
\"opened_at\":\"2026-06-01T10:00:00Z\",\"solved_at\":\"2026-06-02T10:00:00Z\",\"tags\":[\"cup\"]}
{\"id\":\"KB-1\",\"kind\":\"article\",\"title\":\"Broken on arrival\",\"text\":\"Send us a picture.\"}
{\"id\":\"S 2\",\"text\":\"发票抬头写错了\"}
";

#[test]
fn a_file_is_sent_once_and_what_the_server_refuses_is_told() {
    let folder = TempDir::new().expect("a temporary folder");
    let served = Served::start(&folder.path().join("store.sqlite"), &[]);
    let address = served.at.to_string();
    let (_folder, items) = file("items.jsonl", ITEMS);
    let import = ["--lang", "en", "knowledge", "import", text(&items), "--address", &address];
    let first = run(&mut switchyard(&import));
    let told = String::from_utf8_lossy(&first.stderr).into_owned();
    assert_eq!(first.status.code(), Some(0), "{told}");
    assert!(told.contains("item 3 was refused") && told.contains("white space"), "{told}");
    let printed_first = String::from_utf8_lossy(&first.stdout);
    assert_eq!(
        printed_first.trim(),
        "imported 2 items (0 were sent before, 1 refused); now 1 tickets and 1 articles"
    );
    let again = printed(&import);
    assert_eq!(
        again.trim(),
        "imported 0 items (3 were sent before, 0 refused); now 1 tickets and 1 articles"
    );

    // Another file is another import.
    let (_folder, more) = file("more.csv", "id,text,tags\nS-3,where is it,late;lost\n");
    let import = ["--lang", "zh", "knowledge", "import", text(&more), "--address", &address];
    assert!(printed(&import).starts_with("已导入 1 条（之前已发送 0 条，拒绝 0 条）"));
}

#[test]
fn a_file_with_mistakes_is_told_row_by_row_and_nothing_is_sent() {
    let rows = "{\"id\":\"S-1\",\"text\":\"hi\",\"kind\":\"note\"}\n{\"text\":\"hi\"}\n\
                {\"id\":\"S-2\"}\n{\"id\":\"S-3\",\"text\":\"hi\",\"solved_at\":\"yesterday\"}\n";
    let (_folder, items) = file("items.jsonl", rows);
    let mut import = switchyard(&["knowledge", "import", "--address", "127.0.0.1:1"]);
    let output = run(import.arg(&items));
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    for place in ["items.jsonl:1", "items.jsonl:2", "items.jsonl:3", "items.jsonl:4"] {
        assert!(told.contains(place), "{place} in {told}");
    }
    assert!(told.contains("got 4; nothing was sent"), "{told}");
}

#[test]
fn a_dry_run_needs_no_server_and_a_server_that_is_not_there_is_told() {
    let (_folder, items) = file("items.jsonl", ITEMS);
    let checked = printed(&["--lang", "en", "knowledge", "import", text(&items), "--dry-run"]);
    assert_eq!(checked.trim(), "3 items can be imported");
    let mut import = switchyard(&["knowledge", "import", text(&items), "--address", "127.0.0.1:1"]);
    refuses(&mut import, &["expected a server at 127.0.0.1:1"]);
    let (_folder, empty) = file("empty.jsonl", "");
    refuses(
        &mut switchyard(&["knowledge", "import", text(&empty)]),
        &["expected at least one row"],
    );
}
