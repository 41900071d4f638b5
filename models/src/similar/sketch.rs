//! What a text is compared by, once the text itself is gone.

use switchyard_domain::assessment::Language;

use super::collection::Query;
use super::terms::terms;

/// A text's vector and words.
#[derive(Debug, Clone, PartialEq)]
pub struct Sketch {
    /// The language of the text.
    pub language: Language,
    /// *Shape*: the dense table's width. `None` without a table, and for text of which it knows
    /// nothing.
    pub vector: Option<Vec<f32>>,
    /// Fingerprints of terms with their counts.
    pub terms: Vec<(u64, u32)>,
}

impl Sketch {
    /// The sketch of a cleaned text with its dense vector, which may be empty or all zeros.
    pub fn new(language: Language, cleaned: &str, dense: &[f32]) -> Self {
        let knows = dense.iter().any(|number| *number != 0.0);
        Self { language, vector: knows.then(|| dense.to_vec()), terms: terms(cleaned) }
    }

    /// Asks for what is like it.
    pub fn query(&self) -> Query<'_> {
        Query { vector: self.vector.as_deref(), terms: &self.terms }
    }
}
