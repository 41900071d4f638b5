//! The roster: agents with skills, languages, places and room for five tickets each.

use anyhow::ensure;
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::roster_service_client::RosterServiceClient;
use tonic::transport::Channel;

use super::target::request;
use super::tickets::place;
use crate::random::{mixed, pick};

/// Skills there are, and how many of them an agent holds.
const SKILLS: u64 = 20;
const SKILLS_HELD: u64 = 6;

/// Units of work an agent may have, also the policy's default.
pub const CAPACITY: f64 = 5.0;

/// Agents in one call.
const PAGE: usize = 1_000;

/// Seats so many agents.
pub async fn seat(channel: Channel, n_agents: u32) -> anyhow::Result<()> {
    let mut client = RosterServiceClient::new(channel);
    let agents: Vec<_> = (0..u64::from(n_agents)).map(agent).collect();
    for agents in agents.chunks(PAGE) {
        let message = pb::BatchUpsertAgentsRequest { agents: agents.to_vec(), actor: None };
        let seated = client.batch_upsert_agents(request(message)).await?.into_inner().agents;
        ensure!(seated.len() == agents.len(), "expected every agent seated");
    }
    Ok(())
}

/// The id of an agent.
pub fn agent_id(n: u64) -> String {
    format!("agent-{n:05}")
}

/// The name of a skill, by any number.
pub fn skill(n: u64) -> String {
    format!("skill-{:02}", n % SKILLS)
}

fn agent(n: u64) -> pb::Agent {
    let held = |k: u64| pb::HeldSkill {
        skill: skill(n + k * 3),
        level: 2 + (mixed(n ^ k) % 4) as u32,
        expire_time: None,
    };
    let languages: [&[&str]; 3] = [&["zh-Hans"], &["en"], &["zh-Hans", "en"]];
    pb::Agent {
        id: agent_id(n),
        skills: (0..SKILLS_HELD).map(held).collect(),
        languages: pick(&languages, n).iter().map(|tag| (*tag).to_owned()).collect(),
        capacity: Some(pb::Capacity { total: Some(CAPACITY), ..pb::Capacity::default() }),
        presence: pb::Presence::Online as i32,
        seniority: 1 + (n % 3) as i32,
        place: Some(place(n)),
        ..pb::Agent::default()
    }
}
