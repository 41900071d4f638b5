//! The commands of the real binary: what they print, and how they refuse.

mod closed_pipe;
mod demo;
mod environment;
mod errors;
mod help;
mod knowledge_import;
mod policy;
mod roster;
mod roster_import;
mod rows;
mod shown;

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::process::{refuses, run, switchyard};

const NOW: &str = "2026-06-03T11:00:00+08:00";

/// Something done to a folder.
type Change<'a> = &'a dyn Fn(&Path);

/// A file with a text in a folder of its own.
fn file(name: &str, text: &str) -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a temporary folder");
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("written");
    (folder, path)
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// What a command that must succeed prints.
fn printed(args: &[&str]) -> String {
    let output = run(&mut switchyard(args));
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{error}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn inputs_that_cannot_be_read_are_told_with_their_place() {
    let triage = |option: &str, path: &Path| {
        let mut command = switchyard(&["triage", "hello", "--now", NOW]);
        command.arg(option).arg(path);
        command
    };
    let nowhere = Path::new("/nowhere/at-all");
    refuses(&mut triage("--policy", nowhere), &["/nowhere/at-all", "policy"]);
    refuses(&mut triage("--roster", nowhere), &["/nowhere/at-all", "roster"]);
    refuses(&mut triage("--bundle", nowhere), &["/nowhere/at-all"]);
    let (_folder, roster) = file("roster.toml", "[[agent]]\nid = 'a'\ncapacity = nan\n");
    refuses(&mut triage("--roster", &roster), &["roster.toml", "capacity"]);
    let (_folder, roster) = file("roster.toml", "[[agent]\n");
    refuses(&mut triage("--roster", &roster), &["roster.toml", "line 1"]);
    let (_folder, roster) = file("roster.json", "{\"agent\": 7}");
    refuses(&mut triage("--roster", &roster), &["roster.json"]);
    let (_folder, input) = file("rows.jsonl", "{\"id\":\"A-1\",\"body\":\"hi\"}\n{\"id\":");
    let mut command = switchyard(&["triage", "--json", "--input", text(&input)]);
    refuses(&mut command, &["rows.jsonl:2"]);
    let (_folder, input) = file("rows.jsonl", "{\"body\":\"hi\",\"known_urgency\":\"asap\"}");
    let mut command = switchyard(&["triage", "--json", "--input", text(&input)]);
    refuses(&mut command, &["rows.jsonl:1", "known_urgency", "asap"]);
    refuses(&mut switchyard(&["triage", "hi", "--now", "today"]), &["--now", "today"]);
}

#[test]
fn a_damaged_bundle_is_refused_with_its_folder() {
    let bundle = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/bundles/default");
    let copy = |change: Change<'_>| {
        let folder = TempDir::new().expect("a temporary folder");
        for name in ["manifest.json", "weights.safetensors.gz", "card.md"] {
            std::fs::copy(bundle.join(name), folder.path().join(name)).expect("copied");
        }
        change(folder.path());
        folder
    };
    let cut = |folder: &Path| {
        let path = folder.join("weights.safetensors.gz");
        let bytes = std::fs::read(&path).expect("read");
        std::fs::write(&path, &bytes[..bytes.len() / 2]).expect("written");
    };
    let flip = |folder: &Path| {
        let path = folder.join("weights.safetensors.gz");
        let mut bytes = std::fs::read(&path).expect("read");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(&path, bytes).expect("written");
    };
    let gone = |folder: &Path| {
        std::fs::remove_file(folder.join("weights.safetensors.gz")).expect("removed");
    };
    let garbled =
        |folder: &Path| std::fs::write(folder.join("manifest.json"), "{").expect("written");
    let changes: [(&str, Change<'_>); 4] = [
        ("weights.safetensors.gz", &cut),
        ("weights.safetensors.gz", &flip),
        ("weights.safetensors.gz", &gone),
        ("manifest.json", &garbled),
    ];
    for (file, change) in changes {
        let folder = copy(change);
        let path = text(folder.path());
        refuses(&mut switchyard(&["triage", "hello", "--bundle", path]), &[file]);
        let store = folder.path().join("store.sqlite");
        let setting = format!("model.bundle={path}");
        let serve =
            ["serve", "--listen", "127.0.0.1:0", "--set", &setting, "--store", text(&store)];
        refuses(&mut switchyard(&serve), &[file]);
    }
}

#[test]
fn a_broken_configuration_is_refused_with_every_problem() {
    let (_folder, config) = file("switchyard.toml", "[server]\nin_flight_max = 0\ncolour = 1\n");
    let serve = ["serve", "--config", text(&config), "--set", "log.format=xml"];
    let problems = ["server.in_flight_max", "server.colour", "log.format"];
    refuses(&mut switchyard(&serve), &problems);
    refuses(&mut switchyard(&["config", "--config", text(&config)]), &problems[..2]);
    let (_folder, config) = file("switchyard.toml", "[server\n");
    refuses(&mut switchyard(&["serve", "--config", text(&config)]), &["switchyard.toml"]);
    refuses(&mut switchyard(&["serve", "--config", "/nowhere"]), &["/nowhere"]);
    refuses(switchyard(&["config"]).env("SWITCHYARD_SERVER__COLOUR", "1"), &["server.colour"]);
    let (_folder, store) = file("store.sqlite", "");
    let serve = ["serve", "--store", text(&store), "--set", "log.filter=a=b=c"];
    refuses(&mut switchyard(&serve), &["log filter"]);
}

#[test]
fn the_effective_configuration_is_printed_and_loads_as_itself() {
    let mut command = switchyard(&["config", "--set", "server.in_flight_max=7"]);
    let output = run(command.env("SWITCHYARD_STORE__PATH", "/tmp/it.sqlite"));
    let first = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(first.contains("in_flight_max = 7") && first.contains("/tmp/it.sqlite"), "{first}");
    let (_folder, config) = file("switchyard.toml", &first);
    assert_eq!(printed(&["config", "--config", text(&config)]), first);
    let (_folder, defaults) = file("switchyard.toml", &printed(&["config", "--defaults"]));
    assert_eq!(printed(&["config", "--config", text(&defaults)]), printed(&["config"]));
}

#[test]
fn arguments_that_make_no_sense_are_refused() {
    for args in [&["juggle"][..], &["triage"], &["config", "--set", "no-equals-sign"]] {
        let output = run(&mut switchyard(args));
        assert_eq!(output.status.code(), Some(2), "{args:?}");
    }
}
