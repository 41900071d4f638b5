//! Why a use case fails; the wire turns each into one code.

use super::history::HistoryError;
use super::submission::SubmitError;
use switchyard_policy::Finding;

/// A field whose value cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Its path in the request, such as `ticket.customer.time_zone`.
    pub field: String,
    /// What was expected and what came.
    pub message: String,
}

impl Violation {
    /// A violation of a field.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

/// Why a use case fails.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Fields of the request cannot be taken.
    #[error("{}", describe(.0))]
    Invalid(Vec<Violation>),
    /// There is no such thing.
    #[error("expected {kind} that exists, got {id:?}")]
    NotFound {
        /// What was looked for.
        kind: &'static str,
        /// By which id.
        id: String,
    },
    /// The journal does not reach that far.
    #[error("expected a sequence of at most {head}, got {asked}")]
    AheadOfJournal {
        /// The last sequence there is.
        head: u64,
        /// The sequence asked for.
        asked: u64,
    },
    /// The change was not done.
    #[error(transparent)]
    Submit(#[from] SubmitError),
    /// The journal could not be read.
    #[error(transparent)]
    History(#[from] HistoryError),
    /// The policy has errors.
    #[error("expected a policy without errors, got {}", count(.0))]
    PolicyRejected(Vec<Finding>),
}

impl From<Violation> for AppError {
    fn from(violation: Violation) -> Self {
        Self::Invalid(vec![violation])
    }
}

fn describe(violations: &[Violation]) -> String {
    let one = |violation: &Violation| format!("{}: {}", violation.field, violation.message);
    violations.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn count(findings: &[Finding]) -> String {
    match findings {
        [only] => only.to_string(),
        [first, rest @ ..] => format!("{first} (and {} more)", rest.len()),
        [] => "none".to_owned(),
    }
}
