//! The whole road from a recipe to a bundle.

use std::collections::BTreeMap;

use switchyard_models::bundle::{DataSource, HeadSpec, Manifest, Weights, manifest, seal};
use switchyard_models::features::FEATURE_VERSION;
use switchyard_models::head::HeadMatrix;

use crate::calibrate::calibrate;
use crate::crossfit::{FitSettings, Fitted, Margins, crossfit, fit};
use crate::error::TrainError;
use crate::examples::{self, Example};
use crate::metrics::{ece, macro_f1, quantile, share};
use crate::problems::HeadPlan;
use crate::progress::Progress;
use crate::recipe::Recipe;

/// A text knows fewer of the model's n-grams than this share of held-out texts: it is strange.
const STRANGE_SHARE: f64 = 0.01;

/// The files of a bundle, ready to be written.
pub type BundleFiles = [(&'static str, Vec<u8>); 3];

/// Follows a recipe. The same recipe and data give the same bytes for any number of threads.
pub fn fit_recipe(recipe: &Recipe, n_threads: usize) -> Result<BundleFiles, TrainError> {
    let (examples, data) = load(recipe)?;
    let plans = recipe
        .heads
        .iter()
        .map(|head| HeadPlan::of(*head, &examples))
        .collect::<Result<Vec<_>, _>>()?;
    let settings = FitSettings {
        features: recipe.features,
        solver: recipe.solver,
        seed: recipe.seed,
        n_threads,
    };
    let n_folds = recipe.calibration.folds;
    let progress = Progress::new("held-out folds", n_folds);
    let margins = crossfit(&examples, &plans, &settings, n_folds, &progress)?;
    let heads = calibrate_all(&plans, &margins, &examples, recipe)?;
    let all: Vec<&Example> = examples.iter().collect();
    let fitted = fit(&all, &plans, &settings)?;
    let metrics = held_out_metrics(&heads, &plans, &margins, &examples);
    let manifest = Manifest {
        schema: manifest::SCHEMA,
        name: recipe.name.clone(),
        feature_version: FEATURE_VERSION,
        features: recipe.features.ngrams,
        n_features: fitted.features.fingerprints.len(),
        heads,
        fallback: recipe.fallback.clone(),
        known_share_min: strange_below(&margins.known_shares),
        files: BTreeMap::new(),
        data,
        seed: recipe.seed,
        metrics,
    };
    let card = card_of(&manifest);
    Ok(seal(manifest, &weights_of(fitted), &card)?)
}

fn load(recipe: &Recipe) -> Result<(Vec<Example>, Vec<DataSource>), TrainError> {
    let sets = recipe
        .data
        .iter()
        .map(examples::load)
        .collect::<Result<Vec<_>, _>>()?;
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
    let columns = columns_of(plans);
    let of = |(plan, columns): (&HeadPlan, std::ops::Range<usize>)| {
        let own: Vec<&[f32]> = margins
            .outputs
            .iter()
            .map(|row| &row[columns.clone()])
            .collect();
        calibrate(plan, &own, examples, &recipe.calibration)
    };
    plans.iter().zip(columns).map(of).collect()
}

/// Where each head's outputs stand.
fn columns_of(plans: &[HeadPlan]) -> Vec<std::ops::Range<usize>> {
    let ends = plans.iter().scan(0, |end, plan| {
        let start = *end;
        *end += plan.labels.len();
        Some(start..*end)
    });
    ends.collect()
}

/// The quantised weights of all heads. *Shape*: `n_features × n_outputs`, feature by feature.
pub fn weights_of(fitted: Fitted) -> Weights {
    let n_features = fitted.features.fingerprints.len();
    let by_feature: Vec<f32> = (0..n_features)
        .flat_map(|feature| {
            fitted
                .separators
                .iter()
                .map(move |svm| svm.weights[feature])
        })
        .collect();
    let bias = fitted.separators.iter().map(|svm| svm.bias).collect();
    Weights {
        fingerprints: fitted.features.fingerprints,
        idf: fitted.features.idf,
        matrix: HeadMatrix::quantize(&by_feature, bias),
    }
}

/// The share of known n-grams that one held-out text in a hundred stays below.
pub fn strange_below(known_shares: &[f32]) -> f32 {
    let mut shares: Vec<f64> = known_shares.iter().map(|share| f64::from(*share)).collect();
    quantile(&mut shares, STRANGE_SHARE) as f32
}

/// Accuracy, macro-F1 and calibration error of each head with one answer, on held-out rows.
fn held_out_metrics(
    heads: &[HeadSpec],
    plans: &[HeadPlan],
    margins: &Margins,
    examples: &[Example],
) -> BTreeMap<String, f64> {
    let mut metrics = BTreeMap::new();
    for ((head, plan), columns) in heads.iter().zip(plans).zip(columns_of(plans)) {
        let judged: Vec<(usize, usize, f32)> = margins
            .outputs
            .iter()
            .zip(examples)
            .filter_map(|(row, example)| {
                let mut p = row[columns.clone()].to_vec();
                head.calibration.apply(&mut p);
                let best = (0..p.len()).max_by(|a, b| p[*a].total_cmp(&p[*b]))?;
                Some((plan.target(example)?, best, p[best]))
            })
            .collect();
        let n_hits = judged
            .iter()
            .filter(|(truth, best, _)| truth == best)
            .count();
        let pairs = judged
            .iter()
            .map(|(t, b, _)| (plan.labels[*t].as_str(), plan.labels[*b].as_str()));
        let figures = [
            ("accuracy", share(n_hits, judged.len())),
            ("macro_f1", macro_f1(pairs)),
            (
                "ece",
                ece(judged.iter().map(|(truth, best, p)| (*p, truth == best))),
            ),
        ];
        for (name, value) in figures {
            // Six digits: the manifest is read by people.
            metrics.insert(format!("{}.{name}", head.name), (value * 1e6).round() / 1e6);
        }
    }
    metrics
}

/// The card: origin, licence and gaps, for people.
fn card_of(manifest: &Manifest) -> String {
    let data: String = manifest
        .data
        .iter()
        .map(|set| {
            format!(
                "| {} | {} | {} | `{}` |\n",
                set.name,
                set.licence,
                set.n_rows,
                &set.sha256[..12]
            )
        })
        .collect();
    let heads: String = manifest
        .heads
        .iter()
        .map(|head| {
            format!(
                "| {} | {} | {:.2} | {:.2} |\n",
                head.name,
                head.labels.len(),
                head.thresholds.auto,
                head.thresholds.suggest
            )
        })
        .collect();
    let metrics: String = manifest
        .metrics
        .iter()
        .map(|(name, value)| format!("| {name} | {value:.3} |\n"))
        .collect();
    format!(
        "# Bundle `{}`\n\n\
         Linear heads over hashed n-grams, for Chinese and English tickets.\n\
         Made on CPU from the data below with seed {}; {} features, int8 weights.\n\n\
         ## Data\n\n| Set | Licence | Rows | SHA-256 |\n|---|---|---|---|\n{data}\n\
         ## Heads\n\n| Head | Labels | AUTO from | SUGGEST from |\n|---|---|---|---|\n{heads}\n\
         ## Held-out figures\n\nEach row judged by a model fitted without its fold.\n\n\
         | Figure | Value |\n|---|---|\n{metrics}\n\
         ## Known gaps\n\n\
         Words are matched, not meanings: a wording unlike every training row is judged by its letters.\n\
         The held-out rows come from the same writers as the training rows; expect less on other texts.\n",
        manifest.name, manifest.seed, manifest.n_features,
    )
}
