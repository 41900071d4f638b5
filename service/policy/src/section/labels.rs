//! `labels`: whether the categories are the model's labels, or the backend's own with the model's
//! labels that mean them.

use std::collections::BTreeMap;

use switchyard_domain::ids::CategoryId;
use switchyard_domain::policy::Labels;

use crate::cursor::{Item, Seen, Table};

/// Whose labels the categories of a file are, and which of the model's mean them.
pub(crate) fn read(root: &Table<'_>, categories: &[Item<'_>]) -> Labels {
    let is_own = root.value_or("labels", false, |item| {
        item.text_as("model or own", |text| match text {
            "model" => Some(false),
            "own" => Some(true),
            _ => None,
        })
    });
    let mut seen = Seen::default();
    let mut meanings = BTreeMap::new();
    for item in categories {
        for (label, category) in meanings_of(item, is_own, &mut seen) {
            meanings.insert(label, category);
        }
    }
    if is_own { Labels::Own(meanings) } else { Labels::Model }
}

fn meanings_of(item: &Item<'_>, is_own: bool, seen: &mut Seen) -> Vec<(CategoryId, CategoryId)> {
    let table = item.is_table().then(|| item.open_table()).flatten();
    let Some(stated) = table.as_ref().and_then(|table| table.get("model_labels")) else {
        return Vec::new();
    };
    if !is_own {
        stated.error("expected labels = \"own\" at the top of a file that states model_labels");
    }
    let id = table.and_then(|table| table.get("id")?.text().map(CategoryId::new)?.ok());
    let labels = stated.list().unwrap_or_default();
    let labels = labels.iter().filter_map(|label| model_label(label, seen));
    labels.zip(std::iter::repeat(id)).filter_map(|(label, id)| Some((label, id?))).collect()
}

fn model_label(item: &Item<'_>, seen: &mut Seen) -> Option<CategoryId> {
    let label = item.parse(CategoryId::new)?;
    seen.admit(item, item.text()?).then_some(label)
}
