//! Both indexes over the same items.
//!
//! Vectors are scanned as long as that is fast enough, and walked by a graph
//! beyond. A graph takes a minute for each few hundred thousand items, so the
//! collection never builds one by itself while somebody waits: it says that it
//! [`wants_graph`](Collection::wants_graph), gives a [`Plan`] that can be built
//! elsewhere, and [`adopts`](Collection::adopt) the graph, bringing it up to what
//! has changed since.

use std::collections::BTreeSet;

use super::codes::Code;
use super::dense::Dense;
use super::flat::Flat;
use super::fuse::{Match, Side, Weights, fuse};
use super::graph::{Changes, Graph, GraphSettings, Plan, Walk};
use super::hit::Hit;
use super::refusal::Refusal;
use super::words::{Accumulator, Words, WordsQuery, WordsSettings};

/// Candidates of each side, for each match asked for and at least.
///
/// A match that is among the best of the sum is hardly ever far down on both sides.
const CANDIDATES_PER_K: usize = 4;
const CANDIDATES_MIN: usize = 50;

/// How a collection is made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CollectionSettings {
    /// *Units*: a multiple of 64, at most 4,096.
    pub dimension: usize,
    /// From how many vectors on a graph is wanted. *Units*: a scan takes some 1.5 ms per 100,000.
    pub graph_from: usize,
    /// How wide the graph is walked at least.
    ///
    /// Measured: 128 finds 0.997 of the ten nearest of a million, 64 finds 0.965.
    pub ef: usize,
    /// How the graph is built.
    pub graph: GraphSettings,
    /// How words are scored.
    pub words: WordsSettings,
}

impl Default for CollectionSettings {
    fn default() -> Self {
        let (graph, words) = Default::default();
        Self { dimension: 256, graph_from: 200_000, ef: 128, graph, words }
    }
}

/// 0 for vectors of different widths, and for one without a direction.
fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
    let lengths = (dot(a, a) * dot(b, b)).sqrt();
    if a.len() == b.len() && lengths > 0.0 { dot(a, b) / lengths } else { 0.0 }
}

/// Buffers of a search, reused between searches; one for each thread.
#[derive(Debug, Default)]
pub struct Scratch {
    walk: Walk,
    accumulator: Accumulator,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Query<'a> {
    /// *Shape*: the collection's dimension.
    pub vector: Option<&'a [f32]>,
    /// Fingerprints of terms with their counts.
    pub terms: &'a [(u64, u32)],
}

/// Items with vectors and words.
#[derive(Debug, Clone)]
pub struct Collection {
    settings: CollectionSettings,
    dense: Dense,
    words: Words,
    /// Slots whose vector changed since the last plan; `None` where none is out.
    changed: Option<BTreeSet<u32>>,
    /// A graph is wanted, whatever there is.
    is_asked: bool,
    /// Items that came, changed or went.
    n_changes: u64,
}

impl Collection {
    /// An empty collection.
    ///
    /// *Errors*: settings out of their ranges.
    pub fn new(settings: CollectionSettings) -> Result<Self, Refusal> {
        let dense = Dense::Flat(Flat::new(settings.dimension)?);
        Ok(Self {
            settings,
            dense,
            words: Words::new(settings.words)?,
            changed: None,
            is_asked: false,
            n_changes: 0,
        })
    }

    /// The number of items with a vector.
    pub fn n_vectors(&self) -> usize {
        self.dense.len()
    }

    /// The number of items with a term.
    pub fn n_texts(&self) -> usize {
        self.words.len()
    }

    /// Enters the item, in place of what was at the slot: what is not given is not there any more.
    ///
    /// *Errors*: a vector without direction or of another dimension; the item is as it was.
    pub fn upsert(
        &mut self,
        slot: u32,
        vector: Option<&[f32]>,
        terms: &[(u64, u32)],
        scratch: &mut Scratch,
    ) -> Result<(), Refusal> {
        let code = vector.map(|vector| self.code_of(vector)).transpose()?;
        self.words.upsert(slot, terms)?;
        self.note(slot);
        match code {
            Some(code) => self.dense.upsert(slot, &code, &mut scratch.walk),
            None => {
                self.dense.remove(slot, &mut scratch.walk);
                Ok(())
            }
        }
    }

    /// Takes the item away; tells whether there was one.
    pub fn remove(&mut self, slot: u32, scratch: &mut Scratch) -> bool {
        self.note(slot);
        let had_vector = self.dense.remove(slot, &mut scratch.walk);
        self.words.remove(slot) || had_vector
    }

    /// The `k` nearest items by the weighted sum of both sides, of those that the filter lets through.
    ///
    /// *Errors*: a vector without direction or of another dimension.
    pub fn search(
        &self,
        query: Query<'_>,
        k: usize,
        weights: Weights,
        filter: impl Fn(u32) -> bool,
        scratch: &mut Scratch,
    ) -> Result<Vec<Match>, Refusal> {
        let n = k.saturating_mul(CANDIDATES_PER_K).max(CANDIDATES_MIN);
        let code = query.vector.map(|vector| self.code_of(vector)).transpose()?;
        let asked = self.words.query(query.terms);
        let near = match &code {
            Some(code) => {
                self.dense.search(code, (n, self.settings.ef), &filter, &mut scratch.walk)?
            }
            None => Vec::new(),
        };
        let shares = self.shares(&asked, n, &filter, &mut scratch.accumulator);
        let cosine = |slot| self.dense.score_of(slot, code.as_ref()?);
        let share = |slot| self.words.score_of(slot, &asked).map(|score| asked.share(score));
        let vector = Side { found: &near, score_of: &cosine };
        Ok(fuse(&vector, &Side { found: &shares, score_of: &share }, weights, k))
    }

    /// How near an item is that is not here, by what the items here make of words.
    ///
    /// The slot of the match means nothing.
    pub fn compare(&self, query: Query<'_>, item: Query<'_>, weights: Weights) -> Match {
        let cosine = query.vector.zip(item.vector).map(|(a, b)| cosine(a, b));
        let has_words = !query.terms.is_empty() && !item.terms.is_empty();
        let share = has_words.then(|| self.words.share_of(query.terms, item.terms));
        let score = weights.vector * cosine.unwrap_or(0.0) + weights.words * share.unwrap_or(0.0);
        Match { slot: u32::MAX, score, cosine, share }
    }

    /// How near the item at a slot is, whoever else is nearer; `None` where nothing is there.
    pub fn near(&self, query: Query<'_>, slot: u32, weights: Weights) -> Option<Match> {
        let code = query.vector.and_then(|vector| self.code_of(vector).ok());
        let cosine = code.and_then(|code| self.dense.score_of(slot, &code));
        let asked = self.words.query(query.terms);
        let share = self.words.score_of(slot, &asked).map(|score| asked.share(score));
        let is_there = cosine.is_some() || share.is_some();
        let score = weights.vector * cosine.unwrap_or(0.0) + weights.words * share.unwrap_or(0.0);
        is_there.then_some(Match { slot, score, cosine, share })
    }

    fn shares(
        &self,
        asked: &WordsQuery,
        n: usize,
        filter: impl Fn(u32) -> bool,
        accumulator: &mut Accumulator,
    ) -> Vec<Hit> {
        let hits = self.words.search(asked, n, filter, accumulator);
        hits.into_iter().map(|hit| Hit { score: asked.share(hit.score), ..hit }).collect()
    }

    fn code_of(&self, vector: &[f32]) -> Result<Code, Refusal> {
        let (expected, got) = (self.settings.dimension, vector.len());
        if expected == got { Code::of(vector) } else { Err(Refusal::Length { expected, got }) }
    }

    fn note(&mut self, slot: u32) {
        self.n_changes += 1;
        if let Some(changed) = &mut self.changed {
            changed.insert(slot);
        }
    }

    /// Whether vectors are walked by a graph rather than scanned.
    pub fn has_graph(&self) -> bool {
        matches!(self.dense, Dense::Graph(_))
    }

    /// Whether a graph built now would be better than what there is.
    pub fn wants_graph(&self) -> bool {
        let is_due = match &self.dense {
            Dense::Flat(flat) => flat.len() >= self.settings.graph_from,
            Dense::Graph(graph) => graph.needs_rebuild(),
        };
        is_due || self.is_asked
    }

    /// How many items a walk of the graph cannot come to; 0 without one. *Units*: a second for each few
    /// million items.
    pub fn n_unreached(&self) -> usize {
        match &self.dense {
            Dense::Flat(_) => 0,
            Dense::Graph(graph) => graph.unreached().len(),
        }
    }

    /// How often an item came, changed or went.
    pub fn n_changes(&self) -> u64 {
        self.n_changes
    }

    /// Wants a graph built anew, until there is a plan of it.
    pub fn ask_for_graph(&mut self) {
        self.is_asked = true;
    }

    /// All vectors as they are now; changes are noted from here on until a graph is adopted.
    ///
    /// A later plan takes the place of an earlier one, whose graph must not be adopted any more.
    pub fn plan(&mut self) -> Plan {
        self.changed = Some(BTreeSet::new());
        self.is_asked = false;
        self.dense.plan()
    }

    /// What has changed since the last plan, or since this was asked before: to be entered into its
    /// graph while this collection goes on serving. Nothing without a plan.
    pub fn changes(&mut self) -> Changes {
        let slots = self.changed.as_mut().map(std::mem::take).unwrap_or_default();
        Changes(slots.into_iter().map(|slot| (slot, self.dense.code_at(slot))).collect())
    }

    /// Takes a graph built from the last plan, with what has changed since and was not yet asked for;
    /// this takes as long as those changes did.
    ///
    /// Tells whether it was taken: not without a plan, and not of another dimension.
    pub fn adopt(&mut self, mut graph: Graph, scratch: &mut Scratch) -> bool {
        if self.changed.is_none() || graph.dimension() != self.settings.dimension {
            return false;
        }
        graph.apply(&self.changes(), &mut scratch.walk);
        self.changed = None;
        self.dense = Dense::Graph(Box::new(graph));
        true
    }

    /// Builds and adopts a graph here and now, which takes a minute for some 300,000 vectors.
    pub fn build_graph(&mut self, scratch: &mut Scratch) {
        let graph = self.plan().build(self.settings.graph);
        self.adopt(graph, scratch);
    }

    /// *Units*: bytes on the heap.
    pub fn bytes(&self) -> usize {
        self.dense.bytes() + self.words.bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::similar::testing::{mixed, vector};

    const EVEN: Weights = Weights { vector: 0.5, words: 0.5 };

    fn filled(n: u32) -> (Collection, Scratch) {
        let settings =
            CollectionSettings { dimension: 64, graph_from: 2000, ..CollectionSettings::default() };
        let mut collection = (Collection::new(settings).unwrap(), Scratch::default());
        (0..n).for_each(|slot| enter(&mut collection, slot, slot));
        collection
    }

    fn terms(seed: u32) -> [(u64, u32); 3] {
        [0, 1, 2].map(|at| (mixed(u64::from(seed) + at) % 500, 1 + at as u32))
    }

    fn enter((collection, scratch): &mut (Collection, Scratch), slot: u32, seed: u32) {
        collection.upsert(slot, Some(&vector(seed)), &terms(seed), scratch).unwrap();
    }

    fn find((collection, scratch): &mut (Collection, Scratch), seed: u32) -> Vec<Match> {
        let (vector, terms) = (vector(seed), terms(seed));
        let query = Query { vector: Some(&vector), terms: &terms };
        collection.search(query, 5, EVEN, |_| true, scratch).unwrap()
    }

    #[test]
    fn an_item_is_its_own_whole_match() {
        let mut collection = filled(300);
        let best = find(&mut collection, 7)[0];
        assert!(best.slot == 7 && (best.score - 1.0).abs() < 1e-5, "{best:?}");
        assert!(
            collection.0.remove(7, &mut collection.1) && !collection.0.remove(7, &mut collection.1)
        );
        assert!(find(&mut collection, 7).iter().all(|found| found.slot != 7));
    }

    #[test]
    fn what_an_item_no_longer_has_is_gone() {
        let (mut collection, mut scratch) = filled(3);
        collection.upsert(1, None, &terms(1), &mut scratch).unwrap();
        collection.upsert(2, Some(&vector(2)), &[], &mut scratch).unwrap();
        assert_eq!((collection.n_vectors(), collection.n_texts()), (2, 2));
        let (vector, terms) = (vector(1), terms(1));
        let query = Query { vector: Some(&vector), terms: &terms };
        let found = collection.search(query, 3, EVEN, |_| true, &mut scratch).unwrap();
        assert_eq!((found[0].slot, found[0].cosine), (1, None));
    }

    #[test]
    fn a_refused_vector_leaves_the_item_as_it_was() {
        let mut collection = filled(3);
        for bad in [vec![f32::NAN; 64], vec![0.0; 64], vec![1.0; 128]] {
            assert!(collection.0.upsert(1, Some(&bad), &[], &mut collection.1).is_err());
        }
        assert_eq!(find(&mut collection, 1)[0].slot, 1);
    }

    #[test]
    fn a_graph_built_aside_has_what_changed_meanwhile() {
        let mut collection = filled(2000);
        assert!(collection.0.wants_graph());
        let plan = collection.0.plan();
        enter(&mut collection, 5, 9005);
        collection.0.remove(6, &mut collection.1);
        let mut graph = plan.build(GraphSettings::default());
        // Half of the changes are caught up with beforehand, the rest is taken with the graph.
        graph.apply(&collection.0.changes(), &mut collection.1.walk);
        assert!(collection.0.changes().is_empty());
        enter(&mut collection, 7000, 7000);
        assert!(collection.0.adopt(graph.clone(), &mut collection.1));
        assert!(!collection.0.adopt(graph, &mut collection.1) && !collection.0.wants_graph());
        assert_eq!(find(&mut collection, 9005)[0].slot, 5);
        assert_eq!(find(&mut collection, 7000)[0].slot, 7000);
        assert_eq!((collection.0.n_vectors(), find(&mut collection, 8)[0].slot), (2000, 8));
        assert!(find(&mut collection, 6).iter().all(|found| found.slot != 6));
    }

    #[test]
    fn a_graph_that_is_asked_for_is_built_of_any_number() {
        let mut collection = filled(100);
        assert!(!collection.0.wants_graph());
        collection.0.ask_for_graph();
        assert!(collection.0.wants_graph());
        collection.0.build_graph(&mut collection.1);
        assert!(collection.0.has_graph() && !collection.0.wants_graph());
        assert_eq!(collection.0.n_unreached(), 0);
    }

    #[test]
    fn the_graph_matches_as_the_scan_does() {
        let mut collection = filled(2500);
        let before: Vec<_> = (0..50).map(|seed| find(&mut collection, seed)).collect();
        collection.0.build_graph(&mut collection.1);
        let after: Vec<_> = (0..50).map(|seed| find(&mut collection, seed)).collect();
        assert_eq!(before, after);
    }

    #[test]
    fn a_query_of_nothing_finds_nothing() {
        let (collection, mut scratch) = filled(10);
        let found = collection.search(Query::default(), 5, EVEN, |_| true, &mut scratch).unwrap();
        assert!(found.is_empty());
    }
}
