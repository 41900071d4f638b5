//! A dense table from texts and a teacher, on the disk and in a bundle.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use switchyard_models::bundle::Bundle;
use switchyard_training::command::{encoder, fit, inspect};
use switchyard_training::table::file::Table;

use crate::tiny_encoder;

const TEXTS: [&str; 6] = [
    "late parcel",
    "where is my parcel",
    "money back",
    "where is my refund",
    "my money is late",
    "refund my money",
];

fn write(path: &Path, text: &str) -> PathBuf {
    fs::write(path, text).expect("a write");
    path.to_owned()
}

/// Two kinds, and texts of none.
fn kind_of(at: usize) -> &'static str {
    ["parcel", "refund", "none"][at % 3]
}

/// A folder with a teacher, texts and a recipe of a table 32 wide (the teacher is 8 wide).
fn folder(width: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    tiny_encoder::write(folder.path());
    let rows = TEXTS.iter().enumerate().fold(String::new(), |mut rows, (at, text)| {
        writeln!(
            rows,
            "{}",
            serde_json::json!({"text": text, "zh": format!("第{at}条"), "kind": kind_of(at)})
        )
        .expect("a text");
        rows
    });
    write(&folder.path().join("texts.jsonl"), &rows);
    let recipe = format!(
        "schema = 1\nname = \"tiny\"\nwidth = {width}\n\
         ngrams = {{ words_max = 2, chars_min = 4, chars_max = 4, han_max = 1 }}\n\
         budget = {{ words = 9, pairs = 2, chars = 3, han = 4, texts_min = 1 }}\n\
         contrast = {{ rounds = 2, batch = 4 }}\n\
         [[data]]\nname = \"texts\"\nlicence = \"CC0-1.0\"\npath = \"texts.jsonl\"\n\
         label = \"kind\"\nno_label = [\"none\"]\n\
         [[data]]\nname = \"texts\"\nlicence = \"CC0-1.0\"\npath = \"texts.jsonl\"\n\
         texts = [\"zh\"]\nteacher_texts = [\"text\"]\n"
    );
    write(&folder.path().join("table.toml"), &recipe);
    folder
}

fn distil(folder: &Path, out: &str, n_threads: usize) -> Result<encoder::Report, String> {
    encoder::distil(&folder.join("table.toml"), folder, &folder.join(out), n_threads)
        .map_err(|error| error.to_string())
}

/// The tiny teacher is widened to what a table needs.
fn wide() -> tempfile::TempDir {
    let folder = folder(32);
    tiny_encoder::write_wide(folder.path());
    folder
}

#[test]
fn the_same_recipe_gives_the_same_bytes_for_any_number_of_threads() {
    let folder = wide();
    let report = distil(folder.path(), "a.safetensors", 1).expect("a table");
    distil(folder.path(), "b.safetensors", 2).expect("a table");
    let read = |name: &str| fs::read(folder.path().join(name)).expect("a file");
    assert_eq!(read("a.safetensors"), read("b.safetensors"));
    // Nine words, two pairs, three of characters, two Chinese characters.
    assert_eq!((report.n_texts, report.n_rows), (12, 16));
    assert!(report.cosine > 0.5, "{}", report.cosine);
}

#[test]
fn a_bundle_fitted_on_a_table_holds_it_and_gives_it_back() {
    let folder = wide();
    distil(folder.path(), "table.safetensors", 1).expect("a table");
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("recipes/tiny.toml");
    let recipe = fs::read_to_string(&corpus).expect("a recipe");
    let datasets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../datasets");
    let recipe = recipe.replace("../../datasets", &datasets.to_string_lossy());
    let recipe = format!("{recipe}\n[embedding]\npath = \"table.safetensors\"\nweight = 0.5\n");
    let recipe = write(&folder.path().join("fit.toml"), &recipe);
    let bundle = fit::run(&recipe, Some(folder.path().join("bundle")), 1).expect("a bundle");
    let table = Table::load(&folder.path().join("table.safetensors")).expect("a table");
    let held = Table::load(&bundle).expect("the bundle's table");
    assert_eq!((&held.rows, held.spec.weight), (&table.rows, 0.5));
    let read = Bundle::load(&bundle).expect("a bundle");
    let columns = read.manifest().n_features + 32;
    assert_eq!(read.weights().matrix.n_features(), columns);
    let card = fs::read_to_string(bundle.join("card.md")).expect("a card");
    assert!(card.contains("| texts | CC0-1.0 | 6 |") && card.contains("| the encoder "), "{card}");
    assert!(read.manifest().scope.is_some());
    let report = inspect::run(&bundle).expect("a report");
    assert_eq!(report.table.map(|table| (table.name, table.n_rows)), Some(("tiny".to_owned(), 16)));
}

#[test]
fn a_teacher_narrower_than_the_table_is_refused() {
    let folder = folder(32);
    let error = distil(folder.path(), "a.safetensors", 1).expect_err("an error");
    assert_eq!(error, "table width: expected at most the teacher's 8, got 32");
    assert!(!folder.path().join("a.safetensors").exists());
}

#[test]
fn what_is_no_table_is_told_what_was_expected() {
    let folder = folder(32);
    let load = |path: &Path| Table::load(path).expect_err("an error").to_string();
    let error = load(&folder.path().join("model.safetensors"));
    assert!(error.ends_with(r#"expected metadata "switchyard_embedding", got none"#), "{error}");
    let error = load(&folder.path().join("texts.jsonl"));
    assert!(error.starts_with("dense table "), "{error}");
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/bundles");
    assert!(Table::load(&default).is_err());
}

#[test]
fn a_recipe_out_of_range_is_refused_before_the_teacher_is_read() {
    let folder = folder(33);
    let error = distil(folder.path(), "a.safetensors", 1).expect_err("an error");
    assert!(error.contains("width: expected a multiple of 32 above 0, got 33"), "{error}");
    let path = folder.path().join("table.toml");
    let recipe = fs::read_to_string(&path).expect("a recipe").replace("batch = 4", "batch = 1");
    write(&path, &recipe);
    let error = distil(folder.path(), "a.safetensors", 1).expect_err("an error");
    assert!(error.contains("contrast.batch: expected 2 or more, got 1"), "{error}");
}

#[test]
fn a_column_without_labels_is_named() {
    let folder = wide();
    let path = folder.path().join("table.toml");
    let recipe = fs::read_to_string(&path).expect("a recipe").replace("\"kind\"", "\"sort\"");
    write(&path, &recipe);
    let error = distil(folder.path(), "a.safetensors", 1).expect_err("an error");
    assert!(error.ends_with("expected labels in the column \"sort\", got none"), "{error}");
}
