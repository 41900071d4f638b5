//! What the commands read out of files, and nothing done with it.
//!
//! For tests that hand the readers files of any bytes; each gives how much it read.

use std::path::Path;

use switchyard_domain::policy::Policy;

use super::roster_file::RosterFile;
use super::roster_file::csv::{AgentTable, BadTable};
use super::triage;

/// How many agents `roster import` reads out of a table; the second is why it takes none.
pub fn agents_of_table(path: &Path) -> Result<usize, Vec<String>> {
    match AgentTable::read(path) {
        Ok(table) => Ok(table.agents.len()),
        Err(BadTable::File(error)) => Err(vec![format!("{error:#}")]),
        Err(BadTable::Cells(lines)) => Err(lines),
    }
}

/// How many agents stand in a roster, in TOML or JSON.
pub fn agents_of_roster(path: &Path) -> anyhow::Result<usize> {
    Ok(RosterFile::read(path)?.agents.len())
}

/// How many tickets `triage --input` reads out of rows, up to the first that it cannot take.
pub fn tickets(path: &Path, policy: &Policy) -> anyhow::Result<usize> {
    triage::count(path, policy)
}
