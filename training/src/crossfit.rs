//! Margins of rows the model has not seen.
//!
//! A model's margins on its own training rows are too sure. Each fold is judged
//! by a model that was fitted, features and all, on the other folds; together
//! the folds give one honest margin for every row.

use std::collections::BTreeMap;
use std::ops::Range;

use switchyard_models::bundle::HeadName;
use switchyard_models::scope::{Exemplars, Signs};

use crate::error::TrainError;
use crate::examples::{Example, folds};
use crate::exemplars;
use crate::featurize::{FeatureChoice, Features};
use crate::problems::{HeadPlan, fit_all};
use crate::progress::Progress;
use crate::recipe::{HeadSettings, SolverSettings};
use crate::sparse::SparseRows;
use crate::svm::LinearSvm;
use crate::table::file::TableUse;

/// What a fit needs beside the examples.
#[derive(Debug, Clone)]
pub struct FitSettings {
    /// Which features are taken.
    pub features: FeatureChoice,
    /// The dense table beside them, with its weight.
    pub table: Option<TableUse>,
    /// The solver's settings.
    pub solver: SolverSettings,
    /// What single heads have of their own.
    pub heads: BTreeMap<HeadName, HeadSettings>,
    /// Whether the texts kept of each category are told beside their keys.
    pub with_texts: bool,
    /// The seed of every shuffle and split.
    pub seed: u64,
    /// How many threads fit; the result does not depend on it.
    pub n_threads: usize,
}

/// A fitted model before it is quantised.
#[derive(Debug, Clone)]
pub struct Fitted {
    /// The chosen features.
    pub features: Features,
    /// *Shape*: one for each margin of all heads; once joined, for each output.
    pub separators: Vec<LinearSvm>,
    /// Training texts of each category; only with a dense table.
    pub exemplars: Option<Exemplars>,
    /// Where the category's margins stand.
    category: Option<Range<usize>>,
}

/// What a model makes of some rows.
#[derive(Debug, Clone, Default)]
pub struct Margins {
    /// *Shape*: `n_rows × n_margins`; once joined, `n_rows × n_outputs`.
    pub outputs: Vec<Vec<f32>>,
    /// *Shape*: `n_rows`. The share of each text's n-grams that is known.
    pub known_shares: Vec<f32>,
    /// *Shape*: `n_rows`, or empty without exemplars. What tells whether a text belongs.
    pub signs: Vec<Signs>,
}

/// Fits all heads on some examples.
pub fn fit(
    examples: &[&Example],
    plans: &[HeadPlan],
    settings: &FitSettings,
) -> Result<Fitted, TrainError> {
    let texts: Vec<&str> = examples.iter().map(|example| example.text.as_str()).collect();
    let features = Features::choose(&texts, &settings.features, settings.table.as_ref());
    let rows = features.rows(&texts);
    let n_features = features.vectorizer.n_features();
    let separators = fit_all(&rows, n_features, examples, plans, settings)?;
    let category = plans.iter().position(|plan| plan.name == HeadName::Category);
    let exemplars = category.filter(|_| settings.table.is_some()).and_then(|at| {
        exemplars::choose(&rows, n_features, examples, &plans[at], settings.with_texts)
    });
    let category = category.map(|at| HeadPlan::margins(plans)[at].clone());
    Ok(Fitted { features, separators, exemplars, category })
}

impl Fitted {
    /// The margins of some examples.
    pub fn margins(&self, examples: &[&Example]) -> Margins {
        let texts: Vec<&str> = examples.iter().map(|example| example.text.as_str()).collect();
        let (rows, known_shares) = self.features.rows_and_known_shares(&texts);
        let margin = |at: usize, svm: &LinearSvm| rows.dot(at, &svm.weights) + svm.bias;
        let outputs = (0..rows.len())
            .map(|at| self.separators.iter().map(|svm| margin(at, svm)).collect())
            .collect();
        let outputs: Vec<Vec<f32>> = outputs;
        let signs = self.signs(&rows, &outputs);
        Margins { outputs, known_shares, signs }
    }

    fn signs(&self, rows: &SparseRows, outputs: &[Vec<f32>]) -> Vec<Signs> {
        let Some((exemplars, columns)) = self.exemplars.as_ref().zip(self.category.as_ref()) else {
            return Vec::new();
        };
        let n_features = self.features.vectorizer.n_features();
        let signs = |(at, outputs): (usize, &Vec<f32>)| {
            let vector = exemplars::dense_part(rows, at, n_features);
            exemplars.signs(&outputs[columns.clone()], &vector)
        };
        outputs.iter().enumerate().map(signs).collect()
    }
}

/// The margins of each example by a model that has not seen its fold.
pub fn crossfit(
    examples: &[Example],
    plans: &[HeadPlan],
    settings: &FitSettings,
    n_folds: usize,
    progress: &Progress,
) -> Result<Margins, TrainError> {
    let folds = folds(examples, n_folds, settings.seed);
    let mut all = Margins {
        outputs: vec![Vec::new(); examples.len()],
        known_shares: vec![0.0; examples.len()],
        signs: Vec::new(),
    };
    let mut signs = vec![None; examples.len()];
    for fold in 0..n_folds {
        let held: Vec<usize> = (0..examples.len()).filter(|at| folds[*at] == fold).collect();
        let shown = (0..examples.len()).filter(|at| folds[*at] != fold);
        let shown: Vec<&Example> = shown.map(|at| &examples[at]).collect();
        let held_examples: Vec<&Example> = held.iter().map(|at| &examples[*at]).collect();
        let margins = fit(&shown, plans, settings)?.margins(&held_examples);
        for ((at, outputs), share) in held.iter().zip(margins.outputs).zip(margins.known_shares) {
            all.outputs[*at] = outputs;
            all.known_shares[*at] = share;
        }
        for (at, found) in held.iter().zip(margins.signs) {
            signs[*at] = Some(found);
        }
        progress.step();
    }
    all.signs = signs.into_iter().flatten().collect();
    Ok(all)
}
