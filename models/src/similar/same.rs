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
    /// Whether the nearest article answers.
    #[serde(default)]
    pub article: ArticleReading,
}

/// How the nearest article is read: as the answer, or as one that only lies nearby.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArticleReading {
    /// What the cosine weighs in the order of articles, against 1 for the words' share.
    pub vector_weight: f32,
    /// The odds where nothing is alike.
    pub bias: f32,
    /// For each unit of the cosine.
    pub cosine: f32,
    /// For each unit of the words' share.
    pub share: f32,
    /// For each unit by which its score is above the next article's.
    pub gap: f32,
    /// From which probability on it may go out by itself; `None` where no probability keeps the
    /// stated risk.
    pub answer_from: Option<f32>,
}

impl Default for ArticleReading {
    fn default() -> Self {
        Self::UNLEARNT
    }
}

impl ArticleReading {
    /// For a bundle that says nothing of it: no article goes out by itself.
    pub const UNLEARNT: Self = Self {
        vector_weight: 0.0,
        bias: -4.0,
        cosine: 0.0,
        share: 8.0,
        gap: 0.0,
        answer_from: None,
    };

    /// What both sides weigh in the order of articles.
    pub fn weights(&self) -> Weights {
        Weights { vector: self.vector_weight, words: 1.0 }
    }

    /// The calibrated probability that the first article found answers the query.
    ///
    /// *Shape*: `found` is by [`Self::weights`], the nearest first; the second one tells the gap.
    pub fn answers(&self, found: &[Match]) -> Probability {
        let Some(first) = found.first() else { return Probability::ZERO };
        let signs = Self::signs(first, found.get(1));
        let slopes = [self.cosine, self.share, self.gap];
        let margin = slopes.iter().zip(signs).fold(self.bias, |sum, (slope, it)| sum + slope * it);
        Probability::saturating(1.0 / (1.0 + (-margin).exp()))
    }

    /// What is read of the nearest article: cosine, share, and how far the next one is behind.
    pub fn signs(first: &Match, second: Option<&Match>) -> [f32; 3] {
        let gap = first.score - second.map_or(0.0, |it| it.score);
        [first.cosine.unwrap_or(0.0), first.share.unwrap_or(0.0), gap]
    }
}

/// What a category says that nobody knows.
const CATEGORY_UNKNOWN: f32 = 0.5;

impl Reading {
    /// For a bundle that says nothing of it: words alone.
    ///
    /// A query half of whose words are there is even odds.
    pub const UNLEARNT: Self = {
        let curve = Curve { bias: -4.0, cosine: 0.0, share: 8.0, category: 0.0 };
        Self { vector_weight: 0.0, both: curve, words: curve, article: ArticleReading::UNLEARNT }
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
        if Self::is_chinese(language) { &self.zh } else { &self.en }
    }

    /// Whether texts of a language have the Chinese reading.
    pub fn is_chinese(language: Language) -> bool {
        match language {
            Language::ZhHans | Language::ZhHant | Language::Mixed => true,
            Language::En | Language::Und => false,
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
            article: ArticleReading::UNLEARNT,
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
    fn an_article_far_before_the_next_answers_and_nothing_answers_without_one() {
        let reading =
            ArticleReading { gap: 10.0, bias: -2.0, share: 0.0, ..ArticleReading::UNLEARNT };
        let at = |score| Match { score, ..found(None, Some(0.5)) };
        let p = |found: &[Match]| reading.answers(found).get();
        assert!(p(&[at(0.9), at(0.5)]) > 0.85 && p(&[at(0.9), at(0.9)]) < 0.15);
        assert!(p(&[at(0.2)]) > 0.49 && p(&[]) < 1e-6);
    }

    #[test]
    fn each_language_has_its_reading() {
        let zh = Reading { vector_weight: 3.0, ..Reading::UNLEARNT };
        let readings = Readings { zh, en: Reading::UNLEARNT };
        assert_eq!(readings.of(Language::Mixed), &zh);
        assert_eq!(readings.of(Language::Und), &Reading::UNLEARNT);
    }
}
