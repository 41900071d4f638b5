//! What the transport refuses by itself, told as everything else is: with a reason, in two languages.
//!
//! tonic tells its refusals apart by code and sentence alone, so the sentences are read here; the
//! tests provoke each over a port and fail when a new release words one differently.

use std::collections::HashMap;

use http::header::CONTENT_TYPE;
use http::{Request, Response, StatusCode};
use tonic::body::Body;
use tonic::{Code, Status};
use tonic_types::ErrorDetails;

use crate::grpc::call;
use crate::grpc::catalogue::ErrorReason;
use crate::grpc::status::{Told, cut, violation};
use crate::lang::Lang;

/// The longest name of a caller's making that is told back, in bytes.
const NAME_BYTES_MAX: usize = 128;

/// What was asked, as far as a refusal tells of it.
#[derive(Debug)]
pub(super) struct Asked {
    /// Such as `switchyard.v1.DeskService/Assign`; or what a caller made up.
    pub(super) method: String,
    content_type: String,
    encoding: String,
    lang: Lang,
}

impl Asked {
    /// What a request asks.
    pub(super) fn of<B>(request: &Request<B>) -> Self {
        let header = |name: &str| {
            let value = request.headers().get(name).and_then(|value| value.to_str().ok());
            cut(value.unwrap_or_default(), NAME_BYTES_MAX)
        };
        Self {
            method: request.uri().path().trim_start_matches('/').to_owned(),
            content_type: header(CONTENT_TYPE.as_str()),
            encoding: header("grpc-encoding"),
            lang: call::lang_of(request.headers()),
        }
    }

    /// Whether the content type is gRPC's, which the transport does not ask.
    pub(super) fn is_grpc(&self) -> bool {
        let rest = self.content_type.strip_prefix("application/grpc");
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['+', ';']))
    }

    /// The answer to a call of another content type.
    ///
    /// The protocol wants 415, so that clients that know nothing of gRPC see a refusal too.
    pub(super) fn of_another_type(&self) -> Response<Body> {
        let got = &self.content_type;
        let told = Told {
            reason: ErrorReason::UnsupportedContentType,
            en: format!("expected the content type application/grpc, got {got:?}"),
            zh: format!("内容类型应为 application/grpc，实际为 {got:?}"),
        };
        let details = told.details(self.lang, HashMap::new());
        let mut response: Response<Body> = told.into_status(details).into_http();
        *response.status_mut() = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        response
    }

    /// The same refusal with its reason.
    pub(super) fn reasoned(&self, status: &Status) -> Status {
        let told = self.told(status);
        let mut details = told.details(self.lang, HashMap::new());
        if told.reason == ErrorReason::UndecodableMessage {
            self.name_field(&mut details, &told, status.message());
        }
        let mut reasoned = told.into_status(details);
        // Such as the compressions that would be read.
        *reasoned.metadata_mut() = status.metadata().clone();
        reasoned
    }

    fn name_field(&self, details: &mut ErrorDetails, told: &Told, message: &str) {
        let zh = (self.lang == Lang::Zh).then(|| told.zh.clone());
        details.set_bad_request([violation(&undecodable_field(message), message, zh)]);
    }

    fn told(&self, status: &Status) -> Told {
        let (reason, message) = (reason_of(status), status.message());
        let (en, zh) = match reason {
            ErrorReason::UndecodableMessage => (message.to_owned(), undecodable(message)),
            ErrorReason::MessageTooLarge => too_large(message),
            ErrorReason::UnsupportedCompression => (
                format!("expected a message as it is, got one compressed as {:?}", self.encoding),
                format!("请求消息应不压缩，实际以 {:?} 压缩", self.encoding),
            ),
            ErrorReason::UnknownMethod => {
                let method = cut(&self.method, NAME_BYTES_MAX);
                (
                    format!("expected a method of this server, got {method:?}"),
                    format!("应为本服务器的方法，实际为 {method:?}"),
                )
            }
            ErrorReason::NotFound if self.method.starts_with("grpc.reflection.") => (
                "expected a file or a symbol that reflection shows, got another one".to_owned(),
                "应为反射所提供的文件或符号，实际为其他名称".to_owned(),
            ),
            ErrorReason::NotFound => (
                "expected a service whose health is told, got another one".to_owned(),
                "应为有健康状态的服务，实际为其他服务".to_owned(),
            ),
            _ => broken(message),
        };
        Told { reason, en, zh }
    }
}

/// The reason of a refusal that tonic made, by what tells it from its others.
fn reason_of(status: &Status) -> ErrorReason {
    match (status.code(), status.message()) {
        (Code::Internal, message) if message.starts_with("failed to decode") => {
            ErrorReason::UndecodableMessage
        }
        (Code::OutOfRange | Code::ResourceExhausted, _) => ErrorReason::MessageTooLarge,
        // Its sentence for a method that is not there is empty.
        (Code::Unimplemented, message) if message.contains("compressed") => {
            ErrorReason::UnsupportedCompression
        }
        (Code::Unimplemented, _) => ErrorReason::UnknownMethod,
        // Reflection, of a request that asks nothing.
        (Code::InvalidArgument, _) => ErrorReason::UndecodableMessage,
        // Health and reflection, of a name that they do not know.
        (Code::NotFound, _) => ErrorReason::NotFound,
        _ => ErrorReason::Transport,
    }
}

/// What is wrong with a call's framing.
fn broken(message: &str) -> (String, String) {
    let (en, zh) = match message {
        "Missing request message." => ("expected a message, got none", "应有请求消息，实际没有"),
        "Unexpected EOF decoding stream." => {
            ("expected a whole message, got a part of one", "应为完整的请求消息，实际只有一部分")
        }
        other if other.contains("compress") => {
            ("expected a compression flag of 0, got another one", "压缩标志应为 0，实际为其他值")
        }
        other => (other, "调用应符合 gRPC 协议，实际不符"),
    };
    (en.to_owned(), zh.to_owned())
}

fn undecodable(message: &str) -> String {
    match undecodable_field(message).as_str() {
        "" => "请求消息无法解码".to_owned(),
        field => format!("请求消息无法解码：字段 {field} 的内容不合法"),
    }
}

/// By the two numbers of tonic's sentence: what came and what the limit is.
fn too_large(message: &str) -> (String, String) {
    let numbers = message.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    match numbers.collect::<Vec<_>>()[..] {
        [got, most] => (
            format!("expected a message of at most {most} bytes, got {got}"),
            format!("请求消息应不超过 {most} 字节，实际为 {got} 字节"),
        ),
        _ => (message.to_owned(), "请求消息过大".to_owned()),
    }
}

/// The field that could not be decoded, as in a request's path; empty where the decoder names none.
///
/// The decoder tells the way from the inside out: `…: Ticket.subject: TriageRequest.ticket: …`.
fn undecodable_field(message: &str) -> String {
    let step = |part: &str| {
        let (owner, field) = part.split_once('.')?;
        let is_name =
            |name: &str| !name.is_empty() && name.chars().all(|c| c == '_' || c.is_alphanumeric());
        (is_name(owner) && is_name(field)).then(|| field.to_owned())
    };
    let mut steps: Vec<_> = message.split(": ").filter_map(step).collect();
    steps.reverse();
    steps.join(".")
}
