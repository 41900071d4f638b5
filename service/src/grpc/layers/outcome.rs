//! What became of a call: a span with its trace id, a log line, metrics, and a reason on every error.

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::Pin;
use std::sync::LazyLock;
use std::task::{Context, Poll};
use std::time::Instant;

use http::{HeaderMap, Request, Response};
use prost::Message as _;
use prost_types::FileDescriptorSet;
use switchyard_proto::DESCRIPTOR_SET;
use tonic::body::Body;
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt as _};
use tower::{Layer, Service};
use tracing::Instrument as _;

use crate::grpc::status::ERROR_DOMAIN;
use crate::telemetry::measures;

/// Notes the outcome of every call.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OutcomeLayer;

impl<S> Layer<S> for OutcomeLayer {
    type Service = Outcome<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Outcome { inner }
    }
}

/// A service whose outcomes are noted.
#[derive(Debug, Clone)]
pub(crate) struct Outcome<S> {
    inner: S,
}

impl<S> Service<Request<Body>> for Outcome<S>
where
    S: Service<Request<Body>, Response = Response<Body>> + Clone + Send + 'static,
    S::Future: Send + 'static,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let started = Instant::now();
        let method = request.uri().path().trim_start_matches('/').to_owned();
        let trace_id = trace_id(request.headers());
        let span = tracing::info_span!("call", %method, %trace_id);
        let answer = self.inner.call(request);
        Box::pin(
            async move {
                let response = with_reason(answer.await?);
                let code = code_of(response.headers());
                measures::call(known_method(&method), code_name(code), started.elapsed());
                log(code, started);
                Ok(response)
            }
            .instrument(span),
        )
    }
}

/// Names that callers make up must not become metric labels.
fn known_method(method: &str) -> &'static str {
    static METHODS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let sets = [DESCRIPTOR_SET, tonic_health::pb::FILE_DESCRIPTOR_SET];
        sets.into_iter().flat_map(methods).collect()
    });
    METHODS.get(method).map_or("unknown", String::as_str)
}

/// The methods of a descriptor set, such as `switchyard.v1.DeskService/Assign`.
fn methods(descriptors: &[u8]) -> Vec<String> {
    let set =
        FileDescriptorSet::decode(descriptors).expect("the descriptor set is made by the build");
    let mut methods = Vec::new();
    for file in &set.file {
        for service in &file.service {
            for method in &service.method {
                methods.push(format!("{}.{}/{}", file.package(), service.name(), method.name()));
            }
        }
    }
    methods
}

fn log(code: Code, started: Instant) {
    let took_us = started.elapsed().as_micros() as u64;
    match code {
        Code::Ok => tracing::debug!(code = code_name(code), took_us, "answered"),
        Code::Internal | Code::Unknown | Code::DataLoss | Code::Unavailable => {
            tracing::error!(code = code_name(code), took_us, "answered");
        }
        _ => tracing::info!(code = code_name(code), took_us, "answered"),
    }
}

/// The caller's W3C trace id, or a new one.
fn trace_id(headers: &HeaderMap) -> String {
    let given = headers.get("traceparent").and_then(|value| value.to_str().ok());
    let given = given.and_then(|value| value.split('-').nth(1));
    match given {
        Some(id) if id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            id.to_owned()
        }
        _ => format!("{:032x}", rand_bits()),
    }
}

/// Random enough to tell calls apart: a randomly keyed hash of a counter.
fn rand_bits() -> u128 {
    use std::hash::{BuildHasher as _, RandomState};
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicU64, Ordering};
    static KEYS: LazyLock<(RandomState, RandomState)> = LazyLock::new(Default::default);
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    let n = COUNTER.fetch_add(1, Ordering::Relaxed);
    (u128::from(KEYS.0.hash_one(n)) << 64) | u128::from(KEYS.1.hash_one(n))
}

/// The code of an answer whose headers are its trailers; an answer with a body is fine so far.
fn code_of(headers: &HeaderMap) -> Code {
    headers.get("grpc-status").map_or(Code::Ok, |code| Code::from_bytes(code.as_bytes()))
}

/// Adds a reason to errors that the transport made by itself.
fn with_reason(response: Response<Body>) -> Response<Body> {
    let headers = response.headers();
    let bare = code_of(headers) != Code::Ok && !headers.contains_key("grpc-status-details-bin");
    if !bare {
        return response;
    }
    match Status::from_header_map(headers) {
        Some(status) => reasoned(&status).into_http(),
        None => response,
    }
}

fn reasoned(status: &Status) -> Status {
    let (code, reason) = match (status.code(), status.message()) {
        (Code::Internal, message) if message.starts_with("failed to decode") => {
            (Code::InvalidArgument, "UNDECODABLE_MESSAGE")
        }
        (Code::OutOfRange | Code::ResourceExhausted, _) => {
            (Code::ResourceExhausted, "MESSAGE_TOO_LARGE")
        }
        (Code::Unimplemented, _) => (Code::Unimplemented, "UNKNOWN_METHOD"),
        (code, _) => (code, "TRANSPORT"),
    };
    let mut details = ErrorDetails::new();
    details.set_error_info(reason, ERROR_DOMAIN, std::collections::HashMap::new());
    if code == Code::InvalidArgument {
        details.add_bad_request_violation(undecodable_field(status.message()), status.message());
    }
    let message = match status.message() {
        "" => format!("expected a method of switchyard.v1, got none with that name ({reason})"),
        message => message.to_owned(),
    };
    Status::with_error_details(code, message, details)
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

fn code_name(code: Code) -> &'static str {
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
