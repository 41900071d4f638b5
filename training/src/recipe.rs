//! What to train on and how: a TOML file, checked before any data is read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::Deserialize;
use switchyard_models::bundle::HeadName;
use switchyard_models::features::FeatureSettings;

use crate::featurize::FeatureChoice;
use crate::svm::SvmParams;

/// The version of the recipe format.
const SCHEMA: u32 = 1;

/// A recipe that can be followed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    schema: u32,
    /// The bundle's name.
    pub name: String,
    /// The seed of every shuffle and split.
    pub seed: u64,
    /// The category of texts without content.
    pub fallback: String,
    /// The heads to train, in the order of the outputs.
    pub heads: Vec<HeadName>,
    /// Which features are taken.
    #[serde(default)]
    pub features: FeatureChoice,
    /// The solver's settings.
    #[serde(default)]
    pub solver: SolverSettings,
    /// How probabilities and thresholds are learnt.
    #[serde(default)]
    pub calibration: CalibrationSettings,
    /// What to learn from.
    pub data: Vec<DataSpec>,
}

/// One set to learn from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataSpec {
    /// The set's name, as on its card.
    pub name: String,
    /// Its licence, as an SPDX identifier where there is one.
    pub licence: String,
    /// A file, or a folder of JSONL files; relative to the recipe.
    pub path: PathBuf,
    /// Takes every n-th row of a file: 1 takes all.
    #[serde(default = "one")]
    pub every: usize,
    /// Our field names to the set's column names, where they differ.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
}

fn one() -> usize {
    1
}

/// The solver's settings.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SolverSettings {
    /// The cost of an error against the size of the weights.
    pub cost: f32,
    /// Passes over the rows at most.
    pub epochs_max: usize,
    /// Stops once no row's gradient is further than this from its bound.
    pub tolerance: f32,
    /// How far a rare label's rows weigh more: 0 not at all, 1 as much as all others together.
    pub balance: f32,
}

impl Default for SolverSettings {
    /// LIBLINEAR's cost; a tolerance ten times finer than its default costs a few more passes.
    fn default() -> Self {
        Self {
            cost: 1.0,
            epochs_max: 200,
            tolerance: 0.01,
            balance: 0.0,
        }
    }
}

impl SolverSettings {
    /// The parameters of one binary problem.
    pub fn params(&self, seed: u64) -> SvmParams {
        SvmParams::new(seed)
            .cost(self.cost)
            .epochs_max(self.epochs_max)
            .tolerance(self.tolerance)
    }
}

/// How probabilities and thresholds are learnt.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CalibrationSettings {
    /// Held-out margins come from this many folds.
    pub folds: usize,
    /// Share of errors that acting without a person may have.
    pub risk_auto: f64,
    /// Share of suggestions whose three values may all be wrong.
    pub risk_suggest: f64,
    /// How sure the bound on that share must be.
    pub confidence: f64,
}

impl Default for CalibrationSettings {
    /// One wrong automatic decision in ten at most, one useless suggestion in four, at 95 %.
    fn default() -> Self {
        Self {
            folds: 10,
            risk_auto: 0.1,
            risk_suggest: 0.25,
            confidence: 0.95,
        }
    }
}

/// Why a recipe cannot be followed.
#[derive(Debug, thiserror::Error)]
pub enum RecipeError {
    /// The file cannot be read.
    #[error("{}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file is not TOML of the expected shape.
    #[error("{}: {source}", path.display())]
    Toml {
        /// The file.
        path: PathBuf,
        /// What the parser said.
        source: Box<toml::de::Error>,
    },
    /// A setting is out of its range.
    #[error("{}: {key}: expected {expected}, got {got}", path.display())]
    Range {
        /// The file.
        path: PathBuf,
        /// The setting.
        key: &'static str,
        /// Its range.
        expected: &'static str,
        /// The value found.
        got: String,
    },
}

impl Recipe {
    /// Reads a recipe; paths in it become relative to the working directory.
    pub fn load(path: &Path) -> Result<Self, RecipeError> {
        let text = fs::read_to_string(path).map_err(|source| RecipeError::Read {
            path: path.to_owned(),
            source,
        })?;
        let mut recipe: Self = toml::from_str(&text).map_err(|source| RecipeError::Toml {
            path: path.to_owned(),
            source: Box::new(source),
        })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        recipe
            .data
            .iter_mut()
            .for_each(|data| data.path = folder.join(&data.path));
        recipe.check(path)?;
        Ok(recipe)
    }

    fn check(&self, path: &Path) -> Result<(), RecipeError> {
        let CalibrationSettings {
            folds,
            risk_auto,
            risk_suggest,
            confidence,
        } = self.calibration;
        let FeatureSettings {
            words_max,
            chars_min,
            chars_max,
            han_max,
        } = self.features.ngrams;
        let is_share = |share: f64| (0.0..1.0).contains(&share) && share > 0.0;
        let facts: [(&'static str, bool, &'static str, String); 10] = [
            (
                "schema",
                self.schema == SCHEMA,
                "1",
                self.schema.to_string(),
            ),
            (
                "heads",
                !self.heads.is_empty(),
                "at least one head",
                "none".to_owned(),
            ),
            (
                "data",
                !self.data.is_empty(),
                "at least one set",
                "none".to_owned(),
            ),
            (
                "data.every",
                self.data.iter().all(|it| it.every > 0),
                "1 or more",
                "0".to_owned(),
            ),
            (
                "calibration.folds",
                folds >= 2,
                "2 or more",
                folds.to_string(),
            ),
            (
                "calibration.risk_auto",
                is_share(risk_auto),
                "0..1",
                risk_auto.to_string(),
            ),
            (
                "calibration.risk_suggest",
                is_share(risk_suggest),
                "0..1",
                risk_suggest.to_string(),
            ),
            (
                "calibration.confidence",
                is_share(confidence),
                "0..1",
                confidence.to_string(),
            ),
            (
                "features.ngrams",
                words_max <= 2 && han_max <= 8,
                "words 0..=2, han 0..=8",
                format!("{words_max}, {han_max}"),
            ),
            (
                "features.ngrams",
                chars_min > 0 && chars_max <= 8,
                "chars 1..=8",
                format!("{chars_min}..={chars_max}"),
            ),
        ];
        match facts.into_iter().find(|(_, holds, ..)| !holds) {
            Some((key, _, expected, got)) => Err(RecipeError::Range {
                path: path.to_owned(),
                key,
                expected,
                got,
            }),
            None => Ok(()),
        }
    }
}
