//! What the demo sends and shows, as plain values: the wire's messages stay in here.

use anyhow::Context as _;
use switchyard_domain::assessment::{AbstainReason, Mode, Sentiment, Signal};
use switchyard_domain::time::Timestamp;
use switchyard_proto::v1 as pb;

use crate::grpc::read::ticket::nth;

/// A ticket to triage.
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
    /// What may be done with the category.
    pub mode: Mode,
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

impl DemoTicket {
    /// As the wire has it.
    pub(super) fn to_pb(&self) -> pb::Ticket {
        let tier = if self.vip { pb::customer::Tier::Vip } else { pb::customer::Tier::Standard };
        pb::Ticket {
            id: self.id.clone(),
            channel: self.channel.clone(),
            subject: self.subject.clone(),
            messages: vec![pb::Message { text: self.text.clone(), ..pb::Message::default() }],
            customer: Some(pb::Customer { tier: tier as i32, ..pb::Customer::default() }),
            ..pb::Ticket::default()
        }
    }
}

impl Seen {
    /// A ticket with the answer to it.
    pub(super) fn of(ticket: DemoTicket, answer: pb::TriageResponse) -> anyhow::Result<Self> {
        let assessment = answer.assessment.context("expected an assessment")?;
        let decision = answer.decision.context("expected a decision")?;
        let category = assessment.category.unwrap_or_default();
        let priority = decision.priority.unwrap_or_default();
        let sentiment = assessment.sentiment.unwrap_or_default();
        let signal = |judged: &pb::SignalJudgement| nth(&Signal::ALL, judged.signal);
        let reply = decision.sla.and_then(|sla| sla.first_response?.due_time);
        Ok(Self {
            text: format!("{} {}", ticket.subject, ticket.text),
            id: ticket.id,
            band: priority.band,
            score: priority.score,
            mode: mode(&category),
            category: category.label,
            confidence: category.confidence,
            sentiment: nth(&Sentiment::ALL, sentiment.label).context("expected a mood")?,
            signals: assessment.signals.iter().filter_map(signal).collect(),
            reply_by: reply.map(|at| Timestamp::from_millis(at.seconds * 1_000)),
            agent: (!decision.agent.is_empty()).then_some(decision.agent),
            decision_id: decision.id,
        })
    }
}

impl SeenExplanation {
    /// An explanation as the wire has it.
    pub(super) fn of(answer: pb::ExplainDecisionResponse) -> anyhow::Result<Self> {
        let decision = answer.decision.context("expected the explained decision")?;
        let parts = decision.priority.map(|priority| priority.parts).unwrap_or_default();
        Ok(Self {
            summary: decision.summary,
            priority_parts: parts.into_iter().map(|part| (part.name, part.value)).collect(),
            verdicts: answer.verdicts.into_iter().map(|v| (v.agent, v.detail)).collect(),
            reproduced: answer.reproduced,
        })
    }
}

/// A mode that a newer contract may have is no licence to act.
fn mode(category: &pb::CategoryJudgement) -> Mode {
    match category.mode() {
        pb::FieldMode::Auto => Mode::Auto,
        pb::FieldMode::Suggest => Mode::Suggest,
        pb::FieldMode::Abstain | pb::FieldMode::Unspecified => {
            Mode::Abstain(abstain_reason(category.abstain_reason()))
        }
    }
}

fn abstain_reason(reason: pb::AbstainReason) -> AbstainReason {
    match reason {
        pb::AbstainReason::Unspecified | pb::AbstainReason::LowConfidence => {
            AbstainReason::LowConfidence
        }
        pb::AbstainReason::OutOfScope => AbstainReason::OutOfScope,
        pb::AbstainReason::NeedsAttachment => AbstainReason::NeedsAttachment,
        pb::AbstainReason::UnknownLanguage => AbstainReason::UnknownLanguage,
    }
}
