//! Taking a node away.
//!
//! Whoever linked to it chooses again among its own links and those that went by
//! way of the node, so that the gap is closed from all sides.

use super::Graph;
use super::layer::DEGREE;
use super::walk::Walk;
use crate::kernel::Probe;

impl Graph {
    pub(super) fn forget(&mut self, node: u32, walk: &mut Walk) {
        let layers = self.layers.iter_mut().filter(|layer| layer.has(node));
        let left: Vec<_> = layers.map(|layer| layer.leave(node)).collect();
        self.free.push(node);
        self.n_forgotten += 1;
        self.enter_elsewhere(node);
        for (at, (arrivals, links)) in left.iter().enumerate().take(self.layers.len()) {
            self.close(at, arrivals, links, walk);
        }
    }

    /// Drops layers that have become empty, and the entry if it was this node.
    fn enter_elsewhere(&mut self, node: u32) {
        while self.layers.last().is_some_and(|layer| layer.len() == 0) {
            self.layers.pop();
        }
        if self.entry == Some(node) || self.layers.is_empty() {
            self.entry = self.layers.last().and_then(|layer| layer.nodes().next());
        }
    }

    /// Closes a gap between those who linked to a node and those it linked to.
    fn close(&mut self, at: usize, arrivals: &[u32], links: &[u32], walk: &mut Walk) {
        let near: Vec<u32> = links.iter().chain(arrivals.iter().take(DEGREE)).copied().collect();
        for from in arrivals {
            self.choose_again(at, *from, &near);
        }
        for lost in links.iter().chain(arrivals) {
            let layer = &self.layers[at];
            if layer.n_arrivals(*lost) == 0 || layer.links(*lost).is_empty() {
                self.attach(at, *lost, walk);
            }
        }
    }

    /// Links a node of a layer as if it had just been entered.
    pub(super) fn attach(&mut self, at: usize, node: u32, walk: &mut Walk) {
        let mut probe = Probe::default();
        self.codes.load_first(node, &mut probe);
        let mut near = self.approach(&probe, at, walk);
        if near.len() > at {
            near[at].retain(|seen| seen.node != node);
            self.connect(at, node, &near[at]);
        }
    }
}
