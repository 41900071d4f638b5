//! The catalogue of errors: every reason the server answers, with its code and what to do.
//!
//! It lies beside the contract because it is part of it: the server takes codes and texts from
//! here, `switchyard errors` prints it, and ERRORS.md is made of it.
//! - here: what an entry says
//! - `table`: the entries, the one place to write them
//! - `page`: the catalogue as a page for people
//!
//! A new reason is a value in `error_reason.proto`; the compiler then asks for its entry here and
//! for a way to provoke it in the service's tests.

mod page;
mod table;

use std::time::Duration;

use prost::Message as _;
use prost_types::FileDescriptorSet;
use tonic::Code;

pub use self::page::page;
pub use self::table::entry;
pub use crate::v1::ErrorReason;

/// The domain of every reason in `google.rpc.ErrorInfo`.
pub const DOMAIN: &str = "switchyard.v1";

/// How long callers are asked to wait where waiting helps.
///
/// Some ten commits of a slow disk: enough for the queue to empty.
pub const RETRY_AFTER: Duration = Duration::from_millis(100);

/// How long callers are asked to wait for a service that is stopping: about a restart.
pub const RETRY_AFTER_RESTART: Duration = Duration::from_secs(2);

/// What is known of a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The reason.
    pub reason: ErrorReason,
    /// The gRPC code it always comes with.
    pub code: Code,
    /// What sending the same request with the same `request_id` comes to.
    pub retry: Retry,
    /// What `RetryInfo` says, where it is there.
    pub retry_after: Option<Duration>,
    /// In English.
    pub en: Words,
    /// In Chinese.
    pub zh: Words,
}

/// What people are told of a reason, in one language; whole sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// When it is answered.
    pub when: &'static str,
    /// What to do then.
    pub advice: &'static str,
}

/// What sending the same request with the same `request_id` comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// The same answer: the request itself must change.
    Corrected,
    /// It is done once what stands in the way has changed.
    Changed,
    /// It is done once there is room again; nothing was done yet.
    Later,
    /// It is done unless it was done already, and the answer is the same.
    Settled,
}

impl Retry {
    /// Its label, for programs.
    pub fn label(self) -> &'static str {
        match self {
            Self::Corrected => "CORRECTED",
            Self::Changed => "CHANGED",
            Self::Later => "LATER",
            Self::Settled => "SETTLED",
        }
    }

    /// What to know before retrying, in Chinese and English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Corrected => {
                ("原样重试没有用：请先改正请求。", "Of no use as it is: correct the request first.")
            }
            Self::Changed => (
                "可以安全重试，等阻碍消除后才有用；可沿用同一 request_id。",
                "Safe, and of use once what stands in the way has changed; the same request_id may be used.",
            ),
            Self::Later => (
                "可以安全重试，也应当重试：什么都没有做；请稍候用同一 request_id 再发送。",
                "Safe and of use: nothing was done; send it again with the same request_id a little later.",
            ),
            Self::Settled => (
                "用同一 request_id 重试是安全的，也是得知结果的办法：做过的不会再做一遍。",
                "Safe with the same request_id, and the way to learn what came of it: what was done is not done again.",
            ),
        }
    }
}

impl Entry {
    /// The reason as `ErrorInfo` has it, such as `INVALID_FIELD`.
    pub fn name(&self) -> &'static str {
        name(self.reason)
    }
}

/// A reason as `ErrorInfo` has it: its value's name without the prefix.
pub fn name(reason: ErrorReason) -> &'static str {
    let name = reason.as_str_name();
    name.strip_prefix(PREFIX).unwrap_or(name)
}

/// Every entry of a reason that is answered, in the order of their numbers.
pub fn catalogue() -> Vec<Entry> {
    reasons().into_iter().map(entry).collect()
}

/// The entry of a reason by its name, with or without the prefix of the enum.
pub fn find(name: &str) -> Option<Entry> {
    let name = name.to_ascii_uppercase();
    let name = name.strip_prefix(PREFIX).unwrap_or(&name);
    catalogue().into_iter().find(|entry| entry.name() == name)
}

/// What `buf lint` wants before every value's name.
const PREFIX: &str = "ERROR_REASON_";

/// The values of the enum as the contract lists them; the one for none is not among them.
fn reasons() -> Vec<ErrorReason> {
    let contract = FileDescriptorSet::decode(crate::DESCRIPTOR_SET);
    let contract = contract.expect("the descriptor set is made by the build");
    let enums = contract.file.iter().flat_map(|file| &file.enum_type);
    let values = enums.filter(|found| found.name() == "ErrorReason").flat_map(|found| &found.value);
    let reasons = values.filter_map(|value| ErrorReason::try_from(value.number()).ok());
    reasons.filter(|reason| *reason != ErrorReason::Unspecified).collect()
}

/// The name of a code, as gRPC writes it.
pub fn code_name(code: Code) -> &'static str {
    match code {
        Code::Ok => "OK",
        Code::Cancelled => "CANCELLED",
        Code::Unknown => "UNKNOWN",
        Code::InvalidArgument => "INVALID_ARGUMENT",
        Code::DeadlineExceeded => "DEADLINE_EXCEEDED",
        Code::NotFound => "NOT_FOUND",
        Code::AlreadyExists => "ALREADY_EXISTS",
        Code::PermissionDenied => "PERMISSION_DENIED",
        Code::ResourceExhausted => "RESOURCE_EXHAUSTED",
        Code::FailedPrecondition => "FAILED_PRECONDITION",
        Code::Aborted => "ABORTED",
        Code::OutOfRange => "OUT_OF_RANGE",
        Code::Unimplemented => "UNIMPLEMENTED",
        Code::Internal => "INTERNAL",
        Code::Unavailable => "UNAVAILABLE",
        Code::DataLoss => "DATA_LOSS",
        Code::Unauthenticated => "UNAUTHENTICATED",
    }
}
