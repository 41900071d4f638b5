//! The file of `--policy`: read and checked, or refused in one line that names the first problem.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use switchyard_domain::policy::Policy;
use switchyard_policy::Finding;

use crate::app::Understander;
use crate::app::policy::check_policy;
use crate::cli::out::complain;

/// The policy of a file, checked against itself and the model's labels.
pub(super) fn read(path: &Path, model: &Understander) -> anyhow::Result<Arc<Policy>> {
    let source = std::fs::read_to_string(path)
        .with_context(|| format!("expected a policy at {}", path.display()))?;
    let checked = check_policy(&source, model.categories());
    let errors: Vec<_> = checked.findings.iter().filter(|found| !found.is_warning()).collect();
    // A single error is the last line and needs no list before it.
    if errors.len() != 1 {
        print(path, &checked.findings);
    }
    match checked.policy {
        Some(policy) => Ok(Arc::new(policy)),
        None => Err(refusal(path, &errors)),
    }
}

fn print(path: &Path, findings: &[Finding]) {
    for finding in findings {
        let (place, fact) = (place(path, finding), fact(finding));
        complain(&format!("{place}: {}: {fact}", finding.severity));
    }
}

/// The first error with its place, and how many more there are.
fn refusal(path: &Path, errors: &[&Finding]) -> anyhow::Error {
    let Some((first, more)) = errors.split_first() else {
        return anyhow!("{}: expected a policy without errors", path.display());
    };
    let mut line = format!("{}: {}", place(path, first), fact(first));
    let _ = match more.len() {
        0 => Ok(()),
        1 => write!(line, " (and 1 more problem, listed above)"),
        n => write!(line, " (and {n} more problems, listed above)"),
    };
    anyhow!(line)
}

/// `policy.toml:3`, or the file alone where the whole text is meant.
fn place(path: &Path, finding: &Finding) -> String {
    let file = path.display();
    finding.line.map_or_else(|| file.to_string(), |line| format!("{file}:{line}"))
}

fn fact(Finding { key, message, .. }: &Finding) -> String {
    if key.is_empty() { message.clone() } else { format!("{key}: {message}") }
}
