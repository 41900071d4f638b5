//! One value of the tree, with its place.

use std::fmt::Display;

use toml::Spanned;
use toml::de::DeValue;

use super::table::Table;
use crate::log::{Log, Place};

/// A value that knows where it stands and refuses what it should not be.
#[derive(Debug, Clone)]
pub(crate) struct Item<'a> {
    pub(super) place: Place,
    pub(super) value: &'a DeValue<'a>,
    pub(super) log: &'a Log,
}

impl<'a> Item<'a> {
    /// Where it stands.
    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    /// Records an error about it.
    pub(crate) fn error(&self, message: &str) {
        self.log.error(&self.place, message);
    }

    /// Records that something else was expected; always `None`, so that a reader can return it.
    pub(crate) fn refuse<T>(&self, expected: &str) -> Option<T> {
        self.error(&format!("expected {expected}, got {}", shown(self.value)));
        None
    }

    /// A text.
    pub(crate) fn text(&self) -> Option<&'a str> {
        match self.value {
            DeValue::String(text) => Some(text),
            _ => self.refuse("a text"),
        }
    }

    /// A text that `read` understands; its error is the finding.
    pub(crate) fn parse<T, E: Display>(
        &self,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        read(self.text()?).map_err(|error| self.error(&error.to_string())).ok()
    }

    /// A text that `read` knows; otherwise this was expected.
    pub(crate) fn text_as<T>(
        &self,
        expected: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let known = match self.value {
            DeValue::String(text) => read(text),
            _ => None,
        };
        known.or_else(|| self.refuse(expected))
    }

    /// `true` or `false`.
    pub(crate) fn flag(&self) -> Option<bool> {
        match self.value {
            DeValue::Boolean(flag) => Some(*flag),
            _ => self.refuse("true or false"),
        }
    }

    /// The entries of a list.
    pub(crate) fn list(&self) -> Option<Vec<Item<'a>>> {
        let DeValue::Array(entries) = self.value else {
            return self.refuse("a list");
        };
        Some(entries.iter().enumerate().map(|(at, entry)| self.entry(at, entry)).collect())
    }

    fn entry(&self, at: usize, entry: &'a Spanned<DeValue<'a>>) -> Item<'a> {
        let line = Some(self.log.line_at(entry.span().start));
        let place = Place { key: format!("{}[{at}]", self.place.key), line };
        Item { place, value: entry.get_ref(), log: self.log }
    }

    /// Whether it is a table; whoever asks leaves it to others to say that it should be.
    pub(crate) fn is_table(&self) -> bool {
        matches!(self.value, DeValue::Table(_))
    }

    /// A table whose keys are not known beforehand.
    pub(crate) fn open_table(&self) -> Option<Table<'a>> {
        match self.value {
            DeValue::Table(entries) => Some(Table::new(self.place.clone(), entries, self.log)),
            _ => self.refuse("a table"),
        }
    }

    /// A table with these keys and no others.
    pub(crate) fn table(&self, keys: &[&str]) -> Option<Table<'a>> {
        let table = self.open_table()?;
        table.refuse_keys_beside(keys);
        Some(table)
    }
}

/// A value as a message quotes it.
fn shown(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("{text:?}"),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(_) => "a date without quotes".to_owned(),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}
