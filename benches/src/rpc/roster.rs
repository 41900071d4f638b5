//! The roster: a generated one, everybody at work, with places.

use anyhow::ensure;
use switchyard_datasets::generate::{self, RosterSettings};
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::roster_service_client::RosterServiceClient;
use tonic::transport::Channel;

use super::target::request;
use super::tickets::place;

/// The roster's seed.
const ROSTER_SEED: u64 = 20_261_123;

/// Skills there are.
const SKILLS: usize = 20;

/// Agents in one call.
const PAGE: usize = 1_000;

/// Seats so many agents.
pub async fn seat(channel: Channel, n_agents: u32) -> anyhow::Result<()> {
    let mut client = RosterServiceClient::new(channel);
    let roster = generate::roster(&settings(n_agents as usize), ROSTER_SEED);
    let agents: Vec<_> = roster.agents.into_iter().map(agent).collect();
    for agents in agents.chunks(PAGE) {
        let message = pb::BatchUpsertAgentsRequest {
            agents: agents.to_vec(),
            actor: None,
            ..pb::BatchUpsertAgentsRequest::default()
        };
        let seated = client.batch_upsert_agents(request(message)).await?.into_inner().agents;
        ensure!(seated.len() == agents.len(), "expected every agent seated");
    }
    Ok(())
}

/// The id of an agent by its place on the roster, from 0.
pub fn agent_id(n: u64) -> String {
    format!("agent-{:05}", n + 1)
}

/// The name of a skill, by any number.
pub fn skill(n: u64) -> String {
    format!("skill-{:02}", n % SKILLS as u64 + 1)
}

/// Of these agents a fifth can take any one ticket: who has the language and the required skill.
fn settings(n_agents: usize) -> RosterSettings {
    RosterSettings {
        n_agents,
        n_skills: SKILLS,
        skills_max: 13,
        chinese_share: 0.5,
        english_share: 2.0 / 3.0,
        ..RosterSettings::default()
    }
}

/// Without team and rota: a bench at night must find the same people as one at noon.
fn agent(agent: generate::roster::Agent) -> pb::Agent {
    let held = |(skill, level)| pb::HeldSkill { skill, level: u32::from(level), expire_time: None };
    let tag = |language| if language == "zh" { "zh-Hans" } else { language };
    let total = Some(f64::from(agent.capacity));
    pb::Agent {
        place: Some(place_of(&agent.id)),
        id: agent.id,
        skills: agent.skills.into_iter().map(held).collect(),
        languages: agent.languages.into_iter().map(|it| tag(it).to_owned()).collect(),
        capacity: Some(pb::Capacity { total, ..pb::Capacity::default() }),
        presence: pb::Presence::Online as i32,
        seniority: i32::from(agent.seniority),
        ..pb::Agent::default()
    }
}

fn place_of(id: &str) -> pb::Place {
    let number = id.rsplit('-').next().and_then(|number| number.parse().ok());
    place(number.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fifth_of_the_roster_can_take_a_ticket() {
        let roster = generate::roster(&settings(1_000), ROSTER_SEED);
        let mut n_eligible = 0;
        for (language, n) in [("zh", 0..SKILLS), ("en", 0..SKILLS)] {
            let asked: Vec<String> = n.map(|n| skill(n as u64)).collect();
            let speakers = roster.agents.iter().filter(|it| it.languages.contains(&language));
            let held = speakers.flat_map(|it| it.skills.iter().filter(|(_, level)| *level >= 2));
            n_eligible += held.filter(|(skill, _)| asked.contains(skill)).count();
        }
        let share = n_eligible as f64 / (1_000 * SKILLS * 2) as f64;
        assert!((share - 0.2).abs() < 0.02, "{share}");
    }

    #[test]
    fn agents_are_named_by_their_place() {
        let roster = generate::roster(&settings(3), ROSTER_SEED);
        let ids: Vec<String> = roster.agents.into_iter().map(|agent| agent.id).collect();
        assert_eq!(ids, (0..3).map(agent_id).collect::<Vec<_>>());
    }
}
