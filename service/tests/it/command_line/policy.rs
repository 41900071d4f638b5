//! A policy file that cannot be applied, or hardly does what was meant.

use crate::process::{refuses, run, switchyard};

use super::{NOW, file, text};

/// What a triage by this policy says on standard error, and its exit code.
fn said(policy: &str) -> (Option<i32>, String) {
    let (_folder, policy) = file("policy.toml", policy);
    let args = ["triage", "hello", "--policy", text(&policy), "--now", NOW, "--bundle", "none"];
    let output = run(&mut switchyard(&args));
    (output.status.code(), String::from_utf8(output.stderr).expect("UTF-8"))
}

#[test]
fn a_single_problem_is_one_line_with_its_place() {
    let (_folder, policy) = file("policy.toml", "schema = 1\n[routing]\nheld_share = 7\n");
    let args = ["triage", "hello", "--policy", text(&policy), "--bundle", "none"];
    let why = ["policy.toml:3: routing.held_share: expected a number in 0..=1, got 7"];
    refuses(&mut switchyard(&args), &why);
    let (_folder, policy) = file("policy.toml", "schema = \n");
    let args = ["triage", "hello", "--policy", text(&policy)];
    refuses(&mut switchyard(&args), &["policy.toml:1: "]);
}

#[test]
fn of_several_problems_the_last_line_names_the_first_and_counts_the_rest() {
    let (code, error) =
        said("schema = 1\ncolour = 1\n[routing]\nheld_share = 7\n[priority]\nurgency = -1\n");
    assert_eq!(code, Some(2), "{error}");
    let lines: Vec<_> = error.lines().collect();
    assert_eq!(lines.len(), 4, "{error}");
    assert!(lines[1].contains("policy.toml:4: error: routing.held_share: "), "{error}");
    let last = lines[3];
    assert!(
        last.starts_with("switchyard: ") && last.contains("policy.toml:2: colour: "),
        "{error}"
    );
    assert!(last.ends_with("(and 2 more problems, listed above)"), "{error}");
}

#[test]
fn labels_that_the_model_lacks_are_one_line_too() {
    let (_folder, policy) = file("policy.toml", "schema = 1\n[[category]]\nid = \"other\"\n");
    let output = run(&mut switchyard(&["triage", "hello", "--policy", text(&policy)]));
    let error = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(2), "{error}");
    let last = error.lines().last().expect("a line");
    for part in ["policy.toml: category[account.access]", "(and 26 more problems, listed above)"] {
        assert!(last.contains(part), "expected {part:?} in {last}");
    }
}
