//! The solver's settings, before and after they are checked.

use linfa::ParamGuard;
use switchyard_models::fit::Descent;

/// Settings as written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SvmParams(SvmValidParams);

/// Settings that are in their ranges.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SvmValidParams(pub(super) Descent);

/// Why a fit is refused.
#[derive(Debug, thiserror::Error)]
pub enum SvmError {
    /// The cost of an error is not a positive number.
    #[error("svm cost: expected a number above 0, got {0}")]
    Cost(f32),
    /// The tolerance is not a positive number.
    #[error("svm tolerance: expected a number above 0, got {0}")]
    Tolerance(f32),
    /// There is not one target for each row.
    #[error("svm targets: expected one for each of {n_rows} rows, got {n_targets}")]
    Targets {
        /// The rows.
        n_rows: usize,
        /// The targets.
        n_targets: usize,
    },
    /// linfa itself refuses the data.
    #[error(transparent)]
    Linfa(#[from] linfa::Error),
}

impl SvmParams {
    /// LIBLINEAR's cost of 1, up to 200 passes, tolerance 0.01.
    pub fn new(seed: u64) -> Self {
        Self(SvmValidParams(Descent { cost: 1.0, epochs_max: 200, tolerance: 0.01, seed }))
    }

    /// The cost of an error against the size of the weights.
    #[must_use]
    pub fn cost(mut self, cost: f32) -> Self {
        self.0.0.cost = cost;
        self
    }

    /// Passes over the rows at most.
    #[must_use]
    pub fn epochs_max(mut self, epochs_max: usize) -> Self {
        self.0.0.epochs_max = epochs_max;
        self
    }

    /// Stops once the projected gradients of all rows lie within this of each other.
    #[must_use]
    pub fn tolerance(mut self, tolerance: f32) -> Self {
        self.0.0.tolerance = tolerance;
        self
    }
}

impl ParamGuard for SvmParams {
    type Checked = SvmValidParams;
    type Error = SvmError;

    fn check_ref(&self) -> Result<&SvmValidParams, SvmError> {
        let Descent { cost, tolerance, .. } = self.0.0;
        if !(cost.is_finite() && cost > 0.0) {
            return Err(SvmError::Cost(cost));
        }
        if !(tolerance.is_finite() && tolerance > 0.0) {
            return Err(SvmError::Tolerance(tolerance));
        }
        Ok(&self.0)
    }

    fn check(self) -> Result<SvmValidParams, SvmError> {
        self.check_ref().copied()
    }
}
