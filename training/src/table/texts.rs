//! The texts a table learns from, as the features see them and as the teacher reads them.

use std::path::PathBuf;

use switchyard_datasets::corpus;
use switchyard_datasets::read::{self, ReadError, Row};
use switchyard_models::bundle::DataSource;

use super::recipe::TextSpec;
use crate::error::TrainError;
use crate::examples::{cleaned_text, digest_of};

/// One text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// As the features see it.
    pub cleaned: String,
    /// The same, or its translation, as the teacher reads it: on one line.
    pub taught: String,
    /// What texts of one kind share, if they are of a kind.
    pub label: Option<String>,
}

/// Reads one set of a recipe.
pub fn load(spec: &TextSpec) -> Result<(Vec<Text>, DataSource), TrainError> {
    let files =
        if spec.path.is_dir() { corpus::files(&spec.path)? } else { vec![spec.path.clone()] };
    let mut texts = Vec::new();
    let is_taken = |path: &&PathBuf| files.len() == 1 || spec.takes(path);
    for path in files.iter().filter(is_taken) {
        let mut rows = read::open(path)?;
        while texts.len() < spec.rows_max
            && let Some(row) = rows.next()
        {
            texts.extend(text(&row?, spec)?);
        }
    }
    if texts.is_empty() {
        return Err(TrainError::NoRows { path: spec.path.clone() });
    }
    if let (Some(column), true) = (&spec.label, texts.iter().all(|text| text.label.is_none())) {
        return Err(TrainError::NoLabels { path: spec.path.clone(), column: column.clone() });
    }
    let source = DataSource {
        name: spec.name.clone(),
        licence: spec.licence.clone(),
        n_rows: texts.len(),
        drawn_from: None,
        sha256: digest_of(files.iter().filter(is_taken))?,
    };
    Ok((texts, source))
}

/// A row's text; none where nothing is written in it, or nothing for the teacher.
fn text(row: &Row, spec: &TextSpec) -> Result<Option<Text>, ReadError> {
    let written = joined(row, &spec.texts, spec.chars_max)?;
    let taught = match &spec.teacher_texts {
        Some(fields) => joined(row, fields, spec.chars_max)?,
        None => written.clone(),
    };
    let label = label(row, spec)?;
    let cleaned = cleaned_text("", &written);
    let taught = taught.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_there = !cleaned.trim().is_empty() && !taught.is_empty();
    Ok(is_there.then_some(Text { cleaned, taught, label }))
}

/// A row's label, named so that it means the same in all sets of one path and column.
fn label(row: &Row, spec: &TextSpec) -> Result<Option<String>, ReadError> {
    let Some(column) = &spec.label else { return Ok(None) };
    let label =
        row.text_if_any(column)?.filter(|label| !spec.no_label.iter().any(|it| it == label));
    Ok(label.map(|label| format!("{}\n{column}\n{label}", spec.path.display())))
}

fn joined(row: &Row, fields: &[String], chars_max: usize) -> Result<String, ReadError> {
    let parts = fields.iter().map(|field| row.text_if_any(field));
    let parts = parts.collect::<Result<Vec<_>, _>>()?;
    let parts: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    Ok(parts.join("\n").chars().take(chars_max).collect())
}
