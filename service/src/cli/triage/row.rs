//! One row of input: a ticket's text and facts; labels that a data set carries are not facts.

use anyhow::{Context as _, bail};
use switchyard_datasets::read::Row;
use switchyard_datasets::record::{Record, Value};
use switchyard_domain::assessment::{Language, Sentiment, Signal, Urgency};
use switchyard_domain::ids::{AgentId, CategoryId, ChannelId, TicketId};
use switchyard_domain::priority::Band;
use switchyard_domain::ticket::{Customer, Tier, Wishes};
use switchyard_domain::time::Timestamp;
use switchyard_models::text::{Author, Known, TicketText, Turn};

use crate::app::Facts;

/// A ticket read from a row.
#[derive(Debug)]
pub(super) struct TicketRow {
    subject: String,
    turns: Vec<(Author, String)>,
    pub(super) facts: Facts,
}

impl TicketRow {
    /// A ticket of one text.
    pub(super) fn from_text(text: &str) -> Self {
        let facts = facts(TicketId::new("ticket-1").expect("a valid id"), unknown_channel());
        Self { subject: String::new(), turns: vec![(Author::Customer, text.to_owned())], facts }
    }

    /// A ticket of a row; `number` names one that has no id.
    pub(super) fn from_row(row: &Row, number: u64) -> anyhow::Result<Self> {
        let id = text_of(row, "id")?.unwrap_or_else(|| format!("row-{number}"));
        let id = TicketId::new(&id).with_context(|| place(row, "id"))?;
        let channel = match text_of(row, "channel")?.filter(|channel| !channel.is_empty()) {
            Some(channel) => ChannelId::new(&channel).with_context(|| place(row, "channel"))?,
            None => unknown_channel(),
        };
        let mut facts = facts(id, channel);
        facts.known = known(row)?;
        facts.customer = customer(row)?;
        facts.wishes = wishes(row)?;
        facts.opened_at = text_of(row, "opened_at")?
            .map(|text| {
                Timestamp::parse(&text).with_context(|| {
                    format!("{}: expected an instant, got {text:?}", place(row, "opened_at"))
                })
            })
            .transpose()?;
        Ok(Self {
            subject: text_of(row, "subject")?.unwrap_or_default(),
            turns: turns(row)?,
            facts,
        })
    }

    /// The text, borrowed.
    pub(super) fn text(&self) -> TicketText<'_> {
        TicketText {
            subject: &self.subject,
            turns: self.turns.iter().map(|(author, text)| Turn { author: *author, text }).collect(),
            attachments: Vec::new(),
        }
    }
}

fn unknown_channel() -> ChannelId {
    ChannelId::new("unknown").expect("a valid id")
}

fn facts(id: TicketId, channel: ChannelId) -> Facts {
    Facts {
        id,
        channel,
        opened_at: None,
        customer: Customer::default(),
        place: None,
        wishes: Wishes::default(),
        known: Known::default(),
        source_revision: 0,
        customer_id: None,
    }
}

fn place(row: &Row, field: &str) -> String {
    format!("{}: field {field:?}", row.place)
}

fn text_of(row: &Row, field: &str) -> anyhow::Result<Option<String>> {
    Ok(match row.record.get(field) {
        None | Some(Value::Null) => None,
        Some(Value::Text(text)) => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        Some(other) => bail!("{}: expected text, got {}", place(row, field), other.kind()),
    })
}

fn record_of(value: &Value, at: impl Fn() -> String) -> anyhow::Result<&Record> {
    match value {
        Value::Map(record) => Ok(record),
        other => bail!("{}: expected an object, got {}", at(), other.kind()),
    }
}

fn part<'a>(record: &'a Record, field: &str) -> Option<&'a str> {
    match record.get(field) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}

/// The messages, or the body as the customer's one message.
fn turns(row: &Row) -> anyhow::Result<Vec<(Author, String)>> {
    let Some(Value::List(messages)) = row.record.get("messages") else {
        let body = text_of(row, "body")?.or(text_of(row, "text")?);
        return Ok(body.into_iter().map(|body| (Author::Customer, body)).collect());
    };
    let turn = |message: &Value| {
        let message = record_of(message, || place(row, "messages"))?;
        let author = match part(message, "author") {
            None | Some("customer") => Author::Customer,
            Some("agent" | "system") => Author::Staff,
            Some(other) => bail!(
                "{}: expected an author of customer, agent or system, got {other:?}",
                place(row, "messages")
            ),
        };
        Ok((author, part(message, "text").unwrap_or_default().to_owned()))
    };
    messages.iter().map(turn).collect()
}

fn customer(row: &Row) -> anyhow::Result<Customer> {
    let Some(value) = row.record.get("customer") else { return Ok(Customer::default()) };
    let record = record_of(value, || place(row, "customer"))?;
    let tier = match part(record, "tier") {
        None => Tier::Standard,
        Some(label) => Tier::from_label(label).with_context(|| {
            let at = place(row, "customer.tier");
            format!("{at}: expected standard, premium or vip, got {label:?}")
        })?,
    };
    let count = |field: &str| match record.get(field) {
        Some(Value::Number(number)) => number.clamp(0.0, f64::from(u32::MAX)) as u32,
        _ => 0,
    };
    let (complaints_90d, tickets_90d) = (count("complaints_90d"), count("tickets_90d"));
    Ok(Customer { reference: None, tier, complaints_90d, tickets_90d })
}

fn wishes(row: &Row) -> anyhow::Result<Wishes> {
    let priority = match row.record.get("known_priority") {
        None | Some(Value::Null) => None,
        Some(Value::Number(number)) => {
            Some(Band::from_number(*number as u32).with_context(|| {
                format!("{}: expected 1 to 4, got {number}", place(row, "known_priority"))
            })?)
        }
        Some(other) => bail!(
            "{}: expected a number of 1 to 4, got {}",
            place(row, "known_priority"),
            other.kind()
        ),
    };
    let last_agent = text_of(row, "last_agent")?.map(|id| AgentId::new(&id)).transpose()?;
    Ok(Wishes { priority, last_agent, ..Wishes::default() })
}

/// Facts the caller states; plain `category`, `sentiment` … are labels of a data set and ignored.
fn known(row: &Row) -> anyhow::Result<Known> {
    Ok(Known {
        category: stated(row, "known_category", |text| CategoryId::new(text).ok())?,
        sentiment: stated(row, "known_sentiment", Sentiment::from_label)?,
        urgency: stated(row, "known_urgency", Urgency::from_label)?,
        language: stated(row, "known_language", Language::from_tag)?,
        signals: known_signals(row)?,
    })
}

fn stated<T>(
    row: &Row,
    field: &str,
    read: impl Fn(&str) -> Option<T>,
) -> anyhow::Result<Option<T>> {
    let Some(text) = text_of(row, field)? else { return Ok(None) };
    let value = read(&text);
    let value = value
        .with_context(|| format!("{}: expected a known label, got {text:?}", place(row, field)))?;
    Ok(Some(value))
}

fn known_signals(row: &Row) -> anyhow::Result<Vec<Signal>> {
    let labels = row.texts_if_any("known_signals")?.unwrap_or_default();
    let signal = |label: &str| {
        Signal::from_label(label).with_context(|| {
            format!("{}: expected a signal, got {label:?}", place(row, "known_signals"))
        })
    };
    labels.into_iter().map(signal).collect()
}
