//! What became of a call: a span with its trace id, a log line, metrics, and a reason on every error.

use std::collections::BTreeSet;
use std::sync::LazyLock;
use std::time::Instant;

use http::{HeaderMap, Request, Response};
use http_body::Frame;
use http_body_util::BodyExt as _;
use prost::Message as _;
use prost::bytes::Bytes;
use prost_types::FileDescriptorSet;
use switchyard_proto::DESCRIPTOR_SET;
use tonic::body::Body;
use tonic::{Code, Status};
use tracing::Instrument as _;

use super::around::{Answer, Around, Inner};
use super::transport::Asked;
use crate::grpc::catalogue::code_name;
use crate::telemetry::measures;

/// Notes the outcome of every call.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outcomes;

impl Around for Outcomes {
    fn around<S: Inner>(&self, request: Request<Body>, inner: &mut S) -> Answer<S::Error> {
        let started = Instant::now();
        let asked = Asked::of(&request);
        let trace_id = trace_id(request.headers());
        let span = tracing::info_span!("call", method = %asked.method, %trace_id);
        let answer = asked.is_grpc().then(|| inner.call(request));
        Box::pin(
            async move {
                let method = known_method(&asked.method);
                let response = match answer {
                    Some(answer) => with_reason(answer.await?, asked),
                    None => asked.of_another_type(),
                };
                let code = code_of(response.headers());
                measures::call(method, code_name(code), started.elapsed());
                log(code, started);
                Ok(response)
            }
            .instrument(span),
        )
    }
}

/// Names that callers make up must not become metric labels.
pub(super) fn known_method(method: &str) -> &'static str {
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

/// Adds a reason to errors that the transport made by itself, at the head of an answer or its end.
fn with_reason(response: Response<Body>, asked: Asked) -> Response<Body> {
    if response.headers().contains_key("grpc-status") {
        return match bare(response.headers()) {
            Some(status) => asked.reasoned(&status).into_http(),
            None => response,
        };
    }
    response.map(|body| Body::new(body.map_frame(move |frame| with_reason_at_end(frame, &asked))))
}

/// A stream's status stands in the trailers after its last message.
fn with_reason_at_end(frame: Frame<Bytes>, asked: &Asked) -> Frame<Bytes> {
    let Some(status) = frame.trailers_ref().and_then(bare) else { return frame };
    Frame::trailers(asked.reasoned(&status).into_http::<Body>().into_parts().0.headers)
}

/// An error without a reason.
fn bare(headers: &HeaderMap) -> Option<Status> {
    let is_bare = code_of(headers) != Code::Ok && !headers.contains_key("grpc-status-details-bin");
    is_bare.then(|| Status::from_header_map(headers)).flatten()
}
