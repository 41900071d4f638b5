//! What a text is compared by, once the text itself is gone.

use switchyard_domain::assessment::Language;
use switchyard_domain::knowledge::Fingerprint;

use super::collection::Query;
use super::terms::terms;
use crate::clean::Cleaned;

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
    pub fn new(language: Language, cleaned: &Cleaned, dense: &[f32]) -> Self {
        let knows = dense.iter().any(|number| *number != 0.0);
        Self { language, vector: knows.then(|| dense.to_vec()), terms: terms(cleaned) }
    }

    /// The sketch in numbers that may be kept.
    pub fn fingerprint(&self, model_version: &str) -> Fingerprint {
        Fingerprint {
            model_version: model_version.to_owned(),
            language: self.language,
            terms: self.terms.clone(),
            vector: self.vector.as_deref().map(in_steps).unwrap_or_default(),
        }
    }

    /// The sketch of numbers that were kept; another model's vector is of no use.
    pub fn of_fingerprint(kept: &Fingerprint, model_version: &str) -> Self {
        let is_ours = kept.model_version == model_version && !kept.vector.is_empty();
        let vector = || kept.vector.iter().map(|number| f32::from(*number)).collect();
        let (language, terms) = (kept.language, kept.terms.clone());
        Self { language, vector: is_ours.then(vector), terms }
    }

    /// Asks for what is like it.
    pub fn query(&self) -> Query<'_> {
        Query { vector: self.vector.as_deref(), terms: &self.terms }
    }
}

/// The largest number of a code; −128 is not used, so that the range is symmetric.
const CODE_MAX: f32 = 127.0;

fn in_steps(vector: &[f32]) -> Vec<i8> {
    let largest = vector.iter().fold(f32::MIN_POSITIVE, |max, number| max.max(number.abs()));
    vector.iter().map(|number| (number / largest * CODE_MAX).round() as i8).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::TicketText;

    #[test]
    fn what_is_kept_points_the_same_way() {
        let dense: Vec<f32> = (0..64_u8).map(|n| f32::from(n) / 64.0 - 0.3).collect();
        let mut cleaned = Cleaned::default();
        cleaned.read(&TicketText::new("", "late parcel"));
        let sketch = Sketch::new(Language::En, &cleaned, &dense);
        let again = Sketch::of_fingerprint(&sketch.fingerprint("m@1"), "m@1");
        assert_eq!((again.language, &again.terms), (sketch.language, &sketch.terms));
        let again = again.vector.expect("a vector");
        let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        let cosine = dot(&dense, &again) / (dot(&dense, &dense) * dot(&again, &again)).sqrt();
        assert!(cosine > 0.9999, "{cosine}");
        assert!(Sketch::of_fingerprint(&sketch.fingerprint("m@1"), "m@2").vector.is_none());
        assert!(Sketch::new(Language::En, &cleaned, &[0.0; 64]).fingerprint("").vector.is_empty());
    }
}
