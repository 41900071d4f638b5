//! Items of knowledge, checked.

use switchyard_domain::ids::{AgentId, CategoryId, CustomerRef, ItemId, TenantId};
use switchyard_domain::knowledge::{Item, ItemKey, ItemKind};
use switchyard_domain::time::Timestamp;
use switchyard_proto::v1 as pb;

use super::ticket::CUSTOMER_ID_BYTES_MAX;
use crate::app::customers::Customers;
use crate::app::fault::{Expected, Fault};
use crate::app::knowledge::Filter;
use crate::grpc::check::Check;

/// The longest title and link, in bytes.
const TITLE_BYTES_MAX: usize = 1_024;
const URI_BYTES_MAX: usize = 2_048;
/// The longest text and solution, in bytes.
const TEXT_BYTES_MAX: usize = 64 * 1_024;
/// The longest product and tag, in bytes, and the most tags.
const WORD_BYTES_MAX: usize = 128;
const TAGS_MAX: usize = 32;

/// What is needed to read an item.
pub(crate) struct ItemReader<'a> {
    /// Whose items.
    pub(crate) tenant: &'a TenantId,
    /// Names customers.
    pub(crate) customers: &'a Customers,
    /// Now.
    pub(crate) now: Timestamp,
}

impl ItemReader<'_> {
    /// An item at a path of the request.
    pub(crate) fn item(
        &self,
        check: &mut Check,
        path: &str,
        item: &pb::KnowledgeItem,
    ) -> Option<Item> {
        let at = |field: &str| format!("{path}.{field}");
        check_texts(check, path, item);
        check_customer_id(check, &at("customer_id"), &item.customer_id);
        let key = key(check, (&at("kind"), &at("id")), item.kind, &item.id);
        let category = check.optional(at("category"), &item.category, CategoryId::new);
        let solver = check.optional(at("solver"), &item.solver, AgentId::new);
        let opened = check.instant(&at("opened_time"), item.opened_time.as_ref());
        let solved_at = check.instant(&at("solved_time"), item.solved_time.as_ref());
        Some(Item {
            key: key?,
            title: item.title.clone(),
            text: item.text.clone(),
            solution: item.solution.clone(),
            uri: item.uri.clone(),
            product: item.product.clone(),
            category,
            tags: item.tags.clone(),
            solver,
            customer: self.customer(&item.customer_id),
            opened_at: opened.or(solved_at).unwrap_or(self.now),
            solved_at,
        })
    }

    /// Which items are meant.
    pub(crate) fn filter(&self, check: &mut Check, filter: &pb::ItemFilter) -> Filter {
        check_customer_id(check, "filter.customer_id", &filter.customer_id);
        let excluded = &filter.excluded_ticket_id;
        let excluded = check.optional("filter.excluded_ticket_id", excluded, ItemId::new);
        Filter {
            kind: kind(check, "filter.kind", filter.kind),
            product: (!filter.product.is_empty()).then(|| filter.product.clone()),
            category: check.optional("filter.category", &filter.category, CategoryId::new),
            solver: check.optional("filter.solver", &filter.solver, AgentId::new),
            customer: self.customer(&filter.customer_id),
            from: check.instant("filter.start_time", filter.start_time.as_ref()),
            until: check.instant("filter.end_time", filter.end_time.as_ref()),
            solved: filter.solved,
            excluded: excluded.map(|id| ItemKey { kind: ItemKind::Ticket, id }),
        }
    }

    fn customer(&self, id: &str) -> Option<CustomerRef> {
        (!id.is_empty()).then(|| self.customers.refer(self.tenant, id).0)
    }
}

fn check_customer_id(check: &mut Check, field: &str, id: &str) {
    check.bounded(field, id, CUSTOMER_ID_BYTES_MAX);
}

fn check_texts(check: &mut Check, path: &str, item: &pb::KnowledgeItem) {
    let at = |field: &str| format!("{path}.{field}");
    check.bounded(at("title"), &item.title, TITLE_BYTES_MAX);
    check.bounded(at("text"), &item.text, TEXT_BYTES_MAX);
    check.bounded(at("solution"), &item.solution, TEXT_BYTES_MAX);
    check.bounded(at("uri"), &item.uri, URI_BYTES_MAX);
    check.bounded(at("product"), &item.product, WORD_BYTES_MAX);
    check.at_most(at("tags"), &item.tags, TAGS_MAX);
    for (i, tag) in item.tags.iter().enumerate().take(TAGS_MAX) {
        check.bounded(format!("{path}.tags[{i}]"), tag, WORD_BYTES_MAX);
    }
    if item.title.is_empty() && item.text.is_empty() {
        check.fail(at("text"), Fault::missing(Expected::TitleOrText));
    }
}

/// A kind and an id, at their fields.
pub(crate) fn key(
    check: &mut Check,
    (kind_field, id_field): (&str, &str),
    number: i32,
    id: &str,
) -> Option<ItemKey> {
    let read = kind(check, kind_field, number);
    if number == pb::ItemKind::Unspecified as i32 {
        check.fail(kind_field, Fault::missing(Expected::ItemKind));
    }
    let id = check.take(id_field, ItemId::new(id));
    Some(ItemKey { kind: read?, id: id? })
}

/// A kind; `None` where none is stated.
pub(crate) fn kind(check: &mut Check, field: &str, number: i32) -> Option<ItemKind> {
    match check.choice(field, number)? {
        pb::ItemKind::Unspecified => None,
        pb::ItemKind::Ticket => Some(ItemKind::Ticket),
        pb::ItemKind::Article => Some(ItemKind::Article),
    }
}
