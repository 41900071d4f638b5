//! Why a use case fails; the wire turns each into one code.

use switchyard_policy::Finding;

use super::fault::Violation;
use super::history::HistoryError;
use super::submission::SubmitError;
use crate::lang::Lang;

/// What is looked up by an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sought {
    /// A ticket.
    Ticket,
    /// A decision.
    Decision,
    /// An agent.
    Agent,
    /// A team.
    Team,
    /// A revision of the policy.
    PolicyRevision,
    /// A piece of long work.
    Operation,
    /// An item of knowledge.
    Item,
    /// A loaded model.
    Model,
    /// A tenant's own category head.
    Head,
}

impl Sought {
    /// Its name in a language.
    pub fn named(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Self::Ticket => ("工单", "a ticket"),
            Self::Decision => ("决定", "a decision"),
            Self::Agent => ("坐席", "an agent"),
            Self::Team => ("团队", "a team"),
            Self::PolicyRevision => ("策略版本", "a policy revision"),
            Self::Operation => ("长时操作", "an operation"),
            Self::Item => ("知识条目", "an item of knowledge"),
            Self::Model => ("已加载的模型", "a loaded model"),
            Self::Head => ("租户自己的类别模型", "a category head of the tenant's own"),
        };
        lang.pick(zh, en)
    }
}

/// Why a use case fails.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Fields of the request cannot be taken.
    #[error("{}", described(.0))]
    Invalid(Vec<Violation>),
    /// There is no such thing.
    #[error("expected {} that exists, got {id:?}", kind.named(Lang::En))]
    NotFound {
        /// What was looked for.
        kind: Sought,
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
    /// The call was still at work when its deadline passed.
    #[error(
        "the deadline passed while the call was at work; \
         a retry with the same request_id tells what came of it"
    )]
    Overdue,
    /// The policy has errors.
    #[error("expected a policy without errors, got {}", count(.0))]
    PolicyRejected(Vec<Finding>),
}

impl From<Violation> for AppError {
    fn from(violation: Violation) -> Self {
        Self::Invalid(vec![violation])
    }
}

/// All violations in one line.
pub(super) fn described(violations: &[Violation]) -> String {
    violations.iter().map(|one| one.told(Lang::En)).collect::<Vec<_>>().join("; ")
}

fn count(findings: &[Finding]) -> String {
    match findings {
        [only] => only.to_string(),
        [first, rest @ ..] => format!("{first} (and {} more)", rest.len()),
        [] => "none".to_owned(),
    }
}
