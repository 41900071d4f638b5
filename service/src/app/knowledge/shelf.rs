//! One tenant's items as they are searched: no texts, no store.

use std::cell::RefCell;
use std::collections::BTreeMap;

use switchyard_domain::ids::{AgentId, CategoryId, CustomerRef};
use switchyard_domain::knowledge::{ItemKey, ItemKind, Topic};
use switchyard_domain::time::Timestamp;
use switchyard_models::similar::{
    Changes, Collection, CollectionSettings, Graph, Match, Plan, Refusal, Scratch, Sketch, Weights,
};

use super::filter::{Entry, Filter};
use super::memories::{Memories, Recollection};

thread_local! {
    /// Buffers of searches, one for each thread.
    static SCRATCH: RefCell<Scratch> = RefCell::new(Scratch::default());
}

/// A customer's items that are looked at one by one, the newest first.
const OWN_MAX: usize = 64;

/// One tenant's items.
#[derive(Debug)]
pub struct Shelf {
    collection: Collection,
    slots: BTreeMap<ItemKey, u32>,
    /// *Shape*: one for each slot that ever was; `None` where it is free.
    entries: Vec<Option<Entry>>,
    free: Vec<u32>,
    /// The slots of each customer's items, the newest last.
    by_customer: BTreeMap<CustomerRef, Vec<u32>>,
    topics: BTreeMap<CategoryId, Topic>,
    n_articles: usize,
    /// Tickets that came in, outside of the index.
    memories: Memories,
}

/// An item that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// What is known of it.
    pub entry: Entry,
    /// How near it is.
    pub near: Match,
}

impl Shelf {
    /// An empty shelf for vectors of this width.
    ///
    /// # Errors
    /// A width that no index takes.
    pub fn new(settings: CollectionSettings) -> Result<Self, Refusal> {
        Ok(Self {
            collection: Collection::new(settings)?,
            slots: BTreeMap::new(),
            entries: Vec::new(),
            free: Vec::new(),
            by_customer: BTreeMap::new(),
            topics: BTreeMap::new(),
            n_articles: 0,
            memories: Memories::default(),
        })
    }

    /// How many tickets and how many articles there are, those that are only remembered left out.
    pub fn counts(&self) -> (usize, usize) {
        (self.slots.len() - self.n_articles, self.n_articles)
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
        self.slots.is_empty() && customer.is_none_or(|it| self.memories.of(it).is_empty())
    }

    /// The index.
    pub fn collection(&self) -> &Collection {
        &self.collection
    }

    /// *Units*: bytes on the heap, roughly: the index and what is known of each item.
    pub fn bytes(&self) -> usize {
        let ids: usize = self.slots.keys().map(|key| key.id.as_str().len()).sum();
        let known = self.entries.capacity() * size_of::<Option<Entry>>();
        let named = self.slots.len() * (size_of::<(ItemKey, u32)>() + size_of::<u32>());
        self.collection.bytes() + self.memories.bytes() + known + named + ids
    }

    /// Remembers a ticket that came in; not beside one that was told in full.
    ///
    /// The numbers that are of no use any more.
    pub fn remember(&mut self, entry: Entry, sketch: &Sketch) -> Vec<u64> {
        if self.slots.contains_key(&entry.key) {
            return entry.remembered.into_iter().collect();
        }
        self.memories.put(entry, sketch)
    }

    /// Enters an item in the place of what was there, and of what was remembered of it.
    ///
    /// # Errors
    /// A vector of another width, or without a direction; nothing has changed.
    pub fn put(&mut self, entry: Entry, sketch: &Sketch) -> Result<(), Refusal> {
        let slot = self.slot_for(&entry.key);
        let done = SCRATCH.with_borrow_mut(|scratch| {
            self.collection.upsert(slot, sketch.vector.as_deref(), &sketch.terms, scratch)
        });
        if done.is_err() && self.entries[slot as usize].is_none() {
            self.free.push(slot);
        }
        done?;
        self.forget_entry(slot);
        self.memories.remove(&entry.key);
        self.note(slot, &entry);
        self.slots.insert(entry.key.clone(), slot);
        self.entries[slot as usize] = Some(entry);
        Ok(())
    }

    /// Forgets a ticket that came in; one that was told in full stays.
    pub fn forget(&mut self, key: &ItemKey) {
        self.memories.remove(key);
    }

    /// Takes an item away; tells whether it was there.
    pub fn remove(&mut self, key: &ItemKey) -> bool {
        let was_remembered = self.memories.remove(key).is_some();
        let Some(slot) = self.slots.remove(key) else { return was_remembered };
        SCRATCH.with_borrow_mut(|scratch| self.collection.remove(slot, scratch));
        self.forget_entry(slot);
        self.free.push(slot);
        true
    }

    /// The items of a customer.
    pub fn of_customer(&self, customer: &CustomerRef) -> Vec<ItemKey> {
        let told = self.slots_of(customer).iter().filter_map(|slot| self.entry(*slot));
        let remembered = self.memories.of(customer).iter().map(|it| &it.entry);
        told.chain(remembered).map(|entry| entry.key.clone()).collect()
    }

    /// The `n` nearest of those that are meant, the nearest first.
    pub fn search(
        &self,
        sketch: &Sketch,
        filter: &Filter,
        n: usize,
        weights: Weights,
    ) -> Vec<Found> {
        let passes = |slot: u32| self.entry(slot).is_some_and(|entry| filter.passes(entry));
        let found = SCRATCH.with_borrow_mut(|scratch| {
            self.collection.search(sketch.query(), n, weights, passes, scratch)
        });
        // A sketch of another model's width finds nothing; this shelf was made for this model.
        let found = found.unwrap_or_default().into_iter();
        found
            .filter_map(|near| Some(Found { entry: self.entry(near.slot)?.clone(), near }))
            .collect()
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
        let told = |slot: &u32| {
            let near = self.collection.near(sketch.query(), *slot, weights)?;
            Some(Found { entry: self.entry(*slot)?.clone(), near })
        };
        let remembered = |it: &Recollection| Found {
            entry: it.entry.clone(),
            near: self.collection.compare(sketch.query(), it.sketch().query(), weights),
        };
        let is_fresh = |it: &&Recollection| it.entry.opened_at >= since;
        let newest = self.slots_of(customer).iter().rev().take(OWN_MAX).filter_map(told);
        let came_in = self.memories.of(customer).iter().filter(is_fresh).map(remembered);
        newest.chain(came_in).collect()
    }

    fn slots_of(&self, customer: &CustomerRef) -> &[u32] {
        self.by_customer.get(customer).map_or(&[], Vec::as_slice)
    }

    /// Who solved how many tickets of a category.
    pub fn topic(&self, category: &CategoryId) -> Option<&Topic> {
        self.topics.get(category)
    }

    /// All vectors as they are now, to build a graph of, where that is better than what there is.
    pub fn plan(&mut self) -> Option<Plan> {
        self.collection.wants_graph().then(|| self.collection.plan())
    }

    /// What has changed since the last plan and was not yet asked for.
    pub fn changes(&mut self) -> Changes {
        self.collection.changes()
    }

    /// Takes a graph built of the last plan.
    pub fn adopt(&mut self, graph: Graph) -> bool {
        SCRATCH.with_borrow_mut(|scratch| self.collection.adopt(graph, scratch))
    }

    fn entry(&self, slot: u32) -> Option<&Entry> {
        self.entries.get(slot as usize)?.as_ref()
    }

    fn slot_for(&mut self, key: &ItemKey) -> u32 {
        if let Some(slot) = self.slots.get(key) {
            return *slot;
        }
        self.free.pop().unwrap_or_else(|| {
            self.entries.push(None);
            (self.entries.len() - 1) as u32
        })
    }

    fn note(&mut self, slot: u32, entry: &Entry) {
        if let Some(customer) = &entry.customer {
            self.by_customer.entry(customer.clone()).or_default().push(slot);
        }
        self.n_articles += usize::from(entry.key.kind == ItemKind::Article);
        if let Some((category, solver)) = entry.experience() {
            let topic = self.topics.entry(category.clone()).or_default();
            *topic.entry(solver.clone()).or_default() += 1;
        }
    }

    fn forget_entry(&mut self, slot: u32) {
        let Some(entry) = self.entries[slot as usize].take() else { return };
        self.n_articles -= usize::from(entry.key.kind == ItemKind::Article);
        if let Some((category, solver)) = entry.experience() {
            self.forget_solved(category, solver);
        }
        if let Some(customer) = &entry.customer {
            self.forget_slot(slot, customer);
        }
    }

    fn forget_slot(&mut self, slot: u32, customer: &CustomerRef) {
        let Some(theirs) = self.by_customer.get_mut(customer) else { return };
        theirs.retain(|own| *own != slot);
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
