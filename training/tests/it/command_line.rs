//! The command as it is typed: one clear line and exit 2 when something is wrong.

use std::process::{Command, Output};

const BUNDLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../models/bundles/default");

fn train(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_switchyard-train")).args(arguments).output().expect("it runs")
}

fn check(arguments: &[&str], expected: &str) {
    let output = train(arguments);
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert!(error.contains(expected) && error.trim_end().lines().count() == 1, "{error}");
}

#[test]
fn what_is_wrong_is_said_in_one_line() {
    check(&["fit", "/nowhere.toml"], "/nowhere.toml");
    check(&["benchmark", "/nowhere"], "expected train.jsonl");
    check(&["score", "/nowhere", "gold.jsonl"], "bundle file /nowhere/manifest.json");
}

#[test]
fn a_recipe_out_of_range_names_the_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("r.toml");
    let recipe = "schema = 1\nname = \"x\"\nseed = 1\nfallback = \"other\"\nheads = [\"category\"]\n\
                  data = []\n";
    std::fs::write(&path, recipe).expect("a write");
    check(&["fit", &path.to_string_lossy()], "data: expected at least one set");
}

#[test]
fn a_recipe_that_is_no_toml_names_the_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("r.toml");
    for (recipe, expected) in [
        ("schema = 1\nname = x\n", "r.toml:2: "),
        ("schema = 1\nname = \"x\"\nsede = 1\n", "r.toml:3: unknown field `sede`"),
    ] {
        std::fs::write(&path, recipe).expect("a write");
        check(&["fit", &path.to_string_lossy()], expected);
    }
}

#[test]
fn a_file_without_rows_is_no_score_of_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("gold.jsonl");
    std::fs::write(&path, "\n").expect("a write");
    check(&["score", BUNDLE, &path.to_string_lossy()], "gold.jsonl: expected at least one row");
    std::fs::write(&path, "{\"id\":\"1\",\"body\":\"x\",\"urgency\":\"now\"}\n").expect("a write");
    check(&["score", BUNDLE, &path.to_string_lossy()], "gold.jsonl:1: field \"urgency\":");
}

#[test]
fn without_json_each_figure_has_a_line_of_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("gold.jsonl");
    let row = r#"{"id":"1","body":"我要退款","language":"zh-Hans","category":"returns.refund"}"#;
    std::fs::write(&path, row).expect("a write");
    let output = train(&["score", BUNDLE, &path.to_string_lossy()]);
    let printed = String::from_utf8_lossy(&output.stdout);
    for figure in ["all.category.auto_coverage ", "all.urgency.auto_accuracy ", "zh.language "] {
        assert!(printed.lines().any(|line| line.starts_with(figure)), "{figure}: {printed}");
    }
}

#[test]
fn help_shows_an_example_of_each_command() {
    for command in ["fit", "benchmark", "score"] {
        let output = train(&[command, "--help"]);
        assert!(
            String::from_utf8_lossy(&output.stdout).contains("Example: switchyard-train"),
            "{command}"
        );
    }
}
