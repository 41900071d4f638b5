//! Items of one kind as they are searched.

use std::cell::RefCell;
use std::collections::BTreeMap;

use switchyard_domain::knowledge::ItemKey;
use switchyard_models::similar::{
    Changes, Collection, CollectionSettings, Graph, Match, Plan, Refusal, Scratch, Sketch, Weights,
};

use super::filter::{Entry, Filter};

thread_local! {
    /// Buffers of searches, one for each thread.
    static SCRATCH: RefCell<Scratch> = RefCell::new(Scratch::default());
}

/// Items by the places that the index knows them by.
#[derive(Debug)]
pub(super) struct Index {
    collection: Collection,
    slots: BTreeMap<ItemKey, u32>,
    /// *Shape*: one for each slot that ever was; `None` where it is free.
    entries: Vec<Option<Entry>>,
    free: Vec<u32>,
}

/// An item that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// What is known of it.
    pub entry: Entry,
    /// How near it is.
    pub near: Match,
}

impl Index {
    pub(super) fn new(settings: CollectionSettings) -> Result<Self, Refusal> {
        let collection = Collection::new(settings)?;
        let (slots, entries, free) = Default::default();
        Ok(Self { collection, slots, entries, free })
    }

    pub(super) fn len(&self) -> usize {
        self.slots.len()
    }

    pub(super) fn contains(&self, key: &ItemKey) -> bool {
        self.slots.contains_key(key)
    }

    pub(super) fn collection(&self) -> &Collection {
        &self.collection
    }

    /// *Units*: bytes on the heap, roughly: the index and what is known of each item.
    pub(super) fn bytes(&self) -> usize {
        let ids: usize = self.slots.keys().map(|key| key.id.as_str().len()).sum();
        let known = self.entries.capacity() * size_of::<Option<Entry>>();
        let named = self.slots.len() * size_of::<(ItemKey, u32)>();
        self.collection.bytes() + known + named + ids
    }

    /// Enters an item; what was there before it.
    ///
    /// *Errors*: a vector of another width, or without a direction; nothing has changed.
    pub(super) fn put(&mut self, entry: Entry, sketch: &Sketch) -> Result<Option<Entry>, Refusal> {
        let slot = self.slot_for(&entry.key);
        let done = SCRATCH.with_borrow_mut(|scratch| {
            self.collection.upsert(slot, sketch.vector.as_deref(), &sketch.terms, scratch)
        });
        if done.is_err() && self.entries[slot as usize].is_none() {
            self.free.push(slot);
        }
        done?;
        self.slots.insert(entry.key.clone(), slot);
        Ok(self.entries[slot as usize].replace(entry))
    }

    /// Takes an item away; what it was.
    pub(super) fn remove(&mut self, key: &ItemKey) -> Option<Entry> {
        let slot = self.slots.remove(key)?;
        SCRATCH.with_borrow_mut(|scratch| self.collection.remove(slot, scratch));
        self.free.push(slot);
        self.entries[slot as usize].take()
    }

    /// The `n` nearest of those that are meant, the nearest first.
    pub(super) fn search(
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
        // A sketch of another model's width finds nothing; this index was made for this model.
        let found = found.unwrap_or_default().into_iter();
        found
            .filter_map(|near| Some(Found { entry: self.entry(near.slot)?.clone(), near }))
            .collect()
    }

    /// One item with how near it is, whoever else is nearer.
    pub(super) fn near(&self, key: &ItemKey, sketch: &Sketch, weights: Weights) -> Option<Found> {
        let slot = *self.slots.get(key)?;
        let near = self.collection.near(sketch.query(), slot, weights)?;
        Some(Found { entry: self.entry(slot)?.clone(), near })
    }

    pub(super) fn plan(&mut self) -> Option<Plan> {
        self.collection.wants_graph().then(|| self.collection.plan())
    }

    pub(super) fn changes(&mut self) -> Changes {
        self.collection.changes()
    }

    pub(super) fn adopt(&mut self, graph: Graph) -> bool {
        SCRATCH.with_borrow_mut(|scratch| self.collection.adopt(graph, scratch))
    }

    pub(super) fn ask_for_graph(&mut self) {
        self.collection.ask_for_graph();
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
}
