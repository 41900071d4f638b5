//! A triaged ticket as JSON for programs and as lines for people.

use std::sync::Arc;

use serde_json::{Map, Value, json};
use switchyard_domain::assessment::{AbstainReason, Judged, Mode};
use switchyard_domain::desk::Decision;
use switchyard_domain::desk::event::Outcome;
use switchyard_domain::ids::{AgentId, TeamId};
use switchyard_domain::priority::{Part, Priority};
use switchyard_domain::probability::Probability;
use switchyard_domain::sla::{Clock, Clocks};
use switchyard_domain::ticket::Ticket;
use switchyard_models::understand::StepTimings;

use crate::lang::Lang;
use crate::words;

/// A ticket after triage.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) ticket: Arc<Ticket>,
    pub(super) priority: Priority,
    pub(super) clocks: Clocks,
    pub(super) decision: Option<Decision>,
    pub(super) timings: StepTimings,
}

impl Shown {
    /// One object: id, language, category, sentiment, urgency, signals, priority, sla, assignment, timings.
    pub(super) fn to_json(&self) -> Value {
        let assessment = &self.ticket.assessment;
        let signals = assessment.signals.iter().map(|(signal, _)| signal.label());
        json!({
            "id": self.ticket.id.as_str(),
            "language": assessment.language.tag(),
            "category": self.category(),
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
            "priority": priority(&self.priority),
            "sla": sla(&self.clocks),
            "assignment": self.assignment(),
            "truncated": assessment.truncated,
            "degraded_reason": assessment.degraded.map(switchyard_domain::assessment::Degraded::label),
            "model_version": &*assessment.model_version,
            "timings": {
                "clean_ns": self.timings.clean_ns,
                "features_ns": self.timings.features_ns,
                "heads_ns": self.timings.heads_ns,
            },
        })
    }

    fn category(&self) -> Value {
        let judged = &self.ticket.assessment.category;
        let alternatives = judged.alternatives.iter().map(|(label, confidence)| {
            json!({ "label": label.as_str(), "confidence": number(*confidence) })
        });
        json!({
            "label": judged.value.as_str(),
            "confidence": number(judged.confidence),
            "mode": mode(judged).0,
            "abstain_reason": mode(judged).1,
            "alternatives": alternatives.collect::<Vec<_>>(),
        })
    }

    fn assigned_to(&self) -> Option<&AgentId> {
        match &self.decision.as_ref()?.outcome {
            Outcome::Assigned(agent) | Outcome::Kept(agent) => Some(agent),
            Outcome::Advised(agent) => agent.as_ref(),
            Outcome::Queued => None,
        }
    }

    fn assignment(&self) -> Value {
        let Some(decision) = &self.decision else { return Value::Null };
        let Some(agent) = self.assigned_to() else { return Value::Null };
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

    /// A few lines for a person.
    pub(super) fn to_text(&self, lang: Lang) -> String {
        let assessment = &self.ticket.assessment;
        let signals: Vec<_> = assessment.signals.iter().map(|(signal, _)| signal.label()).collect();
        let mut lines = vec![
            format!("{}  [{}]", self.ticket.id, assessment.language.tag()),
            line(lang, "类别", "category", &labelled(&assessment.category, |id| id.as_str())),
            line(lang, "情绪", "sentiment", &labelled(&assessment.sentiment, |s| s.label())),
            line(lang, "紧急", "urgency", &labelled(&assessment.urgency, |u| u.label())),
        ];
        if !signals.is_empty() {
            lines.push(line(lang, "信号", "signals", &signals.join(", ")));
        }
        let score = self.priority.score() as f64 / 1_000.0;
        let priority = format!("P{} ({score:.1})", self.priority.band.number());
        lines.push(line(lang, "优先级", "priority", &priority));
        if let Some(due) = self.clocks.next_due() {
            lines.push(line(lang, "最近时限", "next due", &due.to_string()));
        }
        if let Some(decision) = &self.decision {
            lines.push(line(lang, "分配", "assignment", &words::summary(decision, lang)));
        }
        lines.join("\n")
    }
}

fn line(lang: Lang, zh: &str, en: &str, value: &str) -> String {
    format!("  {}: {value}", lang.pick(zh, en))
}

fn labelled<'a, T>(judged: &'a Judged<T>, label: impl Fn(&'a T) -> &'a str) -> String {
    let (mode, _) = mode(judged);
    format!("{} ({}, {mode})", label(&judged.value), judged.confidence)
}

/// The mode, and the reason for abstaining.
fn mode<T>(judged: &Judged<T>) -> (&'static str, Option<&'static str>) {
    match judged.mode {
        Mode::Auto => ("AUTO", None),
        Mode::Suggest => ("SUGGEST", None),
        Mode::Abstain(reason) => ("ABSTAIN", Some(abstain_reason(reason))),
    }
}

fn abstain_reason(reason: AbstainReason) -> &'static str {
    match reason {
        AbstainReason::LowConfidence => "LOW_CONFIDENCE",
        AbstainReason::OutOfScope => "OUT_OF_SCOPE",
        AbstainReason::NeedsAttachment => "NEEDS_ATTACHMENT",
        AbstainReason::UnknownLanguage => "UNKNOWN_LANGUAGE",
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
