//! From how near two texts are to the probability that both are about the same problem.

use serde::{Deserialize, Serialize};
use switchyard_domain::assessment::Language;
use switchyard_domain::probability::Probability;

use super::fuse::{Match, Weights};

/// A logistic curve over what is known of a query and an item.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Curve {
    /// Where nothing is alike.
    pub bias: f32,
    /// For each unit of the cosine.
    pub cosine: f32,
    /// For each unit of the words' share.
    pub share: f32,
    /// For the probability that the query is of the item's category.
    pub category: f32,
}

/// How search results are weighed and read.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// What the cosine weighs in the order of results, against 1 for the words' share.
    pub vector_weight: f32,
    /// The odds where both sides have a say.
    pub both: Curve,
    /// The odds where only words have.
    pub words: Curve,
    /// From which probability on an article may go out by itself; `None` where no probability
    /// keeps the stated risk.
    pub answer_from: Option<f32>,
}

/// What a category says that nobody knows.
const CATEGORY_UNKNOWN: f32 = 0.5;

impl Reading {
    /// For a bundle that says nothing of it: words alone, and no article goes out by itself.
    ///
    /// A query half of whose words are there is even odds.
    pub const UNLEARNT: Self = {
        let curve = Curve { bias: -4.0, cosine: 0.0, share: 8.0, category: 0.0 };
        Self { vector_weight: 0.0, both: curve, words: curve, answer_from: None }
    };

    /// What both sides weigh in the order of results.
    pub fn weights(&self) -> Weights {
        Weights { vector: self.vector_weight, words: 1.0 }
    }

    /// The calibrated probability that the found item is about the same problem; `category` is
    /// the probability that the query is of the item's category, where that is known.
    pub fn same_problem(&self, found: &Match, category: Option<f32>) -> Probability {
        Probability::saturating(1.0 / (1.0 + (-self.margin(found, category)).exp()))
    }

    /// The same in log odds.
    pub fn margin(&self, found: &Match, category: Option<f32>) -> f32 {
        let curve = if found.cosine.is_some() { &self.both } else { &self.words };
        curve.bias
            + curve.cosine * found.cosine.unwrap_or(0.0)
            + curve.share * found.share.unwrap_or(0.0)
            + curve.category * category.unwrap_or(CATEGORY_UNKNOWN)
    }
}

/// A reading for each language that texts are asked in.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Readings {
    /// Chinese, alone or mixed with English.
    pub zh: Reading,
    /// Everything else.
    pub en: Reading,
}

impl Readings {
    /// For a bundle that says nothing of it.
    pub const UNLEARNT: Self = Self { zh: Reading::UNLEARNT, en: Reading::UNLEARNT };

    /// The reading for texts of a language.
    pub fn of(&self, language: Language) -> &Reading {
        match language {
            Language::ZhHans | Language::ZhHant | Language::Mixed => &self.zh,
            Language::En | Language::Und => &self.en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(cosine: Option<f32>, share: Option<f32>) -> Match {
        Match { slot: 0, score: 0.0, cosine, share }
    }

    #[test]
    fn the_curve_of_what_is_known_is_read() {
        let reading = Reading {
            vector_weight: 1.0,
            both: Curve { bias: -2.0, cosine: 4.0, share: 0.0, category: 2.0 },
            words: Curve { bias: 0.0, cosine: 9.0, share: 2.0, category: 0.0 },
            answer_from: None,
        };
        let p =
            |cosine, share, category| reading.same_problem(&found(cosine, share), category).get();
        assert!((p(Some(0.5), Some(1.0), Some(0.0)) - 0.5).abs() < 1e-6);
        assert!((p(Some(0.0), None, Some(1.0)) - 0.5).abs() < 1e-6);
        assert!((p(Some(0.25), None, None) - 0.5).abs() < 1e-6, "nobody knows the category");
        assert!((p(None, None, Some(1.0)) - 0.5).abs() < 1e-6);
        assert!((p(None, Some(1.0), None) - 0.880_797).abs() < 1e-5);
    }

    #[test]
    fn nothing_alike_is_hardly_the_same() {
        let p = |share| Reading::UNLEARNT.same_problem(&found(None, Some(share)), None).get();
        assert!(p(0.0) < 0.02 && (p(0.5) - 0.5).abs() < 1e-6 && p(1.0) > 0.98);
    }

    #[test]
    fn each_language_has_its_reading() {
        let zh = Reading { vector_weight: 3.0, ..Reading::UNLEARNT };
        let readings = Readings { zh, en: Reading::UNLEARNT };
        assert_eq!(readings.of(Language::Mixed), &zh);
        assert_eq!(readings.of(Language::Und), &Reading::UNLEARNT);
    }
}
