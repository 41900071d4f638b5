//! Which items no link leads to.
//!
//! Every node has somebody who links to it, but a group may link to itself alone.

use super::Graph;
use super::walk::Walk;

/// A bound on the work; a round that links nothing ends it sooner. Not tuned.
const ROUNDS_MAX: usize = 8;

impl Graph {
    /// The slots of items that links do not lead to from the entry, in order.
    pub fn unreached(&self) -> Vec<u32> {
        let mut reached = vec![false; self.codes.len()];
        self.flood(self.entry, &mut reached);
        let lost = self.nodes().filter(|node| !reached[*node as usize]);
        let mut slots: Vec<u32> = lost.flat_map(|node| self.holders.slots_of(node)).collect();
        slots.sort_unstable();
        slots
    }

    /// Links what is not reached; answers how many nodes had to be linked.
    ///
    /// A link may take another one's place, so it is looked at again until nothing is left.
    pub fn reach_all(&mut self, walk: &mut Walk) -> usize {
        let mut n_linked = 0;
        for _ in 0..ROUNDS_MAX {
            match self.reach_once(walk) {
                0 => break,
                n => n_linked += n,
            }
        }
        n_linked
    }

    /// One node of a group brings the whole group.
    fn reach_once(&mut self, walk: &mut Walk) -> usize {
        let mut reached = vec![false; self.codes.len()];
        self.flood(self.entry, &mut reached);
        let mut n_linked = 0;
        for node in self.nodes().collect::<Vec<u32>>() {
            if !reached[node as usize] {
                self.bring(node, walk);
                self.flood(Some(node), &mut reached);
                n_linked += 1;
            }
        }
        n_linked
    }

    /// Links a node as a new one, and has somebody link to it who is reached.
    fn bring(&mut self, node: u32, walk: &mut Walk) {
        self.attach(0, node, walk);
        // The walk began at the entry, so all that it found is reached.
        let found: Vec<u32> = walk.pool.iter().map(|seen| seen.node).collect();
        if !found.iter().any(|from| self.layers[0].is_linked(*from, node)) {
            self.oblige(0, node, &found);
        }
    }

    /// Marks what links lead to from a node.
    fn flood(&self, from: Option<u32>, reached: &mut [bool]) {
        let mut open: Vec<u32> = from.into_iter().collect();
        while let Some(node) = open.pop() {
            if !std::mem::replace(&mut reached[node as usize], true) {
                open.extend(self.layers[0].links(node));
            }
        }
    }
}
