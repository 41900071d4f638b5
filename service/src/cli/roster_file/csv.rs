//! A roster as a table: one agent a row, as spreadsheets save it.
//!
//! Cells are read into the agent that a roster in TOML writes down, and that is checked by the same
//! code; what is wrong is told with the row and the column, every cell at once.
//!
//! - here: the file, and that no agent stands in it twice
//! - `sheet`: rows and cells
//! - `column`: what the heading may say
//! - `row`, `cells`, `hours`: from cells to an agent

mod cells;
mod column;
mod hours;
mod row;
mod sheet;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, anyhow, ensure};
use switchyard_domain::agent::Agent;

pub(in crate::cli) use self::column::{Column, Columns, SCHEDULE};
use self::row::Row;
use super::problem::Problems;

/// What Excel writes before UTF-8.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Agents with the columns that their table has.
#[derive(Debug)]
pub(in crate::cli) struct AgentTable {
    pub(in crate::cli) agents: Vec<Arc<Agent>>,
    pub(in crate::cli) columns: Columns,
}

/// Why a table cannot be taken.
#[derive(Debug)]
pub(in crate::cli) enum BadTable {
    /// It cannot be read at all.
    File(anyhow::Error),
    /// Cells that cannot be taken, a line for each.
    Cells(Vec<String>),
}

impl From<anyhow::Error> for BadTable {
    fn from(error: anyhow::Error) -> Self {
        Self::File(error)
    }
}

impl AgentTable {
    /// Reads and checks a table.
    pub(in crate::cli) fn read(path: &Path) -> Result<Self, BadTable> {
        let shown = path.display();
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        if let Some(other) = ending.filter(|ending| ending != "csv") {
            return Err(anyhow!("{shown}: expected a roster in .csv, got .{other}").into());
        }
        let bytes = std::fs::read(path).with_context(|| format!("expected a roster at {shown}"))?;
        let text = text(&bytes).with_context(|| shown.to_string())?;
        let rows = sheet::rows(text).map_err(|error| anyhow!("{shown}: {error}"))?;
        Self::of(&rows)
    }

    fn of(rows: &[Vec<String>]) -> Result<Self, BadTable> {
        let heading = rows.first().map_or(&[][..], Vec::as_slice);
        let columns = Columns::of(heading).map_err(BadTable::Cells)?;
        let (mut agents, mut wrong) = (Vec::new(), Vec::new());
        let mut first_rows = BTreeMap::new();
        for (number, cells) in (1..).zip(rows).skip(1).filter(|(_, cells)| !is_empty(cells)) {
            match agent(number, &columns, cells, &mut first_rows) {
                Ok(agent) => agents.push(Arc::new(agent)),
                Err(lines) => wrong.extend(lines),
            }
        }
        if agents.is_empty() && wrong.is_empty() {
            wrong.push("row 2: expected an agent, got the end of the file".to_owned());
        }
        if wrong.is_empty() { Ok(Self { agents, columns }) } else { Err(BadTable::Cells(wrong)) }
    }
}

/// The file's text.
fn text(bytes: &[u8]) -> anyhow::Result<&str> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let row = bytes[..at].split(|byte| *byte == b'\n').count();
        anyhow!(
            "expected UTF-8, got byte {:#04x} near row {row}; of GB18030, GBK or UTF-16 save a \
             \"CSV UTF-8\" in the spreadsheet, or convert it: iconv -f GB18030 -t UTF-8",
            bytes[at],
        )
    })?;
    ensure!(!text.contains('\0'), "expected text in UTF-8, got a NUL, as UTF-16 has");
    Ok(text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text))
}

fn is_empty(cells: &[String]) -> bool {
    cells.iter().all(|cell| cell.trim().is_empty())
}

/// A row's agent, or a line for each of its cells that is bad.
fn agent(
    number: usize,
    columns: &Columns,
    cells: &[String],
    first_rows: &mut BTreeMap<String, usize>,
) -> Result<Agent, Vec<String>> {
    let mut row = Row::new(number, columns, of_heading(number, columns, cells)?);
    let (raw, mut problems) = (cells::raw(&mut row), Problems::default());
    if let Some(before) = first_rows.insert(raw.id.clone(), number) {
        let got = row::shown(&raw.id);
        row.fail(Column::Id, format!("expected each agent once, got {got} as in row {before}"));
    }
    let agent = super::agent::agent(raw, &mut problems);
    problems.0.into_iter().for_each(|problem| cells::note(&mut row, problem));
    let wrong = row.wrong();
    agent.filter(|_| wrong.is_empty()).ok_or(wrong)
}

/// A row's cells below those of the heading; none may be missing, and beyond them all are empty.
fn of_heading<'a>(
    number: usize,
    columns: &Columns,
    cells: &'a [String],
) -> Result<&'a [String], Vec<String>> {
    match cells.split_at_checked(columns.n) {
        Some((cells, beyond)) if is_empty(beyond) => Ok(cells),
        _ => {
            let (expected, n) = (columns.n, cells.len());
            Err(vec![format!("row {number}: expected {expected} cells as in row 1, got {n}")])
        }
    }
}
