//! What was solved before, and how a ticket stands to it.
//!
//! An item is a solved ticket or an article. Items are kept outside the desk,
//! texts and all; what a decision rests on is the [`Similar`] few that stand in
//! its assessment, and the [`Experience`] of agents that was known then.

mod answer;
mod experience;
mod relation;

pub use answer::{Answer, AnswerHold, AnswerVerdict};
pub use experience::{EXPERIENCED_MAX, Experience, Topic};
pub use relation::{Relation, RelationPolicy, Standing};

use crate::assessment::Language;
use crate::ids::{AgentId, CategoryId, CustomerRef, ItemId};
use crate::probability::Probability;
use crate::time::Timestamp;

/// How many similar items an assessment names at most.
pub const SIMILAR_MAX: usize = 5;

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    /// A ticket that was solved, or came in.
    Ticket,
    /// An article for customers or agents.
    Article,
}

impl ItemKind {
    /// Every kind, in the order of the wire contract.
    pub const ALL: [Self; 2] = [Self::Ticket, Self::Article];

    /// The name used in data.
    pub fn label(self) -> &'static str {
        match self {
            Self::Ticket => "ticket",
            Self::Article => "article",
        }
    }
}

/// Names an item: a ticket and an article may have the same id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemKey {
    /// What it is.
    pub kind: ItemKind,
    /// The caller's id.
    pub id: ItemId,
}

/// What a text is compared by once it is gone: numbers, no words.
#[derive(Debug, Clone, PartialEq)]
pub struct Fingerprint {
    /// The bundle that made the vector.
    pub model_version: String,
    /// The language of the text.
    pub language: Language,
    /// Hashes of terms with their counts.
    pub terms: Vec<(u64, u32)>,
    /// The dense vector in steps of a 127th of its largest number; empty where there is none.
    pub vector: Vec<i8>,
}

/// A ticket that came in, of which no text is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Remembered {
    /// Its id.
    pub id: ItemId,
    /// What it is about.
    pub category: CategoryId,
    /// Who wrote.
    pub customer: Option<CustomerRef>,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// What it is compared by.
    pub fingerprint: Fingerprint,
}

/// A solved ticket or an article, as the caller tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Which.
    pub key: ItemKey,
    /// The subject of a ticket, the title of an article.
    pub title: String,
    /// What the customer wrote, what the article says.
    pub text: String,
    /// How the ticket was solved; empty for articles.
    pub solution: String,
    /// Where people read it; may be empty.
    pub uri: String,
    /// The product it is about; may be empty.
    pub product: String,
    /// What it is about, in the policy's categories.
    pub category: Option<CategoryId>,
    /// The caller's words for it.
    pub tags: Vec<String>,
    /// Who solved it.
    pub solver: Option<AgentId>,
    /// Who wrote.
    pub customer: Option<CustomerRef>,
    /// When the ticket was opened, the article written.
    pub opened_at: Timestamp,
    /// When the ticket was solved; `None` while it is not.
    pub solved_at: Option<Timestamp>,
}

/// What was solved before that a ticket is like, and what follows from it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Precedents {
    /// The nearest first, at most [`SIMILAR_MAX`].
    pub similar: Vec<Similar>,
    /// An article that answers it.
    pub answer: Option<Answer>,
    /// Which agents know what it is about.
    pub experience: Experience,
}

/// An item that a ticket is like.
#[derive(Debug, Clone, PartialEq)]
pub struct Similar {
    /// Which.
    pub key: ItemKey,
    /// What it is to the ticket.
    pub relation: Relation,
    /// The calibrated probability that both are about the same problem.
    pub same_problem: Probability,
    /// Who solved it.
    pub solver: Option<AgentId>,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it was solved.
    pub solved_at: Option<Timestamp>,
}

/// Texts that tell what a tenant's own categories are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taught {
    /// When.
    pub at: Timestamp,
    /// Each text, personal numbers masked, and what it is about.
    pub examples: Vec<(CategoryId, String)>,
}
