//! One field of a row, of JSON or of a table: absent, `null` and empty mean the same.

use std::borrow::Cow;

use anyhow::anyhow;
use switchyard_datasets::read::{Place, Row};
use switchyard_datasets::record::{Record, Value};

/// A field's value with its place, for messages.
#[derive(Debug)]
pub(super) struct Field<'a> {
    place: &'a Place,
    name: Cow<'a, str>,
    /// `None` where the field is absent, `null` or empty.
    value: Option<&'a Value>,
}

impl<'a> Field<'a> {
    /// A field of a row.
    pub(super) fn of(row: &'a Row, name: &'a str) -> Self {
        Self::new(&row.place, Cow::Borrowed(name), row.record.get(name))
    }

    /// A member of an object, or the column `object.member` of a table.
    pub(super) fn member(row: &'a Row, object: &'a str, member: &str) -> anyhow::Result<Self> {
        let name = Cow::Owned(format!("{object}.{member}"));
        let value = match Self::of(row, object).object()? {
            Some(record) => record.get(member),
            None => row.record.get(&name),
        };
        Ok(Self::new(&row.place, name, value))
    }

    fn new(place: &'a Place, name: Cow<'a, str>, value: Option<&'a Value>) -> Self {
        let is_absent = |value: &&Value| match value {
            Value::Null => true,
            Value::Text(text) => text.is_empty(),
            Value::List(values) => values.is_empty(),
            Value::Number(_) | Value::Bool(_) | Value::Map(_) => false,
        };
        Self { place, name, value: value.filter(|value| !is_absent(value)) }
    }

    /// The error that tells the place, what was expected and what came.
    pub(super) fn wrong(&self, expected: &str, got: &str) -> anyhow::Error {
        anyhow!("{}: expected {expected}, got {got}", self.at())
    }

    /// `rows.jsonl:7: field "known_urgency"`.
    pub(super) fn at(&self) -> String {
        format!("{}: field {:?}", self.place, self.name)
    }

    /// A text; a number counts as it is written.
    pub(super) fn text(&self) -> anyhow::Result<Option<Cow<'a, str>>> {
        match self.value {
            None => Ok(None),
            Some(Value::Text(text)) => Ok(Some(Cow::Borrowed(text))),
            Some(Value::Number(number)) => Ok(Some(Cow::Owned(number.to_string()))),
            Some(other) => Err(self.wrong("text", other.kind())),
        }
    }

    /// A text read into something that has texts of its own.
    pub(super) fn parsed<T, E: std::error::Error>(
        &self,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> anyhow::Result<Option<T>> {
        let parsed = self.text()?.map(|text| parse(&text)).transpose();
        parsed.map_err(|error| anyhow!("{}: {error}", self.at()))
    }

    /// Texts in a list, or in one text between `;` or `,` as tables have them.
    pub(super) fn texts(&self) -> anyhow::Result<Vec<&'a str>> {
        let text_in = |value: &'a Value| match value {
            Value::Text(text) => Ok(text.as_str()),
            other => Err(self.wrong("a list of texts", other.kind())),
        };
        match self.value {
            None => Ok(Vec::new()),
            Some(Value::List(values)) => values.iter().map(text_in).collect(),
            Some(value) => {
                let parts = text_in(value)?.split([';', ',']).map(str::trim);
                Ok(parts.filter(|part| !part.is_empty()).collect())
            }
        }
    }

    /// A whole number of at least 0.
    pub(super) fn count(&self) -> anyhow::Result<Option<u32>> {
        let Some(text) = self.text()? else { return Ok(None) };
        let count = text.parse().map_err(|_| self.wrong("a whole number", &format!("{text:?}")))?;
        Ok(Some(count))
    }

    /// Named values within the value.
    pub(super) fn object(&self) -> anyhow::Result<Option<&'a Record>> {
        match self.value {
            None => Ok(None),
            Some(Value::Map(record)) => Ok(Some(record)),
            Some(other) => Err(self.wrong("an object", other.kind())),
        }
    }

    /// The members so named of each object in a list.
    pub(super) fn each<const N: usize>(
        &self,
        members: [&str; N],
    ) -> anyhow::Result<Vec<[Field<'a>; N]>> {
        let objects = match self.value {
            None => return Ok(Vec::new()),
            Some(Value::List(values)) => values.iter().enumerate(),
            Some(other) => return Err(self.wrong("a list of objects", other.kind())),
        };
        let fields = |(i, value): (usize, &'a Value)| {
            let item =
                Field::new(self.place, Cow::Owned(format!("{}[{i}]", self.name)), Some(value));
            let record = item.object()?;
            Ok(members.map(|member| {
                let name = Cow::Owned(format!("{}.{member}", item.name));
                Field::new(self.place, name, record.and_then(|record| record.get(member)))
            }))
        };
        objects.map(fields).collect()
    }
}
