//! The whole road from a recipe to a bundle.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use switchyard_datasets::ticket::LabelledTicket;
use switchyard_models::bundle::{
    Bundle, DataSource, EmbeddingSpec, HeadName, HeadSpec, Manifest, ScopeSpec, Weights, manifest,
    seal,
};
use switchyard_models::features::FEATURE_VERSION;
use switchyard_models::head::HeadMatrix;
use switchyard_models::similar::Readings;
use switchyard_models::understand::Understanding;

use crate::answers;
use crate::calibrate::calibrate;
use crate::card::card_of;
use crate::crossfit::{FitSettings, Fitted, Margins, crossfit, fit};
use crate::error::TrainError;
use crate::examples::{self, Example};
use crate::exemplars::scope_of;
use crate::heldout;
use crate::joint::{join, plans_of};
use crate::licence;
use crate::metrics::quantile;
use crate::problems::HeadPlan;
use crate::progress::Progress;
use crate::readings;
use crate::recipe::{EmbeddingChoice, Recipe, RecipeError, TestSpec};
use crate::score::{Report, labelled, score};
use crate::table::file::{Table, TableUse};

/// A text knows fewer of the model's n-grams than this share of held-out texts: it is strange.
const STRANGE_SHARE: f64 = 0.01;

/// The files of a bundle, ready to be written.
pub type BundleFiles = [(&'static str, Vec<u8>); 3];

/// Follows a recipe. The same recipe and data give the same bytes for any number of threads.
pub fn fit_recipe(recipe: &Recipe, n_threads: usize) -> Result<BundleFiles, TrainError> {
    if recipe.permissive_only {
        licence::check_terms(Path::new(&recipe.name), recipe.beside())?;
    }
    // Read before the fit: it takes longer than anybody waits for a path that is wrong.
    let (notes, tests) = (notes_of(recipe)?, tests_of(recipe)?);
    let (mut manifest, weights, examples) = heads_of(recipe, n_threads)?;
    add_readings(&mut manifest, &weights, recipe, &examples)?;
    add_answers(&mut manifest, &weights, recipe)?;
    let card = card_of(&manifest, &scores_of(&manifest, &weights, tests)?, &notes);
    Ok(seal(manifest, &weights, &card)?)
}

/// The heads, calibrated and fitted, with the examples they learnt from.
fn heads_of(
    recipe: &Recipe,
    n_threads: usize,
) -> Result<(Manifest, Weights, Vec<Example>), TrainError> {
    let (examples, data) = load(recipe)?;
    let plans = plans_of(recipe, &recipe.heads, &examples)?;
    let settings = settings_of(recipe, n_threads)?;
    let n_folds = recipe.calibration.folds;
    // A fit for each fold, and the one that is kept.
    let progress = Progress::new("fits", n_folds + 1);
    let mut margins = crossfit(&examples, &plans, &settings, n_folds, &progress)?;
    let mut fitted = fit(&examples.iter().collect::<Vec<_>>(), &plans, &settings)?;
    join(recipe, &plans, &examples, &mut margins, Some(&mut fitted))?;
    let heads = calibrate_all(&plans, &margins, &examples, recipe)?;
    progress.step();
    let manifest = Manifest {
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
    Ok((manifest, weights_of(fitted, settings.table.as_ref()), examples))
}

/// How similar items are read.
fn add_readings(
    manifest: &mut Manifest,
    weights: &Weights,
    recipe: &Recipe,
    examples: &[Example],
) -> Result<(), TrainError> {
    let Some(choice) = &recipe.retrieval else { return Ok(()) };
    let bundle = unsealed(manifest, weights)?;
    let learnt = readings::learn(&bundle, choice, &recipe.calibration, examples)?;
    manifest.retrieval = Some(learnt.readings);
    manifest.metrics.extend(learnt.figures);
    manifest.data.push(learnt.source);
    Ok(())
}

/// When the nearest article answers.
fn add_answers(
    manifest: &mut Manifest,
    weights: &Weights,
    recipe: &Recipe,
) -> Result<(), TrainError> {
    let Some(choice) = &recipe.answers else { return Ok(()) };
    let learnt = answers::learn(&unsealed(manifest, weights)?, choice, &recipe.calibration)?;
    let readings = manifest.retrieval.get_or_insert(Readings::UNLEARNT);
    (readings.zh.article, readings.en.article) = (learnt.zh, learnt.en);
    manifest.metrics.extend(learnt.figures);
    manifest.data.push(learnt.source);
    Ok(())
}

/// Labelled tickets with their set's name.
type Test = (String, Vec<LabelledTicket>);

fn tests_of(recipe: &Recipe) -> Result<Vec<Test>, TrainError> {
    let test = |test: &TestSpec| Ok((test.name.clone(), labelled(&test.path)?));
    recipe.test.iter().map(test).collect()
}

/// The finished bundle's scores on the recipe's test sets.
fn scores_of(
    manifest: &Manifest,
    weights: &Weights,
    tests: Vec<Test>,
) -> Result<Vec<(String, Report)>, TrainError> {
    if tests.is_empty() {
        return Ok(Vec::new());
    }
    let understanding = Understanding::new(&unsealed(manifest, weights)?)?;
    let scored = tests.into_iter().map(|(name, rows)| (name, score(&understanding, rows)));
    Ok(scored.collect())
}

fn notes_of(recipe: &Recipe) -> Result<String, TrainError> {
    let Some(path) = &recipe.notes else { return Ok(String::new()) };
    let failed = |source| RecipeError::Read { path: path.clone(), source };
    Ok(fs::read_to_string(path).map_err(failed)?)
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
    let plans = plans_of(recipe, &[head], &examples)?;
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
    if let Some(table) = table.as_ref().filter(|_| recipe.permissive_only) {
        let EmbeddingSpec { name, teacher, data, .. } = table.spec();
        licence::check(Path::new(&name), teacher.iter().chain(&data))?;
    }
    let (heads, with_texts) = (recipe.head.clone(), recipe.example_texts);
    Ok(FitSettings { features, table, solver, heads, with_texts, seed, n_threads })
}

/// What a recipe learns its heads from.
pub fn data_of(recipe: &Recipe) -> Result<Vec<DataSource>, TrainError> {
    Ok(load(recipe)?.1)
}

fn load(recipe: &Recipe) -> Result<(Vec<Example>, Vec<DataSource>), TrainError> {
    let sets = licence::allowed(&recipe.name, &recipe.data, recipe.permissive_only)?;
    let sets = sets.into_iter().map(examples::load).collect::<Result<Vec<_>, _>>()?;
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
