//! Calls about people: teams and agents, as the domain's values.

use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use prost::Message as _;
use switchyard_domain::agent::{Agent, Team};
use switchyard_domain::ids::TeamId;
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::roster_service_client::RosterServiceClient;
use tonic::transport::Channel;

use super::{Client, plain};
use crate::grpc::check::Check;
use crate::grpc::{read, write};

/// The most agents and bytes of one call: all of it is done or nothing, in one commit.
const BATCH_AGENTS_MAX: usize = 500;
const BATCH_BYTES_MAX: usize = 4 << 20;

/// Agents of a page; a thousand of them with a thousand dated shifts each would be 32 MiB.
const PAGE: i32 = 500;
const PAGE_BYTES_MAX: usize = 64 << 20;

/// An agent, and the etag by which the server knows whether it is the same still.
#[derive(Debug, Clone)]
pub struct KnownAgent {
    /// The agent.
    pub agent: Arc<Agent>,
    /// Empty of one that the server does not know.
    pub etag: String,
}

impl Client {
    fn roster(&self) -> RosterServiceClient<Channel> {
        let client = RosterServiceClient::new(self.channel.clone());
        client.max_decoding_message_size(PAGE_BYTES_MAX)
    }

    /// Adds teams and agents.
    pub async fn seat(&mut self, teams: &[Team], agents: &[Arc<Agent>]) -> anyhow::Result<()> {
        for team in teams {
            self.put_team(team).await?;
        }
        let fresh = |agent: &Arc<Agent>| KnownAgent { agent: agent.clone(), etag: String::new() };
        self.put_agents(&agents.iter().map(fresh).collect::<Vec<_>>()).await
    }

    /// The ids of all teams.
    pub async fn teams(&mut self) -> anyhow::Result<BTreeSet<TeamId>> {
        let request = self.request(pb::ListTeamsRequest {});
        let listed = self.roster().list_teams(request).await.map_err(|status| plain(&status))?;
        let teams = listed.into_inner().teams;
        Ok(teams.iter().map(|team| TeamId::new(&team.id)).collect::<Result<_, _>>()?)
    }

    /// Adds or replaces a team.
    pub async fn put_team(&mut self, team: &Team) -> anyhow::Result<()> {
        let team = Some(write::agent::team(team));
        let request = self.request(pb::UpsertTeamRequest { team, actor: None });
        self.roster().upsert_team(request).await.map_err(|status| plain(&status))?;
        Ok(())
    }

    /// All agents.
    pub async fn agents(&mut self) -> anyhow::Result<Vec<KnownAgent>> {
        let (mut agents, mut page_token) = (Vec::new(), String::new());
        loop {
            let request = self.request(pb::ListAgentsRequest { page_size: PAGE, page_token });
            let page = self.roster().list_agents(request).await.map_err(|status| plain(&status))?;
            let page = page.into_inner();
            agents.extend(page.agents);
            if page.next_page_token.is_empty() {
                return agents.into_iter().map(known).collect();
            }
            page_token = page.next_page_token;
        }
    }

    /// Adds or replaces agents, batch by batch: each is done wholly or not at all.
    pub async fn put_agents(&mut self, agents: &[KnownAgent]) -> anyhow::Result<()> {
        let mut n_put = 0;
        for agents in batches(agents) {
            let n = agents.len();
            let batch = pb::BatchUpsertAgentsRequest { agents, ..Default::default() };
            let put = self.roster().batch_upsert_agents(self.request(batch)).await;
            put.map_err(|status| plain(&status)).with_context(|| partly(n_put))?;
            n_put += n;
        }
        Ok(())
    }
}

fn partly(n_put: usize) -> String {
    format!("{n_put} agents were put, then")
}

fn batches(agents: &[KnownAgent]) -> Vec<Vec<pb::Agent>> {
    let mut batches: Vec<Vec<pb::Agent>> = Vec::new();
    let mut n_bytes = 0;
    for known in agents {
        let agent = pb::Agent { etag: known.etag.clone(), ..write::agent::agent(&known.agent) };
        n_bytes += agent.encoded_len();
        match batches.last_mut() {
            Some(batch) if batch.len() < BATCH_AGENTS_MAX && n_bytes <= BATCH_BYTES_MAX => {
                batch.push(agent);
            }
            _ => {
                n_bytes = agent.encoded_len();
                batches.push(vec![agent]);
            }
        }
    }
    batches
}

fn known(listed: pb::AgentStatus) -> anyhow::Result<KnownAgent> {
    let listed = listed.agent.context("expected an agent")?;
    let mut check = Check::default();
    let agent = read::agent::agent(&mut check, "agent", &listed);
    let agent = check.finish(agent).map_err(|error| anyhow!("{error}"))?;
    Ok(KnownAgent { agent: Arc::new(agent), etag: listed.etag })
}
