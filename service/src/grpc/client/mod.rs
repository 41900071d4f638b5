//! A small client of our own server: what `switchyard demo` shows goes over the real wire.
//!
//! Here are the calls; `shown` has what goes in and comes out, free of the wire's types.

mod shown;

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use switchyard_domain::agent::{Agent, Team};
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::policy_service_client::PolicyServiceClient;
use switchyard_proto::v1::roster_service_client::RosterServiceClient;
use switchyard_proto::v1::triage_service_client::TriageServiceClient;
use tonic::metadata::AsciiMetadataValue;
use tonic::transport::Channel;
use tonic::{Request, Status};

pub use self::shown::{DemoTicket, Seen, SeenExplanation};
use super::write;
use crate::lang::Lang;

/// A connection to a server.
#[derive(Debug, Clone)]
pub struct Client {
    channel: Channel,
    language: AsciiMetadataValue,
}

impl Client {
    /// Connects, to be answered in a language.
    pub async fn connect(at: SocketAddr, lang: Lang) -> anyhow::Result<Self> {
        let endpoint = Channel::from_shared(format!("http://{at}"))?;
        let channel =
            endpoint.connect().await.with_context(|| format!("expected a server at {at}"))?;
        let language = AsciiMetadataValue::from_static(lang.pick("zh", "en"));
        Ok(Self { channel, language })
    }

    fn request<T>(&self, message: T) -> Request<T> {
        let mut request = Request::new(message);
        request.metadata_mut().insert("accept-language", self.language.clone());
        request
    }

    /// Puts a policy in force.
    pub async fn apply_policy(&mut self, source: &str) -> anyhow::Result<()> {
        let source = source.to_owned();
        let request = self.request(pb::ApplyRequest { source, ..pb::ApplyRequest::default() });
        PolicyServiceClient::new(self.channel.clone())
            .apply(request)
            .await
            .map_err(|status| plain(&status))?;
        Ok(())
    }

    /// Adds teams and agents.
    pub async fn seat(&mut self, teams: &[Team], agents: &[Arc<Agent>]) -> anyhow::Result<()> {
        let mut roster = RosterServiceClient::new(self.channel.clone());
        for team in teams {
            let team = Some(write::agent::team(team));
            let request = self.request(pb::UpsertTeamRequest { team, actor: None });
            roster.upsert_team(request).await.map_err(|status| plain(&status))?;
        }
        let agents = agents.iter().map(|agent| write::agent::agent(agent)).collect();
        let request = self.request(pb::BatchUpsertAgentsRequest {
            agents,
            ..pb::BatchUpsertAgentsRequest::default()
        });
        roster.batch_upsert_agents(request).await.map_err(|status| plain(&status))?;
        Ok(())
    }

    /// Triages a ticket.
    pub async fn triage(&mut self, ticket: DemoTicket) -> anyhow::Result<Seen> {
        let message = pb::TriageRequest {
            request_id: format!("demo-{}", ticket.id),
            ticket: Some(ticket.to_pb()),
            mode: pb::Mode::Assign as i32,
            actor: None,
        };
        let request = self.request(message);
        let answer = TriageServiceClient::new(self.channel.clone()).triage(request).await;
        Seen::of(ticket, answer.map_err(|status| plain(&status))?.into_inner())
    }

    /// Has a decision explained.
    pub async fn explain(&mut self, decision_id: &str) -> anyhow::Result<SeenExplanation> {
        let request = self.request(pb::ExplainDecisionRequest { id: decision_id.to_owned() });
        let answer = TriageServiceClient::new(self.channel.clone()).explain_decision(request).await;
        SeenExplanation::of(answer.map_err(|status| plain(&status))?.into_inner())
    }
}

fn plain(status: &Status) -> anyhow::Error {
    anyhow!("{:?}: {}", status.code(), status.message())
}
