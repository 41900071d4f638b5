//! The command as it is typed: one clear line and exit 2 when something is wrong.

use std::process::{Command, Output};

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
fn help_shows_an_example_of_each_command() {
    for command in ["fit", "benchmark"] {
        let output = train(&[command, "--help"]);
        assert!(
            String::from_utf8_lossy(&output.stdout).contains("Example: switchyard-train"),
            "{command}"
        );
    }
}
