//! `StreamTriage`: tickets as they come, answered in their order.

use std::pin::Pin;

use futures_util::{Stream, StreamExt as _, stream};
use switchyard_proto::v1 as pb;
use tonic::{Request, Status, Streaming};

use super::Handlers;
use super::check::Check;
use super::status::item_status;
use super::triage::BATCH_AT_WORK;
use crate::app::AppError;
use crate::app::fault::{Expected, Fault};
use crate::lang::Lang;

/// What a caller reads.
pub(super) type TriageStream =
    Pin<Box<dyn Stream<Item = Result<pb::StreamTriageResponse, Status>> + Send + 'static>>;

impl Handlers {
    pub(super) fn triage_stream(
        &self,
        request: Request<Streaming<pb::StreamTriageRequest>>,
        lang: Lang,
    ) -> TriageStream {
        let (handlers, metadata) = (self.clone(), request.metadata().clone());
        let requests = request.into_inner().zip(stream::iter(0_u64..));
        Box::pin(
            requests
                .map(move |(request, index)| {
                    let (handlers, metadata) = (handlers.clone(), metadata.clone());
                    async move {
                        // A request that cannot be read ends the stream: what follows it is lost.
                        let request = request?.request;
                        let result = match &request {
                            Some(request) => handlers.triage_one(&metadata, request, lang).await,
                            None => missing(),
                        };
                        Ok(response(index, result, lang))
                    }
                })
                // The next request is read only when an answer has left.
                .buffered(BATCH_AT_WORK),
        )
    }
}

fn missing() -> Result<pb::TriageResponse, AppError> {
    let mut check = Check::default();
    check.fail("request", Fault::missing(Expected::Request));
    check.finish(None)
}

fn response(
    index: u64,
    result: Result<pb::TriageResponse, AppError>,
    lang: Lang,
) -> pb::StreamTriageResponse {
    let (status, response) = match result {
        Ok(response) => (pb::ItemStatus::default(), Some(response)),
        Err(error) => (item_status(&error, lang), None),
    };
    pb::StreamTriageResponse { index, status: Some(status), response }
}
