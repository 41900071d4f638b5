//! A time for messages to come: a caller who sends one byte by byte gives its place back.
//!
//! A place among those at work is taken by the head of a call. Without this, as many callers as
//! are admitted could hold the server for as long as they like, by sending nothing.

use std::collections::HashMap;
use std::future::Future as _;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Request;
use http_body::Frame;
use prost::bytes::Bytes;
use tokio::time::{Sleep, sleep};
use tonic::Status;
use tonic::body::Body;

use super::around::{Answer, Around, Inner};
use crate::grpc::call;
use crate::grpc::catalogue::ErrorReason;
use crate::grpc::status::Told;
use crate::lang::Lang;

/// Bounds how long a call's message may take to come.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arrival {
    /// From the head of the call to the end of its message.
    pub(crate) time_max: Duration,
}

impl Around for Arrival {
    fn around<S: Inner>(&self, request: Request<Body>, inner: &mut S) -> Answer<S::Error> {
        let has_come = http_body::Body::is_end_stream(request.body());
        if has_come || sends_for_long(request.uri().path()) {
            return Box::pin(inner.call(request));
        }
        let lang = call::lang_of(request.headers());
        let time_max = self.time_max;
        let late = Box::pin(sleep(time_max));
        let request = request.map(|body| Body::new(Timed { body, late, time_max, lang }));
        Box::pin(inner.call(request))
    }
}

/// Streams of callers last as long as these like, and take no place.
fn sends_for_long(path: &str) -> bool {
    path.ends_with("/StreamTriage") || !path.starts_with("/switchyard.v1.")
}

/// A body that must have come in time.
#[derive(Debug)]
struct Timed {
    body: Body,
    late: Pin<Box<Sleep>>,
    time_max: Duration,
    lang: Lang,
}

impl http_body::Body for Timed {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            return Poll::Ready(frame);
        }
        let late = self.late.as_mut().poll(context);
        late.map(|()| Some(Err(too_slow(self.time_max, self.lang))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.body.size_hint()
    }
}

fn too_slow(time_max: Duration, lang: Lang) -> Status {
    let seconds = time_max.as_secs();
    let told = Told {
        reason: ErrorReason::MessageTooSlow,
        en: format!("expected the whole message within {seconds} s, got a part of it"),
        zh: format!("请求消息应在 {seconds} 秒内全部送达，实际只收到一部分"),
    };
    let details = told.details(lang, HashMap::new());
    told.into_status(details)
}
