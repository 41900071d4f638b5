//! `switchyard-train fit`: a recipe to a bundle on the disk.

use std::path::{Path, PathBuf};

use switchyard_models::bundle::Bundle;

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
    // What serving would refuse must not take the place of what it reads.
    Bundle::from_files(&files.each_ref().map(|(name, bytes)| (*name, bytes.as_slice())))?;
    package::write(&folder, &files)?;
    Ok(folder)
}
