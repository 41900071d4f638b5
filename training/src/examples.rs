//! Tickets as cleaned texts with their labels: what every later step reads.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::PathBuf;

use switchyard_datasets::corpus;
use switchyard_datasets::read::{self, ReadError, Row};
use switchyard_datasets::similarity::Grams;
use switchyard_datasets::split;
use switchyard_datasets::ticket::LabelledTicket;
use switchyard_domain::assessment::{Sentiment, Signal, Urgency};
use switchyard_domain::ids::CategoryId;
use switchyard_models::bundle::{DataSource, Digester, HeadName};
use switchyard_models::clean::Cleaned;
use switchyard_models::text::TicketText;

use crate::error::TrainError;
use crate::recipe::DataSpec;
use crate::sampling::{Quotas, Sample};

/// The same for every recipe: its own seed decides folds and shuffles, not what is learnt from.
const SAMPLING_SEED: u64 = 1;

/// One row to learn from.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// A stable key: splits depend on it.
    pub key: String,
    /// The text as the features see it.
    pub text: String,
    /// The labels of each head; `None` where nobody gave one.
    pub labels: HeadLabels,
}

/// The labels of one row as texts, head by head in the order of [`HeadName::ALL`].
pub type HeadLabels = [Option<Vec<String>>; 5];

impl Example {
    /// The labels for one head.
    pub fn labels_of(&self, head: HeadName) -> Option<&[String]> {
        self.labels[head as usize].as_deref()
    }
}

/// The text of a ticket as the features see it, long numbers as they are written; features fold
/// them as serving does.
pub fn cleaned_text(subject: &str, body: &str) -> String {
    let mut cleaned = Cleaned::default();
    cleaned.read(&TicketText::new(subject, body));
    cleaned.with_numbers().into_owned()
}

/// The text of a row's columns: the first of several is the subject, the others the body.
pub fn subject_and_body(row: &Row, fields: &[String]) -> Result<(String, String), ReadError> {
    let texts = fields.iter().map(|field| row.label(field)).collect::<Result<Vec<_>, _>>()?;
    Ok(match texts.split_first() {
        Some((subject, rest)) if !rest.is_empty() => (subject.clone(), rest.join("\n")),
        _ => (String::new(), texts.concat()),
    })
}

/// Reads one set of a recipe.
pub fn load(spec: &DataSpec) -> Result<(Vec<Example>, DataSource), TrainError> {
    let files =
        if spec.path.is_dir() { corpus::files(&spec.path)? } else { vec![spec.path.clone()] };
    let quotas = Quotas::of(&n_by_category(&files, spec)?, spec.rows_max);
    let mut sample = Sample::new(quotas, SAMPLING_SEED);
    for ticket in tickets(&files, spec) {
        let ticket = ticket?;
        sample
            .offer(category_of(&ticket), &ticket.id, || Ok::<_, TrainError>(both(&ticket, spec)))?;
    }
    let (taken, n_seen) = sample.done();
    if taken.is_empty() {
        return Err(TrainError::NoRows { path: spec.path.clone() });
    }
    let n_taken = taken.len();
    let examples: Vec<Example> = taken.into_iter().flatten().collect();
    let source = DataSource {
        name: spec.name.clone(),
        licence: spec.licence.clone(),
        n_rows: examples.len(),
        drawn_from: (n_taken < n_seen).then_some(n_seen),
        sha256: digest_of(files.iter())?,
    };
    Ok((examples, source))
}

/// The tickets of a set, one after the other.
fn tickets(
    files: &[PathBuf],
    spec: &DataSpec,
) -> impl Iterator<Item = Result<LabelledTicket, ReadError>> {
    let of_file = |path: &PathBuf| -> Box<dyn Iterator<Item = Result<Row, ReadError>>> {
        match read::open(path) {
            Ok(rows) => Box::new(rows.step_by(spec.every)),
            Err(error) => Box::new(std::iter::once(Err(error))),
        }
    };
    let rows = files.iter().flat_map(of_file);
    rows.map(|row| LabelledTicket::from_row(&renamed(row?, spec)))
}

/// How many tickets of a set there are of each category, none of them kept.
fn n_by_category(files: &[PathBuf], spec: &DataSpec) -> Result<BTreeMap<String, usize>, ReadError> {
    let mut counts = BTreeMap::new();
    for ticket in tickets(files, spec) {
        *counts.entry(category_of(&ticket?).to_owned()).or_default() += 1;
    }
    Ok(counts)
}

fn category_of(ticket: &LabelledTicket) -> &str {
    ticket.labels.category.as_ref().map_or("", CategoryId::as_str)
}

/// A ticket, and its translation where that is wanted.
fn both(ticket: &LabelledTicket, spec: &DataSpec) -> Vec<Example> {
    let translation = ticket.translation.as_ref().filter(|_| spec.translations);
    let translated = translation.map(|translation| example(ticket, "", translation));
    std::iter::once(example(ticket, &ticket.subject, &ticket.body)).chain(translated).collect()
}

/// The digest of some files, one after another, none of them in memory as a whole.
pub fn digest_of<'a>(files: impl Iterator<Item = &'a PathBuf>) -> Result<String, ReadError> {
    let mut digest = Digester::default();
    for path in files {
        let opened = |source| ReadError::Open { path: path.clone(), source };
        let mut file = File::open(path).map_err(opened)?;
        io::copy(&mut file, &mut digest).map_err(opened)?;
    }
    Ok(digest.hex())
}

/// The fold of each example, in `0..n_folds`; near-duplicates share one.
pub fn folds(examples: &[Example], n_folds: usize, seed: u64) -> Vec<usize> {
    let keys: Vec<String> = examples.iter().map(|example| example.key.clone()).collect();
    let grams: Vec<Grams> = examples.iter().map(|example| Grams::of(&example.text)).collect();
    split::folds(&keys, &grams, n_folds, seed)
}

fn renamed(mut row: Row, spec: &DataSpec) -> Row {
    for (name, _) in &mut row.record.0 {
        if let Some((ours, _)) = spec.columns.iter().find(|(_, theirs)| *theirs == name) {
            name.clone_from(ours);
        }
    }
    row
}

/// A ticket's text, or its translation, with the ticket's key: both stay in one fold.
fn example(ticket: &LabelledTicket, subject: &str, body: &str) -> Example {
    let labels = &ticket.labels;
    let one = |label: Option<&str>| label.map(|label| vec![label.to_owned()]);
    let signals = |it: &Vec<Signal>| it.iter().map(|signal| signal.label().to_owned()).collect();
    Example {
        key: ticket.id.clone(),
        text: cleaned_text(subject, body),
        labels: [
            one(labels.category.as_ref().map(CategoryId::as_str)),
            one(labels.sentiment.map(Sentiment::label)),
            one(labels.urgency.map(Urgency::label)),
            labels.signals.as_ref().map(signals),
            labels.tags.clone(),
        ],
    }
}
