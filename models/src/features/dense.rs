//! A vector for each of many n-grams: the part of a text's meaning that its exact words do not tell.
//!
//! A text's dense vector is the weighted sum of its n-grams' rows, scaled to
//! unit length. Rows are int8 with a scale each, which holds the n-gram's
//! weight too; a row an n-gram does not have is as good as zeros.
//! The table is learnt once (`switchyard-train encoder distil`) and shared by bundles;
//! heads are fitted on top of it.

use super::settings::FeatureSettings;
use crate::kernel::{self, LANES};

/// The largest quantised number; −128 is not used, so that the range is symmetric.
const QUANTUM_MAX: f32 = 127.0;

/// The rows of all known n-grams.
#[derive(Debug, Clone, PartialEq)]
pub struct DenseTable {
    settings: FeatureSettings,
    width: usize,
    /// *Shape*: `n_rows`. Sorted, each once.
    fingerprints: Vec<u64>,
    /// *Shape*: `n_rows × width`.
    rows: Vec<i8>,
    /// *Shape*: `n_rows`. What one step of a row is worth.
    scales: Vec<f32>,
}

/// Why numbers make no table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DenseError {
    /// Rows are added in blocks of this many numbers.
    #[error("width: expected a multiple of {LANES} above 0, got {got}")]
    Width {
        /// The width found.
        got: usize,
    },
    /// The lists are not equally long.
    #[error(
        "rows: expected {n_rows} rows of {width}, got {n_numbers} numbers and {n_scales} scales"
    )]
    Shape {
        /// The fingerprints.
        n_rows: usize,
        /// The numbers of a row.
        width: usize,
        /// The numbers of all rows.
        n_numbers: usize,
        /// The scales.
        n_scales: usize,
    },
    /// A fingerprint stands twice, or they are not in order.
    #[error("fingerprints: expected each once and in order")]
    Order,
}

impl DenseTable {
    /// A table of rows already quantised.
    ///
    /// *Shape*: `fingerprints` and `scales` are `n_rows`, sorted; `rows` is `n_rows × width`.
    pub fn new(
        settings: FeatureSettings,
        width: usize,
        fingerprints: Vec<u64>,
        rows: Vec<i8>,
        scales: Vec<f32>,
    ) -> Result<Self, DenseError> {
        if width == 0 || !width.is_multiple_of(LANES) {
            return Err(DenseError::Width { got: width });
        }
        let (n_rows, n_numbers, n_scales) = (fingerprints.len(), rows.len(), scales.len());
        if n_numbers != n_rows * width || n_scales != n_rows {
            return Err(DenseError::Shape { n_rows, width, n_numbers, n_scales });
        }
        if !fingerprints.is_sorted_by(|a, b| a < b) {
            return Err(DenseError::Order);
        }
        Ok(Self { settings, width, fingerprints, rows, scales })
    }

    /// Quantises each row by its largest number.
    ///
    /// *Shape*: as [`Self::new`]; all finite.
    pub fn quantize(
        settings: FeatureSettings,
        width: usize,
        fingerprints: Vec<u64>,
        rows: &[f32],
    ) -> Result<Self, DenseError> {
        let scale =
            |row: &[f32]| row.iter().fold(0.0_f32, |max, it| max.max(it.abs())) / QUANTUM_MAX;
        let scales: Vec<f32> = rows.chunks_exact(width.max(1)).map(scale).collect();
        let quantized = rows.chunks_exact(width.max(1)).zip(&scales).flat_map(|(row, scale)| {
            let step = if *scale > 0.0 { *scale } else { 1.0 };
            row.iter().map(move |it| (it / step).round().clamp(-QUANTUM_MAX, QUANTUM_MAX) as i8)
        });
        Self::new(settings, width, fingerprints, quantized.collect(), scales)
    }

    /// Which n-grams may have rows.
    pub fn settings(&self) -> FeatureSettings {
        self.settings
    }

    /// The numbers of a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The n-grams that have rows, in order.
    pub fn fingerprints(&self) -> &[u64] {
        &self.fingerprints
    }

    /// The quantised rows. *Shape*: `n_rows × width`.
    pub fn rows(&self) -> &[i8] {
        &self.rows
    }

    /// What one step of each row is worth.
    pub fn scales(&self) -> &[f32] {
        &self.scales
    }

    /// `sum += weight · row`. *Shape*: `sum` is `width`.
    pub fn add_to(&self, row: usize, weight: f32, sum: &mut [f32]) {
        kernel::add_scaled(sum, weight * self.scales[row], self.row(row));
    }

    /// Asks the memory for a row that will soon be added.
    pub fn prefetch(&self, row: usize) {
        kernel::prefetch(self.row(row));
    }

    fn row(&self, row: usize) -> &[i8] {
        &self.rows[row * self.width..][..self.width]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[f32]) -> DenseTable {
        let fingerprints = (0..rows.len() as u64 / 16).collect();
        DenseTable::quantize(FeatureSettings::default(), 16, fingerprints, rows).expect("a table")
    }

    #[test]
    fn a_row_comes_back_up_to_half_a_step() {
        let row: Vec<f32> = (0_i16..16).map(|n| f32::from(n) / 7.0 - 1.0).collect();
        let mut sum = vec![0.0; 16];
        table(&row).add_to(0, 2.0, &mut sum);
        // The largest number is 8/7: half of its 127th part, twice.
        let bound = 8.0 / 7.0 / 127.0 + 1e-6;
        assert!(sum.iter().zip(&row).all(|(got, want)| (got - 2.0 * want).abs() <= bound));
    }

    #[test]
    fn a_row_of_zeros_adds_nothing() {
        let mut sum = vec![0.5; 16];
        table(&[0.0; 16]).add_to(0, 1.0, &mut sum);
        assert_eq!(sum, vec![0.5; 16]);
    }

    #[test]
    fn what_does_not_fit_together_is_refused() {
        let new = |width, fingerprints, n_numbers, n_scales| {
            let (rows, scales) = (vec![0; n_numbers], vec![0.0; n_scales]);
            DenseTable::new(FeatureSettings::default(), width, fingerprints, rows, scales)
        };
        assert_eq!(new(10, vec![1], 10, 1), Err(DenseError::Width { got: 10 }));
        assert!(matches!(new(16, vec![1], 15, 1), Err(DenseError::Shape { .. })));
        assert_eq!(new(16, vec![2, 2], 32, 2), Err(DenseError::Order));
        assert!(new(16, vec![1, 2], 32, 2).is_ok());
    }
}
