//! Which texts a table learns from, which n-grams, how many rows: a TOML file.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use switchyard_models::features::FeatureSettings;

use super::contrast::Contrast;
use super::vocabulary::Budget;
use crate::licence::Licensed;
use crate::recipe::{OutOfRange, RecipeError, range, read_toml};

/// The version of the format.
const SCHEMA: u32 = 1;

/// A recipe that can be followed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableRecipe {
    schema: u32,
    /// The table's name.
    pub name: String,
    /// The numbers of a row.
    pub width: usize,
    /// Which n-grams are looked at.
    pub ngrams: FeatureSettings,
    /// How many get a row.
    pub budget: Budget,
    /// How rows are fitted.
    #[serde(default)]
    pub solver: TableSolver,
    /// How texts that belong together move.
    #[serde(default)]
    pub contrast: Contrast,
    /// Whether sets whose licence is not clearly permissive are left out; such a teacher is refused.
    #[serde(default)]
    pub permissive_only: bool,
    /// What to learn from.
    pub data: Vec<TextSpec>,
}

/// How rows are fitted to the teacher's vectors.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TableSolver {
    /// What a squared weight costs against a squared error.
    pub penalty: f32,
    /// Steps of conjugate gradients.
    pub steps: usize,
    /// Tables fitted beside it, each without one part of the texts: training on these texts takes
    /// their vectors from a table that has not seen them.
    pub folds: u8,
}

impl Default for TableSolver {
    /// On held-out texts a penalty of 0.3, 1 or 3 placed texts equally well; more steps than 25
    /// changed nothing.
    fn default() -> Self {
        Self { penalty: 1.0, steps: 25, folds: 4 }
    }
}

/// One set to learn from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextSpec {
    /// The set's name, as on its card.
    pub name: String,
    /// Its licence, as an SPDX identifier where there is one.
    pub licence: String,
    /// A file, or a folder of JSONL files; relative to the recipe.
    pub path: PathBuf,
    /// The text columns, joined by line breaks.
    #[serde(default = "text")]
    pub texts: Vec<String>,
    /// The columns the teacher reads instead: the same in its language. Rows without are left out.
    pub teacher_texts: Option<Vec<String>>,
    /// The column of a label that texts of one path share, if texts have one.
    pub label: Option<String>,
    /// Values of that column that say of a text that it has no label.
    #[serde(default)]
    pub no_label: Vec<String>,
    /// Takes the files of a folder whose names have this in them.
    #[serde(default)]
    pub files: String,
    /// At most this many rows, the first ones.
    #[serde(default = "all")]
    pub rows_max: usize,
    /// Characters read of each text.
    #[serde(default = "chars")]
    pub chars_max: usize,
}

impl Licensed for TextSpec {
    fn terms(&self) -> (&str, &str) {
        (&self.name, &self.licence)
    }
}

fn text() -> Vec<String> {
    vec!["text".to_owned()]
}

fn all() -> usize {
    usize::MAX
}

/// A teacher reads 128 tokens, some 500 characters.
fn chars() -> usize {
    500
}

impl TableRecipe {
    /// Reads a recipe; paths in it become relative to the working directory.
    pub fn load(path: &Path) -> Result<Self, RecipeError> {
        let (mut recipe, folder): (Self, &Path) = read_toml(path)?;
        recipe.data.iter_mut().for_each(|data| data.path = folder.join(&data.path));
        RecipeError::refuse(path, recipe.problems())?;
        Ok(recipe)
    }

    fn problems(&self) -> Vec<OutOfRange> {
        let TableSolver { penalty, steps, folds } = self.solver;
        let Contrast { batch, temperature, rate, same_label, hold, dropout, .. } = self.contrast;
        let is_above_0 = |it: f32| it.is_finite() && it > 0.0;
        let is_share = |it: f32| (0.0..=1.0).contains(&it);
        range::gather([
            range::check("schema", self.schema == SCHEMA, "1", &self.schema),
            range::check(
                "width",
                self.width > 0 && self.width.is_multiple_of(32),
                "a multiple of 32 above 0",
                &self.width,
            ),
            range::check("data", !self.data.is_empty(), "at least one set", &"none"),
            range::check("solver.penalty", is_above_0(penalty), "above 0", &penalty),
            range::check("solver.steps", steps >= 1, "1 or more", &steps),
            range::check("solver.folds", folds >= 2, "2 or more", &folds),
            range::check("contrast.batch", batch >= 2, "2 or more", &batch),
            range::check("contrast.temperature", is_above_0(temperature), "above 0", &temperature),
            range::check("contrast.rate", is_above_0(rate), "above 0", &rate),
            range::check("contrast.same_label", is_share(same_label), "0 to 1", &same_label),
            range::check("contrast.hold", hold.is_finite() && hold >= 0.0, "0 or more", &hold),
            range::check(
                "contrast.dropout",
                (0.0..1.0).contains(&dropout),
                "0 to below 1",
                &dropout,
            ),
        ])
    }
}

impl TextSpec {
    /// Whether a file of the folder is one of the set.
    pub fn takes(&self, path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.contains(&self.files)
    }
}
