//! A row as a labelled ticket.

use switchyard_domain::assessment::{Language, Sentiment, Signal, Urgency};
use switchyard_domain::ids::CategoryId;

use crate::read::{ReadError, Row};

/// A ticket's text with the labels that people gave it.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelledTicket {
    /// The row's id in its set.
    pub id: String,
    /// How it came in, as the set writes it; may be empty.
    pub channel: String,
    /// The subject; may be empty.
    pub subject: String,
    /// The text.
    pub body: String,
    /// Subject and text in the other language, as a bilingual writer would have put them.
    pub translation: Option<String>,
    /// What makes it hard, such as `negation`; empty where nothing special does.
    pub phenomenon: String,
    /// What people said of it.
    pub labels: Labels,
}

/// What people said of a ticket; `None` where nobody did.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Labels {
    /// What it is about.
    pub category: Option<CategoryId>,
    /// Other categories that are acceptable.
    pub also: Vec<CategoryId>,
    /// How the customer feels.
    pub sentiment: Option<Sentiment>,
    /// How fast an answer is needed.
    pub urgency: Option<Urgency>,
    /// The signals found, possibly none.
    pub signals: Option<Vec<Signal>>,
    /// What the writer wants, possibly nothing that has a tag.
    pub tags: Option<Vec<String>>,
    /// The language.
    pub language: Option<Language>,
}

impl LabelledTicket {
    /// Reads a row with the fields `id`, `channel`, `subject`, `body` and the labels' names.
    ///
    /// Only `id` and `body` must be there. *Errors*: a field of another kind, an unknown label.
    pub fn from_row(row: &Row) -> Result<Self, ReadError> {
        Ok(Self {
            id: row.label("id")?,
            channel: row.text_if_any("channel")?.unwrap_or_default().to_owned(),
            subject: row.text_if_any("subject")?.unwrap_or_default().to_owned(),
            body: row.text("body")?.to_owned(),
            translation: row.text_if_any("translation")?.map(str::to_owned),
            phenomenon: row.text_if_any("phenomenon")?.unwrap_or_default().to_owned(),
            labels: Labels::from_row(row)?,
        })
    }
}

impl Labels {
    fn from_row(row: &Row) -> Result<Self, ReadError> {
        let category = |label: &str| CategoryId::new(label).ok();
        Ok(Self {
            category: one(row, "category", "a category", category)?,
            also: many(row, "also", "a list of categories", category)?.unwrap_or_default(),
            sentiment: one(row, "sentiment", "a sentiment", Sentiment::from_label)?,
            urgency: one(row, "urgency", "an urgency", Urgency::from_label)?,
            signals: many(row, "signals", "a list of signals", Signal::from_label)?,
            tags: many(row, "tags", "a list of tags", |tag| Some(tag.to_owned()))?,
            language: one(row, "language", "a language", Language::from_tag)?,
        })
    }
}

fn one<T>(
    row: &Row,
    field: &str,
    expected: &'static str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, ReadError> {
    let Some(text) = row.text_if_any(field)? else {
        return Ok(None);
    };
    parse(text).map(Some).ok_or_else(|| row.wrong(field, expected, &format!("{text:?}")))
}

fn many<T>(
    row: &Row,
    field: &str,
    expected: &'static str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<Vec<T>>, ReadError> {
    let Some(texts) = row.texts_if_any(field)? else {
        return Ok(None);
    };
    let read =
        |text: &str| parse(text).ok_or_else(|| row.wrong(field, expected, &format!("{text:?}")));
    texts.into_iter().map(read).collect::<Result<_, _>>().map(Some)
}
