//! What each feature tells of a label all by itself, before any separator is fitted.
//!
//! *Source*: Wang, Manning: "Baselines and Bigrams: Simple, Good Sentiment and Topic
//! Classification", ACL 2012. There features are multiplied by their log ratio; here by a power of its
//! size, so that a feature without news still counts, and a separator finds the sign itself.

use crate::sparse::SparseRows;

/// Texts that every feature is seen in beforehand, of the label and of others.
const SMOOTHING: f64 = 1.0;

/// A factor for each column; the mean squared length of rows stays about what it was.
///
/// *Shape*: `n_columns`; columns from `n_features` on, which every text has, stay as they are.
pub fn scales(
    rows: &SparseRows,
    n_features: usize,
    targets: &[bool],
    row_weights: &[f32],
    evidence: f32,
) -> Vec<f32> {
    let in_play: Vec<usize> = (0..rows.len()).filter(|at| row_weights[*at] > 0.0).collect();
    let ratios = log_ratios(rows, targets, &in_play);
    let of_column = |(column, ratio): (usize, f64)| {
        if column < n_features { ratio.abs().powf(f64::from(evidence)) } else { 1.0 }
    };
    let mut scales: Vec<f64> = ratios.into_iter().enumerate().map(of_column).collect();
    let factor = 1.0 / mean_square(rows, n_features, &scales, &in_play).sqrt();
    scales[..n_features].iter_mut().for_each(|scale| *scale *= factor);
    scales.into_iter().map(|scale| scale as f32).collect()
}

/// How much likelier a text of the label has each feature than another text, in logarithms.
fn log_ratios(rows: &SparseRows, targets: &[bool], in_play: &[usize]) -> Vec<f64> {
    let mut counts = vec![[0.0_f64; 2]; rows.n_features()];
    let mut totals = [0.0_f64; 2];
    for at in in_play {
        let side = usize::from(targets[*at]);
        totals[side] += 1.0;
        rows.row(*at).for_each(|(column, _)| counts[column][side] += 1.0);
    }
    let share = |n: f64, total: f64| (n + SMOOTHING) / (total + 2.0 * SMOOTHING);
    counts.iter().map(|[no, yes]| (share(*yes, totals[1]) / share(*no, totals[0])).ln()).collect()
}

/// How much longer the n-gram part of rows became, squared; 1 where nothing is left of it.
fn mean_square(rows: &SparseRows, n_features: usize, scales: &[f64], in_play: &[usize]) -> f64 {
    let (mut before, mut after) = (0.0, 0.0);
    for at in in_play {
        for (column, value) in rows.row(*at).filter(|(column, _)| *column < n_features) {
            let square = f64::from(value).powi(2);
            before += square;
            after += square * scales[column].powi(2);
        }
    }
    if before > 0.0 && after > 0.0 { after / before } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use switchyard_models::features::SparseRow;

    use super::*;

    /// The first feature is in texts of the label alone, the second in all, the third is dense.
    fn rows() -> SparseRows {
        let mut rows = SparseRows::new(3);
        for has_first in [true, true, false, false] {
            let indices = if has_first { vec![0, 1, 2] } else { vec![1, 2] };
            let values = vec![0.5; indices.len()];
            rows.push(&SparseRow { indices, values });
        }
        rows
    }

    const TARGETS: [bool; 4] = [true, true, false, false];

    #[test]
    fn what_tells_counts_more_and_the_dense_part_as_before() {
        let scales = scales(&rows(), 2, &TARGETS, &[1.0; 4], 0.5);
        assert!(scales[0] > 1.0 && scales[1] < 0.1 && (scales[2] - 1.0).abs() < 1e-6, "{scales:?}");
    }

    #[test]
    fn the_mean_square_stays() {
        let scales = scales(&rows(), 2, &TARGETS, &[1.0; 4], 0.5);
        let square = |row: usize| {
            let entries = rows().row(row).filter(|it| it.0 < 2).collect::<Vec<_>>();
            entries.iter().map(|(column, value)| (value * scales[*column]).powi(2)).sum::<f32>()
        };
        let (after, before) = ((0..4).map(square).sum::<f32>(), 2.0 * 0.5 + 2.0 * 0.25);
        assert!((after - before).abs() < 1e-4, "{after} {before}");
    }

    #[test]
    fn no_evidence_changes_nothing() {
        let scales = scales(&rows(), 2, &TARGETS, &[1.0; 4], 0.0);
        assert!(scales.iter().all(|scale| (scale - 1.0).abs() < 1e-6), "{scales:?}");
    }

    #[test]
    fn rows_out_of_play_are_not_counted() {
        let scales = scales(&rows(), 2, &TARGETS, &[1.0, 0.0, 1.0, 0.0], 1.0);
        assert!(scales.iter().all(|scale| scale.is_finite()));
    }
}
