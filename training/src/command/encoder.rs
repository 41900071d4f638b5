//! `switchyard-train encoder`: a teacher onto the disk, and a table distilled from it.

use std::path::Path;

use serde::Serialize;

use crate::encoder::fetch;
use crate::error::TrainError;
use crate::package;
use crate::table::file::Table;
use crate::table::learn::learn;
use crate::table::recipe::TableRecipe;

/// What was learnt.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The table's name.
    pub table: String,
    /// Texts learnt from.
    pub n_texts: usize,
    /// N-grams with a row.
    pub n_rows: usize,
    /// The mean cosine of texts to where the teacher puts them.
    pub cosine: f64,
    /// The file's size, in megabytes.
    pub file_mb: f64,
}

/// Fetches a known encoder into a folder.
pub fn fetch(name: &str, folder: &Path) -> Result<(), TrainError> {
    Ok(fetch::fetch(name, folder)?)
}

/// Learns a table and writes it whole or not at all.
pub fn distil(
    recipe: &Path,
    teacher: &Path,
    out: &Path,
    n_threads: usize,
) -> Result<Report, TrainError> {
    let recipe = TableRecipe::load(recipe)?;
    let learnt = learn(&recipe, teacher, n_threads)?;
    let n_texts = learnt.spec.data.iter().map(|set| set.n_rows).sum();
    let (n_rows, cosine) = (learnt.spec.n_rows, learnt.cosine);
    let unseen = Some(learnt.unseen.into());
    let table = Table { rows: learnt.table.into(), spec: learnt.spec, unseen };
    let bytes = table.to_bytes()?;
    package::write_file(out, &bytes)?;
    let file_mb = bytes.len() as f64 / 1e6;
    Ok(Report { table: recipe.name, n_texts, n_rows, cosine, file_mb })
}
