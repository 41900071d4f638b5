//! A roster in a file: teams and agents in TOML, or in JSON of the same shape.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use serde::Deserialize;
use switchyard_domain::Date;
use switchyard_domain::agent::{Agent, Languages, Place, Presence, Seniority, Team};
use switchyard_domain::hours::{Opening, WeeklyHours, weekday};
use switchyard_domain::ids::{AgentId, ChannelId, SkillId, TeamId};
use switchyard_domain::load::{Capacity, Load};
use switchyard_domain::schedule::{Rota, Schedule};
use switchyard_domain::skill::{HeldSkill, SkillLevel};
use switchyard_domain::time::Zone;

/// Teams and agents.
#[derive(Debug)]
pub(super) struct RosterFile {
    pub(super) teams: Vec<Team>,
    pub(super) agents: Vec<Arc<Agent>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRoster {
    #[serde(default)]
    team: Vec<RawTeam>,
    agent: Vec<RawAgent>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTeam {
    id: String,
    #[serde(default)]
    name: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAgent {
    id: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    teams: Vec<String>,
    #[serde(default)]
    skills: BTreeMap<String, u32>,
    #[serde(default)]
    languages: Vec<String>,
    capacity: Option<f64>,
    #[serde(default)]
    channel_capacity: BTreeMap<String, f64>,
    #[serde(default)]
    external_load: f64,
    time_zone: Option<String>,
    #[serde(default)]
    shifts: Vec<RawShift>,
    #[serde(default)]
    days_off: Vec<String>,
    seniority: Option<String>,
    presence: Option<String>,
    location: Option<RawPlace>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawShift {
    days: Vec<String>,
    start: String,
    end: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPlace {
    latitude: f64,
    longitude: f64,
}

impl RosterFile {
    /// Reads a roster; `.toml` is TOML, everything else JSON.
    pub(super) fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("expected a roster at {}", path.display()))?;
        let is_toml = path.extension().is_some_and(|extension| extension == "toml");
        let parsed = if is_toml { Self::from_toml(&text) } else { Self::from_json(&text) };
        parsed.with_context(|| path.display().to_string())
    }

    /// Reads a roster in TOML.
    pub(super) fn from_toml(text: &str) -> anyhow::Result<Self> {
        Self::checked(toml::from_str(text)?)
    }

    fn from_json(text: &str) -> anyhow::Result<Self> {
        Self::checked(serde_json::from_str(text)?)
    }

    fn checked(raw: RawRoster) -> anyhow::Result<Self> {
        let mut teams = BTreeMap::new();
        for team in raw.team {
            let id = TeamId::new(&team.id).context("team.id")?;
            teams.insert(id.clone(), Team { id, display_name: team.name });
        }
        let agents: Vec<_> = (raw.agent.into_iter())
            .map(|agent| {
                let id = agent.id.clone();
                self::agent(agent).map(Arc::new).with_context(|| format!("agent {id:?}"))
            })
            .collect::<Result<_, _>>()?;
        // A team that agents name is a team.
        for id in agents.iter().flat_map(|agent| &agent.teams) {
            let team = || Team { id: id.clone(), display_name: String::new() };
            teams.entry(id.clone()).or_insert_with(team);
        }
        Ok(Self { teams: teams.into_values().collect(), agents })
    }
}

fn agent(raw: RawAgent) -> anyhow::Result<Agent> {
    Ok(Agent {
        id: AgentId::new(&raw.id)?,
        teams: raw.teams.iter().map(|id| TeamId::new(id)).collect::<Result<_, _>>()?,
        skills: skills(&raw.skills)?,
        languages: Languages::from_tags(raw.languages.iter().cloned()),
        capacity: capacity(&raw)?,
        external_load: Load::from_units(raw.external_load).context("external_load")?,
        schedule: schedule(&raw)?,
        presence: presence(raw.presence.as_deref())?,
        seniority: seniority(raw.seniority.as_deref())?,
        place: place(raw.location.as_ref())?,
        display_name: raw.name,
    })
}

fn skills(raw: &BTreeMap<String, u32>) -> anyhow::Result<BTreeMap<SkillId, HeldSkill>> {
    let held = raw.iter().map(|(skill, level)| {
        let level = SkillLevel::new(*level).with_context(|| format!("skills.{skill}"))?;
        Ok((SkillId::new(skill)?, HeldSkill { level, expires: None }))
    });
    held.collect()
}

fn capacity(raw: &RawAgent) -> anyhow::Result<Capacity> {
    let total = raw.capacity.map(Load::from_units).transpose().context("capacity")?;
    let limits = raw.channel_capacity.iter().map(|(channel, units)| {
        let limit =
            Load::from_units(*units).with_context(|| format!("channel_capacity.{channel}"))?;
        Ok((ChannelId::new(channel)?, limit))
    });
    Ok(Capacity { total, per_channel: limits.collect::<anyhow::Result<_>>()? })
}

fn schedule(raw: &RawAgent) -> anyhow::Result<Schedule> {
    if raw.shifts.is_empty() {
        return Ok(Schedule::Always);
    }
    let Some(zone) = &raw.time_zone else {
        bail!("expected a time_zone beside shifts, got none");
    };
    let mut weekly = WeeklyHours::default();
    for shift in &raw.shifts {
        let opening = Opening::parse(&shift.start, &shift.end).context("shifts")?;
        for name in &shift.days {
            let day = weekday(name).with_context(|| {
                format!("shifts.days: expected one of mon to sun, got {name:?}")
            })?;
            weekly.open(day, opening);
        }
    }
    Ok(Schedule::Rota(Rota { zone: Zone::named(zone)?, weekly, days_off: days_off(raw)? }))
}

fn days_off(raw: &RawAgent) -> anyhow::Result<BTreeSet<Date>> {
    let date = |text: &String| {
        let date = text.parse::<Date>();
        date.with_context(|| format!("days_off: expected a date such as 2026-10-01, got {text:?}"))
    };
    raw.days_off.iter().map(date).collect()
}

fn presence(text: Option<&str>) -> anyhow::Result<Option<Presence>> {
    Ok(match text {
        None => None,
        Some("online") => Some(Presence::Online),
        Some("away") => Some(Presence::Away),
        Some("offline") => Some(Presence::Offline),
        Some(other) => bail!("presence: expected online, away or offline, got {other:?}"),
    })
}

fn seniority(text: Option<&str>) -> anyhow::Result<Seniority> {
    Ok(match text {
        Some("junior") => Seniority::Junior,
        None | Some("regular") => Seniority::Regular,
        Some("senior") => Seniority::Senior,
        Some(other) => bail!("seniority: expected junior, regular or senior, got {other:?}"),
    })
}

fn place(raw: Option<&RawPlace>) -> anyhow::Result<Option<Place>> {
    let place = raw.map(|raw| Place::new(raw.latitude, raw.longitude));
    Ok(place.transpose()?)
}
