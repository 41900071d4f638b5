//! N-grams to a sparse vector, in one pass and without a string for any feature.
//!
//! - [`ngrams`]: walks a cleaned text and names its n-grams by fingerprint
//! - [`vocabulary`]: fingerprint to row
//! - [`vectorizer`]: counts, weights and normalises the known n-grams
//!
//! Training and serving call these very functions; only the vocabulary differs
//! (training first asks which fingerprints there are).

pub mod ngrams;
pub mod vectorizer;
pub mod vocabulary;

pub use ngrams::{Block, FeatureSettings};
pub use vectorizer::{Scratch, SparseRow, Vectorizer};
pub use vocabulary::Vocabulary;

/// The version of cleaning, hashing and n-grams together.
///
/// A bundle of another version was trained on other features and is refused.
pub const FEATURE_VERSION: u32 = 1;
