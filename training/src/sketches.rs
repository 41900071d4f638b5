//! Texts as the index of similar items sees them.

use switchyard_models::bundle::{Bundle, HeadName};
use switchyard_models::classifier::{Classifier, Workspace};
use switchyard_models::language;
use switchyard_models::rank::best;
use switchyard_models::similar::{
    Collection, CollectionSettings, Match, Readings, Scratch, Sketch, Weights,
};
use switchyard_models::text::TicketText;

use crate::error::TrainError;

/// The width of vectors where a bundle has no table: no text has one then.
const NO_VECTORS: usize = 64;

/// Makes sketches as the service does, whatever the bundle's labels.
pub struct Sketcher {
    classifier: Classifier,
    work: Workspace,
    width: usize,
}

impl Sketcher {
    /// Of a bundle.
    pub fn new(bundle: &Bundle) -> Self {
        let width = bundle.embedding().map_or(NO_VECTORS, |it| it.table.width());
        Self { classifier: Classifier::new(bundle), work: Workspace::default(), width }
    }

    /// The sketch of a text.
    pub fn sketch(&mut self, subject: &str, body: &str) -> Sketch {
        let work = &mut self.work;
        work.cleaned.read(&TicketText::new(subject, body));
        self.classifier.vectorize(work);
        Sketch::new(language::detect(&work.cleaned), &work.cleaned, work.dense())
    }

    /// The probabilities of a head for the text last sketched.
    pub fn probabilities(&mut self, head: HeadName) -> Vec<f32> {
        self.classifier.score(&mut self.work);
        self.classifier.probabilities(head, &self.work).to_vec()
    }

    /// All sketches as one searchable collection, in slots by their order.
    pub fn collection(&self, sketches: &[Sketch]) -> Result<Collection, TrainError> {
        let settings =
            CollectionSettings { dimension: self.width, ..CollectionSettings::default() };
        let (mut collection, mut scratch) = (Collection::new(settings)?, Scratch::default());
        for (slot, sketch) in sketches.iter().enumerate() {
            let vector = sketch.vector.as_deref();
            collection.upsert(slot as u32, vector, &sketch.terms, &mut scratch)?;
        }
        Ok(collection)
    }
}

/// Two texts of which it is known how alike they are.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The text that is asked for.
    pub query: String,
    /// The text that is found.
    pub item: String,
    /// How alike they are: 0 or 1, or a score.
    pub label: f32,
}

/// A pair as a search sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    /// Which language the query is in.
    pub is_chinese: bool,
    /// What the search says of the item.
    pub found: Match,
    /// The probability that the query is of the item's likeliest category.
    pub category: Option<f32>,
    /// How alike they are.
    pub label: f32,
}

/// What a search among the pairs' items and other texts says of each pair.
///
/// The other texts make words common or rare, as a tenant's other tickets do.
pub fn nearness(
    bundle: &Bundle,
    pairs: &[Pair],
    others: &[(String, String)],
) -> Result<Vec<Near>, TrainError> {
    let mut maker = Sketcher::new(bundle);
    let items = pairs.iter().map(|pair| ("", pair.item.as_str()));
    let others = others.iter().map(|(subject, body)| (subject.as_str(), body.as_str()));
    let (sketches, categories): (Vec<_>, Vec<_>) = (items.chain(others))
        .map(|(subject, body)| {
            (maker.sketch(subject, body), maker.probabilities(HeadName::Category))
        })
        .unzip();
    let collection = maker.collection(&sketches)?;
    let mut scratch = Scratch::default();
    let near = |(slot, pair): (usize, &Pair)| {
        let query = maker.sketch("", &pair.query);
        let only = |found: u32| found as usize == slot;
        let even = Weights { vector: 1.0, words: 1.0 };
        let found = collection.search(query.query(), 1, even, only, &mut scratch)?;
        let nothing = Match { slot: slot as u32, score: 0.0, cosine: None, share: None };
        let is_chinese = Readings::is_chinese(query.language);
        let found = found.first().copied().unwrap_or(nothing);
        let asked = maker.probabilities(HeadName::Category);
        let likeliest: [Option<usize>; 1] = best(&categories[slot]);
        let category = likeliest[0].map(|at| asked[at]);
        Ok(Near { is_chinese, found, category, label: pair.label })
    };
    pairs.iter().enumerate().map(near).collect()
}
