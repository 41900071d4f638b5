//! The policy reader from outside: one binary, one file for each promise it makes.

mod any_text;
mod defaults;
mod errors;
mod own_labels;
mod settings;
mod warnings;

use switchyard_domain::policy::Policy;
use switchyard_policy::{Checked, Finding};

/// What is read from a text without errors.
fn checked(source: &str) -> Checked {
    switchyard_policy::read(source, 7)
        .unwrap_or_else(|findings| panic!("expected no errors, got\n{}", shown(&findings)))
}

/// The policy of a body below the schema line.
fn policy(body: &str) -> Policy {
    checked(&format!("schema = 1\n{body}")).policy
}

/// The findings of a text with errors, one a line.
fn errors(source: &str) -> String {
    match switchyard_policy::read(source, 7) {
        Ok(checked) => panic!("expected errors, got {checked:?}"),
        Err(findings) => shown(&findings),
    }
}

/// The findings of a body below the schema line, which is line 1.
fn errors_of(body: &str) -> String {
    errors(&format!("schema = 1\n{body}"))
}

fn shown(findings: &[Finding]) -> String {
    findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
