//! Held-out margins to probabilities that mean what they say, and to thresholds.

mod logistic;
mod platt;

use switchyard_domain::ids::CategoryId;
use switchyard_models::bundle::{HeadName, HeadSpec};
use switchyard_models::calibrate::{Calibration, Thresholds};
use switchyard_models::fit::{
    Judged, calibrated as softmax_of, thresholds, thresholds_by_label, thresholds_of_groups,
};
use switchyard_models::groups::Groups;

use crate::error::TrainError;
use crate::examples::Example;
use crate::metrics::share;
use crate::problems::HeadPlan;
use crate::recipe::CalibrationSettings;

pub use logistic::{logistic, rising};
pub use switchyard_models::fit::{Outcome, threshold};

/// The probabilities tried as the one from which on a signal or a tag counts as found.
///
/// Below a quarter more than three of four finds would be wrong, whatever the total.
const FOUND_FROM: [f32; 6] = [0.25, 0.3, 0.35, 0.4, 0.45, 0.5];

/// A label with fewer rows has no probability of its own.
const FOUND_MIN: usize = 200;

/// Calibrates one head on held-out margins.
///
/// *Shape*: `margins` is `n_rows × n_labels`, row by row as `examples`.
pub fn calibrate(
    plan: &HeadPlan,
    margins: &[&[f32]],
    examples: &[Example],
    settings: &CalibrationSettings,
) -> Result<HeadSpec, TrainError> {
    let (calibration, thresholds, auto_by_label, groups) = if plan.name.is_multi_label() {
        let calibration = platt_of(plan, margins, examples)?;
        let (pooled, by_label) = found_from(&calibration, plan, margins, examples);
        (calibration, Thresholds { auto: pooled, suggest: pooled }, by_label, None)
    } else {
        let judged = labelled(plan, margins, examples);
        let calibration = softmax_of(&judged, plan.labels.len());
        let (risk, n_min) = (settings.risk(), settings.own_threshold_rows);
        let pooled = thresholds(&calibration, &judged, &risk);
        let by_label = thresholds_by_label(&calibration, &judged, &risk, pooled.auto, n_min);
        let groups = groups_of(plan)
            .map(|groups| thresholds_of_groups(&calibration, &judged, &groups, &risk));
        (calibration, pooled, by_label, groups)
    };
    let labels = plan.labels.clone();
    Ok(HeadSpec { name: plan.name, labels, calibration, thresholds, auto_by_label, groups })
}

/// The margins of rows that have a label for the head.
pub fn labelled<'a>(
    plan: &HeadPlan,
    margins: &[&'a [f32]],
    examples: &[Example],
) -> Vec<Judged<'a>> {
    let pairs = margins.iter().zip(examples);
    pairs.filter_map(|(margins, example)| Some((*margins, plan.target(example)?))).collect()
}

/// The groups of categories; the labels of other heads, and those that are no ids, have none.
fn groups_of(plan: &HeadPlan) -> Option<Groups> {
    let ids = || plan.labels.iter().map(|label| CategoryId::new(label).ok());
    let ids = (plan.name == HeadName::Category).then(|| ids().collect::<Option<Vec<_>>>())??;
    Some(Groups::of(&ids))
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

/// The probability with the best F1 over all labels together, and that of each label; a rare label
/// takes the one of all.
fn found_from(
    calibration: &Calibration,
    plan: &HeadPlan,
    margins: &[&[f32]],
    examples: &[Example],
) -> (f32, Vec<f32>) {
    let mut by_label: Vec<Vec<(f32, bool)>> = vec![Vec::new(); plan.labels.len()];
    for (margins, example) in margins.iter().zip(examples) {
        let Some(labels) = example.labels_of(plan.name) else {
            continue;
        };
        let mut p = margins.to_vec();
        calibration.apply(&mut p);
        for ((pairs, p), label) in by_label.iter_mut().zip(p).zip(&plan.labels) {
            pairs.push((p, labels.contains(label)));
        }
    }
    let pooled = best_found(&by_label.concat());
    let of_label = |pairs: &Vec<(f32, bool)>| {
        let n_there = pairs.iter().filter(|(_, is_there)| *is_there).count();
        if n_there < FOUND_MIN { pooled } else { best_found(pairs) }
    };
    (pooled, by_label.iter().map(of_label).collect())
}

/// The probability with the best F1. *Shape*: each probability with whether the label is there.
fn best_found(pairs: &[(f32, bool)]) -> f32 {
    let f1 = |found: f32| {
        let n_found = pairs.iter().filter(|(p, _)| *p >= found).count();
        let n_there = pairs.iter().filter(|(_, is_there)| *is_there).count();
        let n_both = pairs.iter().filter(|(p, is_there)| *p >= found && *is_there).count();
        share(2 * n_both, n_found + n_there)
    };
    FOUND_FROM.into_iter().max_by(|a, b| f1(*a).total_cmp(&f1(*b))).unwrap_or(0.5)
}
