//! Training texts of each category, by which serving tells what it was never taught.

use switchyard_models::clean::masked;
use switchyard_models::scope::{Exemplars, Note, Scope, Signs, Spread};

use crate::examples::Example;
use crate::metrics::quantile;
use crate::problems::HeadPlan;
use crate::sparse::SparseRows;
use crate::table::bags::scale_to_unit;

/// Texts kept of each category at most: two categories' are compared with every ticket.
const PER_LABEL: usize = 128;

/// How much of a text is noted.
const NOTE_CHARS_MAX: usize = 120;

/// Keeps texts of each category, evenly over the examples.
pub fn choose(
    rows: &SparseRows,
    n_features: usize,
    examples: &[&Example],
    plan: &HeadPlan,
    with_texts: bool,
) -> Option<Exemplars> {
    let mut by_label: Vec<Vec<usize>> = vec![Vec::new(); plan.labels.len()];
    for (at, example) in examples.iter().enumerate() {
        if let Some(label) = plan.target(example) {
            by_label[label].push(at);
        }
    }
    let width = rows.n_features() - n_features;
    let (mut labels, mut notes) = (Vec::new(), Vec::new());
    for of_label in &by_label {
        let mut vectors = Vec::new();
        for at in even(of_label) {
            let vector = dense_part(rows, at, n_features);
            if vector.iter().any(|number| *number != 0.0) {
                vectors.extend(vector);
                notes.push(note_of(examples[at], with_texts));
            }
        }
        labels.push(vectors);
    }
    Some(Exemplars::of(width, &labels)?.noted(notes))
}

fn note_of(example: &Example, with_text: bool) -> Note {
    let text: String = masked(&example.text).chars().take(NOTE_CHARS_MAX).collect();
    Note { key: example.key.clone(), text: if with_text { text } else { String::new() } }
}

/// At most [`PER_LABEL`] of the items, at even distances.
fn even(items: &[usize]) -> impl Iterator<Item = usize> {
    let n_kept = items.len().min(PER_LABEL);
    (0..n_kept).map(move |at| items[at * items.len() / n_kept])
}

/// The dense part of a row, scaled to unit length.
pub fn dense_part(rows: &SparseRows, at: usize, n_features: usize) -> Vec<f32> {
    let mut vector = vec![0.0; rows.n_features() - n_features];
    for (column, value) in rows.row(at).filter(|(column, _)| *column >= n_features) {
        vector[column - n_features] = value;
    }
    scale_to_unit(&mut vector);
    vector
}

/// How held-out texts that belong look, and the score that this share of them reaches.
pub fn scope_of(signs: &[Signs], kept: f64) -> Option<Scope> {
    let margins: Vec<f64> = signs.iter().map(|it| f64::from(it.margin)).collect();
    let nearest: Vec<f64> = signs.iter().map(|it| f64::from(it.nearest)).collect();
    let mut scope =
        Scope { margin: spread(&margins)?, nearest: spread(&nearest)?, threshold: 0.0, kept };
    let mut scores: Vec<f64> = signs.iter().map(|it| f64::from(scope.score(*it))).collect();
    scope.threshold = quantile(&mut scores, 1.0 - kept) as f32;
    Some(scope)
}

/// `None` where nothing spreads.
fn spread(values: &[f64]) -> Option<Spread> {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / n;
    let spread = Spread { mean: mean as f32, deviation: variance.sqrt() as f32 };
    (variance.is_finite() && spread.deviation > 0.0).then_some(spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kept_share_of_held_out_texts_reaches_the_threshold() {
        let sign = |n: u16| Signs { margin: f32::from(n), nearest: f32::from(n % 7) };
        let signs: Vec<Signs> = (0..1_000).map(sign).collect();
        let scope = scope_of(&signs, 0.9).expect("a scope");
        let n_kept = signs.iter().filter(|it| scope.score(**it) >= scope.threshold).count();
        assert!((895..=905).contains(&n_kept), "{n_kept}");
    }

    #[test]
    fn signs_that_do_not_spread_tell_no_scope() {
        assert!(scope_of(&[Signs { margin: 1.0, nearest: 1.0 }; 5], 0.9).is_none());
        assert!(scope_of(&[], 0.9).is_none());
    }

    #[test]
    fn texts_are_kept_at_even_distances() {
        let items: Vec<usize> = (0..256).collect();
        assert_eq!(even(&items).take(3).collect::<Vec<_>>(), [0, 2, 4]);
        assert_eq!(even(&[]).count(), 0);
    }
}
