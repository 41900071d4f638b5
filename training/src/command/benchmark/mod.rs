//! `switchyard-train benchmark`: trains on a folder's train file, tests on its test file.
//!
//! Everything is chosen and calibrated without the test file: on the dev file
//! where there is one, else on held-out folds of train. Test texts go through
//! the serving code, quantised weights and all.

mod report;
mod sets;
mod train;

use std::path::PathBuf;
use std::time::Instant;

use report::{Answer, report};
pub use report::{OosReport, Report};
use sets::Sets;
use switchyard_datasets::read::Row;
use switchyard_models::bundle::{Bundle, HeadName};
use switchyard_models::classifier::{Classifier, Workspace};
use switchyard_models::text::TicketText;
pub use train::Tried;

use crate::error::TrainError;
use crate::examples::Example;
use crate::table::file::Table;

/// Each benchmark is one head, whatever its labels mean.
const HEAD: HeadName = HeadName::Category;

/// What to measure.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder with `train` and `test`, perhaps `dev`.
    pub folder: PathBuf,
    /// The set's name in the report; the folder's name where not given.
    pub name: Option<String>,
    /// The text columns, the first of several being the subject.
    pub text_fields: Option<Vec<String>>,
    /// The label column.
    pub label_field: String,
    /// The label of texts that belong nowhere.
    pub oos_label: Option<String>,
    /// The dense table beside the features.
    pub table: Option<Table>,
    /// The seed of every shuffle and split.
    pub seed: u64,
    /// How many threads fit.
    pub n_threads: usize,
}

impl Options {
    fn dataset(&self) -> String {
        let folder = || self.folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        self.name.clone().unwrap_or_else(folder)
    }
}

/// What a run gave, before it is counted.
struct Run {
    answers: Vec<Answer>,
    /// How sure the model is that rows held back from training belong; none without a dev file.
    dev_belonging: Option<Vec<f32>>,
    train_s: f64,
    chosen: Tried,
    bundle_bytes: usize,
}

/// Trains, tests and reports.
pub fn run(options: &Options) -> Result<Report, TrainError> {
    let sets = Sets::load(options)?;
    let start = Instant::now();
    let (files, chosen) = train::train(&sets, options)?;
    let train_s = start.elapsed().as_secs_f64();
    let borrowed = files.each_ref().map(|(name, bytes)| (*name, bytes.as_slice()));
    let classifier = Classifier::new(&Bundle::from_files(&borrowed)?);
    let run = Run {
        answers: answer_all(&classifier, &sets)?,
        dev_belonging: sets.dev.as_ref().map(|dev| belongings(&classifier, dev)),
        train_s,
        chosen,
        bundle_bytes: files.iter().map(|(_, bytes)| bytes.len()).sum(),
    };
    Ok(report(&sets, options, &run))
}

fn belongings(classifier: &Classifier, examples: &[Example]) -> Vec<f32> {
    let mut work = Workspace::default();
    let one = |example: &Example| {
        work.cleaned.text.clone_from(&example.text);
        classifier.vectorize(&mut work);
        classifier.score(&mut work);
        belonging(classifier, &work)
    };
    examples.iter().map(one).collect()
}

/// How sure the model is that the text is about one of its labels: the score of scope, else the
/// best probability.
fn belonging(classifier: &Classifier, work: &Workspace) -> f32 {
    let p = classifier.probabilities(HEAD, work);
    work.scope().unwrap_or_else(|| p.iter().copied().fold(0.0, f32::max))
}

fn answer_all(classifier: &Classifier, sets: &Sets) -> Result<Vec<Answer>, TrainError> {
    let mut work = Workspace::default();
    sets.test.iter().map(|row| answer(classifier, sets, row, &mut work)).collect()
}

fn answer(
    classifier: &Classifier,
    sets: &Sets,
    row: &Row,
    work: &mut Workspace,
) -> Result<Answer, TrainError> {
    let (subject, body) = sets.fields.text(row)?;
    let ticket = TicketText::new(&subject, &body);
    let start = Instant::now();
    work.cleaned.read(&ticket);
    classifier.vectorize(work);
    classifier.score(work);
    let micros = start.elapsed().as_secs_f64() * 1e6;
    let p = classifier.probabilities(HEAD, work);
    let best = (0..p.len()).max_by(|a, b| p[*a].total_cmp(&p[*b])).unwrap_or(0);
    let label = classifier.head(HEAD).map_or("", |head| &head.labels[best]).to_owned();
    let (truth, confidence) = (row.label(&sets.fields.label)?, p[best]);
    Ok(Answer { truth, label, confidence, belonging: belonging(classifier, work), micros })
}
