//! The whole road from a recipe to a bundle.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use switchyard_models::bundle::{
    Bundle, DataSource, HeadName, HeadSpec, Manifest, ScopeSpec, Weights, manifest, seal,
};
use switchyard_models::features::FEATURE_VERSION;
use switchyard_models::head::HeadMatrix;
use switchyard_models::similar::Readings;

use crate::answers;
use crate::calibrate::{calibrate, labelled};
use crate::card::card_of;
use crate::crossfit::{FitSettings, Fitted, Margins, crossfit, fit};
use crate::error::TrainError;
use crate::examples::{self, Example};
use crate::exemplars::scope_of;
use crate::heldout;
use crate::joint::Joint;
use crate::metrics::quantile;
use crate::problems::HeadPlan;
use crate::progress::Progress;
use crate::readings::{self, Learnt};
use crate::recipe::{CalibrationSettings, EmbeddingChoice, Recipe, RetrievalChoice};
use crate::table::file::{Table, TableUse};

/// A text knows fewer of the model's n-grams than this share of held-out texts: it is strange.
const STRANGE_SHARE: f64 = 0.01;

/// The files of a bundle, ready to be written.
pub type BundleFiles = [(&'static str, Vec<u8>); 3];

/// Follows a recipe. The same recipe and data give the same bytes for any number of threads.
pub fn fit_recipe(recipe: &Recipe, n_threads: usize) -> Result<BundleFiles, TrainError> {
    let (examples, data) = load(recipe)?;
    let plan = |head: &HeadName| HeadPlan::of(*head, &examples);
    let plans = recipe.heads.iter().map(plan).collect::<Result<Vec<_>, _>>()?;
    let settings = settings_of(recipe, n_threads)?;
    let n_folds = recipe.calibration.folds;
    // A fit for each fold, and the one that is kept.
    let progress = Progress::new("fits", n_folds + 1);
    let mut margins = crossfit(&examples, &plans, &settings, n_folds, &progress)?;
    let mut fitted = fit(&examples.iter().collect::<Vec<_>>(), &plans, &settings)?;
    join(recipe, &plans, &examples, &mut margins, Some(&mut fitted))?;
    let heads = calibrate_all(&plans, &margins, &examples, recipe)?;
    progress.step();
    let mut manifest = Manifest {
        schema: manifest::SCHEMA,
        name: recipe.name.clone(),
        feature_version: FEATURE_VERSION,
        features: recipe.features.ngrams,
        n_features: fitted.features.fingerprints.len(),
        embedding: settings.table.as_ref().map(TableUse::spec),
        metrics: heldout::figures(&heads, &plans, &margins, &examples),
        heads,
        fallback: recipe.fallback.clone(),
        scope: scope_spec(&fitted, &margins, recipe.calibration.scope_kept),
        known_share_min: strange_below(&margins.known_shares),
        retrieval: None,
        risk: recipe.calibration.risk(),
        files: BTreeMap::new(),
        data,
        seed: recipe.seed,
    };
    let weights = weights_of(fitted, settings.table.as_ref());
    if let Some(choice) = &recipe.retrieval {
        let learnt = learn_readings(&manifest, &weights, choice, &recipe.calibration, &examples)?;
        manifest.retrieval = Some(learnt.readings);
        manifest.metrics.extend(learnt.figures);
        manifest.data.push(learnt.source);
    }
    if let Some(choice) = &recipe.answers {
        let bundle = unsealed(&manifest, &weights)?;
        let learnt = answers::learn(&bundle, choice, &recipe.calibration)?;
        let readings = manifest.retrieval.get_or_insert(Readings::UNLEARNT);
        (readings.zh.article, readings.en.article) = (learnt.zh, learnt.en);
        manifest.metrics.extend(learnt.figures);
        manifest.data.push(learnt.source);
    }
    let card = card_of(&manifest);
    Ok(seal(manifest, &weights, &card)?)
}

/// How a head does on held-out folds.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// As they stand in a manifest.
    pub by_name: BTreeMap<String, f64>,
    /// Accuracy, or F1 of a head that finds any number of labels.
    pub score: f64,
}

/// Judges one head of a recipe on held-out folds; nothing is kept.
pub fn judge_recipe(
    recipe: &Recipe,
    head: HeadName,
    n_folds: usize,
    n_threads: usize,
) -> Result<Figures, TrainError> {
    let (examples, _) = load(recipe)?;
    let plans = [HeadPlan::of(head, &examples)?];
    let settings = settings_of(recipe, n_threads)?;
    let progress = Progress::new("fits", n_folds);
    let mut margins = crossfit(&examples, &plans, &settings, n_folds, &progress)?;
    join(recipe, &plans, &examples, &mut margins, None)?;
    let heads = calibrate_all(&plans, &margins, &examples, recipe)?;
    let by_name = heldout::figures(&heads, &plans, &margins, &examples);
    let figure = |name: &str| by_name.get(&format!("{head}.{name}")).copied().unwrap_or_default();
    let (precision, recall) = (figure("precision"), figure("recall"));
    let score = if head.is_multi_label() {
        2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE)
    } else {
        figure("accuracy")
    };
    Ok(Figures { by_name, score })
}

/// Learns the margins of heads that ask for it anew from those of all their labels.
fn join(
    recipe: &Recipe,
    plans: &[HeadPlan],
    examples: &[Example],
    margins: &mut Margins,
    mut fitted: Option<&mut Fitted>,
) -> Result<(), TrainError> {
    for (plan, columns) in plans.iter().zip(HeadPlan::columns(plans)) {
        if !recipe.head.get(&plan.name).is_some_and(|own| own.joint) {
            continue;
        }
        let own: Vec<&[f32]> = margins.outputs.iter().map(|row| &row[columns.clone()]).collect();
        let joint = Joint::fit(&labelled(plan, &own, examples), plan.labels.len())
            .map_err(|source| TrainError::Calibration { head: plan.name, source })?;
        margins.outputs.iter_mut().for_each(|row| joint.apply(&mut row[columns.clone()]));
        if let Some(fitted) = fitted.as_deref_mut() {
            joint.apply_to(&mut fitted.separators[columns]);
        }
    }
    Ok(())
}

fn learn_readings(
    manifest: &Manifest,
    weights: &Weights,
    choice: &RetrievalChoice,
    calibration: &CalibrationSettings,
    examples: &[Example],
) -> Result<Learnt, TrainError> {
    readings::learn(&unsealed(manifest, weights)?, choice, calibration, examples)
}

/// The bundle as far as it is done.
fn unsealed(manifest: &Manifest, weights: &Weights) -> Result<Bundle, TrainError> {
    let files = seal(manifest.clone(), weights, "")?;
    let files = files.each_ref().map(|(name, bytes)| (*name, bytes.as_slice()));
    Ok(Bundle::from_files(&files)?)
}

fn settings_of(recipe: &Recipe, n_threads: usize) -> Result<FitSettings, TrainError> {
    let Recipe { features, solver, seed, .. } = *recipe;
    let load = |choice: &EmbeddingChoice| {
        Table::load(&choice.path).map(|table| TableUse { table, weight: choice.weight })
    };
    let table = recipe.embedding.as_ref().map(load).transpose()?;
    let (heads, with_texts) = (recipe.head.clone(), recipe.example_texts);
    Ok(FitSettings { features, table, solver, heads, with_texts, seed, n_threads })
}

/// What a recipe learns its heads from.
pub fn data_of(recipe: &Recipe) -> Result<Vec<DataSource>, TrainError> {
    Ok(load(recipe)?.1)
}

fn load(recipe: &Recipe) -> Result<(Vec<Example>, Vec<DataSource>), TrainError> {
    let sets = recipe.data.iter().map(examples::load).collect::<Result<Vec<_>, _>>()?;
    let (examples, sources): (Vec<_>, Vec<_>) = sets.into_iter().unzip();
    Ok((examples.into_iter().flatten().collect(), sources))
}

/// Calibrates each head on its own columns of the margins.
fn calibrate_all(
    plans: &[HeadPlan],
    margins: &Margins,
    examples: &[Example],
    recipe: &Recipe,
) -> Result<Vec<HeadSpec>, TrainError> {
    let columns = HeadPlan::columns(plans);
    let of = |(plan, columns): (&HeadPlan, Range<usize>)| {
        let own: Vec<&[f32]> = margins.outputs.iter().map(|row| &row[columns.clone()]).collect();
        calibrate(plan, &own, examples, &recipe.calibration)
    };
    plans.iter().zip(columns).map(of).collect()
}

/// The quantised weights of all heads, and the dense table they stand on.
pub fn weights_of(fitted: Fitted, table: Option<&TableUse>) -> Weights {
    let by_feature: Vec<f32> = (0..fitted.features.vectorizer.n_columns())
        .flat_map(|feature| fitted.separators.iter().map(move |svm| svm.weights[feature]))
        .collect();
    let bias = fitted.separators.iter().map(|svm| svm.bias).collect();
    Weights {
        fingerprints: fitted.features.fingerprints,
        idf: fitted.features.idf,
        matrix: HeadMatrix::quantize(&by_feature, bias),
        dense: table.map(|used| Arc::clone(&used.table.rows)),
        exemplars: fitted.exemplars,
    }
}

/// What tells scope, where there is a dense table.
pub fn scope_spec(fitted: &Fitted, held_out: &Margins, kept: f64) -> Option<ScopeSpec> {
    let exemplars = fitted.exemplars.as_ref()?.counts();
    scope_of(&held_out.signs, kept).map(|scope| ScopeSpec { scope, exemplars })
}

/// The share of known n-grams that one held-out text in a hundred stays below.
pub fn strange_below(known_shares: &[f32]) -> f32 {
    let mut shares: Vec<f64> = known_shares.iter().map(|share| f64::from(*share)).collect();
    quantile(&mut shares, STRANGE_SHARE) as f32
}
