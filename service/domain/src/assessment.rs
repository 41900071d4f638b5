//! What the models make of a ticket's text: the input of every later step.
//!
//! The models fill this in; the domain only reads it. It is part of the
//! decision's record, so a decision can be recomputed without the text.

use std::sync::Arc;

use crate::ids::{CategoryId, GroupId, TagId};
use crate::knowledge::Precedents;
use crate::probability::Probability;

/// The language a text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Chinese in simplified script (`zh-Hans`).
    ZhHans,
    /// Chinese in traditional script (`zh-Hant`).
    ZhHant,
    /// English (`en`).
    En,
    /// Chinese and English in one text (`mixed`).
    Mixed,
    /// Anything else, or too little to tell (`und`).
    Und,
}

impl Language {
    /// Every language, in the order of the wire contract.
    pub const ALL: [Self; 5] = [Self::ZhHans, Self::ZhHant, Self::En, Self::Mixed, Self::Und];

    /// The BCP 47 tag, or `mixed`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::ZhHans => "zh-Hans",
            Self::ZhHant => "zh-Hant",
            Self::En => "en",
            Self::Mixed => "mixed",
            Self::Und => "und",
        }
    }

    /// The language with this tag (see [`Language::tag`]).
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }
}

/// How the customer feels, in five steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sentiment {
    /// Strong anger, despair, insults, panic.
    VeryNegative,
    /// Dissatisfied, annoyed, worried, or suffering from a failure.
    Negative,
    /// A plain request or question.
    Neutral,
    /// Friendly warmth or thanks beyond courtesy.
    Positive,
    /// Enthusiasm.
    VeryPositive,
}

impl Sentiment {
    /// Every step, worst first.
    pub const ALL: [Self; 5] =
        [Self::VeryNegative, Self::Negative, Self::Neutral, Self::Positive, Self::VeryPositive];

    /// The label used in data and on the wire.
    pub fn label(self) -> &'static str {
        match self {
            Self::VeryNegative => "very_negative",
            Self::Negative => "negative",
            Self::Neutral => "neutral",
            Self::Positive => "positive",
            Self::VeryPositive => "very_positive",
        }
    }

    /// The step with this label.
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.label() == label)
    }

    /// The step's place on the score axis: −1, −0.5, 0, 0.5, 1.
    pub fn score(self) -> f32 {
        match self {
            Self::VeryNegative => -1.0,
            Self::Negative => -0.5,
            Self::Neutral => 0.0,
            Self::Positive => 0.5,
            Self::VeryPositive => 1.0,
        }
    }
}

/// How fast an answer is needed, as far as the text tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    /// Nothing depends on a fast answer.
    Low,
    /// The rest.
    Normal,
    /// A near deadline, a blocked core function, many people affected.
    High,
    /// A hazard, a standstill, money being lost now.
    Critical,
}

impl Urgency {
    /// Every step, least first.
    pub const ALL: [Self; 4] = [Self::Low, Self::Normal, Self::High, Self::Critical];

    /// The label used in data and on the wire.
    pub fn label(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// The step with this label.
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.label() == label)
    }
}

/// A fact in the text that changes how the ticket must be treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Signal {
    /// Danger to people.
    SafetyHazard,
    /// A regulator, court, lawyer, consumer body or the press as the next step.
    LegalThreat,
    /// The customer will leave.
    ChurnThreat,
    /// The same matter was brought before without a solution.
    RepeatContact,
    /// The customer points at an own status.
    VipMention,
    /// People are insulted.
    Abuse,
}

impl Signal {
    /// Every signal, in the order of the wire contract.
    pub const ALL: [Self; 6] = [
        Self::SafetyHazard,
        Self::LegalThreat,
        Self::ChurnThreat,
        Self::RepeatContact,
        Self::VipMention,
        Self::Abuse,
    ];

    /// The label used in data and on the wire.
    pub fn label(self) -> &'static str {
        match self {
            Self::SafetyHazard => "safety_hazard",
            Self::LegalThreat => "legal_threat",
            Self::ChurnThreat => "churn_threat",
            Self::RepeatContact => "repeat_contact",
            Self::VipMention => "vip_mention",
            Self::Abuse => "abuse",
        }
    }

    /// The signal with this label.
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|signal| signal.label() == label)
    }
}

/// How far a judgement may be acted on without a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Confident enough to act on.
    Auto,
    /// Shown to a person as the likely choice with its alternatives.
    Suggest,
    /// No judgement, and why.
    Abstain(AbstainReason),
}

/// Why a model gives no judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbstainReason {
    /// The best choice is too unsure to be shown.
    LowConfidence,
    /// The text is like nothing the model knows.
    OutOfScope,
    /// The text points at an attachment that was not given as text.
    NeedsAttachment,
    /// The text's language is not one the model reads.
    UnknownLanguage,
}

/// One judged field: the best value, how sure, and the runners-up.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged<T> {
    /// The most probable value.
    pub value: T,
    /// The calibrated probability that `value` is right.
    pub confidence: Probability,
    /// What the confidence allows.
    pub mode: Mode,
    /// The next best values, most probable first; at most two.
    pub alternatives: Vec<(T, Probability)>,
}

/// Where a field's value came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A model judged it.
    Model,
    /// The caller stated it (`known_*`).
    Caller,
    /// No model was at hand; rules and defaults decided.
    Fallback,
}

/// What is known of a ticket's content.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// The language of the customer's text.
    pub language: Language,
    /// What the ticket is about.
    pub category: Judged<CategoryId>,
    /// Which group of categories it is about, by the sum of its categories' probabilities: it may be
    /// sure where the category is not, and is then not always that category's. `None` where nobody
    /// judged.
    pub category_group: Option<Judged<GroupId>>,
    /// Where the category came from.
    pub category_origin: Origin,
    /// How the customer feels.
    pub sentiment: Judged<Sentiment>,
    /// The expected sentiment on the axis −1 (worst) to 1 (best).
    pub sentiment_score: f32,
    /// How fast an answer is needed.
    pub urgency: Judged<Urgency>,
    /// The signals found, each with its probability; in the order of [`Signal::ALL`].
    pub signals: Vec<(Signal, Probability)>,
    /// The tags found, each with its probability; in the order of the model's labels.
    pub tags: Vec<(TagId, Probability)>,
    /// Only the beginning of the text was read.
    pub truncated: bool,
    /// The bundle that judged, as `name@digest-prefix`; empty without a model.
    pub model_version: Arc<str>,
    /// Why the assessment is poorer than it could be, if it is.
    pub degraded: Option<Degraded>,
    /// What was solved before that it is like.
    pub precedents: Precedents,
}

/// Why a decision rests on less than usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Degraded {
    /// No bundle is loaded; rules and defaults decided.
    ModelAbsent,
    /// The policy's categories are not the model's labels; rules and the caller decide the category.
    LabelsDiffer,
}

impl Degraded {
    /// The reason as shown to callers.
    pub fn label(self) -> &'static str {
        match self {
            Self::ModelAbsent => "MODEL_ABSENT",
            Self::LabelsDiffer => "LABELS_DIFFER",
        }
    }
}

impl Assessment {
    /// Whether a signal was found.
    pub fn has(&self, signal: Signal) -> bool {
        self.signals.iter().any(|(found, _)| *found == signal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_is_read_as_it_is_written() {
        assert!(Language::ALL.iter().all(|l| Language::from_tag(l.tag()) == Some(*l)));
        assert!(Sentiment::ALL.iter().all(|s| Sentiment::from_label(s.label()) == Some(*s)));
        assert!(Urgency::ALL.iter().all(|u| Urgency::from_label(u.label()) == Some(*u)));
        assert!(Signal::ALL.iter().all(|s| Signal::from_label(s.label()) == Some(*s)));
    }

    #[test]
    fn urgencies_and_sentiments_are_ordered_as_listed() {
        assert!(Urgency::ALL.is_sorted() && Sentiment::ALL.is_sorted());
    }
}
