//! `KnowledgeService`: convert in, one use case, convert out.

mod import;

use std::collections::BTreeSet;

use switchyard_domain::ids::{ItemId, TenantId};
use switchyard_domain::knowledge::{ItemKey, ItemKind};
use switchyard_models::text::TicketText;
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::knowledge_service_server::KnowledgeService;
use tonic::metadata::MetadataMap;
use tonic::{Request, Response, Status, Streaming};

use self::import::ImportStream;
use super::check::{Check, page_size};
use super::read::knowledge::{self as read, ItemReader};
use super::read::ticket::TEXT_BYTES_MAX;
use super::triage::BATCH_ITEMS_MAX;
use super::write::precedents as write;
use super::{Handlers, answer, call};
use crate::app::AppError;
use crate::app::fault::{Expected, Fault};
use crate::app::knowledge::Change;

/// The most items of a search.
const FOUND_MAX: i64 = 100;

/// The items of a search that names no number.
const FOUND_DEFAULT: usize = 10;

#[tonic::async_trait]
impl KnowledgeService for Handlers {
    async fn batch_upsert_items(
        &self,
        request: Request<pb::BatchUpsertItemsRequest>,
    ) -> Result<Response<pb::BatchUpsertItemsResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.upsert_items(request.metadata(), request.get_ref()).await, lang)
    }

    type ImportItemsStream = ImportStream;

    async fn import_items(
        &self,
        request: Request<Streaming<pb::ImportItemsRequest>>,
    ) -> Result<Response<Self::ImportItemsStream>, Status> {
        let lang = call::lang(request.metadata());
        Ok(Response::new(self.import(request, lang)))
    }

    async fn get_import(
        &self,
        request: Request<pb::GetImportRequest>,
    ) -> Result<Response<pb::GetImportResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.import_so_far(request.metadata(), &request.get_ref().import_id).await, lang)
    }

    async fn get_item(
        &self,
        request: Request<pb::GetItemRequest>,
    ) -> Result<Response<pb::GetItemResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.get_one(request.metadata(), request.get_ref()).await, lang)
    }

    async fn list_items(
        &self,
        request: Request<pb::ListItemsRequest>,
    ) -> Result<Response<pb::ListItemsResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.list(request.metadata(), request.get_ref()).await, lang)
    }

    async fn delete_item(
        &self,
        request: Request<pb::DeleteItemRequest>,
    ) -> Result<Response<pb::DeleteItemResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.delete(request.metadata(), request.get_ref()).await, lang)
    }

    async fn search_items(
        &self,
        request: Request<pb::SearchItemsRequest>,
    ) -> Result<Response<pb::SearchItemsResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.search(request.metadata(), request.get_ref()).await, lang)
    }

    async fn erase_customer(
        &self,
        request: Request<pb::EraseCustomerRequest>,
    ) -> Result<Response<pb::EraseCustomerResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.erase(request.metadata(), request.get_ref()).await, lang)
    }

    async fn get_knowledge_status(
        &self,
        request: Request<pb::GetKnowledgeStatusRequest>,
    ) -> Result<Response<pb::GetKnowledgeStatusResponse>, Status> {
        let lang = call::lang(request.metadata());
        answer(self.knowledge_status(request.metadata()), lang)
    }
}

/// What reads a tenant's items.
fn reader_for<'a>(handlers: &'a Handlers, tenant: &'a TenantId) -> ItemReader<'a> {
    let desks = &handlers.app.desks;
    ItemReader { tenant, customers: &desks.customers, now: desks.clock.now() }
}

/// The tenant of a call that says nothing else.
fn tenant_of(metadata: &MetadataMap) -> Result<TenantId, AppError> {
    let mut check = Check::default();
    let tenant = call::tenant(&mut check, metadata);
    check.finish(tenant)
}

impl Handlers {
    async fn upsert_items(
        &self,
        metadata: &MetadataMap,
        request: &pb::BatchUpsertItemsRequest,
    ) -> Result<pb::BatchUpsertItemsResponse, AppError> {
        let mut check = Check::default();
        check.at_most("items", &request.items, BATCH_ITEMS_MAX);
        let call =
            call::changing(&mut check, metadata, "Knowledge", "", request.actor.as_ref(), &());
        let items = call.as_ref().map(|call| {
            let reader = reader_for(self, &call.tenant);
            let items = request.items.iter().take(BATCH_ITEMS_MAX).enumerate();
            let read = items.map(|(i, item)| reader.item(&mut check, &format!("items[{i}]"), item));
            read.collect::<Vec<_>>().into_iter().flatten().collect::<Vec<_>>()
        });
        let (call, items) = check.finish(call.zip(items))?;
        check_once(&items.iter().map(|item| &item.key).collect::<Vec<_>>())?;
        self.app.change_knowledge(&call.tenant, Change::Put { items, imported: None }).await?;
        let status = self.app.knowledge_status(&call.tenant);
        let n_items = (status.n_tickets + status.n_articles) as u64;
        Ok(pb::BatchUpsertItemsResponse { n_items })
    }

    async fn import_so_far(
        &self,
        metadata: &MetadataMap,
        import_id: &str,
    ) -> Result<pb::GetImportResponse, AppError> {
        let mut check = Check::default();
        check.bounded("import_id", import_id, call::NAME_BYTES_MAX);
        let tenant = call::tenant(&mut check, metadata);
        let tenant = check.finish(tenant)?;
        let next_index = self.app.import_mark(&tenant, import_id).await?;
        Ok(pb::GetImportResponse { next_index })
    }

    async fn get_one(
        &self,
        metadata: &MetadataMap,
        request: &pb::GetItemRequest,
    ) -> Result<pb::GetItemResponse, AppError> {
        let mut check = Check::default();
        let tenant = call::tenant(&mut check, metadata);
        let key = read::key(&mut check, ("kind", "id"), request.kind, &request.id);
        let (tenant, key) = check.finish(tenant.zip(key))?;
        let item = self.app.item(&tenant, &key).await?;
        Ok(pb::GetItemResponse { item: Some(write::item(&item)) })
    }

    async fn list(
        &self,
        metadata: &MetadataMap,
        request: &pb::ListItemsRequest,
    ) -> Result<pb::ListItemsResponse, AppError> {
        let mut check = Check::default();
        let tenant = call::tenant(&mut check, metadata);
        let n = page_size(&mut check, "page_size", request.page_size);
        let kind = read::kind(&mut check, "kind", request.kind);
        let after = check.optional("page_token", &request.page_token, key_of_token);
        let tenant = check.finish(tenant)?;
        let (items, has_more) = self.app.items_after(&tenant, after.as_ref(), kind, n).await?;
        let last = items.last().filter(|_| has_more);
        Ok(pb::ListItemsResponse {
            next_page_token: last.map_or_else(String::new, |item| token_of_key(&item.key)),
            items: items.iter().map(write::item).collect(),
        })
    }

    async fn delete(
        &self,
        metadata: &MetadataMap,
        request: &pb::DeleteItemRequest,
    ) -> Result<pb::DeleteItemResponse, AppError> {
        let mut check = Check::default();
        let call =
            call::changing(&mut check, metadata, "Knowledge", "", request.actor.as_ref(), &());
        let key = read::key(&mut check, ("kind", "id"), request.kind, &request.id);
        let (call, key) = check.finish(call.zip(key))?;
        self.app.change_knowledge(&call.tenant, Change::Delete(key)).await?;
        Ok(pb::DeleteItemResponse {})
    }

    async fn search(
        &self,
        metadata: &MetadataMap,
        request: &pb::SearchItemsRequest,
    ) -> Result<pb::SearchItemsResponse, AppError> {
        let mut check = Check::default();
        check_query(&mut check, request);
        let n = n_found(&mut check, request.n_max);
        let tenant = call::tenant(&mut check, metadata);
        let asked = request.filter.clone().unwrap_or_default();
        let filter =
            tenant.as_ref().map(|tenant| reader_for(self, tenant).filter(&mut check, &asked));
        let (tenant, filter) = check.finish(tenant.as_ref().zip(filter))?;
        let text = TicketText::new(&request.subject, &request.text);
        let found = self.app.search_items(tenant, &text, &filter, n).await?;
        Ok(pb::SearchItemsResponse { found: found.iter().map(write::found).collect() })
    }

    async fn erase(
        &self,
        metadata: &MetadataMap,
        request: &pb::EraseCustomerRequest,
    ) -> Result<pb::EraseCustomerResponse, AppError> {
        let mut check = Check::default();
        let call =
            call::changing(&mut check, metadata, "Knowledge", "", request.actor.as_ref(), &());
        if request.customer_id.is_empty() {
            check.fail("customer_id", Fault::missing(Expected::Id));
        }
        let call = check.finish(call)?;
        let customer = self.app.desks.customers.refer(&call.tenant, &request.customer_id).0;
        let change = Change::EraseCustomer(customer);
        let n_items = self.app.change_knowledge(&call.tenant, change).await?;
        Ok(pb::EraseCustomerResponse { n_items })
    }

    fn knowledge_status(
        &self,
        metadata: &MetadataMap,
    ) -> Result<pb::GetKnowledgeStatusResponse, AppError> {
        let status = self.app.knowledge_status(&tenant_of(metadata)?);
        Ok(pb::GetKnowledgeStatusResponse {
            n_tickets: status.n_tickets as u64,
            n_articles: status.n_articles as u64,
            n_vectors: status.n_vectors as u64,
            index_bytes: status.index_bytes as u64,
            has_graph: status.has_graph,
            n_remembered: status.n_remembered as u64,
        })
    }
}

/// An item that comes twice in one batch is a mistake of which nobody can say what was meant.
fn check_once(keys: &[&ItemKey]) -> Result<(), AppError> {
    let (mut check, mut seen) = (Check::default(), BTreeSet::new());
    for (i, key) in keys.iter().enumerate() {
        if !seen.insert(key) {
            check.fail(format!("items[{i}].id"), Fault::again(key.id.as_str()));
        }
    }
    check.finish(Some(()))
}

fn check_query(check: &mut Check, request: &pb::SearchItemsRequest) {
    let bytes = request.subject.len() + request.text.len();
    match bytes {
        0 => check.fail("text", Fault::missing(Expected::TitleOrText)),
        1..=TEXT_BYTES_MAX => {}
        _ => check.fail("text", Fault::value(Expected::TextWithin(TEXT_BYTES_MAX), &bytes)),
    }
}

fn n_found(check: &mut Check, n_max: i32) -> usize {
    match i64::from(n_max) {
        0 => FOUND_DEFAULT,
        n @ 1..=FOUND_MAX => n as usize,
        n => {
            check.fail("n_max", Fault::value(Expected::Number { least: 0, most: FOUND_MAX }, &n));
            0
        }
    }
}

/// A page goes on after the last item of the one before.
fn token_of_key(key: &ItemKey) -> String {
    format!("{}/{}", key.kind.label(), key.id)
}

fn key_of_token(token: &str) -> Result<ItemKey, Fault> {
    let read = || {
        let (kind, id) = token.split_once('/')?;
        let kind = ItemKind::ALL.into_iter().find(|known| known.label() == kind)?;
        Some(ItemKey { kind, id: ItemId::new(id).ok()? })
    };
    read().ok_or_else(|| Fault::text(Expected::PageToken, token))
}
