//! The settings of a recipe that have defaults: solver and calibration.

use serde::Deserialize;
use switchyard_models::bundle::RiskBound;

use super::range::{self, OutOfRange};
use crate::svm::SvmParams;

/// The solver's settings.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SolverSettings {
    /// The cost of an error against the size of the weights.
    pub cost: f32,
    /// Passes over the rows at most.
    pub epochs_max: usize,
    /// Stops once the projected gradients of all rows lie within this of each other.
    pub tolerance: f32,
    /// How far a rare label's rows weigh more: 0 not at all, 1 together as much as those of a
    /// label of average size (a rare signal's as much as half of all rows).
    pub balance: f32,
    /// How far a feature counts by what it tells of the label all by itself: 0 not at all, 1 in
    /// full. Mood and signals stand in few words, and those speak louder so.
    pub evidence: f32,
}

/// Settings of one head, in the place of those of all heads.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HeadSettings {
    /// As in the solver's settings.
    pub cost: Option<f32>,
    /// As in the solver's settings.
    pub balance: Option<f32>,
    /// As in the solver's settings.
    pub evidence: Option<f32>,
    /// Whether each label's margin is learnt anew from the held-out margins of all labels, and of the
    /// cuts between them where the labels are steps: steps that neighbour each other tell of each
    /// other. For sentiment and urgency: the category's margins tell scope too.
    pub joint: bool,
}

impl Default for SolverSettings {
    /// LIBLINEAR's cost; a tolerance ten times finer than its default costs a few more passes.
    fn default() -> Self {
        Self { cost: 1.0, epochs_max: 200, tolerance: 0.01, balance: 0.0, evidence: 0.0 }
    }
}

impl SolverSettings {
    pub(super) fn problems(&self) -> Vec<OutOfRange> {
        let Self { cost, epochs_max, tolerance, balance, evidence } = *self;
        range::gather([
            range::check("solver.cost", cost.is_finite() && cost > 0.0, "above 0", &cost),
            range::check("solver.epochs_max", epochs_max >= 1, "1 or more", &epochs_max),
            range::check(
                "solver.tolerance",
                tolerance.is_finite() && tolerance > 0.0,
                "above 0",
                &tolerance,
            ),
            range::check("solver.balance", (0.0..=1.0).contains(&balance), "0..=1", &balance),
            range::check("solver.evidence", (0.0..=1.0).contains(&evidence), "0..=1", &evidence),
        ])
    }

    /// With what one head has of its own.
    #[must_use]
    pub fn for_head(self, own: Option<&HeadSettings>) -> Self {
        let Some(own) = own else { return self };
        Self {
            cost: own.cost.unwrap_or(self.cost),
            balance: own.balance.unwrap_or(self.balance),
            evidence: own.evidence.unwrap_or(self.evidence),
            ..self
        }
    }

    /// The parameters of one binary problem.
    pub fn params(&self, seed: u64) -> SvmParams {
        SvmParams::new(seed).cost(self.cost).epochs_max(self.epochs_max).tolerance(self.tolerance)
    }
}

/// How probabilities and thresholds are learnt.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CalibrationSettings {
    /// Held-out margins come from this many folds.
    pub folds: usize,
    /// Share of errors that acting without a person may have.
    pub risk_auto: f64,
    /// Share of suggestions whose three values may all be wrong.
    pub risk_suggest: f64,
    /// Share of articles sent without a person that may be about another problem.
    pub risk_answer: f64,
    /// How sure the bound on that share must be.
    pub confidence: f64,
    /// A label has an AUTO threshold of its own from so many held-out texts on that it is the answer to.
    pub own_threshold_rows: usize,
    /// The share of texts that belong which are not to be called out of scope.
    pub scope_kept: f64,
}

impl Default for CalibrationSettings {
    /// One wrong automatic decision in ten at most, one wrong article in twenty, one useless
    /// suggestion in four, at 95 %.
    fn default() -> Self {
        Self {
            folds: 10,
            risk_auto: 0.1,
            risk_suggest: 0.25,
            risk_answer: 0.05,
            confidence: 0.95,
            own_threshold_rows: 200,
            scope_kept: 0.95,
        }
    }
}

impl CalibrationSettings {
    /// The risk as the bundle states it.
    pub fn risk(&self) -> RiskBound {
        let Self { risk_auto: auto, risk_suggest: suggest, confidence, .. } = *self;
        RiskBound { auto, suggest, confidence }
    }

    pub(super) fn problems(&self) -> Vec<OutOfRange> {
        let Self { folds, risk_auto, risk_suggest, risk_answer, confidence, scope_kept, .. } =
            *self;
        let is_share = |share: f64| share > 0.0 && share < 1.0;
        range::gather([
            range::check("calibration.folds", folds >= 2, "2 or more", &folds),
            range::check(
                "calibration.risk_auto",
                is_share(risk_auto),
                "between 0 and 1",
                &risk_auto,
            ),
            range::check(
                "calibration.risk_answer",
                is_share(risk_answer),
                "between 0 and 1",
                &risk_answer,
            ),
            range::check(
                "calibration.risk_suggest",
                is_share(risk_suggest),
                "between 0 and 1",
                &risk_suggest,
            ),
            range::check(
                "calibration.scope_kept",
                is_share(scope_kept),
                "between 0 and 1",
                &scope_kept,
            ),
            range::check(
                "calibration.confidence",
                is_share(confidence),
                "between 0 and 1",
                &confidence,
            ),
        ])
    }
}
