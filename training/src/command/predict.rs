//! `switchyard-train predict`: a bundle's answers for every row of a file.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use serde::Serialize;
use switchyard_datasets::read::{self, Row};
use switchyard_models::bundle::{Bundle, Manifest};
use switchyard_models::classifier::{Classifier, Workspace};
use switchyard_models::text::TicketText;

use crate::error::TrainError;
use crate::examples::subject_and_body;

/// What to answer.
#[derive(Debug, Clone)]
pub struct Options {
    /// The bundle's folder.
    pub bundle: PathBuf,
    /// The rows.
    pub file: PathBuf,
    /// The text columns, the first of several being the subject.
    pub text_fields: Vec<String>,
    /// Whether each answer has the text's dense vector.
    pub with_vectors: bool,
}

/// One row's answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Answer<'a> {
    /// The row's `id`, or its number from 1.
    id: String,
    /// Every probability, by head and label.
    probabilities: BTreeMap<&'static str, BTreeMap<&'a str, f32>>,
    /// The share of the text's n-grams that the model knows.
    known_share: f32,
    /// The text's dense vector, of unit length; zeros where the table knows nothing of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    vector: Option<&'a [f32]>,
}

/// Writes a JSON object a line for each row, as the rows come: memory does not grow with the file.
pub fn run(options: &Options, out: &mut impl Write) -> Result<usize, TrainError> {
    let bundle = Bundle::load(&options.bundle)?;
    let classifier = Classifier::new(&bundle);
    let mut work = Workspace::default();
    let mut n_rows = 0;
    for row in read::open(&options.file)? {
        n_rows += 1;
        let row = row?;
        read_into(&mut work, &row, &options.text_fields)?;
        classifier.vectorize(&mut work);
        classifier.score(&mut work);
        let answer = Answer {
            id: row.text_if_any("id")?.map_or_else(|| n_rows.to_string(), str::to_owned),
            probabilities: probabilities(bundle.manifest(), &classifier, &work),
            known_share: work.known_share(),
            vector: options.with_vectors.then(|| work.dense()),
        };
        match write_line(out, &answer) {
            // A reader that went away wants no more.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => break,
            written => written.map_err(|source| TrainError::Write { path: "-".into(), source })?,
        }
    }
    Ok(n_rows)
}

fn read_into(work: &mut Workspace, row: &Row, fields: &[String]) -> Result<(), TrainError> {
    let (subject, body) = subject_and_body(row, fields)?;
    work.cleaned.read(&TicketText::new(&subject, &body));
    Ok(())
}

fn probabilities<'a>(
    manifest: &'a Manifest,
    classifier: &Classifier,
    work: &Workspace,
) -> BTreeMap<&'static str, BTreeMap<&'a str, f32>> {
    let of_head = |labels: &'a [String], p: &[f32]| {
        labels.iter().map(String::as_str).zip(p.iter().copied()).collect()
    };
    let heads = manifest.heads.iter();
    heads
        .map(|head| {
            (head.name.label(), of_head(&head.labels, classifier.probabilities(head.name, work)))
        })
        .collect()
}

fn write_line(out: &mut impl Write, answer: &Answer<'_>) -> io::Result<()> {
    serde_json::to_writer(&mut *out, answer)?;
    out.write_all(b"\n")
}
