//! What the desk decided, and the priority and ranking it went by.

use switchyard_domain::desk::Decision;
use switchyard_domain::desk::event::Outcome;
use switchyard_domain::ids::{AgentId, TeamId, TicketId};
use switchyard_domain::priority::Priority;
use switchyard_domain::routing::{Candidate, Cost, Ranking, Tally};
use switchyard_proto::journal_v1 as pb;
use switchyard_proto::journal_v1::outcome::Kind;

use crate::labels::Label;
use crate::scalar::{id, optional_id, padded, required, trimmed};
use crate::{DecodeError, sla};

pub(crate) fn to_record(decision: &Decision) -> pb::Decision {
    pb::Decision {
        ticket: decision.ticket.to_string(),
        trigger: decision.trigger.to_record(),
        triaged_seq: decision.triaged_seq,
        team: decision.team.as_ref().map(ToString::to_string),
        priority: Some(priority_to_record(&decision.priority)),
        clocks: Some(sla::to_record(&decision.clocks)),
        outcome: Some(outcome_to_record(&decision.outcome)),
        ranking: Some(ranking_to_record(&decision.ranking)),
        policy_revision: decision.policy_revision,
    }
}

pub(crate) fn from_record(record: pb::Decision) -> Result<Decision, DecodeError> {
    let priority = required(record.priority, "Decision.priority")?;
    let outcome = required(record.outcome, "Decision.outcome")?;
    let ranking = required(record.ranking, "Decision.ranking")?;
    Ok(Decision {
        ticket: id(&record.ticket, TicketId::new, "Decision.ticket")?,
        trigger: Label::from_record(record.trigger, "Decision.trigger")?,
        triaged_seq: record.triaged_seq,
        team: optional_id(record.team.as_deref(), TeamId::new, "Decision.team")?,
        priority: priority_from_record(&priority)?,
        clocks: sla::from_record(required(record.clocks, "Decision.clocks")?)?,
        outcome: outcome_from_record(&outcome)?,
        ranking: ranking_from_record(&ranking)?,
        policy_revision: record.policy_revision,
    })
}

pub(crate) fn priority_to_record(priority: &Priority) -> pb::Priority {
    pb::Priority {
        parts: trimmed(&priority.parts),
        band: priority.band.to_record(),
        overridden: priority.overridden,
    }
}

pub(crate) fn priority_from_record(record: &pb::Priority) -> Result<Priority, DecodeError> {
    Ok(Priority {
        parts: padded(&record.parts, "Priority.parts")?,
        band: Label::from_record(record.band, "Priority.band")?,
        overridden: record.overridden,
    })
}

fn outcome_to_record(outcome: &Outcome) -> pb::Outcome {
    let (kind, agent) = match outcome {
        Outcome::Assigned(agent) => (Kind::Assigned, Some(agent)),
        Outcome::Queued => (Kind::Queued, None),
        Outcome::Kept(agent) => (Kind::Kept, Some(agent)),
        Outcome::Advised(agent) => (Kind::Advised, agent.as_ref()),
    };
    pb::Outcome { kind: kind as i32, agent: agent.map(ToString::to_string) }
}

fn outcome_from_record(record: &pb::Outcome) -> Result<Outcome, DecodeError> {
    let agent = optional_id(record.agent.as_deref(), AgentId::new, "Outcome.agent")?;
    match Kind::try_from(record.kind) {
        Ok(Kind::Assigned) => required(agent, "Outcome.agent").map(Outcome::Assigned),
        Ok(Kind::Queued) => Ok(Outcome::Queued),
        Ok(Kind::Kept) => required(agent, "Outcome.agent").map(Outcome::Kept),
        Ok(Kind::Advised) => Ok(Outcome::Advised(agent)),
        Ok(Kind::Unspecified) | Err(_) => {
            Err(DecodeError::UnknownValue { field: "Outcome.kind", got: record.kind })
        }
    }
}

fn ranking_to_record(ranking: &Ranking) -> pb::Ranking {
    pb::Ranking {
        candidates: ranking.candidates.iter().map(candidate_to_record).collect(),
        n_eligible: ranking.n_eligible,
        excluded: trimmed(&ranking.excluded.0),
    }
}

fn ranking_from_record(record: &pb::Ranking) -> Result<Ranking, DecodeError> {
    let candidates = record.candidates.iter().map(candidate_from_record);
    Ok(Ranking {
        candidates: candidates.collect::<Result<_, _>>()?,
        n_eligible: record.n_eligible,
        excluded: Tally(padded(&record.excluded, "Ranking.excluded")?),
    })
}

fn candidate_to_record(candidate: &Candidate) -> pb::Candidate {
    pb::Candidate { agent: candidate.agent.to_string(), cost: trimmed(&candidate.cost.0) }
}

fn candidate_from_record(record: &pb::Candidate) -> Result<Candidate, DecodeError> {
    Ok(Candidate {
        agent: id(&record.agent, AgentId::new, "Candidate.agent")?,
        cost: Cost(padded(&record.cost, "Candidate.cost")?),
    })
}
