//! The linear solver: an L2-loss support vector machine for sparse rows.
//!
//! linfa's own one builds an n × n kernel matrix, which ten thousand rows do
//! not fit; ours walks the rows (`switchyard_models::fit`). Its form here is linfa's: parameters, checked
//! parameters, a fitted model that is another type.

mod params;

pub use params::{SvmError, SvmParams, SvmValidParams};

use linfa::DatasetBase;
use linfa::traits::Fit;
pub use switchyard_models::fit::LinearSvm;
use switchyard_models::fit::descend;

use crate::sparse::Records;

impl<'a> Fit<Records<'a>, Vec<bool>, SvmError> for SvmValidParams {
    type Object = LinearSvm;

    /// Fits rows with a target and, if the dataset has them, a weight each.
    fn fit(&self, dataset: &DatasetBase<Records<'a>, Vec<bool>>) -> Result<LinearSvm, SvmError> {
        let (rows, targets) = (dataset.records.0, &dataset.targets);
        if rows.len() != targets.len() {
            return Err(SvmError::Targets { n_rows: rows.len(), n_targets: targets.len() });
        }
        Ok(descend(&self.0, rows, targets, dataset.weights()))
    }
}

#[cfg(test)]
mod tests {
    use switchyard_models::features::SparseRow;

    use super::*;
    use crate::sparse::SparseRows;

    /// Four points on two axes: yes to the right, no to the left.
    fn dataset() -> SparseRows {
        let mut rows = SparseRows::new(2);
        for (x, y) in [(1.0, 0.1), (0.8, -0.2), (-1.0, 0.1), (-0.7, 0.3)] {
            rows.push(&SparseRow { indices: vec![0, 1], values: vec![x, y] });
        }
        rows
    }

    fn fit(params: SvmParams, weights: Option<[f32; 4]>) -> Result<LinearSvm, SvmError> {
        let rows = dataset();
        let mut data = DatasetBase::new(Records(&rows), vec![true, true, false, false]);
        if let Some(weights) = weights {
            data = data.with_weights(weights.to_vec().into());
        }
        params.fit(&data)
    }

    #[test]
    fn separable_rows_are_separated() {
        let svm = fit(SvmParams::new(1), None).expect("valid settings");
        let margins = svm.margins(&dataset());
        assert!(margins[..2].iter().all(|m| *m > 0.0) && margins[2..].iter().all(|m| *m < 0.0));
    }

    /// The primal optimum makes the gradient `w + 2C Σ ξ·(−y x)` zero.
    #[test]
    fn the_solution_is_where_the_primal_gradient_vanishes() {
        let svm = fit(SvmParams::new(1).tolerance(1e-5).epochs_max(10_000), None).expect("valid");
        let rows = dataset();
        let mut gradient = svm.weights.clone();
        for (at, target) in [1.0, 1.0, -1.0, -1.0].into_iter().enumerate() {
            let slack = 1.0 - target * (rows.dot(at, &svm.weights) + svm.bias);
            rows.add_to(at, -2.0 * slack.max(0.0) * target, &mut gradient);
        }
        // Single precision over a few thousand steps.
        assert!(gradient.iter().all(|part| part.abs() < 1e-3), "{gradient:?}");
    }

    #[test]
    fn the_same_seed_gives_the_same_bits() {
        assert_eq!(fit(SvmParams::new(7), None).ok(), fit(SvmParams::new(7), None).ok());
    }

    #[test]
    fn a_row_of_weight_zero_is_as_good_as_absent() {
        let with = fit(SvmParams::new(1), Some([1.0, 1.0, 1.0, 0.0])).expect("valid settings");
        let without = fit(SvmParams::new(1), None).expect("valid settings");
        assert_ne!(with, without);
    }

    #[test]
    fn settings_out_of_range_are_refused() {
        let error = fit(SvmParams::new(1).cost(-1.0), None).expect_err("an error");
        assert_eq!(error.to_string(), "svm cost: expected a number above 0, got -1");
    }
}
