//! A benchmark's model: tuned and calibrated without the test file.

use std::collections::BTreeMap;

use serde::Serialize;
use switchyard_models::bundle::{HeadSpec, Manifest, ScopeSpec, manifest, seal};
use switchyard_models::clean::han::is_han;
use switchyard_models::features::{FEATURE_VERSION, FeatureSettings};

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
const COSTS: [f32; 4] = [0.25, 0.5, 1.0, 2.0];
/// The lengths of the dense part that are tried after 1, where the sparse part's is 1.
const DENSE_WEIGHTS: [f32; 4] = [0.25, 0.5, 1.5, 2.0];
/// How far a feature's own evidence counts; 0 is tried first.
const EVIDENCES: [f32; 3] = [0.15, 0.25, 0.5];
/// The longest n-grams of Chinese characters that are tried after the first.
const HAN_MAX: [u8; 2] = [2, 3];
/// Features at most; the rarest of a large set bring little and cost memory.
const BUDGET: usize = 400_000;
/// Beside a small dev file, or without one, one fold in this many judges the settings, or as many as
/// give enough rows.
const TUNING_FOLDS: usize = 8;
/// Rows that judge: fewer tell settings apart by chance.
const TUNING_ROWS: usize = 2_500;

/// The bundle's files, and the settings that were chosen for it.
pub(super) fn train(sets: &Sets, options: &Options) -> Result<(BundleFiles, Tried), TrainError> {
    let plan = HeadPlan::of(HEAD, &sets.train)?;
    let chosen = tuned(sets, &plan, options)?;
    let settings = settings_of(chosen, options);
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
    Ok((seal(manifest, &weights_of(fitted, settings.table.as_ref()), "")?, chosen))
}

/// The settings with the most hits on dev, or on slices of train: one kind after another, each with
/// the best of those before, and the cost once more at the end.
fn tuned(sets: &Sets, plan: &HeadPlan, options: &Options) -> Result<Tried, TrainError> {
    let slices = slices(sets, options);
    let groups = tries(sets, options);
    let progress = Progress::new("tuning", groups.iter().map(Vec::len).sum());
    let mut best = (0, Tried::FIRST);
    for change in groups.iter().flatten() {
        let tried = change.applied(best.1);
        let n_hits = hits(&slices, plan, &settings_of(tried, options))?;
        if n_hits > best.0 {
            best = (n_hits, tried);
        }
        progress.step();
    }
    Ok(best.1)
}

/// Settings that are tried.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Tried {
    /// The cost of an error.
    pub cost: f32,
    /// The length of the dense part; without a table it means nothing.
    pub weight: f32,
    /// How far a feature's own evidence counts.
    pub evidence: f32,
    /// The longest n-gram of Chinese characters.
    pub han_max: u8,
    /// Whether names count as written.
    pub codes: bool,
    /// Whether features know where a line starts and ends.
    pub edges: bool,
    /// Whether n-grams know what stands beside them.
    pub context: bool,
    /// How far rare features count more.
    pub rarity: f32,
    /// A feature occurs in this many texts.
    pub texts_min: u32,
}

impl Tried {
    const FIRST: Self = Self {
        cost: 0.5,
        weight: 1.0,
        evidence: 0.0,
        han_max: 4,
        codes: false,
        edges: false,
        context: false,
        rarity: 1.0,
        texts_min: 2,
    };
}

/// One step away from settings.
#[derive(Debug, Clone, Copy)]
enum Change {
    Cost(f32),
    Weight(f32),
    Evidence(f32),
    HanMax(u8),
    Codes,
    Edges,
    Context,
    Rarity(f32),
    TextsMin(u32),
}

impl Change {
    fn applied(self, tried: Tried) -> Tried {
        match self {
            Self::Cost(cost) => Tried { cost, ..tried },
            Self::Weight(weight) => Tried { weight, ..tried },
            Self::Evidence(evidence) => Tried { evidence, ..tried },
            Self::HanMax(han_max) => Tried { han_max, ..tried },
            Self::Codes => Tried { codes: true, ..tried },
            Self::Edges => Tried { edges: true, ..tried },
            Self::Context => Tried { context: true, ..tried },
            Self::Rarity(rarity) => Tried { rarity, ..tried },
            Self::TextsMin(texts_min) => Tried { texts_min, ..tried },
        }
    }
}

/// What is tried on this set, in order: nothing that its texts have no use for.
fn tries(sets: &Sets, options: &Options) -> Vec<Vec<Change>> {
    let has = |is_it: fn(char) -> bool| sets.train.iter().any(|row| row.text.contains(is_it));
    let costs = || COSTS.map(Change::Cost).to_vec();
    let mut all = vec![costs()];
    if options.table.is_some() {
        all.push(DENSE_WEIGHTS.map(Change::Weight).to_vec());
    }
    if has(is_han) {
        all.push(HAN_MAX.map(Change::HanMax).to_vec());
    }
    if has(|c| c.is_ascii_digit()) {
        all.push(vec![Change::Codes]);
    }
    all.push(vec![Change::Context, Change::Edges, Change::Rarity(0.5), Change::TextsMin(1)]);
    all.push(EVIDENCES.map(Change::Evidence).to_vec());
    all.push(costs());
    all
}

fn settings_of(tried: Tried, options: &Options) -> FitSettings {
    let Tried { cost, weight, evidence, han_max, codes, edges, context, rarity, texts_min } = tried;
    let ngrams = FeatureSettings { han_max, codes, edges, context, ..FeatureSettings::default() };
    FitSettings {
        with_texts: false,
        features: FeatureChoice { ngrams, texts_min, budget: BUDGET, rarity },
        table: options.table.clone().map(|table| TableUse { table, weight }),
        solver: SolverSettings { cost, evidence, ..SolverSettings::default() },
        heads: BTreeMap::new(),
        seed: options.seed,
        n_threads: options.n_threads,
    }
}

/// Rows to fit on and rows to judge by.
type Slice<'a> = (Vec<&'a Example>, Vec<&'a Example>);

/// The dev file, and slices of train where there is none or a small one.
fn slices<'a>(sets: &'a Sets, options: &Options) -> Vec<Slice<'a>> {
    let dev = sets.dev.iter();
    let mut slices: Vec<Slice<'a>> =
        dev.map(|dev| (sets.train.iter().collect(), dev.iter().collect())).collect();
    let n_rows = TUNING_ROWS.saturating_sub(sets.dev.as_ref().map_or(0, Vec::len));
    let n_slices = (n_rows * TUNING_FOLDS).div_ceil(sets.train.len().max(1));
    let folds = folds(&sets.train, TUNING_FOLDS, options.seed);
    let slice = |slice: usize| {
        let rows = || sets.train.iter().zip(&folds);
        let of = |is_held: bool| {
            let those = rows().filter(|(_, fold)| (**fold == slice) == is_held);
            those.map(|(row, _)| row).collect()
        };
        (of(false), of(true))
    };
    slices.extend((0..n_slices.min(TUNING_FOLDS)).map(slice));
    slices
}

fn hits(
    slices: &[Slice<'_>],
    plan: &HeadPlan,
    settings: &FitSettings,
) -> Result<usize, TrainError> {
    let mut n_hits = 0;
    for (shown, held) in slices {
        let margins = fit(shown, std::slice::from_ref(plan), settings)?.margins(held);
        let rows = margins.outputs.iter().zip(held);
        n_hits += rows.filter(|(row, example)| is_hit(row, plan.target(example))).count();
    }
    Ok(n_hits)
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
