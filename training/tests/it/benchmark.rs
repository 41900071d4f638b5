//! A folder of train and test gives one honest report.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use switchyard_training::command::benchmark::{Options, run};

/// Each topic's name, and words that only it uses.
const TOPICS: [(&str, [&str; 8]); 3] = [
    ("refund", ["money", "returned", "credit", "cash", "reimburse", "owed", "payback", "amount"]),
    ("parcel", ["courier", "doorstep", "tracking", "van", "depot", "shipment", "late", "driver"]),
    ("login", ["password", "account", "locked", "code", "username", "signin", "reset", "screen"]),
];

/// A row's topic, and five of the topic's words in an order of their own.
fn topic(at: usize) -> (&'static str, String) {
    let (name, words) = TOPICS[at % 3];
    let word = |place: usize| words[(at / 3 * (2 * place + 1) + place * 3 + at / 24) % 8];
    (name, (0..5).map(word).collect::<Vec<_>>().join(" "))
}

fn rows(n: usize, text: &str, label: &str) -> String {
    (0..n).map(topic).fold(String::new(), |mut rows, (name, words)| {
        writeln!(rows, r#"{{"{text}":"{words}","{label}":"{name}"}}"#)
            .expect("writing into a text cannot fail");
        rows
    })
}

fn options(folder: &Path) -> Options {
    Options {
        folder: folder.to_owned(),
        name: Some("topics".to_owned()),
        text_fields: None,
        label_field: "label".to_owned(),
        oos_label: None,
        table: None,
        seed: 1,
        n_threads: 1,
    }
}

fn folder(train: &str, test: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("train.jsonl"), train).expect("a write");
    fs::write(folder.path().join("test.jsonl"), test).expect("a write");
    folder
}

#[test]
fn separable_topics_are_learnt() {
    let folder = folder(&rows(120, "text", "label"), &rows(30, "text", "label"));
    let report = run(&options(folder.path())).expect("a report");
    assert_eq!(
        (report.dataset.as_str(), report.n_train, report.n_test, report.n_labels),
        ("topics", 120, 30, 3)
    );
    assert!((report.accuracy - 1.0).abs() < 1e-9 && report.ece < 0.1, "{report:?}");
    assert!(report.oos.is_none() && report.p50_us > 0.0);
}

#[test]
fn the_report_has_the_promised_keys() {
    let folder = folder(&rows(60, "text", "label"), &rows(6, "text", "label"));
    let report =
        serde_json::to_value(run(&options(folder.path())).expect("a report")).expect("JSON");
    for key in [
        "dataset",
        "tier",
        "n_train",
        "n_test",
        "n_labels",
        "accuracy",
        "accuracy_interval",
        "macro_f1",
        "ece",
        "train_s",
        "p50_us",
        "p99_us",
        "bundle_mb",
    ] {
        assert!(report.get(key).is_some(), "{key}");
    }
}

#[test]
fn texts_that_belong_nowhere_are_reported_apart() {
    let nowhere = r#"{"text":"quantum zebra 木","label":"oos"}"#;
    let test = format!("{}{nowhere}\n", rows(30, "text", "label"));
    let folder = folder(&format!("{}{nowhere}\n", rows(120, "text", "label")), &test);
    let options = Options { oos_label: Some("oos".to_owned()), ..options(folder.path()) };
    let report = run(&options).expect("a report");
    assert_eq!((report.n_train, report.n_test, report.n_labels), (120, 30, 3));
    let oos = report.oos.expect("asked for");
    assert!((oos.oos_recall - 1.0).abs() < 1e-9, "{oos:?}");
}

#[test]
fn title_and_body_are_read_from_compressed_tables_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut table = "title,body,label\n".to_owned();
    for (name, words) in (0..90).map(topic) {
        writeln!(table, "{name},\"{words}, really\",{name}")
            .expect("writing into a text cannot fail");
    }
    for name in ["train.csv.gz", "test.csv.gz"] {
        let file = fs::File::create(folder.path().join(name)).expect("a file");
        let mut gzip = GzEncoder::new(file, Compression::fast());
        gzip.write_all(table.as_bytes()).and_then(|()| gzip.finish()).expect("a write");
    }
    assert!(run(&options(folder.path())).expect("a report").accuracy > 0.99);
}

#[test]
fn a_missing_label_column_lists_the_columns() {
    let folder = folder(&rows(9, "text", "intent"), &rows(9, "text", "intent"));
    let error = run(&options(folder.path())).expect_err("an error").to_string();
    assert!(
        error.contains("train.jsonl:1") && error.contains("the columns are text, intent"),
        "{error}"
    );
    let named = Options { label_field: "intent".to_owned(), ..options(folder.path()) };
    assert!(run(&named).is_ok());
    let no_text = Options { text_fields: Some(vec!["subject".to_owned()]), ..named };
    let error = run(&no_text).expect_err("an error").to_string();
    assert!(error.contains("expected a text column \"subject\""), "{error}");
    assert!(error.contains("the columns are text, intent"), "{error}");
}

#[test]
fn missing_texts_and_missing_files_are_named() {
    let no_text = folder(&rows(9, "words", "label"), &rows(9, "words", "label"));
    let error = run(&options(no_text.path())).expect_err("an error").to_string();
    assert!(error.contains("\"text\", or \"title\" and \"body\""), "{error}");
    let empty = tempfile::tempdir().expect("a folder");
    let error = run(&options(empty.path())).expect_err("an error").to_string();
    assert!(error.contains("expected train.jsonl"), "{error}");
}
