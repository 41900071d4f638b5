//! What `--help` says, and that what it says is so.

use crate::process::{run, switchyard};

use super::printed;

#[test]
fn every_command_tells_its_exit_codes_and_shows_examples() {
    let commands =
        "serve,triage,roster,roster import,demo,config,errors,export,backup,restore,doctor";
    for command in commands.split(',') {
        let help = printed(&[&command.split(' ').collect::<Vec<_>>()[..], &["--help"]].concat());
        for part in ["Examples:\n  switchyard ", "Exit codes:\n  0  ", "\n  2  "] {
            assert!(help.contains(part), "expected {part:?} in {help}");
        }
        let ends_with_1 = help.contains("\n  1  ");
        assert_eq!(ends_with_1, command == "doctor", "a failed check and nothing else: {help}");
    }
    assert!(printed(&["--help"]).contains("Exit codes:"));
}

#[test]
fn the_defaults_are_printed_by_config_and_by_nothing_else() {
    assert!(printed(&["config", "--help"]).contains("--defaults"));
    assert!(printed(&["config", "--defaults"]).contains("# Where gRPC is served."));
    for args in
        [&["serve", "--defaults"][..], &["config", "--defaults", "--set", "log.format=text"]]
    {
        let output = run(&mut switchyard(args));
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("--defaults"), "{args:?}");
    }
}

#[test]
fn every_exported_column_is_in_the_help_of_export() {
    let help = printed(&["export", "--help"]);
    for part in [
        "Columns of decisions",
        "Columns of events",
        "Columns of outcomes",
        "\n  n_reassignments          how often it went from one agent to another\n",
        "decisions-default-1-250000.jsonl",
        "switchyard-export.json",
    ] {
        assert!(help.contains(part), "expected {part:?} in {help}");
    }
}
