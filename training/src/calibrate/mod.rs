//! Held-out margins to probabilities that mean what they say, and to thresholds.

mod logistic;
mod platt;

use switchyard_models::bundle::HeadSpec;
use switchyard_models::calibrate::{Calibration, Thresholds};
use switchyard_models::fit::{Judged, calibrated as softmax_of, thresholds};

use crate::error::TrainError;
use crate::examples::Example;
use crate::metrics::share;
use crate::problems::HeadPlan;
use crate::recipe::CalibrationSettings;

pub use logistic::logistic;
pub use switchyard_models::fit::{Outcome, threshold};

/// The probabilities tried as the one from which on a signal or a tag counts as found.
///
/// Below a quarter more than three of four finds would be wrong, whatever the total.
const FOUND_FROM: [f32; 6] = [0.25, 0.3, 0.35, 0.4, 0.45, 0.5];

/// Calibrates one head on held-out margins.
///
/// *Shape*: `margins` is `n_rows × n_labels`, row by row as `examples`.
pub fn calibrate(
    plan: &HeadPlan,
    margins: &[&[f32]],
    examples: &[Example],
    settings: &CalibrationSettings,
) -> Result<HeadSpec, TrainError> {
    let (calibration, thresholds) = if plan.name.is_multi_label() {
        let calibration = platt_of(plan, margins, examples)?;
        let found = best_found(&calibration, plan, margins, examples);
        (calibration, Thresholds { auto: found, suggest: found })
    } else {
        let judged = labelled(plan, margins, examples);
        let calibration = softmax_of(&judged, plan.labels.len());
        let thresholds = thresholds(&calibration, &judged, &settings.risk());
        (calibration, thresholds)
    };
    Ok(HeadSpec { name: plan.name, labels: plan.labels.clone(), calibration, thresholds })
}

fn labelled<'a>(plan: &HeadPlan, margins: &[&'a [f32]], examples: &[Example]) -> Vec<Judged<'a>> {
    let pairs = margins.iter().zip(examples);
    pairs.filter_map(|(margins, example)| Some((*margins, plan.target(example)?))).collect()
}

fn platt_of(
    plan: &HeadPlan,
    margins: &[&[f32]],
    examples: &[Example],
) -> Result<Calibration, TrainError> {
    let (mut slope, mut intercept) = (Vec::new(), Vec::new());
    for (at, label) in plan.labels.iter().enumerate() {
        let pairs = margins.iter().zip(examples).filter_map(|(margins, example)| {
            let labels = example.labels_of(plan.name)?;
            Some((margins[at], labels.contains(label)))
        });
        let (a, b) = platt::fit(&pairs.collect::<Vec<_>>())
            .map_err(|source| TrainError::Calibration { head: plan.name, source })?;
        slope.push(a);
        intercept.push(b);
    }
    Ok(Calibration::Sigmoid { slope, intercept })
}

/// The probability with the best F1 over all labels together.
fn best_found(
    calibration: &Calibration,
    plan: &HeadPlan,
    margins: &[&[f32]],
    examples: &[Example],
) -> f32 {
    let mut pairs = Vec::new();
    for (margins, example) in margins.iter().zip(examples) {
        let Some(labels) = example.labels_of(plan.name) else {
            continue;
        };
        let mut p = margins.to_vec();
        calibration.apply(&mut p);
        pairs.extend(p.iter().zip(&plan.labels).map(|(p, label)| (*p, labels.contains(label))));
    }
    let f1 = |found: f32| {
        let n_found = pairs.iter().filter(|(p, _)| *p >= found).count();
        let n_there = pairs.iter().filter(|(_, is_there)| *is_there).count();
        let n_both = pairs.iter().filter(|(p, is_there)| *p >= found && *is_there).count();
        share(2 * n_both, n_found + n_there)
    };
    FOUND_FROM.into_iter().max_by(|a, b| f1(*a).total_cmp(&f1(*b))).unwrap_or(0.5)
}
