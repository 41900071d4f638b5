//! What a refused call says of itself.

use std::fmt::Debug;

use switchyard_proto::errors;
use tonic::{Code, Response, Status};
use tonic_types::StatusExt as _;

/// A refusal, taken apart.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) code: Code,
    pub(crate) reason: String,
    /// The fields that `BadRequest` names.
    pub(crate) fields: Vec<String>,
    pub(crate) retry: bool,
    pub(crate) message: String,
    /// In the language asked for.
    pub(crate) localized: Option<String>,
}

/// Takes a refused call apart; every error carries `ErrorInfo` of our domain, and is what the
/// catalogue says of its reason.
#[track_caller]
pub(crate) fn refusal<T: Debug>(result: Result<Response<T>, Status>) -> Refusal {
    let status = result.expect_err("expected a refusal");
    let details = status.get_error_details();
    let info = details.error_info().unwrap_or_else(|| panic!("no ErrorInfo in {status:?}"));
    assert_eq!(info.domain, "switchyard.v1", "{status:?}");
    let entry =
        errors::find(&info.reason).unwrap_or_else(|| panic!("not in the catalogue: {status:?}"));
    assert_eq!(status.code(), entry.code, "{status:?}");
    assert_eq!(
        details.retry_info().and_then(|info| info.retry_delay),
        entry.retry_after,
        "{status:?}"
    );
    let violations = details.bad_request().map(|bad| bad.field_violations.clone());
    Refusal {
        code: status.code(),
        reason: info.reason.clone(),
        fields: violations.unwrap_or_default().into_iter().map(|v| v.field).collect(),
        retry: details.retry_info().is_some_and(|info| info.retry_delay.is_some()),
        message: status.message().to_owned(),
        localized: details.localized_message().map(|localized| localized.message.clone()),
    }
}

/// Expects a refusal with a code, a reason and the fields at fault.
#[track_caller]
pub(crate) fn refused<T: Debug>(
    result: Result<Response<T>, Status>,
    code: Code,
    reason: &str,
    fields: &[&str],
) -> Refusal {
    let refusal = refusal(result);
    assert_eq!((refusal.code, refusal.reason.as_str()), (code, reason), "{refusal:?}");
    assert_eq!(refusal.fields, fields, "{refusal:?}");
    refusal
}
