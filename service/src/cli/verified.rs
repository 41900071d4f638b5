//! A store's file looked through before anybody relies on it, and how far its journals reach.

use serde_json::{Value, json};
use switchyard_domain::time::Timestamp;

use crate::app::Archive;
use crate::lang::Lang;
use crate::store::{Beside, Check, Extent};

/// How far the journals of a sound store that nobody writes reach.
///
/// # Errors
/// A page, a row, a journal or a desk is not as it should be.
pub(super) async fn verified(store: &Beside) -> anyhow::Result<Vec<Extent>> {
    store.check(Check::Full).await?;
    let archive = Archive::of(store).await?;
    let verified = archive.verify().await;
    archive.close().await;
    Ok(verified?)
}

/// `acme to event 120, default to event 4001`.
pub(super) fn reach(extents: &[Extent], lang: Lang) -> String {
    let one = |Extent { tenant, last_sequence, .. }: &Extent| match lang {
        Lang::Zh => format!("{tenant} 到事件 {last_sequence}"),
        Lang::En => format!("{tenant} to event {last_sequence}"),
    };
    if extents.is_empty() {
        return lang.pick("没有租户", "no tenant yet").to_owned();
    }
    extents.iter().map(one).collect::<Vec<_>>().join(lang.pick("，", ", "))
}

/// The same as a list of objects.
pub(super) fn reach_json(extents: &[Extent]) -> Value {
    let one = |extent: &Extent| {
        json!({
            "tenant": extent.tenant,
            "last_sequence": extent.last_sequence,
            "last_time": Timestamp::from_millis(extent.last_at_ms).to_string(),
        })
    };
    extents.iter().map(one).collect()
}
