//! What is judged, and what the caller already knows.

use switchyard_domain::assessment::{Language, Sentiment, Signal, Urgency};
use switchyard_domain::ids::CategoryId;

/// The text of a ticket as it arrived, borrowed from the request.
#[derive(Debug, Clone, Default)]
pub struct TicketText<'a> {
    /// The subject line; may be empty.
    pub subject: &'a str,
    /// The conversation in the order it was written; a lone body is one customer's turn.
    pub turns: Vec<Turn<'a>>,
    /// The attachments, with their text where someone read it.
    pub attachments: Vec<Attachment<'a>>,
}

impl<'a> TicketText<'a> {
    /// A ticket of a subject and one body written by the customer.
    pub fn new(subject: &'a str, body: &'a str) -> Self {
        Self { subject, turns: vec![Turn::customer(body)], attachments: Vec::new() }
    }
}

/// One message of the conversation.
#[derive(Debug, Clone, Copy)]
pub struct Turn<'a> {
    /// Who wrote it.
    pub author: Author,
    /// What was written.
    pub text: &'a str,
}

impl<'a> Turn<'a> {
    /// A message by the customer.
    pub fn customer(text: &'a str) -> Self {
        Self { author: Author::Customer, text }
    }
}

/// Who wrote a message; only the customer's words are classified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    /// The person who asks for help.
    Customer,
    /// An agent, a bot, or the backend itself.
    Staff,
}

/// A file that came with the ticket.
#[derive(Debug, Clone, Copy)]
pub struct Attachment<'a> {
    /// Its text by optical recognition, if someone read it.
    pub text: Option<&'a str>,
}

/// Facts the caller states; each wins over the models with confidence 1.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Known {
    /// What the ticket is about.
    pub category: Option<CategoryId>,
    /// How the customer feels.
    pub sentiment: Option<Sentiment>,
    /// How fast an answer is needed.
    pub urgency: Option<Urgency>,
    /// The language of the text.
    pub language: Option<Language>,
    /// Signals known to be there; the models may still find others.
    pub signals: Vec<Signal>,
}
