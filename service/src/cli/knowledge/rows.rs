//! Rows of a file as items.

use std::path::Path;

use switchyard_datasets::read::{self, ReadError, Row};
use switchyard_domain::knowledge::ItemKind;
use switchyard_domain::time::Timestamp;

use crate::grpc::client::ToldItem;

/// The items of a file, in order.
pub(super) fn open(
    file: &Path,
) -> Result<impl Iterator<Item = Result<ToldItem, ReadError>>, ReadError> {
    Ok(read::open(file)?.map(|row| item(&row?)))
}

fn item(row: &Row) -> Result<ToldItem, ReadError> {
    let text = |field: &str| Ok(row.text_if_any(field)?.unwrap_or_default().to_owned());
    let id = match row.record.get("id") {
        Some(_) => row.label("id")?,
        None => return Err(row.wrong("id", "an id", "nothing")),
    };
    let item = ToldItem {
        kind: kind(row)?,
        id,
        title: text("title")?,
        text: text("text")?,
        solution: text("solution")?,
        uri: text("uri")?,
        product: text("product")?,
        category: text("category")?,
        tags: tags(row)?,
        solver: text("solver")?,
        customer_id: text("customer_id")?,
        opened_at: instant(row, "opened_at")?,
        solved_at: instant(row, "solved_at")?,
    };
    if item.title.trim().is_empty() && item.text.trim().is_empty() {
        return Err(row.wrong("text", "a title or a text", "nothing"));
    }
    Ok(item)
}

fn kind(row: &Row) -> Result<ItemKind, ReadError> {
    match row.text_if_any("kind")?.unwrap_or_default() {
        "ticket" | "" => Ok(ItemKind::Ticket),
        "article" => Ok(ItemKind::Article),
        other => Err(row.wrong("kind", "ticket or article", other)),
    }
}

/// A list, or in a table one cell with ; between.
fn tags(row: &Row) -> Result<Vec<String>, ReadError> {
    use switchyard_datasets::record::Value;
    match row.record.get("tags") {
        Some(Value::Text(cell)) => {
            let tags = cell.split(';').map(str::trim).filter(|tag| !tag.is_empty());
            Ok(tags.map(str::to_owned).collect())
        }
        _ => {
            let tags = row.texts_if_any("tags")?.unwrap_or_default();
            Ok(tags.into_iter().map(str::to_owned).collect())
        }
    }
}

fn instant(row: &Row, field: &str) -> Result<Option<Timestamp>, ReadError> {
    match row.text_if_any(field)?.unwrap_or_default() {
        "" => Ok(None),
        text => match Timestamp::parse(text) {
            Some(at) => Ok(Some(at)),
            None => Err(row.wrong(field, "an instant such as 2026-11-03T09:30:00Z", text)),
        },
    }
}
