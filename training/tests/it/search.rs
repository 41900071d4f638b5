//! Answers and searches over a file, as a data team asks for them.

use std::fs;
use std::path::{Path, PathBuf};

use switchyard_models::similar::Weights;
use switchyard_training::command::{pairs, predict, retrieval};

fn default_bundle() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/bundles/default")
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).expect("a write");
}

#[test]
fn every_row_is_answered_with_all_probabilities() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = "{\"id\":\"a\",\"subject\":\"\",\"body\":\"Where is my refund?\"}\n\
                {\"subject\":\"\",\"body\":\"退款没到\"}\n";
    write(folder.path(), "tickets.jsonl", rows);
    let options = predict::Options {
        bundle: default_bundle(),
        file: folder.path().join("tickets.jsonl"),
        text_fields: vec!["subject".to_owned(), "body".to_owned()],
        with_vectors: false,
    };
    let mut out = Vec::new();
    assert_eq!(predict::run(&options, &mut out).expect("answers"), 2);
    let answers: Vec<serde_json::Value> = String::from_utf8(out)
        .expect("text")
        .lines()
        .map(|line| serde_json::from_str(line).expect("an object"))
        .collect();
    assert_eq!((&answers[0]["id"], &answers[1]["id"]), (&"a".into(), &"2".into()));
    for answer in &answers {
        let p = answer["probabilities"]["category"].as_object().expect("a head");
        let sum: f64 = p.values().filter_map(serde_json::Value::as_f64).sum();
        assert!((sum - 1.0).abs() < 1e-3 && p["returns.refund"].as_f64() > Some(0.5), "{answer}");
    }
}

#[test]
fn a_row_without_the_column_stops_and_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "tickets.jsonl", "{\"text\":\"hello\"}\n");
    let options = predict::Options {
        bundle: default_bundle(),
        file: folder.path().join("tickets.jsonl"),
        text_fields: vec!["body".to_owned()],
        with_vectors: false,
    };
    let error = predict::run(&options, &mut Vec::new()).expect_err("an error").to_string();
    assert!(error.contains("tickets.jsonl:1") && error.contains("body"), "{error}");
}

#[test]
fn duplicates_of_duplicates_count_and_the_query_itself_does_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let row = |id: &str, title: &str| format!("{{\"id\":\"{id}\",\"title\":\"{title}\"}}\n");
    let train = row("1", "printer jams on every page")
        + &row("2", "paper jams in the printer")
        + &row("3", "coffee machine leaks water");
    write(folder.path(), "train.jsonl", &train);
    write(folder.path(), "test.jsonl", &row("4", "printer again jams"));
    write(folder.path(), "duplicates_train.jsonl", "{\"id\":\"2\",\"duplicate\":\"1\"}\n");
    let unknown = "{\"id\":\"4\",\"duplicate\":\"2,99\"}\n";
    write(folder.path(), "duplicates_test.jsonl", unknown);
    let options = retrieval::Options {
        folder: folder.path().to_owned(),
        bundle: default_bundle(),
        text_fields: vec!["title".to_owned(), "body".to_owned()],
        weights: Weights { vector: 0.5, words: 1.0 },
    };
    let report = retrieval::run(&options).expect("a report");
    assert_eq!((report.n_queries, report.n_index), (3, 4));
    let words = report.ways["words"];
    // The one that leaks shares no word with the others, so a duplicate is always first.
    assert!((words.recall_1 - 1.0).abs() < 1e-9 && (words.mrr - 1.0).abs() < 1e-9, "{words:?}");
    // Jams of printers are nearer to each other than to coffee.
    assert!(report.ways["vectors"].mrr > 0.5, "{:?}", report.ways["vectors"]);
    assert_eq!((report.ways["both_train"].n, report.ways["both_test"].n), (2, 2));
}

/// Pairs of one problem, and of two that share only how they are asked.
fn judged(things: &[&str]) -> String {
    let row = |a: &str, b: &str, label: u8| {
        format!(
            "{{\"a\":\"how do I repair my {a}\",\"b\":\"{b} broken, what now\",\"label\":{label}}}\n"
        )
    };
    let next = things.iter().cycle().skip(1);
    things.iter().zip(next).map(|(own, other)| row(own, own, 1) + &row(own, other, 0)).collect()
}

#[test]
fn pairs_are_told_apart_with_an_interval_for_each_way() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "test.jsonl", &judged(&["lamp", "bicycle", "kettle", "piano", "drill"]));
    write(folder.path(), "train.jsonl", &judged(&["tent", "boiler", "camera", "sofa", "violin"]));
    let options = pairs::Options {
        file: folder.path().join("test.jsonl"),
        train: Some(folder.path().join("train.jsonl")),
        n_threads: 1,
        bundle: default_bundle(),
        text_fields: ["a", "b"].map(str::to_owned),
        label_field: "label".to_owned(),
    };
    let report = pairs::run(&options).expect("a report");
    assert_eq!((report.n, report.metric), (10, "auroc"));
    assert!(report.ways.keys().eq(["both", "learnt", "vectors", "words"].iter()));
    // The thing is the only word that parts them.
    assert!((report.ways["words"] - 1.0).abs() < 1e-9, "{:?}", report.ways);
    for (way, [low, high]) in &report.ways_95 {
        assert!((low..=high).contains(&&report.ways[way]), "{way}: {low} {high}");
    }
}
