//! A table of the tree, with its place.

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::item::Item;
use super::nearest::did_you_mean;
use super::seen::Seen;
use crate::log::{Log, Place};

/// A table that hands out its values by key.
#[derive(Debug, Clone)]
pub(crate) struct Table<'a> {
    place: Place,
    entries: &'a DeTable<'a>,
    log: &'a Log,
}

type Entry<'a> = (&'a Spanned<DeString<'a>>, &'a Spanned<DeValue<'a>>);

impl<'a> Table<'a> {
    /// A table at a place; the root's is the default one.
    pub(crate) fn new(place: Place, entries: &'a DeTable<'a>, log: &'a Log) -> Self {
        Self { place, entries, log }
    }

    /// Records an error about it as a whole.
    pub(crate) fn error(&self, message: &str) {
        self.log.error(&self.place, message);
    }

    /// The value of a key, if it is there.
    pub(crate) fn get(&self, key: &str) -> Option<Item<'a>> {
        self.entries.get_key_value(key).map(|entry| self.item(entry))
    }

    /// What `read` makes of a key's value; `None` where it is left out or refused.
    pub(crate) fn given<T>(
        &self,
        key: &str,
        read: impl FnOnce(&Item<'a>) -> Option<T>,
    ) -> Option<T> {
        read(&self.get(key)?)
    }

    /// What `read` makes of a key's value, which must be there; `None` after an error.
    pub(crate) fn needed<T>(
        &self,
        key: &str,
        read: impl FnOnce(&Item<'a>) -> Option<T>,
    ) -> Option<T> {
        let Some(item) = self.get(key) else {
            let place = Place { key: self.path(key), line: self.place.line };
            self.log.error(&place, &format!("expected a value for {key}, got none"));
            return None;
        };
        read(&item)
    }

    /// What `read` makes of a key's value, or the default where it is left out or refused.
    pub(crate) fn value_or<T>(
        &self,
        key: &str,
        default: T,
        read: impl FnOnce(&Item<'a>) -> Option<T>,
    ) -> T {
        self.given(key, read).unwrap_or(default)
    }

    /// The entries of a list, none where the key is left out.
    pub(crate) fn list(&self, key: &str) -> Vec<Item<'a>> {
        self.value_or(key, Vec::new(), Item::list)
    }

    /// A key's text as an id that must be there and is used once.
    pub(crate) fn own_id<T, E: std::fmt::Display>(
        &self,
        key: &str,
        seen: &mut Seen,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        self.needed(key, |item| {
            let id = item.parse(read)?;
            seen.admit(item, item.text()?).then_some(id)
        })
    }

    /// Every key with its value.
    pub(crate) fn items(&self) -> impl Iterator<Item = (&'a str, Item<'a>)> + '_ {
        self.entries.iter().map(|entry| (&**entry.0.get_ref(), self.item(entry)))
    }

    /// Records an error for every key that is not among these.
    pub(crate) fn refuse_keys_beside(&self, keys: &[&str]) {
        for (key, item) in self.items().filter(|(key, _)| !keys.contains(key)) {
            let hint = did_you_mean(key, keys.iter().copied());
            let known = keys.join(", ");
            item.error(&format!("expected one of the keys {known}, got {key:?}{hint}"));
        }
    }

    fn item(&self, (key, value): Entry<'a>) -> Item<'a> {
        let line = Some(self.log.line_at(key.span().start));
        let place = Place { key: self.path(key.get_ref()), line };
        Item { place, value: value.get_ref(), log: self.log }
    }

    fn path(&self, key: &str) -> String {
        let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let bare = !key.is_empty() && key.chars().all(is_bare);
        let key = if bare { key.to_owned() } else { format!("{key:?}") };
        if self.place.key.is_empty() { key } else { format!("{}.{key}", self.place.key) }
    }
}
