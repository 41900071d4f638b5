//! From an error to a gRPC status: the one place where codes are decided.

use std::time::Duration;

use switchyard_domain::desk::Refusal;
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt as _};

use crate::app::{AppError, SubmitError};
use crate::lang::Lang;

/// The domain of every reason in `google.rpc.ErrorInfo`.
pub(crate) const ERROR_DOMAIN: &str = "switchyard.v1";

/// How long an overloaded server asks callers to wait.
///
/// Some ten commits of a slow disk: enough for the queue to empty.
pub(crate) const RETRY_AFTER: Duration = Duration::from_millis(100);

/// What a caller is told of an error.
struct Told {
    code: Code,
    reason: &'static str,
    zh: &'static str,
}

const fn told(code: Code, reason: &'static str, zh: &'static str) -> Told {
    Told { code, reason, zh }
}

fn tell(error: &AppError) -> Told {
    match error {
        AppError::Invalid(_) => told(Code::InvalidArgument, "INVALID_FIELD", "请求中有字段无效"),
        AppError::NotFound { .. } => told(Code::NotFound, "NOT_FOUND", "找不到请求的对象"),
        AppError::AheadOfJournal { .. } => {
            told(Code::OutOfRange, "SEQUENCE_AHEAD", "序号超出日志末尾")
        }
        AppError::PolicyRejected(_) => {
            told(Code::InvalidArgument, "POLICY_REJECTED", "策略有错误，未生效")
        }
        AppError::History(_) => told(Code::Internal, "JOURNAL_UNREADABLE", "日志无法读取"),
        AppError::Submit(error) => match error {
            SubmitError::Refused(refusal) => tell_refusal(refusal),
            SubmitError::RequestReused { .. } => told(
                Code::InvalidArgument,
                "REQUEST_ID_REUSED",
                "同一 request_id 已用于另一个请求体",
            ),
            SubmitError::Changed { .. } => {
                told(Code::Aborted, "ETAG_MISMATCH", "对象已被更改，请重新读取后再试")
            }
            SubmitError::StoreFailed { .. } => {
                told(Code::Unavailable, "STORE_FAILED", "存储失败，未做任何更改")
            }
            SubmitError::Overloaded { .. } => {
                told(Code::ResourceExhausted, "OVERLOADED", "服务繁忙，请稍后重试")
            }
            SubmitError::DeadlinePassed => {
                told(Code::DeadlineExceeded, "DEADLINE_PASSED", "期限已过，未做任何更改")
            }
            SubmitError::Stopping => told(Code::Unavailable, "STOPPING", "服务正在停止"),
        },
    }
}

fn tell_refusal(refusal: &Refusal) -> Told {
    match refusal {
        Refusal::UnknownTicket(_) => told(Code::NotFound, "UNKNOWN_TICKET", "没有这张工单"),
        Refusal::UnknownAgent(_) => told(Code::NotFound, "UNKNOWN_AGENT", "没有这位坐席"),
        Refusal::UnknownTeam(_) => told(Code::NotFound, "UNKNOWN_TEAM", "没有这个团队"),
        Refusal::TicketClosed(_) => told(Code::FailedPrecondition, "TICKET_CLOSED", "工单已关闭"),
        Refusal::NotOwner { .. } => {
            told(Code::FailedPrecondition, "NOT_OWNER", "工单不属于这位坐席")
        }
        Refusal::MergedIntoItself(_) => {
            told(Code::InvalidArgument, "MERGED_INTO_ITSELF", "工单不能并入自身")
        }
        Refusal::AlreadyAdopted(_) => {
            told(Code::AlreadyExists, "ALREADY_ADOPTED", "工单已在队列中")
        }
        Refusal::AgentOwnsTickets { .. } => {
            told(Code::FailedPrecondition, "AGENT_OWNS_TICKETS", "坐席仍有未结工单")
        }
        Refusal::TeamHasAgents { .. } => {
            told(Code::FailedPrecondition, "TEAM_HAS_AGENTS", "团队中仍有坐席")
        }
    }
}

/// The status of an error, with `ErrorInfo` always and what else helps.
pub(crate) fn status_of(error: &AppError, lang: Lang) -> Status {
    let told = tell(error);
    let is_fault = matches!(told.code, Code::Internal | Code::Unavailable);
    if is_fault && !matches!(error, AppError::Submit(SubmitError::Stopping)) {
        tracing::error!(reason = told.reason, %error, "call failed");
    }
    let mut details = ErrorDetails::new();
    details.set_error_info(told.reason, ERROR_DOMAIN, metadata_of(error));
    add_violations(&mut details, error);
    if matches!(told.code, Code::ResourceExhausted | Code::Unavailable) {
        details.set_retry_info(Some(RETRY_AFTER));
    }
    if lang == Lang::Zh {
        details.set_localized_message("zh-CN", message(error, &told, lang));
    }
    Status::with_error_details(told.code, message(error, &told, Lang::En), details)
}

/// What the caller is told; a fault's cause is for the log alone.
fn message(error: &AppError, told: &Told, lang: Lang) -> String {
    let fault = match error {
        AppError::History(_) => Some("the journal cannot be read"),
        AppError::Submit(SubmitError::StoreFailed { .. }) => {
            Some("the store did not take the change; nothing has changed")
        }
        _ => None,
    };
    match (fault, lang) {
        (Some(_), Lang::Zh) => told.zh.to_owned(),
        (Some(fault), Lang::En) => fault.to_owned(),
        (None, Lang::Zh) => format!("{}：{error}", told.zh),
        (None, Lang::En) => error.to_string(),
    }
}

/// The code and reason of an error, for one item of a batch.
pub(super) fn item_status(error: &AppError, lang: Lang) -> switchyard_proto::v1::ItemStatus {
    let told = tell(error);
    let field = match error {
        AppError::Invalid(violations) => violations.first().map(|v| v.field.clone()),
        _ => None,
    };
    switchyard_proto::v1::ItemStatus {
        code: told.code as i32,
        message: message(error, &told, lang),
        reason: told.reason.to_owned(),
        field: field.unwrap_or_default(),
    }
}

fn metadata_of(error: &AppError) -> std::collections::HashMap<String, String> {
    let named = match error {
        AppError::NotFound { id, .. } => Some(("id", id.clone())),
        AppError::Submit(SubmitError::Refused(refusal)) => Some(named(refusal)),
        AppError::Submit(SubmitError::RequestReused { id }) => Some(("request_id", id.clone())),
        _ => None,
    };
    named.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

fn named(refusal: &Refusal) -> (&'static str, String) {
    match refusal {
        Refusal::UnknownTicket(id)
        | Refusal::TicketClosed(id)
        | Refusal::MergedIntoItself(id)
        | Refusal::NotOwner { ticket: id, .. }
        | Refusal::AlreadyAdopted(id) => ("ticket", id.to_string()),
        Refusal::UnknownAgent(id) | Refusal::AgentOwnsTickets { agent: id, .. } => {
            ("agent", id.to_string())
        }
        Refusal::UnknownTeam(id) | Refusal::TeamHasAgents { team: id, .. } => {
            ("team", id.to_string())
        }
    }
}

fn add_violations(details: &mut ErrorDetails, error: &AppError) {
    match error {
        AppError::Invalid(violations) => {
            for violation in violations {
                details.add_bad_request_violation(&violation.field, &violation.message);
            }
        }
        AppError::PolicyRejected(findings) => {
            for finding in findings {
                details.add_bad_request_violation(&finding.key, finding.to_string());
            }
        }
        AppError::Submit(SubmitError::RequestReused { .. }) => {
            details.add_bad_request_violation("request_id", error.to_string());
        }
        _ => {}
    }
}
