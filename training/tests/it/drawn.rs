//! A set with more rows than may be taken gives some of them, and the bundle says so.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use switchyard_models::bundle::Bundle;
use switchyard_training::command::fit;

const RECIPE: &str = r#"
schema = 1
name = "drawn"
seed = 1
fallback = "returns.refund"
heads = ["category"]

[calibration]
folds = 2

[[data]]
name = "tickets"
licence = "CC0-1.0"
path = "tickets.jsonl"
rows_max = 300
"#;

/// 600 tickets of one category and 50 of another.
fn recipe(folder: &Path) -> PathBuf {
    let mut rows = String::new();
    for at in 0..650 {
        let is_rare = at % 13 == 0;
        let (category, what) =
            if is_rare { ("returns.refund", "refund") } else { ("logistics.tracking", "parcel") };
        let body = format!("where is my {what} {at}");
        let row = serde_json::json!({"id": format!("T-{at}"), "body": body, "category": category});
        writeln!(rows, "{row}").expect("a text");
    }
    fs::write(folder.join("tickets.jsonl"), rows).expect("a write");
    fs::write(folder.join("recipe.toml"), RECIPE).expect("a write");
    folder.join("recipe.toml")
}

#[test]
fn the_manifest_and_the_card_tell_from_how_many_rows_they_were_drawn() {
    let folder = tempfile::tempdir().expect("a folder");
    let recipe = recipe(folder.path());
    let bundle = fit::run(&recipe, Some(folder.path().join("bundle")), 1).expect("a bundle");
    let read = Bundle::load(&bundle).expect("a bundle");
    let source = &read.manifest().data[0];
    // The rare category keeps its 50 of them.
    assert_eq!((source.n_rows, source.drawn_from), (300, Some(650)));
    let card = fs::read_to_string(bundle.join("card.md")).expect("a card");
    assert!(card.contains("| 300, of rows drawn from 650 |"), "{card}");
}
