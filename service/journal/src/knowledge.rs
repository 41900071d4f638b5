//! An item of knowledge as it is kept.

use prost::Message as _;
use switchyard_domain::ids::{AgentId, CategoryId, CustomerRef, ItemId};
use switchyard_domain::knowledge::{Item, ItemKey};
use switchyard_domain::time::Timestamp;
use switchyard_proto::journal_v1 as pb;

use crate::DecodeError;
use crate::labels::Label;
use crate::scalar::{id, optional_id, optional_timestamp, timestamp};
use crate::version::{self, RECORD_VERSION};

/// The bytes of an item.
pub fn encode_item(item: &Item) -> Vec<u8> {
    to_record(item).encode_to_vec()
}

/// The item of these bytes.
///
/// # Errors
/// They are no record of an item, or one of a later version.
pub fn decode_item(bytes: &[u8]) -> Result<Item, DecodeError> {
    version::check(bytes)?;
    let record = pb::KnowledgeItem::decode(bytes)
        .map_err(|source| DecodeError::Malformed { record: "KnowledgeItem", source })?;
    from_record(record)
}

fn to_record(item: &Item) -> pb::KnowledgeItem {
    pb::KnowledgeItem {
        version: RECORD_VERSION,
        kind: item.key.kind.to_record(),
        id: item.key.id.to_string(),
        title: item.title.clone(),
        text: item.text.clone(),
        solution: item.solution.clone(),
        uri: item.uri.clone(),
        product: item.product.clone(),
        category: item.category.as_ref().map(ToString::to_string),
        tags: item.tags.clone(),
        solver: item.solver.as_ref().map(ToString::to_string),
        customer: item.customer.as_ref().map(ToString::to_string),
        opened_at: item.opened_at.millis(),
        solved_at: item.solved_at.map(Timestamp::millis),
    }
}

fn from_record(record: pb::KnowledgeItem) -> Result<Item, DecodeError> {
    let category = record.category.as_deref();
    Ok(Item {
        key: ItemKey {
            kind: Label::from_record(record.kind, "KnowledgeItem.kind")?,
            id: id(&record.id, ItemId::new, "KnowledgeItem.id")?,
        },
        category: optional_id(category, CategoryId::new, "KnowledgeItem.category")?,
        solver: optional_id(record.solver.as_deref(), AgentId::new, "KnowledgeItem.solver")?,
        customer: optional_id(
            record.customer.as_deref(),
            CustomerRef::new,
            "KnowledgeItem.customer",
        )?,
        opened_at: timestamp(record.opened_at, "KnowledgeItem.opened_at")?,
        solved_at: optional_timestamp(record.solved_at, "KnowledgeItem.solved_at")?,
        title: record.title,
        text: record.text,
        solution: record.solution,
        uri: record.uri,
        product: record.product,
        tags: record.tags,
    })
}
