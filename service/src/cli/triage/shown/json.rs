//! One object a ticket; its keys are a contract.

use std::fmt;

use serde_json::{Map, Value, json};
use switchyard_domain::assessment::{Assessment, Degraded, Judged};
use switchyard_domain::desk::Decision;
use switchyard_domain::desk::event::Outcome;
use switchyard_domain::ids::{AgentId, TeamId};
use switchyard_domain::priority::{Part, Priority};
use switchyard_domain::probability::Probability;
use switchyard_domain::sla::{Clock, Clocks};

use super::Shown;
use crate::words;

/// `id`, `language`, `category` … `timings`; `queue` only where the ticket waits.
pub(super) fn object(shown: &Shown) -> Value {
    let decision = shown.decision.as_ref();
    let mut object = judged(shown);
    object.insert("priority".to_owned(), priority(&shown.priority));
    object.insert("sla".to_owned(), sla(&shown.clocks));
    object.insert("assignment".to_owned(), decision.map_or(Value::Null, assignment));
    if let Some(queue) = decision.and_then(queue) {
        object.insert("queue".to_owned(), queue);
    }
    object.extend(provenance(shown));
    Value::Object(object)
}

/// What the models make of the text.
fn judged(shown: &Shown) -> Map<String, Value> {
    let assessment = &shown.ticket.assessment;
    let signals = assessment.signals.iter().map(|(signal, _)| signal.label());
    members(json!({
        "id": shown.ticket.id.as_str(),
        "language": assessment.language.tag(),
        "category": category(assessment),
        "sentiment": {
            "label": assessment.sentiment.value.label(),
            "score": rounded(assessment.sentiment_score),
            "confidence": number(assessment.sentiment.confidence),
        },
        "urgency": {
            "label": assessment.urgency.value.label(),
            "confidence": number(assessment.urgency.confidence),
        },
        "signals": signals.collect::<Vec<_>>(),
        "tags": assessment.tags.iter().map(|(tag, _)| tag.as_str()).collect::<Vec<_>>(),
    }))
}

/// What the judgement rests on, and where the time went.
fn provenance(shown: &Shown) -> Map<String, Value> {
    let assessment = &shown.ticket.assessment;
    members(json!({
        "truncated": assessment.truncated,
        "degraded_reason": assessment.degraded.map(Degraded::label),
        "model_version": &*assessment.model_version,
        "timings": {
            "clean_ns": shown.timings.clean_ns,
            "features_ns": shown.timings.features_ns,
            "heads_ns": shown.timings.heads_ns,
        },
    }))
}

fn members(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

fn category(assessment: &Assessment) -> Value {
    let mut object = judged_id(&assessment.category);
    object["group"] = json!(assessment.category_group.as_ref().map(judged_id));
    object
}

fn judged_id<T: fmt::Display>(judged: &Judged<T>) -> Value {
    json!({
        "label": judged.value.to_string(),
        "confidence": number(judged.confidence),
        "mode": words::mode_label(judged.mode),
        "abstain_reason": words::abstain_label(judged.mode),
        "alternatives": alternatives(judged),
    })
}

fn alternatives<T: fmt::Display>(judged: &Judged<T>) -> Vec<Value> {
    let one = |(label, confidence): &(T, Probability)| json!({ "label": label.to_string(), "confidence": number(*confidence) });
    judged.alternatives.iter().map(one).collect()
}

fn assigned_to(outcome: &Outcome) -> Option<&AgentId> {
    match outcome {
        Outcome::Assigned(agent) | Outcome::Kept(agent) => Some(agent),
        Outcome::Advised(agent) => agent.as_ref(),
        Outcome::Queued => None,
    }
}

fn assignment(decision: &Decision) -> Value {
    let Some(agent) = assigned_to(&decision.outcome) else { return Value::Null };
    let candidates = decision.ranking.candidates.iter().map(|candidate| {
        let cost = words::units(candidate.cost.total());
        json!({ "agent": candidate.agent.as_str(), "cost": cost })
    });
    json!({
        "agent": agent.as_str(),
        "team": decision.team.as_ref().map(TeamId::as_str),
        "candidates": candidates.collect::<Vec<_>>(),
    })
}

/// Why a ticket waits: how many agents each filter kept out.
fn queue(decision: &Decision) -> Option<Value> {
    match decision.outcome {
        Outcome::Queued => {
            let reasons = decision.ranking.excluded.iter();
            let reasons: Map<String, Value> =
                reasons.map(|(label, count)| (label.to_owned(), json!(count))).collect();
            Some(json!({ "team": decision.team.as_ref().map(TeamId::as_str), "reasons": reasons }))
        }
        Outcome::Assigned(_) | Outcome::Kept(_) | Outcome::Advised(_) => None,
    }
}

fn priority(priority: &Priority) -> Value {
    let parts = Part::ALL.iter().zip(priority.parts).filter(|(_, points)| *points != 0);
    let parts: Map<String, Value> = parts
        .map(|(part, points)| (part.label().to_owned(), json!(points as f64 / 1_000.0)))
        .collect();
    json!({
        "score": priority.score() as f64 / 1_000.0,
        "band": format!("P{}", priority.band.number()),
        "parts": parts,
    })
}

fn sla(clocks: &Clocks) -> Value {
    let due = |clock: Clock| clock.due().map(|due| due.to_string());
    json!({
        "first_response_due": due(clocks.first_response),
        "next_response_due": due(clocks.next_response),
        "resolution_due": due(clocks.resolution),
    })
}

fn number(probability: Probability) -> f64 {
    rounded(probability.get())
}

fn rounded(value: f32) -> f64 {
    (f64::from(value) * 10_000.0).round() / 10_000.0
}
