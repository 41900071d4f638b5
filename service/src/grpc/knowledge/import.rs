//! `ImportItems`: items as they come, kept some hundreds at a time.

use std::pin::Pin;

use futures_util::stream::ReadyChunks;
use futures_util::{Stream, StreamExt as _, stream};
use switchyard_domain::ids::TenantId;
use switchyard_domain::knowledge::Item;
use switchyard_proto::v1 as pb;
use tokio::sync::watch;
use tonic::metadata::MetadataMap;
use tonic::{Request, Status, Streaming};

use super::reader_for;
use crate::app::fault::{Expected, Fault};
use crate::app::knowledge::{Change, Imported};
use crate::app::{AppError, SubmitError};
use crate::grpc::Handlers;
use crate::grpc::call;
use crate::grpc::check::Check;
use crate::grpc::status::{item_status, status_of};
use crate::lang::Lang;

/// Items kept together.
const KEPT_AT_ONCE: usize = 512;

/// What a caller reads.
pub(crate) type ImportStream =
    Pin<Box<dyn Stream<Item = Result<pb::ImportItemsResponse, Status>> + Send + 'static>>;

/// One import under way.
struct Import {
    handlers: Handlers,
    metadata: MetadataMap,
    lang: Lang,
    requests: ReadyChunks<Streaming<pb::ImportItemsRequest>>,
    stopping: watch::Receiver<bool>,
    /// Known from the first request on.
    place: Option<Place>,
    /// Why it ends after what was read before is answered.
    ending: Option<Status>,
}

/// Whose, which, and how far.
struct Place {
    tenant: TenantId,
    name: String,
    next_index: u64,
}

/// Items to be kept, and those that are refused.
#[derive(Default)]
struct Taken {
    items: Vec<Item>,
    refused: Vec<pb::RefusedItem>,
}

impl Handlers {
    pub(crate) fn import(
        &self,
        request: Request<Streaming<pb::ImportItemsRequest>>,
        lang: Lang,
    ) -> ImportStream {
        let import = Import {
            handlers: self.clone(),
            metadata: request.metadata().clone(),
            lang,
            requests: request.into_inner().ready_chunks(KEPT_AT_ONCE),
            stopping: self.stopping.clone(),
            place: None,
            ending: None,
        };
        Box::pin(stream::try_unfold(import, Import::step))
    }
}

impl Import {
    /// Keeps what has come and tells how far it is; `None` at the end.
    async fn step(mut self) -> Result<Option<(pb::ImportItemsResponse, Self)>, Status> {
        if let Some(status) = self.ending.take() {
            return Err(status);
        }
        let chunk = tokio::select! {
            chunk = self.requests.next() => chunk,
            _ = self.stopping.wait_for(|stopping| *stopping) => {
                return Err(status_of(&AppError::Submit(SubmitError::Stopping), self.lang));
            }
        };
        let Some(chunk) = chunk else { return Ok(None) };
        let answer = self.keep(chunk).await.map_err(|error| status_of(&error, self.lang))?;
        match answer {
            Some(answer) => Ok(Some((answer, self))),
            None => Err(self.ending.take().unwrap_or_else(|| Status::internal("no request"))),
        }
    }

    /// Keeps some items; `None` where the first of them cannot be read.
    async fn keep(
        &mut self,
        chunk: Vec<Result<pb::ImportItemsRequest, Status>>,
    ) -> Result<Option<pb::ImportItemsResponse>, AppError> {
        let mut taken = Taken::default();
        for request in chunk {
            match request {
                Ok(request) => self.take(&request, &mut taken).await?,
                // What follows it is lost.
                Err(status) => {
                    self.ending = Some(status);
                    break;
                }
            }
        }
        let Some(place) = &self.place else { return Ok(None) };
        let Place { tenant, name, next_index } = place;
        let imported =
            (!name.is_empty()).then(|| Imported { import: name.clone(), next_index: *next_index });
        let change = Change::Put { items: taken.items, imported };
        self.handlers.app.change_knowledge(tenant, change).await?;
        let next_index = *next_index;
        Ok(Some(pb::ImportItemsResponse { next_index, refused: taken.refused }))
    }

    async fn take(
        &mut self,
        request: &pb::ImportItemsRequest,
        taken: &mut Taken,
    ) -> Result<(), AppError> {
        if self.place.is_none() {
            self.place = Some(self.place_of(request).await?);
        }
        let Some(place) = &mut self.place else { return Ok(()) };
        if request.index < place.next_index {
            return Ok(());
        }
        if request.index > place.next_index {
            let expected = Expected::Index(place.next_index);
            let mut check = Check::default();
            check.fail("index", Fault::value(expected, &request.index));
            return check.finish(None);
        }
        place.next_index += 1;
        match read(&self.handlers, &place.tenant, request) {
            Ok(item) => taken.items.push(item),
            Err(error) => taken.refused.push(pb::RefusedItem {
                index: request.index,
                status: Some(item_status(&error, self.lang)),
            }),
        }
        Ok(())
    }

    async fn place_of(&self, first: &pb::ImportItemsRequest) -> Result<Place, AppError> {
        let mut check = Check::default();
        check.bounded("import_id", &first.import_id, call::NAME_BYTES_MAX);
        let tenant = call::tenant(&mut check, &self.metadata);
        let tenant = check.finish(tenant)?;
        let name = first.import_id.clone();
        let next_index = match name.as_str() {
            "" => 0,
            name => self.handlers.app.import_mark(&tenant, name).await?,
        };
        Ok(Place { tenant, name, next_index })
    }
}

fn read(
    handlers: &Handlers,
    tenant: &TenantId,
    request: &pb::ImportItemsRequest,
) -> Result<Item, AppError> {
    let mut check = Check::default();
    let Some(item) = &request.item else {
        check.fail("item", Fault::missing(Expected::Item));
        return check.finish(None);
    };
    let item = reader_for(handlers, tenant).item(&mut check, "item", item);
    check.finish(item)
}
