//! BM25 over term fingerprints, with deletes that really delete.
//!
//! - `settings`: how a count saturates and a long text is discounted
//! - `lexicon`: terms and their postings
//! - `texts`: what each item says, so that it can be taken back and scored exactly
//! - `query`: a text as terms with their weights
//! - `search`: the best of all without looking at all
//!
//! Counts above 15 count as 15, where another mention adds less than a hundredth.
//! A posting takes 8 bytes: 4 in its term's list, 4 in its item's. Terms whose
//! postings are gone are dropped.

mod lexicon;
mod query;
mod search;
mod settings;
mod texts;

pub use query::WordsQuery;
pub use search::Accumulator;
pub use settings::WordsSettings;

use super::pages::Pages;
use super::refusal::Refusal;
use lexicon::Lexicon;
use texts::Texts;

/// The largest count that a posting holds.
const COUNT_MAX: u32 = 15;

/// Bits of a posting below its place or term.
const COUNT_BITS: u32 = 4;

/// Places and terms are 28 bits wide.
const WIDTH_MAX: usize = 1 << (u32::BITS - COUNT_BITS);

/// A place or a term with a count in one number, ordered by the place or term.
type Posting = u32;

fn posting(of: u32, count: u32) -> Posting {
    of << COUNT_BITS | count.min(COUNT_MAX)
}

fn parts(posting: Posting) -> (u32, u32) {
    (posting >> COUNT_BITS, posting & COUNT_MAX)
}

/// An index of what items say.
#[derive(Debug, Clone)]
pub struct Words {
    settings: WordsSettings,
    lexicon: Lexicon,
    texts: Texts,
    places: Pages,
}

impl Words {
    /// An empty index.
    ///
    /// *Errors*: settings out of their ranges.
    pub fn new(settings: WordsSettings) -> Result<Self, Refusal> {
        settings.check()?;
        let (lexicon, texts, places) = Default::default();
        Ok(Self { settings, lexicon, texts, places })
    }

    /// The number of items with a term.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether no item has a term.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of different terms.
    pub fn n_terms(&self) -> usize {
        self.lexicon.len()
    }

    /// The number of pairs of an item and a term of it.
    pub fn n_postings(&self) -> usize {
        self.lexicon.n_postings()
    }

    /// Enters what the item says, in place of what was at the slot.
    ///
    /// Counts of a term given twice are added; an item without terms is not here.
    /// *Errors*: more items or terms than 2^28; the index is as it was.
    pub fn upsert(&mut self, slot: u32, terms: &[(u64, u32)]) -> Result<(), Refusal> {
        let terms = merged(terms);
        if self.texts.len() + 1 >= WIDTH_MAX || self.lexicon.len() + terms.len() >= WIDTH_MAX {
            return Err(Refusal::Full(WIDTH_MAX));
        }
        self.remove(slot);
        if !terms.is_empty() {
            self.append(slot, &terms);
        }
        Ok(())
    }

    fn append(&mut self, slot: u32, terms: &[(u64, u32)]) {
        let place = self.texts.reserve(slot);
        self.places.set(slot, place);
        let enter = |(term, count): &(u64, u32)| self.lexicon.enter(*term, place, *count);
        let said: Vec<Posting> = terms.iter().map(enter).collect();
        self.texts.fill(place, said, length_of(terms));
    }

    /// Takes the item away; tells whether there was one.
    pub fn remove(&mut self, slot: u32) -> bool {
        let Some(place) = self.places.take(slot) else {
            return false;
        };
        for said in self.texts.take(place) {
            self.lexicon.withdraw(parts(said).0, place);
        }
        true
    }

    /// *Units*: bytes on the heap.
    pub fn bytes(&self) -> usize {
        self.lexicon.bytes() + self.texts.bytes() + self.places.bytes()
    }
}

/// Every term once with the sum of its counts, by fingerprint; none that is not there.
fn merged(terms: &[(u64, u32)]) -> Vec<(u64, u32)> {
    let mut terms: Vec<(u64, u32)> = terms.iter().copied().filter(|(_, n)| *n > 0).collect();
    terms.sort_unstable();
    terms.dedup_by(|from, to| {
        let is_same = from.0 == to.0;
        if is_same {
            to.1 = to.1.saturating_add(from.1);
        }
        is_same
    });
    terms
}

/// The number of words of a text.
fn length_of(terms: &[(u64, u32)]) -> u32 {
    terms.iter().fold(0, |sum: u32, (_, count)| sum.saturating_add(*count))
}

#[cfg(test)]
mod tests;
