//! Texts as weighted n-grams: what a row of the table is multiplied by.

use switchyard_models::features::ngrams::walk;
use switchyard_models::features::{SparseRow, Vocabulary};

use super::vocabulary::Chosen;
use crate::sparse::SparseRows;

/// The weighted n-grams of each text, scaled to unit length so that no long text outweighs others.
///
/// The weights are those of serving, `1 + ln(count)`, times the inverse document frequency, which
/// becomes part of the table's rows.
pub fn bags(texts: &[&str], chosen: &Chosen) -> SparseRows {
    let vocabulary = Vocabulary::new(&chosen.fingerprints);
    let mut rows = SparseRows::new(chosen.fingerprints.len());
    let mut counts = vec![0_u16; chosen.fingerprints.len()];
    let mut row = SparseRow::default();
    for text in texts {
        row.indices.clear();
        walk(text, chosen.settings, |fingerprint, _| {
            if let Some(at) = vocabulary.row_of(fingerprint) {
                if counts[at as usize] == 0 {
                    row.indices.push(at);
                }
                counts[at as usize] = counts[at as usize].saturating_add(1);
            }
        });
        row.values.clear();
        row.values.extend(row.indices.iter().map(|at| {
            let at = *at as usize;
            let count = f32::from(std::mem::take(&mut counts[at]));
            (1.0 + count.ln()) * chosen.idf[at]
        }));
        scale_to_unit(&mut row.values);
        rows.push(&row);
    }
    rows
}

/// Scales a vector to unit length; the zero vector stays.
pub fn scale_to_unit(values: &mut [f32]) {
    let norm = values.iter().map(|value| value * value).sum::<f32>().sqrt();
    if norm > 0.0 {
        for value in values {
            *value /= norm;
        }
    }
}
