//! A benchmark's model: tuned and calibrated without the test file.

use std::collections::BTreeMap;

use switchyard_models::bundle::{HeadSpec, Manifest, ScopeSpec, manifest, seal};
use switchyard_models::features::FEATURE_VERSION;

use super::sets::Sets;
use super::{HEAD, Options};
use crate::calibrate::calibrate;
use crate::crossfit::{FitSettings, Fitted, crossfit, fit};
use crate::error::TrainError;
use crate::examples::{Example, folds};
use crate::featurize::FeatureChoice;
use crate::fit::{BundleFiles, scope_spec, strange_below, weights_of};
use crate::problems::HeadPlan;
use crate::progress::Progress;
use crate::recipe::{CalibrationSettings, SolverSettings};
use crate::table::file::TableUse;

/// The costs tried on held-out rows; the baselines tried 0.3 and 1 with rows of length √2.
const COSTS: [f32; 3] = [0.5, 1.0, 2.0];
/// The lengths of the dense part that are tried, where the sparse part's is 1.
const DENSE_WEIGHTS: [f32; 3] = [1.0, 1.5, 2.0];
/// How far a feature's own evidence counts; 0 is tried first.
const EVIDENCES: [f32; 2] = [0.25, 0.5];
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
    let (head, known_share_min, scope) = calibrated(sets, &plan, &settings, &fitted)?;
    let manifest = Manifest {
        schema: manifest::SCHEMA,
        name: options.dataset(),
        feature_version: FEATURE_VERSION,
        features: settings.features.ngrams,
        n_features: fitted.features.fingerprints.len(),
        embedding: settings.table.as_ref().map(TableUse::spec),
        fallback: head.labels[0].clone(),
        heads: vec![head],
        known_share_min,
        scope,
        retrieval: None,
        risk: CalibrationSettings::default().risk(),
        files: BTreeMap::new(),
        data: Vec::new(),
        seed: options.seed,
        metrics: BTreeMap::new(),
    };
    Ok(seal(manifest, &weights_of(fitted, settings.table.as_ref()), "")?)
}

/// The settings with the most hits on dev, or on a slice of train: the cost first, then the dense
/// part's weight at that cost, then how far evidence counts.
fn tuned(sets: &Sets, plan: &HeadPlan, options: &Options) -> Result<FitSettings, TrainError> {
    let (shown, held) = tuning_rows(sets, options);
    let weights = if options.table.is_some() { &DENSE_WEIGHTS[1..] } else { &[] };
    let progress = Progress::new("tuning", COSTS.len() + weights.len() + EVIDENCES.len());
    let mut best = (0, Tried { cost: COSTS[0], weight: DENSE_WEIGHTS[0], evidence: 0.0 });
    let attempt = |tried: Tried, best: &mut (usize, Tried)| -> Result<(), TrainError> {
        let settings = settings_of(tried, options);
        let margins = fit(&shown, std::slice::from_ref(plan), &settings)?.margins(&held);
        let rows = margins.outputs.iter().zip(&held);
        let n_hits = rows.filter(|(row, example)| is_hit(row, plan.target(example))).count();
        if n_hits > best.0 {
            *best = (n_hits, tried);
        }
        progress.step();
        Ok(())
    };
    for cost in COSTS {
        attempt(Tried { cost, ..best.1 }, &mut best)?;
    }
    for weight in weights {
        attempt(Tried { weight: *weight, ..best.1 }, &mut best)?;
    }
    for evidence in EVIDENCES {
        attempt(Tried { evidence, ..best.1 }, &mut best)?;
    }
    Ok(settings_of(best.1, options))
}

/// Settings that are tried.
#[derive(Debug, Clone, Copy)]
struct Tried {
    cost: f32,
    weight: f32,
    evidence: f32,
}

fn settings_of(tried: Tried, options: &Options) -> FitSettings {
    let Tried { cost, weight, evidence } = tried;
    FitSettings {
        with_texts: false,
        features: FeatureChoice::default(),
        table: options.table.clone().map(|table| TableUse { table, weight }),
        solver: SolverSettings { cost, evidence, ..SolverSettings::default() },
        heads: BTreeMap::new(),
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
) -> Result<(HeadSpec, f32, Option<ScopeSpec>), TrainError> {
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
    let scope = scope_spec(fitted, &margins, calibration.scope_kept);
    Ok((head, strange_below(&margins.known_shares), scope))
}
