//! From an error to a gRPC status: the one place where reasons are decided.
//!
//! Its code and whether callers are told to wait stand in the catalogue; `chinese` has the
//! sentences, `details` what programs read, `short` keeps all of it short enough for trailers.

mod chinese;
mod details;
mod short;

use std::collections::HashMap;

use switchyard_domain::desk::Refusal;
use switchyard_proto::v1 as pb;
use tonic::Status;
use tonic_types::{ErrorDetails, StatusExt as _};

pub(super) use self::details::violation;
use self::details::{values_of, violations_of};
pub(super) use self::short::cut;
use self::short::{listed, sentence, shortened};
use crate::app::history::HistoryError;
use crate::app::{AppError, SubmitError};
use crate::grpc::catalogue::{self, Entry, ErrorReason};
use crate::lang::Lang;

/// The language of Chinese messages.
const ZH: &str = "zh-CN";

/// The reason of an error.
fn reason_of(error: &AppError) -> ErrorReason {
    match error {
        AppError::Invalid(_) => ErrorReason::InvalidField,
        AppError::NotFound { .. } => ErrorReason::NotFound,
        AppError::AheadOfJournal { .. } => ErrorReason::SequenceAhead,
        AppError::PolicyRejected(_) => ErrorReason::PolicyRejected,
        AppError::History(HistoryError::Compacted { .. }) => ErrorReason::SequenceCompacted,
        AppError::History(_) => ErrorReason::JournalUnreadable,
        AppError::Overdue => ErrorReason::DeadlinePassed,
        AppError::Submit(error) => match error {
            SubmitError::Refused(refusal) => reason_of_refusal(refusal),
            SubmitError::Unknown(_) => ErrorReason::InvalidField,
            SubmitError::RequestReused { .. } => ErrorReason::RequestIdReused,
            SubmitError::Changed { .. } => ErrorReason::EtagMismatch,
            SubmitError::StoreFailed { .. } => ErrorReason::StoreFailed,
            SubmitError::Overloaded { .. } => ErrorReason::Overloaded,
            SubmitError::DeadlinePassed => ErrorReason::DeadlinePassed,
            SubmitError::Stopping => ErrorReason::Stopping,
        },
    }
}

fn reason_of_refusal(refusal: &Refusal) -> ErrorReason {
    match refusal {
        Refusal::UnknownTicket(_) => ErrorReason::UnknownTicket,
        Refusal::UnknownAgent(_) => ErrorReason::UnknownAgent,
        Refusal::UnknownTeam(_) => ErrorReason::UnknownTeam,
        Refusal::TicketClosed(_) => ErrorReason::TicketClosed,
        Refusal::NotOwner { .. } => ErrorReason::NotOwner,
        Refusal::MergedIntoItself(_) => ErrorReason::MergedIntoItself,
        Refusal::AlreadyAdopted(_) => ErrorReason::AlreadyAdopted,
        Refusal::AgentOwnsTickets { .. } => ErrorReason::AgentOwnsTickets,
        Refusal::TeamHasAgents { .. } => ErrorReason::TeamHasAgents,
    }
}

/// A reason with what callers are told of it in either language.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) reason: ErrorReason,
    pub(super) en: String,
    pub(super) zh: String,
}

impl Told {
    fn of(error: &AppError) -> Self {
        Self { reason: reason_of(error), en: english(error), zh: chinese::of(error) }
    }

    /// `ErrorInfo` with named values, and what else the catalogue and the language ask for.
    pub(super) fn details(&self, lang: Lang, named: HashMap<String, String>) -> ErrorDetails {
        let entry = catalogue::entry(self.reason);
        let mut details = ErrorDetails::new();
        details.set_error_info(entry.name(), catalogue::DOMAIN, named);
        if let Some(after) = entry.retry_after {
            details.set_retry_info(Some(after));
        }
        if lang == Lang::Zh {
            details.set_localized_message(ZH, shortened(&self.zh));
        }
        details
    }

    /// The status with these details.
    pub(super) fn into_status(self, details: ErrorDetails) -> Status {
        let code = catalogue::entry(self.reason).code;
        Status::with_error_details(code, shortened(&self.en), details)
    }
}

/// The status of an error, with `ErrorInfo` always and what else helps.
pub(crate) fn status_of(error: &AppError, lang: Lang) -> Status {
    let told = Told::of(error);
    log(error, &catalogue::entry(told.reason));
    let mut details = told.details(lang, values_of(error));
    let violations = listed(violations_of(error, lang));
    if !violations.is_empty() {
        details.set_bad_request(violations);
    }
    told.into_status(details)
}

/// A fault of ours goes to the log with its cause.
fn log(error: &AppError, entry: &Entry) {
    match entry.reason {
        ErrorReason::JournalUnreadable | ErrorReason::StoreFailed => {
            tracing::error!(reason = entry.name(), %error, "call failed");
        }
        _ => {}
    }
}

/// What the caller is told in English; a fault's cause is for the log alone.
fn english(error: &AppError) -> String {
    match error {
        AppError::History(HistoryError::Compacted { .. }) => error.to_string(),
        AppError::History(_) => "the journal cannot be read".to_owned(),
        AppError::Submit(SubmitError::StoreFailed { .. }) => {
            "the store did not take the change; nothing has changed".to_owned()
        }
        AppError::Invalid(violations) | AppError::Submit(SubmitError::Unknown(violations)) => {
            sentence(violations.iter().map(|one| one.told(Lang::En)), Lang::En)
        }
        _ => error.to_string(),
    }
}

/// The code and reason of an error, for one item of a batch.
pub(super) fn item_status(error: &AppError, lang: Lang) -> pb::ItemStatus {
    let told = Told::of(error);
    let entry = catalogue::entry(told.reason);
    let field = match error {
        AppError::Invalid(violations) | AppError::Submit(SubmitError::Unknown(violations)) => {
            violations.first().map(|v| v.field.clone())
        }
        _ => None,
    };
    pb::ItemStatus {
        code: entry.code as i32,
        message: shortened(lang.pick(&told.zh, &told.en)),
        reason: entry.name().to_owned(),
        field: field.unwrap_or_default(),
    }
}
