//! One row's cells, and what is wrong with them: at most one thing a cell.

use std::fmt;

use super::column::{Column, Columns};

/// The most characters of a cell that a message repeats.
const SHOWN_MAX: usize = 60;

/// A cell that cannot be taken.
#[derive(Debug)]
struct BadCell {
    /// The row, from 1, the heading being the first.
    row: usize,
    column: Column,
    /// What the heading calls the column.
    heading: String,
    /// What was expected, and what came.
    why: String,
}

impl fmt::Display for BadCell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {}, column {}: {}", self.row, self.heading, self.why)
    }
}

/// A row of a table.
#[derive(Debug)]
pub(super) struct Row<'a> {
    number: usize,
    columns: &'a Columns,
    cells: &'a [String],
    bad: Vec<BadCell>,
}

impl<'a> Row<'a> {
    /// A row with as many cells as the heading; a formula in it is no value.
    pub(super) fn new(number: usize, columns: &'a Columns, cells: &'a [String]) -> Self {
        let mut row = Self { number, columns, cells, bad: Vec::new() };
        for column in columns.iter() {
            let text = row.cell(column);
            if is_formula(text) {
                row.fail(column, format!("expected a value, got the formula {}", shown(text)));
            }
        }
        row
    }

    /// Notes what is wrong with a cell, unless something is already.
    pub(super) fn fail(&mut self, column: Column, why: impl Into<String>) {
        if !self.is_bad(&[column]) {
            let (row, why) = (self.number, why.into());
            let heading = self.columns.heading(column).to_owned();
            self.bad.push(BadCell { row, column, heading, why });
        }
    }

    /// A line for each bad cell, in the order of the columns.
    pub(super) fn wrong(&mut self) -> Vec<String> {
        let place = |bad: &BadCell| self.columns.idx(bad.column).unwrap_or(usize::MAX);
        self.bad.sort_by_key(place);
        self.bad.iter().map(ToString::to_string).collect()
    }

    /// Whether one of these cells is bad.
    pub(super) fn is_bad(&self, columns: &[Column]) -> bool {
        self.bad.iter().any(|bad| columns.contains(&bad.column))
    }

    /// Whether a cell has a value, right or wrong.
    pub(super) fn is_written(&self, column: Column) -> bool {
        let text = self.cell(column);
        !text.is_empty() && !is_formula(text)
    }

    fn cell(&self, column: Column) -> &'a str {
        let idx = self.columns.idx(column);
        idx.and_then(|idx| self.cells.get(idx)).map_or("", |cell| cell.trim())
    }

    /// A cell's text; empty where the cell is absent, empty or bad.
    pub(super) fn text(&self, column: Column) -> &'a str {
        if self.is_bad(&[column]) { "" } else { self.cell(column) }
    }

    /// A word in lower case.
    pub(super) fn word(&self, column: Column) -> Option<String> {
        Some(self.text(column)).filter(|text| !text.is_empty()).map(str::to_lowercase)
    }

    /// What stands between semicolons.
    pub(super) fn list(&self, column: Column) -> Vec<String> {
        items(self.text(column)).map(str::to_owned).collect()
    }

    /// A number.
    pub(super) fn number(&mut self, column: Column) -> Option<f64> {
        let text = Some(self.text(column)).filter(|text| !text.is_empty())?;
        let number = text.parse().ok();
        if number.is_none() {
            self.fail(column, format!("expected a number such as 4 or 4.5, got {}", shown(text)));
        }
        number
    }

    /// Names with values, `chat:3;email:5`, each name once.
    pub(super) fn entries<T>(
        &mut self,
        column: Column,
        example: &str,
        read: fn(&str) -> Option<T>,
    ) -> Vec<(String, T)> {
        let mut entries: Vec<(String, T)> = Vec::new();
        for item in self.list(column) {
            let parts = item.split_once([':', '：']);
            let entry = parts.and_then(|(name, value)| Some((name.trim(), read(value.trim())?)));
            match entry {
                None => self.fail(column, format!("expected {example}, got {}", shown(&item))),
                Some((name, _)) if entries.iter().any(|(known, _)| known == name) => {
                    self.fail(column, format!("expected {name:?} once, got it again"));
                }
                Some((name, value)) => entries.push((name.to_owned(), value)),
            }
        }
        entries
    }
}

fn is_formula(text: &str) -> bool {
    text.starts_with('=')
}

/// What stands between semicolons, of Latin or Chinese script.
fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', '；']).map(str::trim).filter(|item| !item.is_empty())
}

/// A text as messages repeat it.
pub(super) fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN_MAX) {
        Some((end, _)) => format!("{:?}…", &text[..end]),
        None => format!("{text:?}"),
    }
}
