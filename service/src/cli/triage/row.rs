//! One row of input: a ticket's text and facts; labels that a data set carries are not facts.

mod field;
mod known;

use switchyard_datasets::read::Row;
use switchyard_domain::ids::{AgentId, ChannelId, TicketId};
use switchyard_domain::policy::Policy;
use switchyard_domain::ticket::{Customer, Tier, Wishes};
use switchyard_domain::time::Timestamp;
use switchyard_models::text::{Author, Known, TicketText, Turn};

use self::field::Field;
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
    pub(super) fn from_row(row: &Row, number: u64, policy: &Policy) -> anyhow::Result<Self> {
        let id = Field::of(row, "id").parsed(TicketId::new)?;
        let id = id.map_or_else(|| TicketId::new(&format!("row-{number}")), Ok)?;
        let channel = Field::of(row, "channel").parsed(ChannelId::new)?;
        let mut facts = facts(id, channel.unwrap_or_else(unknown_channel));
        facts.known = known::known(row, policy)?;
        facts.customer = customer(row)?;
        facts.wishes = wishes(row)?;
        facts.opened_at = opened_at(row)?;
        let subject = Field::of(row, "subject").text()?.unwrap_or_default().into_owned();
        Ok(Self { subject, turns: turns(row)?, facts })
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

/// The messages, or the body as the customer's one message.
fn turns(row: &Row) -> anyhow::Result<Vec<(Author, String)>> {
    let messages = Field::of(row, "messages").each(["author", "text"])?;
    if messages.is_empty() {
        let body = Field::of(row, "body").text()?.or(Field::of(row, "text").text()?);
        return Ok(body.into_iter().map(|body| (Author::Customer, body.into_owned())).collect());
    }
    let turn = |[author, text]: [Field<'_>; 2]| {
        Ok((self::author(&author)?, text.text()?.unwrap_or_default().into_owned()))
    };
    messages.into_iter().map(turn).collect()
}

fn author(field: &Field<'_>) -> anyhow::Result<Author> {
    match field.text()?.as_deref() {
        None | Some("customer") => Ok(Author::Customer),
        Some("agent" | "system") => Ok(Author::Staff),
        Some(other) => Err(field.wrong("customer, agent or system", &format!("{other:?}"))),
    }
}

fn customer(row: &Row) -> anyhow::Result<Customer> {
    let member = |name| Field::member(row, "customer", name);
    let tier = known::one_of(&member("tier")?, &Tier::ALL, Tier::label)?;
    Ok(Customer {
        reference: None,
        tier: tier.unwrap_or_default(),
        complaints_90d: member("complaints_90d")?.count()?.unwrap_or(0),
        tickets_90d: member("tickets_90d")?.count()?.unwrap_or(0),
    })
}

fn wishes(row: &Row) -> anyhow::Result<Wishes> {
    let last_agent = Field::of(row, "last_agent").parsed(AgentId::new)?;
    Ok(Wishes { priority: known::priority(row)?, last_agent, ..Wishes::default() })
}

fn opened_at(row: &Row) -> anyhow::Result<Option<Timestamp>> {
    let field = Field::of(row, "opened_at");
    let Some(text) = field.text()? else { return Ok(None) };
    let expected = "an instant such as 2026-06-03T11:00:00+08:00";
    let at = Timestamp::parse(&text).ok_or_else(|| field.wrong(expected, &format!("{text:?}")))?;
    Ok(Some(at))
}
