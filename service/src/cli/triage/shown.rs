//! A triaged ticket, ready to be shown: as JSON to programs and as lines to people.

mod json;
mod text;

use std::sync::Arc;

use switchyard_datasets::taxonomy::Taxonomy;
use switchyard_domain::desk::Decision;
use switchyard_domain::priority::Priority;
use switchyard_domain::sla::Clocks;
use switchyard_domain::ticket::Ticket;
use switchyard_models::understand::StepTimings;

use crate::lang::Lang;

/// A ticket after triage.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) ticket: Arc<Ticket>,
    pub(super) priority: Priority,
    pub(super) clocks: Clocks,
    /// `None` when nobody was looked for.
    pub(super) decision: Option<Decision>,
    pub(super) timings: StepTimings,
}

/// How tickets are shown.
#[derive(Debug)]
pub(super) enum Form {
    /// One object a line.
    Json,
    /// A few lines in a language, with the names of categories.
    Text(Lang, Taxonomy),
}

impl Form {
    /// Lines in a language.
    pub(super) fn text(lang: Lang) -> Self {
        Self::Text(lang, Taxonomy::embedded())
    }

    /// A ticket in this form, without the end of its last line.
    pub(super) fn of(&self, shown: &Shown) -> String {
        match self {
            Self::Json => json::object(shown).to_string(),
            Self::Text(lang, taxonomy) => text::lines(shown, *lang, taxonomy),
        }
    }
}
