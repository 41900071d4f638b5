//! A roster in a file: teams and agents in TOML, or in JSON of the same shape.
//!
//! As strict as the same roster over the wire: what the domain's constructors
//! refuse is told with file, table and key.
//!
//! - here: the file, its teams, and that nothing stands in it twice
//! - `raw`: as it is written
//! - `agent`, `schedule`, `moment`: read into the domain's types
//! - `problem`: what is wrong with an agent
//! - [`csv`]: agents in a table, read by the same code

mod agent;
pub(super) mod csv;
mod moment;
mod problem;
mod raw;
mod schedule;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, anyhow, bail, ensure};
use switchyard_domain::agent::{Agent, Team};
use switchyard_domain::ids::TeamId;

use self::problem::Problems;
use self::raw::{RawAgent, RawRoster, RawTeam};
use super::nearest::nearest;
use crate::config::toml_problem;

/// The longest name shown to people, in bytes; the wire has the same bound.
const NAME_BYTES_MAX: usize = 128;

/// Teams and agents.
#[derive(Debug)]
pub(super) struct RosterFile {
    pub(super) teams: Vec<Team>,
    pub(super) agents: Vec<Arc<Agent>>,
}

impl RosterFile {
    /// Reads a roster by the ending of its name; one without, such as a pipe, by how it begins.
    pub(super) fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("expected a roster at {}", path.display()))?;
        let is_json = match path.extension().map(|ending| ending.to_string_lossy()).as_deref() {
            Some("json") => true,
            Some("toml") => false,
            None => text.trim_start().starts_with('{'),
            Some(other) => {
                bail!("{}: expected a roster in .toml or .json, got .{other}", path.display())
            }
        };
        let parsed = if is_json { Self::from_json(&text) } else { Self::from_toml(&text) };
        parsed.with_context(|| path.display().to_string())
    }

    /// Reads a roster in TOML.
    pub(super) fn from_toml(text: &str) -> anyhow::Result<Self> {
        let raw = toml::from_str(text).map_err(|error| anyhow!(toml_problem(text, &error)))?;
        Self::checked(raw)
    }

    fn from_json(text: &str) -> anyhow::Result<Self> {
        Self::checked(serde_json::from_str(text)?)
    }

    fn checked(raw: RawRoster) -> anyhow::Result<Self> {
        let mut teams = teams(raw.team)?;
        let is_listed = !teams.is_empty();
        let mut agents = Vec::new();
        let mut ids = BTreeSet::new();
        for (i, raw) in raw.agent.into_iter().enumerate() {
            let table = format!("agent[{i}] ({:?})", raw.id);
            let agent = agent(raw).with_context(|| table.clone())?;
            ensure!(ids.insert(agent.id.clone()), "{table}: id: expected each agent once");
            for id in &agent.teams {
                if is_listed && !teams.contains_key(id) {
                    bail!("{table}: teams: {}", unknown_team(id, &teams));
                }
                // In a roster that lists no teams, those that agents name are all there are.
                teams.entry(id.clone()).or_insert_with(|| unnamed(id));
            }
            agents.push(Arc::new(agent));
        }
        Ok(Self { teams: teams.into_values().collect(), agents })
    }
}

fn agent(raw: RawAgent) -> anyhow::Result<Agent> {
    let mut problems = Problems::default();
    let agent = agent::agent(raw, &mut problems);
    agent.filter(|_| problems.0.is_empty()).ok_or_else(|| anyhow!("{problems}"))
}

fn teams(raw: Vec<RawTeam>) -> anyhow::Result<BTreeMap<TeamId, Team>> {
    let mut teams = BTreeMap::new();
    for (i, team) in raw.into_iter().enumerate() {
        let table = format!("team[{i}] ({:?})", team.id);
        let id = TeamId::new(&team.id).with_context(|| format!("{table}: id"))?;
        let display_name = name(team.name).with_context(|| format!("{table}: name"))?;
        let again = teams.insert(id.clone(), Team { id, display_name });
        ensure!(again.is_none(), "{table}: id: expected each team once");
    }
    Ok(teams)
}

fn unnamed(id: &TeamId) -> Team {
    Team { id: id.clone(), display_name: String::new() }
}

fn unknown_team(id: &TeamId, teams: &BTreeMap<TeamId, Team>) -> String {
    let near = nearest(id.as_str(), teams.keys().map(TeamId::as_str), 1);
    format!("expected one of the teams listed such as {}, got {id:?}", near.join(", "))
}

/// A name shown to people.
fn name(text: String) -> anyhow::Result<String> {
    let n = text.len();
    ensure!(n <= NAME_BYTES_MAX, "expected at most {NAME_BYTES_MAX} bytes, got {n}");
    Ok(text)
}
