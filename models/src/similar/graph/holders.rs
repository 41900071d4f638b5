//! Whose a node is.
//!
//! Items with the same code are one node: thousands of copies of a notice would
//! otherwise fill each other's links and lead nowhere.

use std::collections::BTreeMap;

use crate::similar::pages::Pages;

/// Slots and nodes, both ways.
#[derive(Debug, Clone, Default)]
pub(super) struct Holders {
    nodes: Pages,
    /// *Shape*: one for each place; of a free place, what was there.
    smallest: Vec<u32>,
    /// The other slots of a node that several share, in order.
    others: BTreeMap<u32, Vec<u32>>,
    n_slots: usize,
}

impl Holders {
    pub(super) fn len(&self) -> usize {
        self.n_slots
    }

    pub(super) fn node_of(&self, slot: u32) -> Option<u32> {
        self.nodes.get(slot)
    }

    /// The slots of a node, in order.
    pub(super) fn slots_of(&self, node: u32) -> impl Iterator<Item = u32> {
        let others = self.others.get(&node).into_iter().flatten();
        std::iter::once(self.smallest[node as usize]).chain(others.copied())
    }

    /// Gives a new node its first slot.
    pub(super) fn found(&mut self, slot: u32, node: u32) {
        if self.smallest.len() <= node as usize {
            self.smallest.resize(node as usize + 1, slot);
        }
        self.smallest[node as usize] = slot;
        self.enter(slot, node);
    }

    /// Gives a node another slot.
    pub(super) fn join(&mut self, slot: u32, node: u32) {
        let smallest = &mut self.smallest[node as usize];
        let larger = slot.max(*smallest);
        *smallest = slot.min(*smallest);
        let others = self.others.entry(node).or_default();
        others.insert(others.partition_point(|other| *other < larger), larger);
        self.enter(slot, node);
    }

    fn enter(&mut self, slot: u32, node: u32) {
        self.nodes.set(slot, node);
        self.n_slots += 1;
    }

    /// Takes a slot away; answers its node and whether that has other slots.
    pub(super) fn leave(&mut self, slot: u32) -> Option<(u32, bool)> {
        let node = self.nodes.take(slot)?;
        self.n_slots -= 1;
        let Some(others) = self.others.get_mut(&node) else {
            return Some((node, false));
        };
        match others.binary_search(&slot) {
            Ok(at) => _ = others.remove(at),
            Err(_) => self.smallest[node as usize] = others.remove(0),
        }
        if others.is_empty() {
            self.others.remove(&node);
        }
        Some((node, true))
    }

    /// *Units*: bytes on the heap; of the map, its entries.
    pub(super) fn bytes(&self) -> usize {
        let others: usize = self.others.values().map(Vec::capacity).sum();
        self.nodes.bytes()
            + (self.smallest.capacity() + others) * size_of::<u32>()
            + self.others.len() * size_of::<(u32, Vec<u32>)>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_come_in_order_and_leave_one_by_one() {
        let mut holders = Holders::default();
        holders.found(5, 0);
        for slot in [9, 2, 7] {
            holders.join(slot, 0);
        }
        assert_eq!(holders.slots_of(0).collect::<Vec<_>>(), [2, 5, 7, 9]);
        assert_eq!(holders.leave(2), Some((0, true)));
        assert_eq!(holders.leave(7), Some((0, true)));
        assert_eq!(holders.slots_of(0).collect::<Vec<_>>(), [5, 9]);
        assert_eq!((holders.leave(9), holders.leave(9)), (Some((0, true)), None));
        assert_eq!((holders.leave(5), holders.len()), (Some((0, false)), 0));
    }
}
