//! Names that must not be used twice.

use std::collections::BTreeMap;

use super::item::Item;

/// The names met so far, and the line of each.
#[derive(Debug, Default)]
pub(crate) struct Seen(BTreeMap<String, Option<u32>>);

impl Seen {
    /// Whether the name is new; records an error at the item where it is not.
    pub(crate) fn admit(&mut self, item: &Item<'_>, name: &str) -> bool {
        let Some(first) = self.0.get(name) else {
            self.0.insert(name.to_owned(), item.place().line);
            return true;
        };
        let line = first.map_or_else(String::new, |line| format!(" of line {line}"));
        item.error(&format!("expected a name used once, got {name:?}{line} again"));
        false
    }
}
