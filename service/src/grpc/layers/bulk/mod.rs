//! A bound on the memory that messages take: a list of two bytes an item is hundreds an item in memory.
//!
//! Messages are weighed while they come, before anything is made of them: their bytes, and what their
//! lists will take. One message may weigh so much, and all calls together so much; a caller above
//! the one is told to send smaller batches, above the other to come back.
//!
//! - [`shapes`]: what an item takes
//! - [`scanner`]: how many there are

mod scanner;
mod shapes;

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};

use http::Request;
use http_body::Frame;
use prost::bytes::Bytes;
use tonic::Status;
use tonic::body::Body;

use self::scanner::Scanner;
use self::shapes::Shapes;
use super::around::{Answer, Around, Inner};
use crate::grpc::call;
use crate::grpc::catalogue::ErrorReason;
use crate::grpc::status::Told;
use crate::lang::Lang;

/// What the lists of one message may take: a thousand agents with a shift for every day of a year
/// take half of it.
const PARTS_BYTES_MAX: u64 = 32 << 20;

/// What the messages of all calls may take together: sixteen of the largest.
const ALL_BYTES_MAX: u64 = 256 << 20;

/// Weighs the messages of every call.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bulk {
    all_bytes: Arc<AtomicU64>,
}

impl Around for Bulk {
    fn around<S: Inner>(&self, request: Request<Body>, inner: &mut S) -> Answer<S::Error> {
        let shapes = Shapes::of_contract();
        let Some(message) = shapes.request(request.uri().path()) else {
            return Box::pin(inner.call(request));
        };
        let weight = Arc::new(Weight { own: AtomicU64::new(0), all: self.all_bytes.clone() });
        let lang = call::lang_of(request.headers());
        let (weighing, scanner) = (weight.clone(), Scanner::new(shapes, message));
        let request =
            request.map(|body| Body::new(Weighed { body, scanner, weight: weighing, lang }));
        let answer = inner.call(request);
        Box::pin(async move {
            // What was made of the message is there until the answer is.
            let _weight = weight;
            answer.await
        })
    }
}

/// What a call's message takes, and all together; given back at the end of the call.
#[derive(Debug)]
struct Weight {
    own: AtomicU64,
    all: Arc<AtomicU64>,
}

impl Weight {
    /// Takes so much now; gives what all take then.
    fn set(&self, bytes: u64) -> u64 {
        let before = self.own.swap(bytes, Ordering::Relaxed);
        let change = bytes.wrapping_sub(before);
        self.all.fetch_add(change, Ordering::Relaxed).wrapping_add(change)
    }
}

impl Drop for Weight {
    fn drop(&mut self) {
        self.set(0);
    }
}

/// A body that is weighed as it comes.
#[derive(Debug)]
struct Weighed {
    body: Body,
    scanner: Scanner,
    weight: Arc<Weight>,
    lang: Lang,
}

impl Weighed {
    fn weigh(&mut self, data: &[u8]) -> Result<(), Status> {
        self.scanner.read(data);
        let all_bytes = self.weight.set(self.scanner.bytes());
        if self.scanner.parts_bytes() > PARTS_BYTES_MAX {
            return Err(too_many_parts(self.lang));
        }
        if all_bytes > ALL_BYTES_MAX {
            return Err(no_room(self.lang));
        }
        Ok(())
    }
}

fn too_many_parts(lang: Lang) -> Status {
    let told = Told {
        reason: ErrorReason::MessageTooLarge,
        en: format!("expected lists that take at most {PARTS_BYTES_MAX} bytes in memory, got more"),
        zh: format!("请求中的列表在内存中应不超过 {PARTS_BYTES_MAX} 字节，实际更多"),
    };
    let details = told.details(lang, HashMap::new());
    told.into_status(details)
}

fn no_room(lang: Lang) -> Status {
    let told = Told {
        reason: ErrorReason::Overloaded,
        en: format!("expected room for the message, got {ALL_BYTES_MAX} bytes of others at work"),
        zh: format!(
            "应有空位容纳请求消息，而处理中的其他消息已有 {ALL_BYTES_MAX} 字节；请稍后重试"
        ),
    };
    let details = told.details(lang, HashMap::new());
    told.into_status(details)
}

impl http_body::Body for Weighed {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        let Some(Ok(frame)) = frame else { return Poll::Ready(frame) };
        let weighed = frame.data_ref().map_or(Ok(()), |data| self.weigh(data));
        Poll::Ready(Some(weighed.map(|()| frame)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.body.size_hint()
    }
}
