//! `switchyard-train score`: a bundle's answers against a labelled file.

use std::path::Path;

use switchyard_models::bundle::Bundle;
use switchyard_models::understand::Understanding;

use crate::error::TrainError;
use crate::score::{Report, labelled, score};

/// Scores a bundle on a labelled file, or on a folder of such files.
pub fn run(bundle: &Path, gold: &Path) -> Result<Report, TrainError> {
    let understanding = Understanding::new(&Bundle::load(bundle)?)?;
    Ok(score(&understanding, labelled(gold)?))
}
