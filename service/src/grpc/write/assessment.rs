//! What the models make of a text.

use std::fmt;

use switchyard_domain::assessment::{
    AbstainReason, Assessment, Judged, Language, Mode, Origin, Sentiment, Signal, Urgency,
};
use switchyard_domain::ids::{GroupId, TagId};
use switchyard_domain::probability::Probability;
use switchyard_proto::v1 as pb;

use super::precedents;

/// An assessment.
pub(crate) fn assessment(assessment: &Assessment) -> pb::Assessment {
    pb::Assessment {
        language: language(assessment.language) as i32,
        category: Some(category(assessment)),
        sentiment: Some(sentiment(&assessment.sentiment, assessment.sentiment_score)),
        urgency: Some(urgency(&assessment.urgency)),
        signals: assessment.signals.iter().map(|(s, p)| signal(*s, *p)).collect(),
        truncated: assessment.truncated,
        model_version: assessment.model_version.to_string(),
        degraded_reason: assessment.degraded.map_or("", |reason| reason.label()).to_owned(),
        similar: assessment.precedents.similar.iter().map(precedents::similar).collect(),
        answer: assessment.precedents.answer.as_ref().map(precedents::answer),
        experience: assessment.precedents.experience.iter().map(precedents::experience).collect(),
        tags: assessment.tags.iter().map(tag).collect(),
    }
}

fn category(assessment: &Assessment) -> pb::CategoryJudgement {
    let judged = &assessment.category;
    let (mode, abstain_reason) = mode(judged.mode);
    pb::CategoryJudgement {
        label: judged.value.to_string(),
        confidence: number(judged.confidence),
        mode,
        abstain_reason,
        alternatives: judged.alternatives.iter().map(alternative).collect(),
        origin: origin(assessment.category_origin) as i32,
        group: assessment.category_group.as_ref().map(group),
    }
}

fn group(judged: &Judged<GroupId>) -> pb::GroupJudgement {
    let (mode, abstain_reason) = mode(judged.mode);
    pb::GroupJudgement {
        label: judged.value.to_string(),
        confidence: number(judged.confidence),
        mode,
        abstain_reason,
        alternatives: judged.alternatives.iter().map(alternative).collect(),
    }
}

fn alternative<T: fmt::Display>((label, confidence): &(T, Probability)) -> pb::Alternative {
    pb::Alternative { label: label.to_string(), confidence: number(*confidence) }
}

fn sentiment(judged: &Judged<Sentiment>, score: f32) -> pb::SentimentJudgement {
    let (mode, abstain_reason) = mode(judged.mode);
    let label = match judged.value {
        Sentiment::VeryNegative => pb::Sentiment::VeryNegative,
        Sentiment::Negative => pb::Sentiment::Negative,
        Sentiment::Neutral => pb::Sentiment::Neutral,
        Sentiment::Positive => pb::Sentiment::Positive,
        Sentiment::VeryPositive => pb::Sentiment::VeryPositive,
    };
    pb::SentimentJudgement {
        label: label as i32,
        score: rounded(score),
        confidence: number(judged.confidence),
        mode,
        abstain_reason,
    }
}

fn urgency(judged: &Judged<Urgency>) -> pb::UrgencyJudgement {
    let (mode, abstain_reason) = mode(judged.mode);
    let label = match judged.value {
        Urgency::Low => pb::Urgency::Low,
        Urgency::Normal => pb::Urgency::Normal,
        Urgency::High => pb::Urgency::High,
        Urgency::Critical => pb::Urgency::Critical,
    };
    pb::UrgencyJudgement {
        label: label as i32,
        confidence: number(judged.confidence),
        mode,
        abstain_reason,
    }
}

fn tag((tag, confidence): &(TagId, Probability)) -> pb::TagJudgement {
    pb::TagJudgement { tag: tag.to_string(), confidence: number(*confidence) }
}

fn signal(signal: Signal, confidence: Probability) -> pb::SignalJudgement {
    let signal = match signal {
        Signal::SafetyHazard => pb::Signal::SafetyHazard,
        Signal::LegalThreat => pb::Signal::LegalThreat,
        Signal::ChurnThreat => pb::Signal::ChurnThreat,
        Signal::RepeatContact => pb::Signal::RepeatContact,
        Signal::VipMention => pb::Signal::VipMention,
        Signal::Abuse => pb::Signal::Abuse,
    };
    pb::SignalJudgement { signal: signal as i32, confidence: number(confidence) }
}

fn language(language: Language) -> pb::Language {
    match language {
        Language::ZhHans => pb::Language::ZhHans,
        Language::ZhHant => pb::Language::ZhHant,
        Language::En => pb::Language::En,
        Language::Mixed => pb::Language::Mixed,
        Language::Und => pb::Language::Undetermined,
    }
}

fn origin(origin: Origin) -> pb::FieldOrigin {
    match origin {
        Origin::Model => pb::FieldOrigin::Model,
        Origin::Caller => pb::FieldOrigin::Caller,
        Origin::Fallback => pb::FieldOrigin::Fallback,
    }
}

/// The mode and the reason for abstaining, as enum numbers.
fn mode(mode: Mode) -> (i32, i32) {
    let (mode, reason) = match mode {
        Mode::Auto => (pb::FieldMode::Auto, pb::AbstainReason::Unspecified),
        Mode::Suggest => (pb::FieldMode::Suggest, pb::AbstainReason::Unspecified),
        Mode::Abstain(reason) => (pb::FieldMode::Abstain, abstain_reason(reason)),
    };
    (mode as i32, reason as i32)
}

fn abstain_reason(reason: AbstainReason) -> pb::AbstainReason {
    match reason {
        AbstainReason::LowConfidence => pb::AbstainReason::LowConfidence,
        AbstainReason::OutOfScope => pb::AbstainReason::OutOfScope,
        AbstainReason::NeedsAttachment => pb::AbstainReason::NeedsAttachment,
        AbstainReason::UnknownLanguage => pb::AbstainReason::UnknownLanguage,
    }
}

pub(super) fn number(probability: Probability) -> f64 {
    rounded(probability.get())
}

/// Four decimals: what calibration can mean, and short to read.
fn rounded(value: f32) -> f64 {
    (f64::from(value) * 10_000.0).round() / 10_000.0
}
