//! Which items no link leads to.
//!
//! Every node has somebody who links to it, but a group may link to itself alone.

use super::Graph;
use super::walk::Walk;

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
    /// One node of a group brings the group, so it is linked and the rest is looked at again.
    pub fn reach_all(&mut self, walk: &mut Walk) -> usize {
        let mut reached = vec![false; self.codes.len()];
        self.flood(self.entry, &mut reached);
        let mut n_linked = 0;
        for node in 0..self.codes.len() as u32 {
            let is_here = self.layers.first().is_some_and(|layer| layer.has(node));
            if is_here && !reached[node as usize] {
                self.bring(node, walk);
                self.flood(Some(node), &mut reached);
                n_linked += 1;
            }
        }
        n_linked
    }

    /// Links a node as a new one, and makes sure that somebody reached links to it.
    fn bring(&mut self, node: u32, walk: &mut Walk) {
        self.attach(0, node, walk);
        // The walk began at the entry, so all that it found is reached.
        let found: Vec<u32> = walk.pool.iter().map(|seen| seen.node).collect();
        let is_brought =
            |graph: &Self| found.iter().any(|from| graph.layers[0].is_linked(*from, node));
        if !is_brought(self) {
            self.oblige(0, node);
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
