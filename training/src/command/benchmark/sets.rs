//! The files of a benchmark's folder as examples.

use std::path::{Path, PathBuf};

use switchyard_datasets::read::{self, Row};

use super::{HEAD, Options};
use crate::error::TrainError;
use crate::examples::{Example, cleaned_text, subject_and_body};

/// The rows of one benchmark; out-of-scope ones only in `test`.
pub(super) struct Sets {
    pub(super) train: Vec<Example>,
    pub(super) dev: Option<Vec<Example>>,
    pub(super) test: Vec<Row>,
    pub(super) fields: Fields,
}

impl Sets {
    pub(super) fn load(options: &Options) -> Result<Self, TrainError> {
        let find = |name| find(&options.folder, name);
        let missing = |name| TrainError::NoSuchSet { folder: options.folder.clone(), name };
        let train = find("train")?.ok_or_else(|| missing("train"))?;
        let test = find("test")?.ok_or_else(|| missing("test"))?;
        let no_rows = || TrainError::NoRows { path: options.folder.clone() };
        let fields = Fields::of(train.first().ok_or_else(no_rows)?, options)?;
        let in_scope = |rows: Vec<Row>| in_scope(&rows, &fields, options.oos_label.as_deref());
        let (train, dev) = (in_scope(train)?, find("dev")?.map(in_scope).transpose()?);
        Ok(Self { train, dev, test, fields })
    }
}

fn in_scope(rows: &[Row], fields: &Fields, oos: Option<&str>) -> Result<Vec<Example>, TrainError> {
    let mut examples = rows.iter().map(|row| fields.example(row)).collect::<Result<Vec<_>, _>>()?;
    let label = |example: &Example| example.labels_of(HEAD).and_then(<[String]>::first).cloned();
    examples.retain(|example| oos.is_none() || label(example).as_deref() != oos);
    Ok(examples)
}

/// The rows of the file with this name in any format read, if there is one.
fn find(folder: &Path, name: &str) -> Result<Option<Vec<Row>>, TrainError> {
    let endings = ["jsonl", "jsonl.gz", "jsonl.zst", "csv", "csv.gz", "csv.zst"];
    let paths = endings.map(|ending| folder.join(format!("{name}.{ending}")));
    let found: Option<&PathBuf> = paths.iter().find(|path| path.exists());
    Ok(found.map(|path| read::read_all(path)).transpose()?)
}

/// Which columns hold what.
pub(super) struct Fields {
    texts: Vec<String>,
    pub(super) label: String,
}

impl Fields {
    /// The columns asked for, or the usual ones, checked on the first row.
    fn of(row: &Row, options: &Options) -> Result<Self, TrainError> {
        let label = options.label_field.clone();
        expect(row, "label", &label, "--label-field")?;
        for field in options.text_fields.iter().flatten() {
            expect(row, "text", field, "--text-fields")?;
        }
        let texts = options.text_fields.clone().or_else(|| usual_texts(row));
        let texts = texts.ok_or_else(|| TrainError::NoTextFields {
            place: row.place.clone(),
            candidates: columns(row),
        })?;
        Ok(Self { texts, label })
    }

    /// Subject and body: the first of several columns, and the others.
    pub(super) fn text(&self, row: &Row) -> Result<(String, String), TrainError> {
        Ok(subject_and_body(row, &self.texts)?)
    }

    fn example(&self, row: &Row) -> Result<Example, TrainError> {
        let (subject, body) = self.text(row)?;
        let text = cleaned_text(&subject, &body);
        let label = row.label(&self.label)?;
        // Sets without ids: the text itself is the stable key.
        Ok(Example { key: text.clone(), text, labels: [Some(vec![label]), None, None, None, None] })
    }
}

/// The column must be there; the others are told where it is not.
fn expect(
    row: &Row,
    what: &'static str,
    field: &str,
    option: &'static str,
) -> Result<(), TrainError> {
    if row.record.get(field).is_some() {
        return Ok(());
    }
    let (place, field, candidates) = (row.place.clone(), field.to_owned(), columns(row));
    Err(TrainError::NoColumn { place, what, field, candidates, option })
}

/// `text`, else `title` and `body`.
fn usual_texts(row: &Row) -> Option<Vec<String>> {
    let usual = [vec!["text"], vec!["title", "body"]];
    let all_there = |fields: &&Vec<&str>| fields.iter().all(|it| row.record.get(it).is_some());
    let found = usual.iter().find(all_there)?;
    Some(found.iter().map(|field| (*field).to_owned()).collect())
}

fn columns(row: &Row) -> String {
    row.record.fields().collect::<Vec<_>>().join(", ")
}
