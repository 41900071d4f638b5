//! Which items are near a text.
//!
//! Two indexes over the same items: of vectors, for what is meant, and of words,
//! for what is said. Static vectors alone miss half of the duplicates that words
//! find, and words alone those in other words; [`fuse`] has both have their say.
//! Items are the caller's slots, small numbers that may be used again.
//!
//! What has no direction (NaN, infinities, the zero vector) is refused at the
//! edge, in [`Code::of`]; past it nothing fails. Nothing here reads a clock, a
//! file or chance: the same calls in the same order give the same answers.
//!
//! In reading order:
//! - `codes`: a unit vector as two int8 codes
//! - `flat`: the exact scan
//! - `graph`: links from item to item, for more items than a scan has time for
//! - `dense`: the scan or the graph
//! - `terms`: what the index of words counts
//! - `words`: BM25 over term fingerprints
//! - `fuse`: two lists of candidates as one
//! - `collection`: both indexes over the same items
//! - `sketch`: what a text is compared by
//! - `same`: how what is found is read

mod codes;
mod collection;
mod dense;
mod flat;
mod fuse;
mod graph;
mod hit;
mod pages;
mod refusal;
mod same;
mod sketch;
mod terms;
#[cfg(test)]
mod testing;
mod words;

pub use crate::kernel::Kernel;
pub use codes::Code;
pub use collection::{Collection, CollectionSettings, Query, Scratch};
pub use flat::Flat;
pub use fuse::{Match, Side, Weights, fuse};
pub use graph::{Changes, Graph, GraphSettings, Plan, Walk};
pub use hit::Hit;
pub use refusal::Refusal;
pub use same::{ArticleReading, Curve, Reading, Readings};
pub use sketch::Sketch;
pub use terms::terms;
pub use words::{Accumulator, Words, WordsQuery, WordsSettings};
