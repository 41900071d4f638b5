//! Margins of rows the model has not seen.
//!
//! A model's margins on its own training rows are too sure. Each fold is judged
//! by a model that was fitted, features and all, on the other folds; together
//! the folds give one honest margin for every row.

use switchyard_models::features::Embedding;

use crate::error::TrainError;
use crate::examples::{Example, folds};
use crate::featurize::{FeatureChoice, Features};
use crate::problems::{HeadPlan, fit_all};
use crate::progress::Progress;
use crate::recipe::SolverSettings;
use crate::svm::LinearSvm;

/// What a fit needs beside the examples.
#[derive(Debug, Clone)]
pub struct FitSettings {
    /// Which features are taken.
    pub features: FeatureChoice,
    /// The dense table beside them, with its weight.
    pub embedding: Option<Embedding>,
    /// The solver's settings.
    pub solver: SolverSettings,
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
    /// *Shape*: one for each output of all heads.
    pub separators: Vec<LinearSvm>,
}

/// What a model makes of some rows.
#[derive(Debug, Clone, Default)]
pub struct Margins {
    /// *Shape*: `n_rows × n_outputs`.
    pub outputs: Vec<Vec<f32>>,
    /// *Shape*: `n_rows`. The share of each text's n-grams that is known.
    pub known_shares: Vec<f32>,
}

/// Fits all heads on some examples.
pub fn fit(
    examples: &[&Example],
    plans: &[HeadPlan],
    settings: &FitSettings,
) -> Result<Fitted, TrainError> {
    let texts: Vec<&str> = examples.iter().map(|example| example.text.as_str()).collect();
    let features = Features::choose(&texts, &settings.features, settings.embedding.as_ref());
    let rows = features.rows(&texts);
    let FitSettings { solver, seed, n_threads, .. } = settings;
    let separators = fit_all(&rows, examples, plans, solver, *seed, *n_threads)?;
    Ok(Fitted { features, separators })
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
        Margins { outputs, known_shares }
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
    };
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
        progress.step();
    }
    Ok(all)
}
