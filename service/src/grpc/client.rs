//! A small client of our own server: what `switchyard demo` shows goes over the real wire.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use switchyard_domain::agent::{Agent, Team};
use switchyard_domain::assessment::{Sentiment, Signal};
use switchyard_domain::time::Timestamp;
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::policy_service_client::PolicyServiceClient;
use switchyard_proto::v1::roster_service_client::RosterServiceClient;
use switchyard_proto::v1::triage_service_client::TriageServiceClient;
use tonic::metadata::AsciiMetadataValue;
use tonic::transport::Channel;
use tonic::{Request, Status};

use super::read::ticket::nth;
use super::write;
use crate::lang::Lang;

/// A ticket to show.
#[derive(Debug, Clone)]
pub struct DemoTicket {
    /// Its id.
    pub id: String,
    /// How it came in.
    pub channel: String,
    /// May be empty.
    pub subject: String,
    /// What was written.
    pub text: String,
    /// From a key account.
    pub vip: bool,
}

/// What came back, ready to be shown.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The ticket's id.
    pub id: String,
    /// Subject and text.
    pub text: String,
    /// 1 to 4.
    pub band: u32,
    /// 0 to 100.
    pub score: f64,
    /// The category's id.
    pub category: String,
    /// How sure.
    pub confidence: f64,
    /// auto, suggest or abstain.
    pub mode: &'static str,
    /// The mood.
    pub sentiment: Sentiment,
    /// Signals found.
    pub signals: Vec<Signal>,
    /// When the first reply is due, if ever.
    pub reply_by: Option<Timestamp>,
    /// Who has it; `None` while it waits.
    pub agent: Option<String>,
    /// The decision's id.
    pub decision_id: String,
}

/// A decision explained, ready to be shown.
#[derive(Debug, Clone)]
pub struct SeenExplanation {
    /// In a sentence.
    pub summary: String,
    /// What raised the priority.
    pub priority_parts: Vec<(String, f64)>,
    /// Each agent with its verdict in a sentence.
    pub verdicts: Vec<(String, String)>,
    /// Recomputing gave the same decision.
    pub reproduced: bool,
}

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
        let request = self.request(pb::BatchUpsertAgentsRequest { agents, actor: None });
        roster.batch_upsert_agents(request).await.map_err(|status| plain(&status))?;
        Ok(())
    }

    /// Triages a ticket.
    pub async fn triage(&mut self, ticket: DemoTicket) -> anyhow::Result<Seen> {
        let message = pb::TriageRequest {
            request_id: format!("demo-{}", ticket.id),
            ticket: Some(pb_ticket(&ticket)),
            mode: pb::Mode::Assign as i32,
            actor: None,
        };
        let request = self.request(message);
        let answer = TriageServiceClient::new(self.channel.clone()).triage(request).await;
        seen(ticket, answer.map_err(|status| plain(&status))?.into_inner())
    }

    /// Has a decision explained.
    pub async fn explain(&mut self, decision_id: &str) -> anyhow::Result<SeenExplanation> {
        let request = self.request(pb::ExplainDecisionRequest { id: decision_id.to_owned() });
        let answer = TriageServiceClient::new(self.channel.clone()).explain_decision(request).await;
        let answer = answer.map_err(|status| plain(&status))?.into_inner();
        let decision = answer.decision.context("expected the explained decision")?;
        let parts = decision.priority.map(|priority| priority.parts).unwrap_or_default();
        Ok(SeenExplanation {
            summary: decision.summary,
            priority_parts: parts.into_iter().map(|part| (part.name, part.value)).collect(),
            verdicts: answer.verdicts.into_iter().map(|v| (v.agent, v.detail)).collect(),
            reproduced: answer.reproduced,
        })
    }
}

fn plain(status: &Status) -> anyhow::Error {
    anyhow!("{:?}: {}", status.code(), status.message())
}

fn pb_ticket(ticket: &DemoTicket) -> pb::Ticket {
    let tier = if ticket.vip { pb::customer::Tier::Vip } else { pb::customer::Tier::Standard };
    pb::Ticket {
        id: ticket.id.clone(),
        channel: ticket.channel.clone(),
        subject: ticket.subject.clone(),
        messages: vec![pb::Message { text: ticket.text.clone(), ..pb::Message::default() }],
        customer: Some(pb::Customer { tier: tier as i32, ..pb::Customer::default() }),
        ..pb::Ticket::default()
    }
}

fn seen(ticket: DemoTicket, answer: pb::TriageResponse) -> anyhow::Result<Seen> {
    let assessment = answer.assessment.context("expected an assessment")?;
    let decision = answer.decision.context("expected a decision")?;
    let category = assessment.category.unwrap_or_default();
    let priority = decision.priority.unwrap_or_default();
    let sentiment = assessment.sentiment.unwrap_or_default();
    let mood = nth(&Sentiment::ALL, sentiment.label).context("expected a mood")?;
    let signal = |judged: &pb::SignalJudgement| nth(&Signal::ALL, judged.signal);
    let reply = decision.sla.and_then(|sla| sla.first_response?.due_time);
    Ok(Seen {
        text: format!("{} {}", ticket.subject, ticket.text),
        id: ticket.id,
        band: priority.band,
        score: priority.score,
        mode: mode_name(category.mode()),
        category: category.label,
        confidence: category.confidence,
        sentiment: mood,
        signals: assessment.signals.iter().filter_map(signal).collect(),
        reply_by: reply.map(|at| Timestamp::from_millis(at.seconds * 1_000)),
        agent: (!decision.agent.is_empty()).then_some(decision.agent),
        decision_id: decision.id,
    })
}

fn mode_name(mode: pb::FieldMode) -> &'static str {
    match mode {
        pb::FieldMode::Auto => "auto",
        pb::FieldMode::Suggest => "suggest",
        pb::FieldMode::Abstain | pb::FieldMode::Unspecified => "abstain",
    }
}
