//! The default bundle in the repository was made of the corpus and the recipe beside it.
//!
//! The binary embeds the bundle, so a corpus that moves on without it would be
//! served by a model that never read it, under figures that are not its own.

use std::path::{Path, PathBuf};

use switchyard_models::bundle::{Bundle, Manifest};
use switchyard_training::answers;
use switchyard_training::examples;
use switchyard_training::readings;
use switchyard_training::recipe::Recipe;

const STALE: &str = "the bundle in models/bundles/default is another one's: \
                     run `switchyard-train fit training/recipes/default.toml` and commit what it writes";

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn recipe() -> Recipe {
    Recipe::load(&here("recipes/default.toml")).expect("a sound recipe")
}

fn manifest() -> Manifest {
    let bundle = Bundle::load(&here("../models/bundles/default")).expect("a sound bundle");
    bundle.manifest().clone()
}

#[test]
fn the_default_bundle_was_made_of_the_committed_corpus() {
    let recipe = recipe();
    let read = recipe.data.iter().map(|set| examples::load(set).expect("a sound set").1);
    let pairs = recipe.retrieval.iter().map(|it| readings::source_of(it).expect("sound pairs"));
    let asked = recipe.answers.iter().map(|it| answers::source_of(it).expect("sound answers"));
    let all: Vec<_> = read.chain(pairs).chain(asked).collect();
    assert_eq!(manifest().data, all, "{STALE}");
}

/// What of the recipe stands in the manifest; the solver's settings do not.
#[test]
fn the_default_bundle_was_made_by_the_committed_recipe() {
    let (recipe, manifest) = (recipe(), manifest());
    let heads: Vec<_> = manifest.heads.iter().map(|head| head.name).collect();
    assert_eq!((&manifest.name, &manifest.fallback), (&recipe.name, &recipe.fallback), "{STALE}");
    assert_eq!((manifest.seed, heads), (recipe.seed, recipe.heads.clone()), "{STALE}");
    assert_eq!(manifest.features, recipe.features.ngrams, "{STALE}");
    assert_eq!(manifest.risk, recipe.calibration.risk(), "{STALE}");
    assert!(manifest.n_features <= recipe.features.budget, "{STALE}");
}
