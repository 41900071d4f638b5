//! What to train on and how: a TOML file, checked before any data is read.

pub(crate) mod range;
mod settings;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

pub use range::{OutOfRange, Problems};
use serde::Deserialize;
use serde::de::DeserializeOwned;
pub use settings::{CalibrationSettings, HeadSettings, SolverSettings};
use switchyard_models::bundle::HeadName;
use switchyard_models::features::FeatureSettings;

use crate::featurize::FeatureChoice;
use crate::licence::Licensed;

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
    /// The dense table beside the features.
    pub embedding: Option<EmbeddingChoice>,
    /// How similar items are read; left out, nothing is learnt of it.
    pub retrieval: Option<RetrievalChoice>,
    /// When the nearest article answers; left out, none goes out by itself.
    pub answers: Option<AnswersChoice>,
    /// The solver's settings.
    #[serde(default)]
    pub solver: SolverSettings,
    /// What single heads have of their own, by name.
    #[serde(default)]
    pub head: BTreeMap<HeadName, HeadSettings>,
    /// How probabilities and thresholds are learnt.
    #[serde(default)]
    pub calibration: CalibrationSettings,
    /// Whether the bundle carries the beginnings of some hundred training texts, masked, so that
    /// explanations can show them; else their keys alone.
    #[serde(default)]
    pub example_texts: bool,
    /// Whether sets whose licence is not clearly permissive are left out. A dense table that learnt
    /// from such sets is refused, and so are pairs and articles under such a licence.
    #[serde(default)]
    pub permissive_only: bool,
    /// What to learn from.
    pub data: Vec<DataSpec>,
    /// What the finished bundle is scored on, for its card; nothing is learnt or chosen by it.
    #[serde(default)]
    pub test: Vec<TestSpec>,
    /// A Markdown file that ends the card: what no figure of the recipe says; relative to the recipe.
    pub notes: Option<PathBuf>,
}

/// One set to be scored on.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TestSpec {
    /// The set's name, as on its card.
    pub name: String,
    /// A labelled file, or a folder of such files; relative to the recipe.
    pub path: PathBuf,
}

/// What tells how similar items are read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetrievalChoice {
    /// Files of pairs: `id`, `category`, `a`, `b`, `label`; relative to the recipe.
    pub pairs: Vec<PathBuf>,
    /// The pairs' licence.
    pub licence: String,
}

/// What tells when the nearest article answers. Rows of both have a `part`; `train` is learnt from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswersChoice {
    /// Files of articles: `id`, `title`, `body`; relative to the recipe.
    pub articles: Vec<PathBuf>,
    /// Files of questions: `text`, and `article`, empty where none answers; relative to the recipe.
    pub questions: Vec<PathBuf>,
    /// Their licence.
    pub licence: String,
}

/// The dense table a bundle takes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmbeddingChoice {
    /// A table's file, or the folder of a bundle that has one; relative to the recipe.
    pub path: PathBuf,
    /// The length of the dense part where the sparse part's is 1.
    #[serde(default = "even")]
    pub weight: f32,
}

fn even() -> f32 {
    1.0
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
    /// At most so many rows, drawn by their ids, rare categories whole; what bounds the memory that a
    /// fit takes.
    #[serde(default = "most")]
    pub rows_max: usize,
    /// Takes each row's translation too: the same labels in other words, in the row's fold.
    #[serde(default)]
    pub translations: bool,
    /// Our field names to the set's column names, where they differ.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
}

impl Licensed for DataSpec {
    fn terms(&self) -> (&str, &str) {
        (&self.name, &self.licence)
    }
}

fn one() -> usize {
    1
}

/// More rows than that teach little, and a fit of them takes some gigabytes and an hour.
fn most() -> usize {
    200_000
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
    #[error("{}:{line}: {problem}", path.display())]
    Toml {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What the parser said, on one line.
        problem: String,
    },
    /// Settings are out of their ranges; all of them at once.
    #[error("{}: {problems}", path.display())]
    OutOfRange {
        /// The file.
        path: PathBuf,
        /// The settings.
        problems: Problems,
    },
}

impl RecipeError {
    /// Without the parser's drawing of the place: errors are one line.
    fn parse(path: &Path, text: &str, error: &toml::de::Error) -> Self {
        let at = error.span().map_or(0, |span| span.start.min(text.len()));
        let line = 1 + text.get(..at).unwrap_or_default().matches('\n').count();
        let problem = error.message().lines().collect::<Vec<_>>().join(", ");
        Self::Toml { path: path.to_owned(), line, problem }
    }

    /// Refuses a recipe that has problems, naming all of them.
    pub(crate) fn refuse(path: &Path, problems: Vec<OutOfRange>) -> Result<(), Self> {
        if problems.is_empty() {
            return Ok(());
        }
        Err(Self::OutOfRange { path: path.to_owned(), problems: Problems(problems) })
    }
}

/// A recipe's keys as they were written.
pub(crate) fn read_table(path: &Path) -> Result<toml::Table, RecipeError> {
    Ok(read_toml(path)?.0)
}

/// Reads a recipe of any kind, and the folder that paths in it are relative to.
pub(crate) fn read_toml<T: DeserializeOwned>(path: &Path) -> Result<(T, &Path), RecipeError> {
    let text = fs::read_to_string(path)
        .map_err(|source| RecipeError::Read { path: path.to_owned(), source })?;
    let recipe = toml::from_str(&text).map_err(|error| RecipeError::parse(path, &text, &error))?;
    Ok((recipe, path.parent().unwrap_or(Path::new(""))))
}

impl Recipe {
    /// Whether a head's margins are learnt anew from those of all its labels.
    pub fn is_joint(&self, head: HeadName) -> bool {
        self.head.get(&head).is_some_and(|own| own.joint)
    }

    /// What it learns from beside its sets, with the licences.
    pub fn beside(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.retrieval.iter().map(|it| ("pairs of tickets", it.licence.as_str()));
        let answers = self.answers.iter().map(|it| ("articles and questions", it.licence.as_str()));
        pairs.chain(answers)
    }

    /// Reads a recipe; paths in it become relative to the working directory.
    pub fn load(path: &Path) -> Result<Self, RecipeError> {
        let (recipe, folder): (Self, &Path) = read_toml(path)?;
        recipe.within(folder, path)
    }

    /// The same of what [`read_table`] read and somebody changed; `path` says where paths begin.
    pub(crate) fn from_table(table: toml::Table, path: &Path) -> Result<Self, RecipeError> {
        let recipe: Self =
            table.try_into().map_err(|error: toml::de::Error| RecipeError::Toml {
                path: path.to_owned(),
                line: 0,
                problem: error.message().to_owned(),
            })?;
        recipe.within(path.parent().unwrap_or(Path::new("")), path)
    }

    fn within(self, folder: &Path, path: &Path) -> Result<Self, RecipeError> {
        let mut recipe = self;
        recipe.data.iter_mut().for_each(|data| data.path = folder.join(&data.path));
        recipe.embedding.iter_mut().for_each(|table| table.path = folder.join(&table.path));
        let pairs = recipe.retrieval.iter_mut().flat_map(|choice| &mut choice.pairs);
        pairs.for_each(|path| *path = folder.join(&*path));
        let answers = recipe.answers.iter_mut();
        let files = answers.flat_map(|it| it.articles.iter_mut().chain(&mut it.questions));
        files.for_each(|path| *path = folder.join(&*path));
        recipe.test.iter_mut().for_each(|test| test.path = folder.join(&test.path));
        recipe.notes.iter_mut().for_each(|path| *path = folder.join(&*path));
        recipe.check(path)?;
        Ok(recipe)
    }

    fn check(&self, path: &Path) -> Result<(), RecipeError> {
        let problems = self
            .problems()
            .into_iter()
            .chain(problems_of_features(self.features.ngrams))
            .chain(self.solver.problems())
            .chain(self.problems_of_heads())
            .chain(self.calibration.problems());
        RecipeError::refuse(path, problems.collect())
    }

    fn problems_of_heads(&self) -> Vec<OutOfRange> {
        let of_head = |(name, own): (&HeadName, &HeadSettings)| {
            let is_category = *name == HeadName::Category || name.is_multi_label();
            let expected = "false for this head";
            let joint =
                range::check("head.joint", !(own.joint && is_category), expected, &own.joint);
            [
                vec![joint].into_iter().flatten().collect(),
                self.solver.for_head(Some(own)).problems(),
            ]
            .concat()
        };
        self.head.iter().flat_map(of_head).collect()
    }

    fn problems(&self) -> Vec<OutOfRange> {
        let weight = self.embedding.as_ref().map_or(1.0, |it| it.weight);
        let every_min = self.data.iter().map(|data| data.every).min().unwrap_or(1);
        let rows_max = self.data.iter().map(|data| data.rows_max).min().unwrap_or(1);
        range::gather([
            range::check("schema", self.schema == SCHEMA, "1", &self.schema),
            range::check("heads", !self.heads.is_empty(), "at least one head", &"none"),
            range::check(
                "embedding.weight",
                weight.is_finite() && weight > 0.0,
                "above 0",
                &weight,
            ),
            range::check("data", !self.data.is_empty(), "at least one set", &"none"),
            range::check("data.every", every_min >= 1, "1 or more", &every_min),
            range::check("data.rows_max", rows_max >= 1, "1 or more", &rows_max),
        ])
    }
}

fn problems_of_features(ngrams: FeatureSettings) -> Vec<OutOfRange> {
    let FeatureSettings {
        words_max,
        chars_min,
        chars_max,
        han_max,
        codes: _,
        edges: _,
        context: _,
    } = ngrams;
    range::gather([
        range::check(
            "features.ngrams.words_max",
            (1..=2).contains(&words_max),
            "1..=2",
            &words_max,
        ),
        range::check("features.ngrams.chars_min", chars_min >= 1, "1 or more", &chars_min),
        range::check("features.ngrams.chars_max", chars_max <= 8, "0..=8", &chars_max),
        range::check("features.ngrams.han_max", han_max <= 8, "0..=8", &han_max),
    ])
}
