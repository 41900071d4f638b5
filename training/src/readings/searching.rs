//! Searches for tickets whose problem is known.

use switchyard_models::bundle::{Bundle, HeadName};
use switchyard_models::similar::{Collection, Match, Readings, Scratch, Sketch, Weights};

use super::{Labelled, RESULTS, Seen, VECTOR_WEIGHTS};
use crate::error::TrainError;
use crate::examples::{Example, cleaned_text};
use crate::sketches::Sketcher;

/// The tickets that are searched.
pub(super) struct Index {
    collection: Collection,
    /// *Shape*: one for each ticket.
    categories: Vec<String>,
    /// The labels of the category head.
    labels: Vec<String>,
    /// *Shape*: one for each pair.
    queries: Vec<QueryText>,
}

/// A text that asks.
struct QueryText {
    sketch: Sketch,
    is_chinese: bool,
    /// *Shape*: one for each label.
    probabilities: Vec<f32>,
}

/// A search and what is known of its results.
pub(super) struct Asked<'a> {
    group: usize,
    query: &'a QueryText,
    /// The slot of the pair's first text.
    slot: u32,
    pair: &'a Labelled,
}

impl Index {
    /// The pairs' first texts, then the tickets of the corpus that are none of them.
    pub(super) fn of(
        bundle: &Bundle,
        pairs: &[Labelled],
        examples: &[Example],
    ) -> Result<Self, TrainError> {
        let heads = &bundle.manifest().heads;
        let head = heads.iter().find(|head| head.name == HeadName::Category);
        let labels = head.map(|head| head.labels.clone()).unwrap_or_default();
        let mut maker = Sketcher::new(bundle);
        let firsts: Vec<String> = pairs.iter().map(|pair| cleaned_text("", &pair.first)).collect();
        let own = firsts.iter().map(String::as_str).zip(pairs.iter().map(|it| it.category.clone()));
        let others = examples.iter().filter(|example| !firsts.contains(&example.text));
        let others = others.map(|example| (example.text.as_str(), category_of(example)));
        let (sketches, categories): (Vec<_>, Vec<_>) =
            own.chain(others).map(|(text, category)| (maker.sketch("", text), category)).unzip();
        let query = |pair: &Labelled| {
            let sketch = maker.sketch("", &pair.second);
            let is_chinese = Readings::is_chinese(sketch.language);
            let probabilities = maker.probabilities(HeadName::Category);
            QueryText { sketch, is_chinese, probabilities }
        };
        let queries = pairs.iter().map(query).collect();
        Ok(Self { collection: maker.collection(&sketches)?, categories, labels, queries })
    }

    /// The searches in a language.
    pub(super) fn asked<'a>(&'a self, pairs: &'a [Labelled], is_chinese: bool) -> Vec<Asked<'a>> {
        let (mut group, mut asked) = (0, Vec::new());
        for (slot, (pair, query)) in pairs.iter().zip(&self.queries).enumerate() {
            group += usize::from(slot > 0 && pair.group != pairs[slot - 1].group);
            if query.is_chinese == is_chinese {
                asked.push(Asked { group, query, slot: slot as u32, pair });
            }
        }
        asked
    }

    /// The weight by which the ticket about the same problem comes highest.
    pub(super) fn best_weight(&self, asked: &[Asked<'_>]) -> Result<f32, TrainError> {
        let mut best = (0.0, -1.0);
        for weight in VECTOR_WEIGHTS {
            let (_, reciprocal_rank) = self.look(asked, weight)?;
            if reciprocal_rank > best.1 {
                best = (weight, reciprocal_rank);
            }
        }
        Ok(best.0)
    }

    /// Results of which it is known what they are, and the mean of one over the rank of the right
    /// one among the first [`RESULTS`].
    pub(super) fn look(
        &self,
        asked: &[Asked<'_>],
        vector: f32,
    ) -> Result<(Vec<Seen>, f64), TrainError> {
        let weights = Weights { vector, words: 1.0 };
        let (mut scratch, mut seen) = (Scratch::default(), Vec::new());
        let (mut n_same, mut sum) = (0_u32, 0.0);
        for it in asked {
            let query = it.query.sketch.query();
            // Both texts of a group ask among all tickets but each other's copy of the first one.
            let is_other = |slot: u32| slot != it.twin();
            let found = self.collection.search(query, RESULTS, weights, is_other, &mut scratch)?;
            if it.pair.is_same {
                n_same += 1;
                let place = found.iter().position(|result| result.slot == it.slot);
                sum += place.map_or(0.0, |place| 1.0 / (place as f64 + 1.0));
                seen.push(it.sent_twice());
            }
            seen.extend(found.into_iter().filter_map(|result| self.told(it, result)));
        }
        Ok((seen, sum / f64::from(n_same.max(1))))
    }

    fn told(&self, asked: &Asked<'_>, found: Match) -> Option<Seen> {
        let category = self.categories.get(found.slot as usize)?;
        let is_own = found.slot == asked.slot;
        if !is_own && *category == asked.pair.category {
            return None;
        }
        let place = self.labels.iter().position(|label| label == category);
        let category = place.map_or(0.0, |place| asked.query.probabilities[place]);
        let is_same = is_own && asked.pair.is_same;
        Some(Seen { group: asked.group, found, category, is_same })
    }
}

impl Asked<'_> {
    /// The slot of the group's first text as the group's other pair has it.
    fn twin(&self) -> u32 {
        // Pairs of a group stand side by side, the one about the same problem first.
        if self.pair.is_same { self.slot + 1 } else { self.slot.wrapping_sub(1) }
    }

    /// The same text once more finds itself whole.
    fn sent_twice(&self) -> Seen {
        let cosine = self.query.sketch.vector.as_ref().map(|_| 1.0);
        let found = Match { slot: self.slot, score: 0.0, cosine, share: Some(1.0) };
        let category = self.query.probabilities.iter().copied().fold(0.0, f32::max);
        Seen { group: self.group, found, category, is_same: true }
    }
}

fn category_of(example: &Example) -> String {
    example.labels_of(HeadName::Category).and_then(<[String]>::first).cloned().unwrap_or_default()
}
