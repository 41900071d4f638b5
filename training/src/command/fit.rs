//! `switchyard-train fit`: a recipe to a bundle on the disk.

use std::path::{Path, PathBuf};

use crate::error::TrainError;
use crate::fit::fit_recipe;
use crate::package;
use crate::recipe::Recipe;

/// Where a bundle goes unless the caller says otherwise.
const BUNDLES: &str = "models/bundles";

/// Follows the recipe and writes the bundle; returns its folder.
pub fn run(recipe: &Path, out: Option<PathBuf>, n_threads: usize) -> Result<PathBuf, TrainError> {
    let recipe = Recipe::load(recipe)?;
    let folder = out.unwrap_or_else(|| Path::new(BUNDLES).join(&recipe.name));
    let files = fit_recipe(&recipe, n_threads)?;
    package::write(&folder, &files)?;
    Ok(folder)
}
