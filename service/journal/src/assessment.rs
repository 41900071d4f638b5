//! What the models made of a text, with every probability exact.

use std::fmt;

use switchyard_domain::assessment::{AbstainReason, Assessment, Judged, Mode};
use switchyard_domain::ids::{CategoryId, GroupId, InvalidId, TagId};
use switchyard_domain::probability::Probability;
use switchyard_proto::journal_v1 as pb;

use crate::DecodeError;
use crate::labels::Label;
use crate::precedents;
use crate::scalar::{id, probability, required};

/// A value and the probability that it is right.
type Rated<T> = (T, Probability);

pub(crate) fn to_record(assessment: &Assessment) -> pb::Assessment {
    pb::Assessment {
        language: assessment.language.to_record(),
        category: Some(ids_to_record(&assessment.category)),
        category_group: assessment.category_group.as_ref().map(ids_to_record),
        category_origin: assessment.category_origin.to_record(),
        sentiment: Some(labels_to_record(&assessment.sentiment)),
        sentiment_score: Some(assessment.sentiment_score),
        urgency: Some(labels_to_record(&assessment.urgency)),
        signals: assessment.signals.iter().map(rated_label_to_record).collect(),
        tags: assessment.tags.iter().map(rated_tag_to_record).collect(),
        truncated: assessment.truncated,
        model_version: assessment.model_version.to_string(),
        degraded: Label::to_optional_record(assessment.degraded),
        similar: precedents::similar_to_record(&assessment.precedents),
        answer: precedents::answer_to_record(&assessment.precedents),
        experience: precedents::experience_to_record(&assessment.precedents),
    }
}

pub(crate) fn from_record(record: pb::Assessment) -> Result<Assessment, DecodeError> {
    let precedents = precedents::from_record(&record)?;
    let category = required(record.category, "Assessment.category")?;
    let sentiment = required(record.sentiment, "Assessment.sentiment")?;
    let urgency = required(record.urgency, "Assessment.urgency")?;
    let group = record.category_group.map(|group| ids_from_record(&group, GroupId::new));
    let signals = record.signals.iter().map(rated_label_from_record);
    Ok(Assessment {
        language: Label::from_record(record.language, "Assessment.language")?,
        category: ids_from_record(&category, CategoryId::new)?,
        category_group: group.transpose()?,
        category_origin: Label::from_record(record.category_origin, "Assessment.category_origin")?,
        sentiment: labels_from_record(&sentiment)?,
        sentiment_score: required(record.sentiment_score, "Assessment.sentiment_score")?,
        urgency: labels_from_record(&urgency)?,
        signals: signals.collect::<Result<_, _>>()?,
        tags: record.tags.iter().map(rated_tag_from_record).collect::<Result<_, _>>()?,
        truncated: record.truncated,
        model_version: record.model_version.into(),
        degraded: Label::from_optional_record(record.degraded, "Assessment.degraded")?,
        precedents,
    })
}

fn ids_to_record<T: fmt::Display>(judged: &Judged<T>) -> pb::CategoryJudgement {
    let alternatives = judged.alternatives.iter();
    pb::CategoryJudgement {
        best: Some(rated_id_to_record(&judged.value, judged.confidence)),
        mode: judged.mode.to_record(),
        alternatives: alternatives.map(|(value, p)| rated_id_to_record(value, *p)).collect(),
    }
}

fn ids_from_record<T>(
    record: &pb::CategoryJudgement,
    new: fn(&str) -> Result<T, InvalidId>,
) -> Result<Judged<T>, DecodeError> {
    let best = required(record.best.as_ref(), "CategoryJudgement.best")?;
    let (value, confidence) = rated_id_from_record(best, new)?;
    let alternatives = record.alternatives.iter().map(|rated| rated_id_from_record(rated, new));
    Ok(Judged {
        value,
        confidence,
        mode: Label::from_record(record.mode, "CategoryJudgement.mode")?,
        alternatives: alternatives.collect::<Result<_, _>>()?,
    })
}

fn rated_id_to_record(value: &impl fmt::Display, probability: Probability) -> pb::RatedCategory {
    pb::RatedCategory { value: value.to_string(), probability: Some(probability.get()) }
}

fn rated_id_from_record<T>(
    record: &pb::RatedCategory,
    new: fn(&str) -> Result<T, InvalidId>,
) -> Result<Rated<T>, DecodeError> {
    let value = id(&record.value, new, "RatedCategory.value")?;
    Ok((value, probability(record.probability, "RatedCategory.probability")?))
}

fn labels_to_record<L: Label + Copy>(judged: &Judged<L>) -> pb::LabelJudgement {
    pb::LabelJudgement {
        best: Some(rated_label_to_record(&(judged.value, judged.confidence))),
        mode: judged.mode.to_record(),
        alternatives: judged.alternatives.iter().map(rated_label_to_record).collect(),
    }
}

fn labels_from_record<L: Label>(record: &pb::LabelJudgement) -> Result<Judged<L>, DecodeError> {
    let best = required(record.best.as_ref(), "LabelJudgement.best")?;
    let (value, confidence) = rated_label_from_record(best)?;
    let alternatives = record.alternatives.iter().map(rated_label_from_record);
    Ok(Judged {
        value,
        confidence,
        mode: Label::from_record(record.mode, "LabelJudgement.mode")?,
        alternatives: alternatives.collect::<Result<_, _>>()?,
    })
}

fn rated_label_to_record<L: Label + Copy>((label, probability): &Rated<L>) -> pb::RatedLabel {
    pb::RatedLabel { label: label.to_record(), probability: Some(probability.get()) }
}

fn rated_label_from_record<L: Label>(record: &pb::RatedLabel) -> Result<Rated<L>, DecodeError> {
    let label = Label::from_record(record.label, "RatedLabel.label")?;
    Ok((label, probability(record.probability, "RatedLabel.probability")?))
}

fn rated_tag_to_record((tag, probability): &Rated<TagId>) -> pb::RatedTag {
    pb::RatedTag { tag: tag.to_string(), probability: Some(probability.get()) }
}

fn rated_tag_from_record(record: &pb::RatedTag) -> Result<Rated<TagId>, DecodeError> {
    let tag = id(&record.tag, TagId::new, "RatedTag.tag")?;
    Ok((tag, probability(record.probability, "RatedTag.probability")?))
}

/// The domain nests the reason; the record has one number for both.
impl Label for Mode {
    fn to_record(self) -> i32 {
        let mode = match self {
            Self::Auto => pb::Mode::Auto,
            Self::Suggest => pb::Mode::Suggest,
            Self::Abstain(AbstainReason::LowConfidence) => pb::Mode::AbstainLowConfidence,
            Self::Abstain(AbstainReason::OutOfScope) => pb::Mode::AbstainOutOfScope,
            Self::Abstain(AbstainReason::NeedsAttachment) => pb::Mode::AbstainNeedsAttachment,
            Self::Abstain(AbstainReason::UnknownLanguage) => pb::Mode::AbstainUnknownLanguage,
        };
        mode as i32
    }

    fn from_record(number: i32, field: &'static str) -> Result<Self, DecodeError> {
        match pb::Mode::try_from(number) {
            Ok(pb::Mode::Auto) => Ok(Self::Auto),
            Ok(pb::Mode::Suggest) => Ok(Self::Suggest),
            Ok(pb::Mode::AbstainLowConfidence) => Ok(Self::Abstain(AbstainReason::LowConfidence)),
            Ok(pb::Mode::AbstainOutOfScope) => Ok(Self::Abstain(AbstainReason::OutOfScope)),
            Ok(pb::Mode::AbstainNeedsAttachment) => {
                Ok(Self::Abstain(AbstainReason::NeedsAttachment))
            }
            Ok(pb::Mode::AbstainUnknownLanguage) => {
                Ok(Self::Abstain(AbstainReason::UnknownLanguage))
            }
            Ok(pb::Mode::Unspecified) | Err(_) => {
                Err(DecodeError::UnknownValue { field, got: number })
            }
        }
    }
}
