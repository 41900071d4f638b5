//! All items as a plain value that a new graph is built from.
//!
//! Building takes minutes for a million items. A plan holds copies, so it can be
//! built on another thread while the old index serves and changes.

use super::{Graph, GraphSettings, Walk};
use crate::similar::codes::{Code, Codes};
use crate::similar::flat::Flat;

/// Items with their codes.
#[derive(Debug, Clone)]
pub struct Plan {
    codes: Codes,
    /// Slots and places of `codes`, by slot.
    items: Vec<(u32, u32)>,
}

impl Plan {
    fn new(codes: &Codes, items: impl Iterator<Item = (u32, u32)>) -> Self {
        let mut items: Vec<(u32, u32)> = items.collect();
        items.sort_unstable();
        Self { codes: codes.clone(), items }
    }

    /// The number of items.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is no item.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Builds the graph of these items, entered in the order of their slots.
    pub fn build(&self, settings: GraphSettings) -> Graph {
        let mut graph = Graph::over(self.codes.emptied(self.len()), settings);
        let mut walk = Walk::default();
        for (slot, place) in &self.items {
            graph.insert(*slot, &self.codes.read(*place), &mut walk);
        }
        graph.reach_all(&mut walk);
        graph
    }
}

/// Slots whose items have changed, each with its code; `None` where it is gone.
#[derive(Debug, Default)]
pub struct Changes(pub(in crate::similar) Vec<(u32, Option<Code>)>);

impl Changes {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing has changed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Graph {
    /// Enters what has changed since the plan that this graph was built of.
    pub fn apply(&mut self, changes: &Changes, walk: &mut Walk) {
        for (slot, code) in &changes.0 {
            match code {
                Some(code) => _ = self.upsert(*slot, code, walk),
                None => _ = self.remove(*slot, walk),
            }
        }
    }
}

impl Flat {
    /// All items as they are now.
    pub fn plan(&self) -> Plan {
        Plan::new(self.codes(), self.items())
    }
}

impl Graph {
    /// All items as they are now.
    pub fn plan(&self) -> Plan {
        let items =
            self.nodes().flat_map(|node| self.holders.slots_of(node).map(move |slot| (slot, node)));
        Plan::new(&self.codes, items)
    }
}
