//! N-grams to one vector, in one pass and without a string for any feature.
//!
//! The vector has a sparse part, which tells the exact words, and a dense part behind it, which
//! is near where another text says the same in other words.
//!
//! - [`settings`]: which n-grams are taken, and what kinds there are
//! - [`ngrams`]: walks a cleaned text and names its n-grams by fingerprint
//! - [`vocabulary`]: fingerprint to row
//! - [`dense`]: a row of numbers for each of many n-grams
//! - [`vectorizer`]: counts, weights and normalises the known n-grams
//!
//! Training and serving call these very functions; only the vocabulary differs
//! (training first asks which fingerprints there are).

pub mod dense;
pub mod ngrams;
pub mod settings;
pub mod vectorizer;
pub mod vocabulary;

pub use dense::{DenseError, DenseTable};
pub use settings::{Block, FeatureSettings, Gram};
pub use vectorizer::{Embedding, Scratch, SparseRow, Vectorizer};
pub use vocabulary::Vocabulary;

/// The version of cleaning, hashing and n-grams together.
///
/// A bundle of another version was trained on other features and is refused.
pub const FEATURE_VERSION: u32 = 3;
