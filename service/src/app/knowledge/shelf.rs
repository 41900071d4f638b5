//! One tenant's items as they are searched: no texts, no store.

use std::collections::BTreeMap;

use switchyard_domain::ids::{AgentId, CategoryId, CustomerRef};
use switchyard_domain::knowledge::{ItemKey, ItemKind, Topic};
use switchyard_domain::time::Timestamp;
use switchyard_models::similar::{
    Changes, Collection, CollectionSettings, Graph, Plan, Refusal, Sketch, Weights,
};

use super::filter::{Entry, Filter};
pub use super::index::Found;
use super::index::Index;
use super::memories::{Memories, Recollection};

/// A customer's items that are looked at one by one, the newest first.
const OWN_MAX: usize = 64;

/// One tenant's items.
///
/// Articles stand apart: whoever looks for an answer does not walk through a million tickets, and
/// what is a rare word among articles does not depend on them.
#[derive(Debug)]
pub struct Shelf {
    tickets: Index,
    /// *Invariant*: always scanned. Articles are written by people, and never so many.
    articles: Index,
    /// The keys of each customer's items, the newest last.
    by_customer: BTreeMap<CustomerRef, Vec<ItemKey>>,
    topics: BTreeMap<CategoryId, Topic>,
    /// Tickets that came in, outside of the index.
    memories: Memories,
}

impl Shelf {
    /// An empty shelf for vectors of this width.
    ///
    /// # Errors
    /// A width that no index takes.
    pub fn new(settings: CollectionSettings) -> Result<Self, Refusal> {
        let scanned = CollectionSettings { graph_from: usize::MAX, ..settings };
        let (tickets, articles) = (Index::new(settings)?, Index::new(scanned)?);
        let (by_customer, topics, memories) = Default::default();
        Ok(Self { tickets, articles, by_customer, topics, memories })
    }

    /// How many tickets and how many articles there are, those that are only remembered left out.
    pub fn counts(&self) -> (usize, usize) {
        (self.tickets.len(), self.articles.len())
    }

    /// How many tickets that came in are remembered.
    pub fn n_remembered(&self) -> usize {
        self.memories.len()
    }

    /// The number under which a ticket that came in is remembered.
    pub fn remembered_number(&self, key: &ItemKey) -> Option<u64> {
        self.memories.number_of(key)
    }

    /// At most `n` remembered tickets opened before an instant, with their numbers.
    pub fn remembered_before(&self, since: Timestamp, n: usize) -> Vec<(u64, ItemKey)> {
        self.memories.before(since, n)
    }

    /// Whether a ticket of this customer has nothing here to be compared with.
    pub fn has_nothing_for(&self, customer: Option<&CustomerRef>) -> bool {
        self.counts() == (0, 0) && customer.is_none_or(|it| self.memories.of(it).is_empty())
    }

    /// The index of tickets.
    pub fn tickets(&self) -> &Collection {
        self.tickets.collection()
    }

    /// The number of items with a vector.
    pub fn n_vectors(&self) -> usize {
        self.tickets.collection().n_vectors() + self.articles.collection().n_vectors()
    }

    /// *Units*: bytes on the heap, roughly: the indexes and what is known of each item.
    pub fn bytes(&self) -> usize {
        let of_customers: usize = self.by_customer.values().map(Vec::capacity).sum();
        let keys = of_customers * size_of::<ItemKey>();
        self.tickets.bytes() + self.articles.bytes() + self.memories.bytes() + keys
    }

    /// Remembers a ticket that came in; not beside one that was told in full.
    ///
    /// The numbers that are of no use any more.
    pub fn remember(&mut self, entry: Entry, sketch: &Sketch) -> Vec<u64> {
        if self.index(entry.key.kind).contains(&entry.key) {
            return entry.remembered.into_iter().collect();
        }
        self.memories.put(entry, sketch)
    }

    /// Enters an item in the place of what was there, and of what was remembered of it.
    ///
    /// # Errors
    /// A vector of another width, or without a direction; nothing has changed.
    pub fn put(&mut self, entry: &Entry, sketch: &Sketch) -> Result<(), Refusal> {
        let before = self.index_mut(entry.key.kind).put(entry.clone(), sketch)?;
        if let Some(before) = before {
            self.forget_entry(&before);
        }
        self.memories.remove(&entry.key);
        self.note(entry);
        Ok(())
    }

    /// Forgets a ticket that came in; one that was told in full stays.
    pub fn forget(&mut self, key: &ItemKey) {
        self.memories.remove(key);
    }

    /// Takes an item away; tells whether it was there.
    pub fn remove(&mut self, key: &ItemKey) -> bool {
        let was_remembered = self.memories.remove(key).is_some();
        let Some(entry) = self.index_mut(key.kind).remove(key) else { return was_remembered };
        self.forget_entry(&entry);
        true
    }

    /// The items of a customer.
    pub fn of_customer(&self, customer: &CustomerRef) -> Vec<ItemKey> {
        let told = self.keys_of(customer).iter();
        let remembered = self.memories.of(customer).iter().map(|it| &it.entry.key);
        told.chain(remembered).cloned().collect()
    }

    /// The `n` nearest of those that are meant, the nearest first.
    pub fn search(
        &self,
        sketch: &Sketch,
        filter: &Filter,
        n: usize,
        weights: Weights,
    ) -> Vec<Found> {
        let of = |kind| self.index(kind).search(sketch, filter, n, weights);
        let Some(kind) = filter.kind else {
            let mut found = [of(ItemKind::Ticket), of(ItemKind::Article)].concat();
            found.sort_by(|a, b| b.near.score.total_cmp(&a.near.score));
            found.truncate(n);
            return found;
        };
        of(kind)
    }

    /// The customer's own newest items and the tickets that came in since an instant and nobody told
    /// more of, each with how near it is.
    ///
    /// They are compared one by one: among strangers with the same problem they would not be found.
    pub fn own_of(
        &self,
        (customer, since): (&CustomerRef, Timestamp),
        sketch: &Sketch,
        weights: Weights,
    ) -> Vec<Found> {
        let told = |key: &ItemKey| self.index(key.kind).near(key, sketch, weights);
        let remembered = |it: &Recollection| Found {
            entry: it.entry.clone(),
            near: self.tickets.collection().compare(sketch.query(), it.sketch().query(), weights),
        };
        let is_fresh = |it: &&Recollection| it.entry.opened_at >= since;
        let newest = self.keys_of(customer).iter().rev().take(OWN_MAX).filter_map(told);
        let came_in = self.memories.of(customer).iter().filter(is_fresh).map(remembered);
        newest.chain(came_in).collect()
    }

    fn keys_of(&self, customer: &CustomerRef) -> &[ItemKey] {
        self.by_customer.get(customer).map_or(&[], Vec::as_slice)
    }

    /// Who solved how many tickets of a category.
    pub fn topic(&self, category: &CategoryId) -> Option<&Topic> {
        self.topics.get(category)
    }

    /// The vectors of all tickets as they are now, to build a graph of, where that is better than what
    /// there is.
    pub fn plan(&mut self) -> Option<Plan> {
        self.tickets.plan()
    }

    /// What has changed since the last plan and was not yet asked for.
    pub fn changes(&mut self) -> Changes {
        self.tickets.changes()
    }

    /// Takes a graph built of the last plan.
    pub fn adopt(&mut self, graph: Graph) -> bool {
        self.tickets.adopt(graph)
    }

    /// Wants a graph built anew, whatever there is.
    pub fn ask_for_graph(&mut self) {
        self.tickets.ask_for_graph();
    }

    fn index(&self, kind: ItemKind) -> &Index {
        match kind {
            ItemKind::Ticket => &self.tickets,
            ItemKind::Article => &self.articles,
        }
    }

    fn index_mut(&mut self, kind: ItemKind) -> &mut Index {
        match kind {
            ItemKind::Ticket => &mut self.tickets,
            ItemKind::Article => &mut self.articles,
        }
    }

    fn note(&mut self, entry: &Entry) {
        if let Some(customer) = &entry.customer {
            self.by_customer.entry(customer.clone()).or_default().push(entry.key.clone());
        }
        if let Some((category, solver)) = entry.experience() {
            let topic = self.topics.entry(category.clone()).or_default();
            *topic.entry(solver.clone()).or_default() += 1;
        }
    }

    fn forget_entry(&mut self, entry: &Entry) {
        if let Some((category, solver)) = entry.experience() {
            self.forget_solved(category, solver);
        }
        if let Some(customer) = &entry.customer {
            self.forget_key(&entry.key, customer);
        }
    }

    fn forget_key(&mut self, key: &ItemKey, customer: &CustomerRef) {
        let Some(theirs) = self.by_customer.get_mut(customer) else { return };
        theirs.retain(|own| own != key);
        if theirs.is_empty() {
            self.by_customer.remove(customer);
        }
    }

    fn forget_solved(&mut self, category: &CategoryId, solver: &AgentId) {
        let Some(topic) = self.topics.get_mut(category) else { return };
        if let Some(n_solved) = topic.get_mut(solver) {
            *n_solved -= 1;
        }
        topic.retain(|_, n_solved| *n_solved > 0);
        if topic.is_empty() {
            self.topics.remove(category);
        }
    }
}
