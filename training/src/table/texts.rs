//! The texts a table learns from, as the features see them and as the teacher reads them.

use switchyard_datasets::corpus;
use switchyard_datasets::read::{self, ReadError, Row};
use switchyard_models::bundle::{DataSource, sha256_hex};

use super::recipe::TextSpec;
use crate::error::TrainError;
use crate::examples::cleaned_text;

/// One text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// As the features see it.
    pub cleaned: String,
    /// The same, or its translation, as the teacher reads it: on one line.
    pub taught: String,
}

/// Reads one set of a recipe.
pub fn load(spec: &TextSpec) -> Result<(Vec<Text>, DataSource), TrainError> {
    let files =
        if spec.path.is_dir() { corpus::files(&spec.path)? } else { vec![spec.path.clone()] };
    let mut texts = Vec::new();
    let mut bytes = Vec::new();
    for path in files.iter().filter(|path| files.len() == 1 || spec.takes(path)) {
        let opened = |source| ReadError::Open { path: path.clone(), source };
        bytes.extend(std::fs::read(path).map_err(opened)?);
        for row in read::open(path)? {
            texts.extend(text(&row?, spec)?);
        }
    }
    texts.truncate(spec.rows_max);
    if texts.is_empty() {
        return Err(TrainError::NoRows { path: spec.path.clone() });
    }
    let source = DataSource {
        name: spec.name.clone(),
        licence: spec.licence.clone(),
        n_rows: texts.len(),
        sha256: sha256_hex(&bytes),
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
    let cleaned = cleaned_text("", &written);
    let taught = taught.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_there = !cleaned.trim().is_empty() && !taught.is_empty();
    Ok(is_there.then_some(Text { cleaned, taught }))
}

fn joined(row: &Row, fields: &[String], chars_max: usize) -> Result<String, ReadError> {
    let parts = fields.iter().map(|field| row.text_if_any(field));
    let parts = parts.collect::<Result<Vec<_>, _>>()?;
    let parts: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    Ok(parts.join("\n").chars().take(chars_max).collect())
}
