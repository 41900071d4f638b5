//! A bounded number of calls at work: above it callers are told at once to come back.
//!
//! The first layer of all. Under overload most calls end here, and what one
//! costs is taken from those that are answered: a refusal is made beforehand,
//! counted, and logged once a second.

use std::future::ready;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use http::{HeaderMap, Request, Response};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, TryAcquireError};
use tonic::Code;
use tonic::body::Body;

use super::around::{Answer, Around, Inner};
use super::outcome::known_method;
use crate::app::{AppError, SubmitError};
use crate::grpc::call;
use crate::grpc::catalogue::code_name;
use crate::grpc::status::status_of;
use crate::lang::Lang;
use crate::telemetry::measures;

/// Admits calls up to a number at a time.
#[derive(Debug, Clone)]
pub(crate) struct Admission {
    permits: Arc<Semaphore>,
    refusals: Arc<Refusals>,
}

impl Admission {
    /// Admits so many calls at a time.
    pub(crate) fn new(n_max: u32) -> Self {
        let n_max = n_max as usize;
        let (permits, refusals) = (Semaphore::new(n_max), Refusals::above(n_max));
        Self { permits: Arc::new(permits), refusals: Arc::new(refusals) }
    }

    /// Room for a call, if it needs any.
    fn admit(&self, path: &str) -> Result<Option<OwnedSemaphorePermit>, TryAcquireError> {
        is_bounded(path).then(|| self.permits.clone().try_acquire_owned()).transpose()
    }
}

impl Around for Admission {
    fn around<S: Inner>(&self, request: Request<Body>, inner: &mut S) -> Answer<S::Error> {
        match self.admit(request.uri().path()) {
            Ok(permit) => {
                let answer = inner.call(request);
                Box::pin(async move {
                    let _permit = permit;
                    answer.await
                })
            }
            Err(_) => Box::pin(ready(Ok(self.refusals.refuse(&request)))),
        }
    }
}

/// Streams that stay open and the probes of the platform are not counted.
fn is_bounded(path: &str) -> bool {
    let is_stream = path.ends_with("/Watch") || path.ends_with("/StreamTriage");
    path.starts_with("/switchyard.v1.") && !is_stream
}

/// What callers are told for whom there is no room.
#[derive(Debug)]
struct Refusals {
    zh: HeaderMap,
    en: HeaderMap,
    log: Log,
}

impl Refusals {
    fn above(n_max: usize) -> Self {
        let overloaded = AppError::Submit(SubmitError::Overloaded { waiting: n_max });
        let headers =
            |lang| status_of(&overloaded, lang).into_http::<Body>().into_parts().0.headers;
        Self { zh: headers(Lang::Zh), en: headers(Lang::En), log: Log::default() }
    }

    fn refuse(&self, request: &Request<Body>) -> Response<Body> {
        measures::refused();
        let method = known_method(request.uri().path().trim_start_matches('/'));
        measures::call(method, code_name(Code::ResourceExhausted), Duration::ZERO);
        self.log.note(method);
        let headers = match call::lang_of(request.headers()) {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        };
        let mut response = Response::new(Body::default());
        response.headers_mut().clone_from(headers);
        response
    }
}

/// One line a second at most: a line for each refusal would cost more than the refusal.
#[derive(Debug)]
struct Log {
    since: Instant,
    /// Seconds after `since` in which there was a line last, plus one.
    second: AtomicU64,
    n_unsaid: AtomicU64,
}

impl Default for Log {
    fn default() -> Self {
        Self { since: Instant::now(), second: AtomicU64::new(0), n_unsaid: AtomicU64::new(0) }
    }
}

impl Log {
    fn note(&self, method: &str) {
        self.n_unsaid.fetch_add(1, Ordering::Relaxed);
        let now = self.since.elapsed().as_secs() + 1;
        if self.second.swap(now, Ordering::Relaxed) != now {
            let n_refused = self.n_unsaid.swap(0, Ordering::Relaxed);
            tracing::warn!(
                n_refused,
                method,
                "no room for more calls: callers are told to come back"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use tonic::Status;
    use tonic_types::StatusExt as _;
    use tower::{Layer as _, ServiceExt as _};

    use super::super::around::AroundLayer;
    use super::*;

    /// What a caller hears where there is no room, in a language.
    async fn refused(lang: &'static str) -> Status {
        let never = tower::service_fn(|_: Request<Body>| {
            std::future::pending::<Result<Response<Body>, Infallible>>()
        });
        let request = Request::builder()
            .uri("/switchyard.v1.TriageService/Triage")
            .header("accept-language", lang)
            .body(Body::empty())
            .expect("a request");
        let answer =
            AroundLayer(Admission::new(0)).layer(never).oneshot(request).await.expect("an answer");
        Status::from_header_map(answer.headers()).expect("a refusal")
    }

    #[tokio::test]
    async fn a_refusal_made_beforehand_is_the_one_of_the_catalogue() {
        for (lang, has_chinese) in [("en", false), ("zh-CN", true)] {
            let status = refused(lang).await;
            assert_eq!(status.code(), Code::ResourceExhausted);
            let details = status.get_error_details();
            assert_eq!(details.error_info().expect("ErrorInfo").reason, "OVERLOADED");
            assert!(details.retry_info().is_some_and(|retry| retry.retry_delay.is_some()));
            assert_eq!(details.localized_message().is_some(), has_chinese);
        }
    }
}
