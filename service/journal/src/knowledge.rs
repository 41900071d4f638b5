//! An item of knowledge as it is kept.

use prost::Message as _;
use switchyard_domain::ids::{AgentId, CategoryId, CustomerRef, ItemId};
use switchyard_domain::knowledge::{Fingerprint, Item, ItemKey, Remembered, Taught};
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

/// The bytes of what a tenant taught.
pub fn encode_taught(taught: &Taught) -> Vec<u8> {
    let example = |(category, text): &(CategoryId, String)| pb::OwnExample {
        category: category.to_string(),
        text: text.clone(),
    };
    let examples = taught.examples.iter().map(example).collect();
    pb::OwnExamples { version: RECORD_VERSION, fitted_at: taught.at.millis(), examples }
        .encode_to_vec()
}

/// What a tenant taught, of these bytes.
///
/// # Errors
/// They are no record of it, or one of a later version.
pub fn decode_taught(bytes: &[u8]) -> Result<Taught, DecodeError> {
    version::check(bytes)?;
    let record = pb::OwnExamples::decode(bytes)
        .map_err(|source| DecodeError::Malformed { record: "OwnExamples", source })?;
    let example = |it: pb::OwnExample| {
        Ok((id(&it.category, CategoryId::new, "OwnExample.category")?, it.text))
    };
    let examples = record.examples.into_iter().map(example).collect::<Result<_, _>>()?;
    Ok(Taught { at: timestamp(record.fitted_at, "OwnExamples.fitted_at")?, examples })
}

/// The bytes of a ticket that is remembered.
pub fn encode_remembered(ticket: &Remembered) -> Vec<u8> {
    let Fingerprint { model_version, language, terms, vector } = &ticket.fingerprint;
    let record = pb::RememberedTicket {
        version: RECORD_VERSION,
        id: ticket.id.to_string(),
        category: ticket.category.to_string(),
        customer: ticket.customer.as_ref().map(ToString::to_string),
        opened_at: ticket.opened_at.millis(),
        model_version: model_version.clone(),
        language: language.to_record(),
        terms: terms.iter().map(|(term, _)| *term).collect(),
        counts: terms.iter().map(|(_, count)| *count).collect(),
        vector: vector.iter().map(|number| number.cast_unsigned()).collect(),
    };
    record.encode_to_vec()
}

/// The remembered ticket of these bytes.
///
/// # Errors
/// They are no record of one, or one of a later version.
pub fn decode_remembered(bytes: &[u8]) -> Result<Remembered, DecodeError> {
    version::check(bytes)?;
    let record = pb::RememberedTicket::decode(bytes)
        .map_err(|source| DecodeError::Malformed { record: "RememberedTicket", source })?;
    let (n_terms, n_counts) = (record.terms.len(), record.counts.len());
    if n_terms != n_counts {
        let field = "RememberedTicket.counts";
        return Err(DecodeError::TooMany { field, max: n_terms, got: n_counts });
    }
    let customer = record.customer.as_deref();
    Ok(Remembered {
        id: id(&record.id, ItemId::new, "RememberedTicket.id")?,
        category: id(&record.category, CategoryId::new, "RememberedTicket.category")?,
        customer: optional_id(customer, CustomerRef::new, "RememberedTicket.customer")?,
        opened_at: timestamp(record.opened_at, "RememberedTicket.opened_at")?,
        fingerprint: Fingerprint {
            model_version: record.model_version,
            language: Label::from_record(record.language, "RememberedTicket.language")?,
            terms: record.terms.into_iter().zip(record.counts).collect(),
            vector: record.vector.into_iter().map(u8::cast_signed).collect(),
        },
    })
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
