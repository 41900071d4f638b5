//! The same text, for comparing rather than judging.

use super::{Understanding, WORKSPACE};
use crate::classifier::Workspace;
use crate::clean::Cleaned;
use crate::language;
use crate::similar::{Readings, Sketch};
use crate::text::TicketText;

impl Understanding {
    /// What a text is compared by: the words of the cleaned text and its dense vector.
    pub fn sketch(&self, ticket: &TicketText<'_>) -> Sketch {
        WORKSPACE.with_borrow_mut(|work| {
            work.cleaned.read(ticket);
            self.classifier.vectorize(work);
            of(work)
        })
    }

    /// The numbers of a dense vector; `None` without a table.
    pub fn dense_width(&self) -> Option<usize> {
        self.dense_width
    }

    /// How what is found is read.
    pub fn readings(&self) -> &Readings {
        &self.readings
    }
}

/// The sketch of a text that has been cleaned and made a vector.
pub(super) fn of(work: &Workspace) -> Sketch {
    sketch(&work.cleaned, work.dense())
}

/// What a text is compared by where no model is loaded: its words.
pub fn sketch_of_words(ticket: &TicketText<'_>) -> Sketch {
    let mut cleaned = Cleaned::default();
    cleaned.read(ticket);
    sketch(&cleaned, &[])
}

fn sketch(cleaned: &Cleaned, dense: &[f32]) -> Sketch {
    Sketch::new(language::detect(cleaned), cleaned, dense)
}
