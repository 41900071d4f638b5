//! Agents and teams.

use std::collections::BTreeMap;

use prost::Message as _;

use switchyard_domain::agent::{Agent, InvalidPlace, Languages, Place, Team};
use switchyard_domain::ids::{AgentId, ChannelId, SkillId, TeamId};
use switchyard_domain::load::{Capacity, Load};
use switchyard_domain::skill::HeldSkill;
use switchyard_domain::time::Timestamp;
use switchyard_proto::journal_v1 as pb;

use crate::labels::Label;
use crate::scalar::{id, ids, level, optional_timestamp, required, texts};
use crate::{DecodeError, schedule};

/// The bytes of an agent: equal for equal agents, other for others.
pub fn encode_agent(agent: &Agent) -> Vec<u8> {
    to_record(agent).encode_to_vec()
}

pub(crate) fn to_record(agent: &Agent) -> pb::Agent {
    let skills = agent.skills.iter();
    pb::Agent {
        id: agent.id.to_string(),
        display_name: agent.display_name.clone(),
        teams: texts(&agent.teams),
        skills: skills.map(|(skill, held)| skill_to_record(skill, held)).collect(),
        languages: agent.languages.tags().map(str::to_owned).collect(),
        capacity_total_milli: agent.capacity.total.map(Load::milli),
        capacity_per_channel: channels_to_record(&agent.capacity.per_channel),
        external_load_milli: agent.external_load.milli(),
        schedule: schedule::to_record(&agent.schedule),
        presence: Label::to_optional_record(agent.presence),
        seniority: agent.seniority.to_record(),
        place: agent.place.map(place_to_record),
        intake_paused: agent.intake_paused,
    }
}

pub(crate) fn from_record(record: pb::Agent) -> Result<Agent, DecodeError> {
    let skills = record.skills.iter().map(skill_from_record);
    Ok(Agent {
        id: id(&record.id, AgentId::new, "Agent.id")?,
        display_name: record.display_name,
        teams: ids(&record.teams, TeamId::new, "Agent.teams")?,
        skills: skills.collect::<Result<_, _>>()?,
        languages: Languages::from_tags(record.languages),
        capacity: Capacity {
            total: record.capacity_total_milli.map(Load::from_milli),
            per_channel: channels_from_record(&record.capacity_per_channel)?,
        },
        external_load: Load::from_milli(record.external_load_milli),
        schedule: schedule::from_record(record.schedule)?,
        presence: Label::from_optional_record(record.presence, "Agent.presence")?,
        seniority: Label::from_record(record.seniority, "Agent.seniority")?,
        place: record.place.map(place_from_record).transpose()?,
        intake_paused: record.intake_paused,
    })
}

pub(crate) fn team_to_record(team: &Team) -> pb::Team {
    pb::Team { id: team.id.to_string(), display_name: team.display_name.clone() }
}

pub(crate) fn team_from_record(record: pb::Team) -> Result<Team, DecodeError> {
    let id = id(&record.id, TeamId::new, "Team.id")?;
    Ok(Team { id, display_name: record.display_name })
}

pub(crate) fn place_to_record(place: Place) -> pb::Place {
    pb::Place { latitude: Some(place.latitude()), longitude: Some(place.longitude()) }
}

pub(crate) fn place_from_record(record: pb::Place) -> Result<Place, DecodeError> {
    let latitude = required(record.latitude, "Place.latitude")?;
    let longitude = required(record.longitude, "Place.longitude")?;
    Place::new(latitude, longitude)
        .map_err(|InvalidPlace(latitude, longitude)| DecodeError::NotAPlace { latitude, longitude })
}

fn skill_to_record(skill: &SkillId, held: &HeldSkill) -> pb::HeldSkill {
    pb::HeldSkill {
        skill: skill.to_string(),
        level: held.level.get().into(),
        expires: held.expires.map(Timestamp::millis),
    }
}

fn skill_from_record(record: &pb::HeldSkill) -> Result<(SkillId, HeldSkill), DecodeError> {
    let skill = id(&record.skill, SkillId::new, "HeldSkill.skill")?;
    let level = level(record.level, "HeldSkill.level")?;
    let expires = optional_timestamp(record.expires, "HeldSkill.expires")?;
    Ok((skill, HeldSkill { level, expires }))
}

fn channels_to_record(limits: &BTreeMap<ChannelId, Load>) -> Vec<pb::ChannelCapacity> {
    let limit = |(channel, limit): (&ChannelId, &Load)| pb::ChannelCapacity {
        channel: channel.to_string(),
        limit_milli: limit.milli(),
    };
    limits.iter().map(limit).collect()
}

fn channels_from_record(
    records: &[pb::ChannelCapacity],
) -> Result<BTreeMap<ChannelId, Load>, DecodeError> {
    let limit = |record: &pb::ChannelCapacity| {
        let channel = id(&record.channel, ChannelId::new, "ChannelCapacity.channel")?;
        Ok((channel, Load::from_milli(record.limit_milli)))
    };
    records.iter().map(limit).collect()
}
