//! `switchyard-train answers`: how often the nearest article answers, and how often one that may go out
//! by itself does not.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;
use switchyard_models::bundle::Bundle;

use crate::answers::{self, Figures};
use crate::error::TrainError;
use crate::recipe::AnswersChoice;

/// What to measure.
#[derive(Debug, Clone)]
pub struct Options {
    /// The bundle.
    pub bundle: PathBuf,
    /// Files of articles.
    pub articles: Vec<PathBuf>,
    /// Files of questions.
    pub questions: Vec<PathBuf>,
    /// The rows that count.
    pub part: String,
}

/// What was measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The bundle, as `name@digest-prefix`.
    pub bundle: String,
    /// Figures by language.
    #[serde(flatten)]
    pub languages: BTreeMap<&'static str, Figures>,
}

/// Has every question of a part ask among the part's articles.
pub fn run(options: &Options) -> Result<Report, TrainError> {
    let bundle = Bundle::load(&options.bundle)?;
    let Options { articles, questions, .. } = options.clone();
    let choice = AnswersChoice { articles, questions, licence: String::new() };
    let languages = answers::score(&bundle, &choice, &options.part)?;
    Ok(Report { bundle: bundle.version().to_owned(), languages })
}
