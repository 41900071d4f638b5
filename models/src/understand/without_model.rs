//! The assessment when no bundle is at hand: language and the caller's facts.

use std::sync::Arc;

use switchyard_domain::assessment::{
    AbstainReason, Assessment, Degraded, Judged, Origin, Sentiment, Signal, Urgency,
};
use switchyard_domain::ids::CategoryId;
use switchyard_domain::knowledge::Precedents;
use switchyard_domain::probability::Probability;

use super::judge::{known, unjudged};
use crate::clean::Cleaned;
use crate::language;
use crate::text::{Known, TicketText};

/// Assesses a ticket without a model: rules decide, and the assessment says so.
///
/// `fallback` is the taxonomy's category for texts without content.
pub fn fallback_assessment(
    ticket: &TicketText<'_>,
    facts: &Known,
    fallback: &CategoryId,
) -> Assessment {
    let mut cleaned = Cleaned::default();
    cleaned.read(ticket);
    let sentiment = stated_or(facts.sentiment, Sentiment::Neutral);
    Assessment {
        language: facts.language.unwrap_or_else(|| language::detect(&cleaned)),
        category: stated_or(facts.category.clone(), fallback.clone()),
        category_group: facts.category.as_ref().map(|stated| known(stated.group())),
        category_origin: if facts.category.is_some() { Origin::Caller } else { Origin::Fallback },
        sentiment_score: sentiment.value.score(),
        sentiment,
        urgency: stated_or(facts.urgency, Urgency::Normal),
        signals: stated_signals(facts),
        tags: Vec::new(),
        truncated: cleaned.truncated,
        model_version: Arc::from(""),
        degraded: Some(Degraded::ModelAbsent),
        precedents: Precedents::default(),
    }
}

/// A model's assessment for somebody whose categories are others than the model's labels.
///
/// What it says of mood, urgency and signals stands; a category that the caller did not state is unknown.
#[must_use]
pub fn without_category(assessment: Assessment, fallback: &CategoryId) -> Assessment {
    let degraded = Some(Degraded::LabelsDiffer);
    match assessment.category_origin {
        Origin::Caller => Assessment { degraded, ..assessment },
        Origin::Model | Origin::Fallback => Assessment {
            category: stated_or(None, fallback.clone()),
            category_group: None,
            category_origin: Origin::Fallback,
            degraded,
            ..assessment
        },
    }
}

fn stated_or<T>(stated: Option<T>, fallback: T) -> Judged<T> {
    stated.map_or_else(|| unjudged(fallback, AbstainReason::LowConfidence), known)
}

fn stated_signals(facts: &Known) -> Vec<(Signal, Probability)> {
    let stated = |signal: &Signal| facts.signals.contains(signal);
    let all = Signal::ALL.into_iter();
    all.filter(stated).map(|signal| (signal, Probability::ONE)).collect()
}
