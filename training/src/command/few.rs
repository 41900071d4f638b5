//! `switchyard-train few`: a category head from a few examples a label, as the running service fits it.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::Serialize;
use switchyard_datasets::read;
use switchyard_domain::ids::CategoryId;
use switchyard_models::bundle::{Bundle, sha256_hex};
use switchyard_models::fit::{Encoder, OwnExample, OwnFit, fit_own};
use switchyard_models::own::OwnWorkspace;
use switchyard_models::rank::best;

use crate::error::TrainError;
use crate::examples::{cleaned_text, subject_and_body};
use crate::metrics::{share, wilson};

/// What to measure.
#[derive(Debug, Clone)]
pub struct Options {
    /// The bundle whose encoder it stands on.
    pub bundle: PathBuf,
    /// The rows examples are taken from.
    pub train: PathBuf,
    /// The rows it is judged on.
    pub test: PathBuf,
    /// The text columns, the first of several being the subject.
    pub text_fields: Vec<String>,
    /// The label column.
    pub label_field: String,
    /// A label that is never taken.
    pub oos_label: Option<String>,
    /// How many labels.
    pub n_labels: usize,
    /// How many examples of each.
    pub n_examples: usize,
    /// Which labels and examples.
    pub seed: u64,
}

/// What was measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The bundle, as `name@digest-prefix`.
    pub bundle: String,
    /// Labels taken.
    pub labels: usize,
    /// Examples learnt.
    pub examples: usize,
    /// Rows judged.
    pub n: usize,
    /// The share judged right.
    pub accuracy: f64,
    /// Its 95 % interval (Wilson).
    pub accuracy_interval: [f64; 2],
    /// The share of examples that a head without their fold judged right.
    pub accuracy_by_folds: f64,
    /// Seconds of fitting.
    pub fit_s: f64,
}

/// Takes labels and examples by the seed, fits, and judges the test rows of those labels.
pub fn run(options: &Options) -> Result<Report, TrainError> {
    let bundle = Bundle::load(&options.bundle)?;
    let train = by_label(&options.train, options)?;
    let labels = taken(train.keys().cloned(), options.n_labels, options.seed);
    let mut examples = Vec::new();
    for label in &labels {
        let texts = train[label].iter().cloned();
        for text in taken(texts, options.n_examples, options.seed) {
            examples.push(OwnExample { text, category: label.clone() });
        }
    }
    let started = Instant::now();
    let fit = fit_own(&Encoder::new(&bundle), &examples)?;
    let fit_s = started.elapsed().as_secs_f64();
    let test = by_label(&options.test, options)?;
    let (n_right, n) = judged(&fit, test.iter().filter(|(label, _)| labels.contains(*label)));
    if n == 0 {
        return Err(TrainError::NoRows { path: options.test.clone() });
    }
    Ok(Report {
        bundle: bundle.version().to_owned(),
        labels: labels.len(),
        examples: examples.len(),
        n,
        accuracy: share(n_right, n),
        accuracy_interval: wilson(n_right, n),
        accuracy_by_folds: fit.accuracy,
        fit_s,
    })
}

fn judged<'a>(
    fit: &OwnFit,
    rows: impl Iterator<Item = (&'a CategoryId, &'a BTreeSet<String>)>,
) -> (usize, usize) {
    let mut work = OwnWorkspace::default();
    let (mut n_right, mut n) = (0, 0);
    for (label, texts) in rows {
        for text in texts {
            let first = best::<1>(fit.head.probabilities(text, &mut work))[0];
            n += 1;
            n_right += usize::from(first.map(|at| &fit.head.categories()[at]) == Some(label));
        }
    }
    (n_right, n)
}

/// Each label's cleaned texts.
fn by_label(
    path: &Path,
    options: &Options,
) -> Result<BTreeMap<CategoryId, BTreeSet<String>>, TrainError> {
    let mut all: BTreeMap<CategoryId, BTreeSet<String>> = BTreeMap::new();
    for row in read::open(path)? {
        let row = row?;
        let label = row.label(&options.label_field)?;
        if options.oos_label.as_ref() == Some(&label) {
            continue;
        }
        let (subject, body) = subject_and_body(&row, &options.text_fields)?;
        let label = CategoryId::new(&label.replace(char::is_whitespace, "_"));
        let label = label.map_err(|source| TrainError::LabelOfRow {
            place: row.place.clone(),
            problem: source.to_string(),
        })?;
        all.entry(label).or_default().insert(cleaned_text(&subject, &body));
    }
    Ok(all)
}

/// Some of the items, by the digests of seed and item: an order of chance that stays the same.
fn taken<T: Borrow<str> + Ord>(items: impl Iterator<Item = T>, n: usize, seed: u64) -> Vec<T> {
    let drawn = |item: T| (sha256_hex(format!("{seed} {}", item.borrow()).as_bytes()), item);
    let mut drawn: Vec<(String, T)> = items.map(drawn).collect();
    drawn.sort();
    drawn.truncate(n);
    drawn.into_iter().map(|(_, item)| item).collect()
}
