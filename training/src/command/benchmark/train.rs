//! A benchmark's model: tuned and calibrated without the test file.

use std::collections::BTreeMap;
use std::sync::Arc;

use switchyard_models::bundle::{HeadSpec, Manifest, manifest, seal};
use switchyard_models::features::{Embedding, FEATURE_VERSION};

use super::sets::Sets;
use super::{HEAD, Options};
use crate::calibrate::calibrate;
use crate::crossfit::{FitSettings, Fitted, crossfit, fit};
use crate::error::TrainError;
use crate::examples::{Example, folds};
use crate::featurize::FeatureChoice;
use crate::fit::{BundleFiles, embedding_spec, strange_below, weights_of};
use crate::problems::HeadPlan;
use crate::progress::Progress;
use crate::recipe::{CalibrationSettings, SolverSettings};

/// The costs tried on held-out rows; the baselines tried 0.3 and 1 with rows of length √2.
const COSTS: [f32; 3] = [0.5, 1.0, 2.0];
/// The length of the dense part where the sparse part's is 1.
const DENSE_WEIGHT: f32 = 1.0;
/// One fold in this many judges a cost.
const TUNING_FOLDS: usize = 8;

/// The bundle's files.
pub(super) fn train(sets: &Sets, options: &Options) -> Result<BundleFiles, TrainError> {
    let plan = HeadPlan::of(HEAD, &sets.train)?;
    let settings = tuned(sets, &plan, options)?;
    let all: Vec<&Example> = sets.train.iter().collect();
    let progress = Progress::new("fit on all of train", 1);
    let fitted = fit(&all, std::slice::from_ref(&plan), &settings)?;
    drop(progress);
    let (head, known_share_min) = calibrated(sets, &plan, &settings, &fitted)?;
    let manifest = Manifest {
        schema: manifest::SCHEMA,
        name: options.dataset(),
        feature_version: FEATURE_VERSION,
        features: settings.features.ngrams,
        n_features: fitted.features.fingerprints.len(),
        embedding: options
            .table
            .as_ref()
            .zip(settings.embedding.as_ref())
            .map(|(table, used)| embedding_spec(table, used.weight)),
        fallback: head.labels[0].clone(),
        heads: vec![head],
        known_share_min,
        risk: CalibrationSettings::default().risk(),
        files: BTreeMap::new(),
        data: Vec::new(),
        seed: options.seed,
        metrics: BTreeMap::new(),
    };
    Ok(seal(manifest, &weights_of(fitted, settings.embedding), "")?)
}

/// The settings with the best of [`COSTS`] on dev, or on a slice of train.
fn tuned(sets: &Sets, plan: &HeadPlan, options: &Options) -> Result<FitSettings, TrainError> {
    let (shown, held) = tuning_rows(sets, options);
    let progress = Progress::new("tuning", COSTS.len());
    let mut best = (0, settings_of(COSTS[0], options));
    for cost in COSTS {
        let settings = settings_of(cost, options);
        let margins = fit(&shown, std::slice::from_ref(plan), &settings)?.margins(&held);
        let rows = margins.outputs.iter().zip(&held);
        let n_hits = rows.filter(|(row, example)| is_hit(row, plan.target(example))).count();
        if n_hits > best.0 {
            best = (n_hits, settings);
        }
        progress.step();
    }
    Ok(best.1)
}

fn settings_of(cost: f32, options: &Options) -> FitSettings {
    FitSettings {
        features: FeatureChoice::default(),
        embedding: options
            .table
            .as_ref()
            .map(|table| Embedding { table: Arc::clone(&table.rows), weight: DENSE_WEIGHT }),
        solver: SolverSettings { cost, ..SolverSettings::default() },
        seed: options.seed,
        n_threads: options.n_threads,
    }
}

/// The rows to fit on and to judge by.
fn tuning_rows<'a>(sets: &'a Sets, options: &Options) -> (Vec<&'a Example>, Vec<&'a Example>) {
    if let Some(dev) = &sets.dev {
        return (sets.train.iter().collect(), dev.iter().collect());
    }
    let folds = folds(&sets.train, TUNING_FOLDS, options.seed);
    let (held, shown): (Vec<_>, Vec<_>) =
        sets.train.iter().zip(folds).partition(|(_, fold)| *fold == 0);
    let examples = |rows: Vec<(&'a Example, usize)>| rows.into_iter().map(|(row, _)| row).collect();
    (examples(shown), examples(held))
}

fn is_hit(margins: &[f32], target: Option<usize>) -> bool {
    target.is_some_and(|target| margins.iter().all(|margin| *margin <= margins[target]))
}

/// The head calibrated on dev, or on held-out folds of train.
fn calibrated(
    sets: &Sets,
    plan: &HeadPlan,
    settings: &FitSettings,
    fitted: &Fitted,
) -> Result<(HeadSpec, f32), TrainError> {
    let calibration = CalibrationSettings::default();
    let (margins, examples) = if let Some(dev) = &sets.dev {
        (fitted.margins(&dev.iter().collect::<Vec<_>>()), dev)
    } else {
        let progress = Progress::new("held-out folds", calibration.folds);
        let plans = std::slice::from_ref(plan);
        let margins = crossfit(&sets.train, plans, settings, calibration.folds, &progress)?;
        (margins, &sets.train)
    };
    let rows: Vec<&[f32]> = margins.outputs.iter().map(Vec::as_slice).collect();
    let head = calibrate(plan, &rows, examples, &calibration)?;
    Ok((head, strange_below(&margins.known_shares)))
}
