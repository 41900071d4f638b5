//! Whether an article may be sent without a person reading the ticket first.

use crate::assessment::{Assessment, Mode, Sentiment};
use crate::ids::ItemId;
use crate::probability::Probability;

/// An article that answers the ticket.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The article.
    pub article: ItemId,
    /// The calibrated probability that it is about the same problem.
    pub confidence: Probability,
    /// Whether it may go out by itself.
    pub verdict: AnswerVerdict,
}

/// Whether an answer may go out by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerVerdict {
    /// It may: the chance of a wrong answer is within the risk that was stated.
    Safe,
    /// A person looks first, and why.
    Held(AnswerHold),
}

/// Why a person looks at an answer first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnswerHold {
    /// A signal was found: somebody may be hurt, sue, leave or be insulted.
    Signals,
    /// The customer is very angry or in despair.
    Mood,
    /// It is not sure enough what the ticket is about.
    CategoryUnsure,
    /// It is not sure enough that the article is about it.
    ArticleUnsure,
    /// Only the beginning of the ticket was read.
    Truncated,
}

impl AnswerHold {
    /// Every reason, in the order of the wire contract.
    pub const ALL: [Self; 5] =
        [Self::Signals, Self::Mood, Self::CategoryUnsure, Self::ArticleUnsure, Self::Truncated];

    /// The name used in data.
    pub fn label(self) -> &'static str {
        match self {
            Self::Signals => "signals",
            Self::Mood => "mood",
            Self::CategoryUnsure => "category_unsure",
            Self::ArticleUnsure => "article_unsure",
            Self::Truncated => "truncated",
        }
    }
}

impl AnswerVerdict {
    /// On an article of this confidence; `safe_from` is the confidence that keeps the stated risk.
    pub fn on(assessment: &Assessment, confidence: Probability, safe_from: Option<f32>) -> Self {
        let is_sure = safe_from.is_some_and(|least| confidence.get() >= least);
        if !assessment.signals.is_empty() {
            Self::Held(AnswerHold::Signals)
        } else if assessment.sentiment.value == Sentiment::VeryNegative {
            Self::Held(AnswerHold::Mood)
        } else if assessment.truncated {
            Self::Held(AnswerHold::Truncated)
        } else if assessment.category.mode != Mode::Auto {
            Self::Held(AnswerHold::CategoryUnsure)
        } else if !is_sure {
            Self::Held(AnswerHold::ArticleUnsure)
        } else {
            Self::Safe
        }
    }
}
