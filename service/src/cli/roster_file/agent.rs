//! One agent: raw in, valid out; every error begins with the key.

use std::collections::BTreeMap;

use anyhow::{Context as _, anyhow, bail};
use switchyard_domain::agent::{Agent, Languages, Place, Presence, Seniority};
use switchyard_domain::ids::{AgentId, ChannelId, SkillId, TeamId};
use switchyard_domain::load::{Capacity, Load};
use switchyard_domain::skill::{HeldSkill, SkillLevel};
use switchyard_domain::time::Timestamp;

use super::name;
use super::raw::{Entries, RawAgent, RawPlace, RawSkill};
use super::schedule::schedule;

/// A valid agent.
pub(super) fn agent(raw: RawAgent) -> anyhow::Result<Agent> {
    let teams = raw.teams.iter().map(|id| TeamId::new(id));
    Ok(Agent {
        intake_paused: false,
        id: AgentId::new(&raw.id).context("id")?,
        teams: teams.collect::<Result<_, _>>().context("teams")?,
        skills: skills(&raw.skills)?,
        languages: Languages::parse(&raw.languages).context("languages")?,
        capacity: capacity(raw.capacity, &raw.channel_capacity)?,
        external_load: Load::from_units(raw.external_load).context("external_load")?,
        schedule: schedule(&raw)?,
        presence: presence(raw.presence.as_deref())?,
        seniority: seniority(raw.seniority.as_deref())?,
        place: place(raw.location.as_ref())?,
        display_name: name(raw.name)?,
    })
}

fn skills(raw: &Entries<RawSkill>) -> anyhow::Result<BTreeMap<SkillId, HeldSkill>> {
    let held = raw.0.iter().map(|(skill, raw)| {
        let held = held(raw).with_context(|| format!("skills.{skill}"))?;
        Ok((SkillId::new(skill).context("skills")?, held))
    });
    held.collect()
}

fn held(raw: &RawSkill) -> anyhow::Result<HeldSkill> {
    let (level, expires) = match raw {
        RawSkill::Level(level) => (level, None),
        RawSkill::Held { level, expires } => (level, expires.as_deref()),
    };
    Ok(HeldSkill { level: SkillLevel::new(*level)?, expires: expires.map(instant).transpose()? })
}

fn instant(text: &str) -> anyhow::Result<Timestamp> {
    Timestamp::parse(text).ok_or_else(|| {
        anyhow!("expires: expected an instant such as 2027-01-01T00:00:00Z, got {text:?}")
    })
}

fn capacity(total: Option<f64>, per_channel: &Entries<f64>) -> anyhow::Result<Capacity> {
    let total = total.map(Load::from_units).transpose().context("capacity")?;
    let limits = per_channel.0.iter().map(|(channel, units)| {
        let key = || format!("channel_capacity.{channel}");
        let limit = Load::from_units(*units).with_context(key)?;
        Ok((ChannelId::new(channel).context("channel_capacity")?, limit))
    });
    Ok(Capacity { total, per_channel: limits.collect::<anyhow::Result<_>>()? })
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
    raw.map(|raw| Place::new(raw.latitude, raw.longitude)).transpose().context("location")
}
