//! Deadlines: a call whose caller no longer waits is not begun, one that is overdue is told so.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use http::{Request, Response};
use tonic::body::Body;
use tower::{Layer, Service};

use crate::app::{AppError, SubmitError};
use crate::grpc::call;
use crate::grpc::status::status_of;

/// How much sooner than the transport an overdue call is answered, so that it carries its reason.
const AHEAD_OF_TRANSPORT: Duration = Duration::from_millis(2);

/// Keeps callers' deadlines.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DeadlineLayer;

impl<S> Layer<S> for DeadlineLayer {
    type Service = Deadlines<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Deadlines { inner }
    }
}

/// A service that keeps deadlines.
#[derive(Debug, Clone)]
pub(crate) struct Deadlines<S> {
    inner: S,
}

impl<S> Service<Request<Body>> for Deadlines<S>
where
    S: Service<Request<Body>, Response = Response<Body>>,
    S::Future: Send + 'static,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let lang = call::lang_of(request.headers());
        let Some(deadline) = call::deadline_of(request.headers()) else {
            return Box::pin(self.inner.call(request));
        };
        let told = move |error: &AppError| Ok(status_of(error, lang).into_http());
        if deadline <= Instant::now() {
            let passed = AppError::Submit(SubmitError::DeadlinePassed);
            return Box::pin(async move { told(&passed) });
        }
        let answer = self.inner.call(request);
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

    use tonic::{Code, Status};
    use tonic_types::StatusExt as _;
    use tower::ServiceExt as _;

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
        let answer = DeadlineLayer.layer(never).oneshot(request).await;
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
