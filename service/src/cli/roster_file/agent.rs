//! One agent: raw in, valid out, or all that is wrong with it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{anyhow, bail};
use switchyard_domain::agent::{Agent, Languages, Place, Presence, Seniority};
use switchyard_domain::ids::{AgentId, ChannelId, SkillId, TeamId};
use switchyard_domain::load::{Capacity, Load};
use switchyard_domain::skill::{HeldSkill, SkillLevel};
use switchyard_domain::time::{Timestamp, Zone};

use super::moment::Moment;
use super::name;
use super::problem::{Key, Problems};
use super::raw::{Entries, RawAgent, RawSkill};
use super::schedule::schedule;

/// An agent that is valid where no problem was noted.
pub(super) fn agent(raw: RawAgent, problems: &mut Problems) -> Option<Agent> {
    let id = problems.take("id", AgentId::new(&raw.id));
    let zone = raw.time_zone.as_deref();
    let zone = zone.and_then(|name| problems.take("time_zone", Zone::named(name)));
    let schedule = schedule(&raw, zone.as_ref(), problems);
    let presence = problems.take("presence", presence(raw.presence.as_deref()));
    let seniority = problems.take("seniority", seniority(raw.seniority.as_deref()));
    let languages = problems.take("languages", Languages::parse(&raw.languages));
    let load = problems.take("external_load", Load::from_units(raw.external_load));
    let place = raw
        .location
        .as_ref()
        .and_then(|raw| problems.take("location", Place::new(raw.latitude, raw.longitude)));
    let (teams, skills) =
        (teams(&raw.teams, problems), skills(&raw.skills, zone.as_ref(), problems));
    let capacity = capacity(raw.capacity, &raw.channel_capacity, problems);
    let display_name = problems.take("name", name(raw.name));
    Some(Agent {
        id: id?,
        display_name: display_name?,
        teams,
        skills,
        languages: languages?,
        capacity,
        external_load: load?,
        schedule: schedule?,
        presence: presence?,
        intake_paused: false,
        seniority: seniority?,
        place,
    })
}

fn teams(raw: &[String], problems: &mut Problems) -> BTreeSet<TeamId> {
    raw.iter().filter_map(|id| problems.take("teams", TeamId::new(id))).collect()
}

fn skills(
    raw: &Entries<RawSkill>,
    zone: Option<&Zone>,
    problems: &mut Problems,
) -> BTreeMap<SkillId, HeldSkill> {
    let held = |(skill, raw): &(String, RawSkill)| {
        let key = Key::Entry("skills", skill.clone());
        let held = problems.take(key, held(raw, zone));
        Some((problems.take("skills", SkillId::new(skill))?, held?))
    };
    raw.0.iter().filter_map(held).collect()
}

fn held(raw: &RawSkill, zone: Option<&Zone>) -> anyhow::Result<HeldSkill> {
    let (level, expires) = match raw {
        RawSkill::Level(level) => (level, None),
        RawSkill::Held { level, expires } => (level, expires.as_deref()),
    };
    let expires = expires.map(|text| instant(text, zone)).transpose()?;
    Ok(HeldSkill { level: SkillLevel::new(*level)?, expires })
}

/// A date or time without an offset is the agent's zone's, or UTC's where none is written.
fn instant(text: &str, zone: Option<&Zone>) -> anyhow::Result<Timestamp> {
    let moment = Moment::parse(text).map_err(|error| anyhow!("expires: {error}"))?;
    Ok(moment.in_zone(zone.unwrap_or(&Zone::utc())))
}

fn capacity(total: Option<f64>, limits: &Entries<f64>, problems: &mut Problems) -> Capacity {
    let total = total.and_then(|units| problems.take("capacity", Load::from_units(units)));
    let limit = |(channel, units): &(String, f64)| {
        let key = Key::Entry("channel_capacity", channel.clone());
        let limit = problems.take(key, Load::from_units(*units));
        Some((problems.take("channel_capacity", ChannelId::new(channel))?, limit?))
    };
    Capacity { total, per_channel: limits.0.iter().filter_map(limit).collect() }
}

fn presence(text: Option<&str>) -> anyhow::Result<Option<Presence>> {
    Ok(match text {
        None => None,
        Some("online") => Some(Presence::Online),
        Some("away") => Some(Presence::Away),
        Some("offline") => Some(Presence::Offline),
        Some(other) => bail!("expected online, away or offline, got {other:?}"),
    })
}

fn seniority(text: Option<&str>) -> anyhow::Result<Seniority> {
    Ok(match text {
        Some("junior") => Seniority::Junior,
        None | Some("regular") => Seniority::Regular,
        Some("senior") => Seniority::Senior,
        Some(other) => bail!("expected junior, regular or senior, got {other:?}"),
    })
}
