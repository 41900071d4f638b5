//! A bounded number of calls at work: above it callers are told at once to come back.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use http::{Request, Response};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, TryAcquireError};
use tonic::body::Body;
use tower::{Layer, Service};

use crate::app::{AppError, SubmitError};
use crate::grpc::call;
use crate::grpc::status::status_of;
use crate::lang::Lang;
use crate::telemetry::measures;

/// How much sooner than the transport an overdue call is answered, so that it carries its reason.
const AHEAD_OF_TRANSPORT: Duration = Duration::from_millis(2);

/// Admits calls up to a number at a time.
#[derive(Debug, Clone)]
pub(crate) struct AdmissionLayer {
    permits: Arc<Semaphore>,
    n_max: usize,
}

impl AdmissionLayer {
    /// Admits so many calls at a time.
    pub(crate) fn new(n_max: u32) -> Self {
        let n_max = n_max as usize;
        Self { permits: Arc::new(Semaphore::new(n_max)), n_max }
    }

    /// Room for a call, if it needs any.
    fn admit(&self, path: &str) -> Result<Option<OwnedSemaphorePermit>, TryAcquireError> {
        is_bounded(path).then(|| self.permits.clone().try_acquire_owned()).transpose()
    }
}

impl<S> Layer<S> for AdmissionLayer {
    type Service = Admission<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Admission { inner, gate: self.clone() }
    }
}

/// A service behind the gate.
#[derive(Debug, Clone)]
pub(crate) struct Admission<S> {
    inner: S,
    gate: AdmissionLayer,
}

type Answer<E> = Pin<Box<dyn Future<Output = Result<Response<Body>, E>> + Send>>;

impl<S> Service<Request<Body>> for Admission<S>
where
    S: Service<Request<Body>, Response = Response<Body>> + Clone + Send + 'static,
    S::Future: Send + 'static,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = Answer<S::Error>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let lang = call::lang_of(request.headers());
        let Ok(permit) = self.gate.admit(request.uri().path()) else {
            measures::refused();
            let waiting = self.gate.n_max;
            return refused(SubmitError::Overloaded { waiting }, lang);
        };
        let deadline = call::deadline_of(request.headers());
        if deadline.is_some_and(|deadline| deadline <= Instant::now()) {
            return refused(SubmitError::DeadlinePassed, lang);
        }
        let answer = self.inner.call(request);
        Box::pin(async move {
            let _permit = permit;
            let Some(deadline) = deadline else { return answer.await };
            let latest = deadline.checked_sub(AHEAD_OF_TRANSPORT).unwrap_or(deadline);
            match tokio::time::timeout_at(latest.into(), answer).await {
                Ok(answer) => answer,
                Err(_) => Ok(to_http(&AppError::Overdue, lang)),
            }
        })
    }
}

/// Streams that stay open and the probes of the platform are not counted.
fn is_bounded(path: &str) -> bool {
    let is_stream = path.ends_with("/Watch") || path.ends_with("/StreamTriage");
    path.starts_with("/switchyard.v1.") && !is_stream
}

fn refused<E>(error: SubmitError, lang: Lang) -> Answer<E> {
    Box::pin(async move { Ok(to_http(&AppError::Submit(error), lang)) })
}

fn to_http(error: &AppError, lang: Lang) -> Response<Body> {
    status_of(error, lang).into_http()
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
        let answer = AdmissionLayer::new(1).layer(never).oneshot(request).await;
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
