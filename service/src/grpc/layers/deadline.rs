//! Deadlines: a call whose caller no longer waits is not begun, one that is overdue is told so.

use std::time::{Duration, Instant};

use http::Request;
use tonic::body::Body;

use super::around::{Answer, Around, Inner};
use crate::app::{AppError, SubmitError};
use crate::grpc::call;
use crate::grpc::status::status_of;

/// How much sooner than the transport an overdue call is answered, so that it carries its reason.
const AHEAD_OF_TRANSPORT: Duration = Duration::from_millis(2);

/// Keeps callers' deadlines.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadlines;

impl Around for Deadlines {
    fn around<S: Inner>(&self, request: Request<Body>, inner: &mut S) -> Answer<S::Error> {
        let lang = call::lang_of(request.headers());
        let Some(deadline) = call::deadline_of(request.headers()) else {
            return Box::pin(inner.call(request));
        };
        let told = move |error: &AppError| Ok(status_of(error, lang).into_http());
        if deadline <= Instant::now() {
            let passed = AppError::Submit(SubmitError::DeadlinePassed);
            return Box::pin(async move { told(&passed) });
        }
        let answer = inner.call(request);
        Box::pin(async move {
            let latest = deadline.checked_sub(AHEAD_OF_TRANSPORT).unwrap_or(deadline);
            match tokio::time::timeout_at(latest.into(), answer).await {
                Ok(answer) => answer,
                Err(_) => told(&AppError::Overdue),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use http::Response;
    use tonic::{Code, Status};
    use tonic_types::StatusExt as _;
    use tower::{Layer as _, ServiceExt as _};

    use super::super::around::AroundLayer;
    use super::*;

    /// What a caller with a timeout hears from a service that never answers.
    async fn answered_to(timeout: &'static str) -> Status {
        let never = tower::service_fn(|_: Request<Body>| {
            std::future::pending::<Result<Response<Body>, Infallible>>()
        });
        let request = Request::builder()
            .uri("/switchyard.v1.TriageService/Triage")
            .header("grpc-timeout", timeout)
            .body(Body::empty())
            .expect("a request");
        let answer = AroundLayer(Deadlines).layer(never).oneshot(request).await;
        let answer = answer.expect("an answer");
        Status::from_header_map(answer.headers()).expect("a refusal")
    }

    #[tokio::test]
    async fn a_call_whose_deadline_passes_is_told_so_with_the_reason() {
        let (before, during) = ("before the change was begun", "while the call was at work");
        for (timeout, when) in [("0n", before), ("1n", before), ("30m", during)] {
            let status = answered_to(timeout).await;
            assert_eq!(status.code(), Code::DeadlineExceeded);
            assert!(status.message().contains(when), "{timeout}: {status:?}");
            let info = status.get_details_error_info().expect("ErrorInfo");
            assert_eq!(
                (info.reason.as_str(), info.domain.as_str()),
                ("DEADLINE_PASSED", "switchyard.v1")
            );
        }
    }
}
