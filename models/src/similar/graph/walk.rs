//! From near to nearer along the links of a layer.

use super::layer::{DEGREE, Layer};
use crate::kernel::Probe;
use crate::similar::codes::Codes;

/// A node that was looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Seen {
    pub(super) node: u32,
    /// By first codes; the larger, the nearer.
    pub(super) score: f32,
    is_done: bool,
}

impl Seen {
    pub(super) fn new(node: u32, score: f32) -> Self {
        Self { node, score, is_done: false }
    }

    /// Whether this one comes before: by score, ties by the smallest place.
    pub(super) fn is_before(&self, other: &Self) -> bool {
        let by_score = self.score.total_cmp(&other.score);
        by_score.is_gt() || (by_score.is_eq() && self.node < other.node)
    }
}

/// Buffers of a walk, reused between walks; one for each thread.
#[derive(Debug, Default)]
pub struct Walk {
    /// The nearest so far, in order.
    pub(super) pool: Vec<Seen>,
    /// A bit for each place. All 0 between walks.
    visited: Vec<u64>,
    /// Words of `visited` that are not 0.
    marked: Vec<u32>,
}

impl Walk {
    fn begin(&mut self, n_places: usize) {
        self.marked.drain(..).for_each(|word| self.visited[word as usize] = 0);
        self.visited.resize(n_places.div_ceil(64).max(self.visited.len()), 0);
    }

    /// Whether the place was not visited before.
    fn visit(&mut self, place: u32) -> bool {
        let (word, bit) = (place / 64, 1_u64 << (place % 64));
        let bits = &mut self.visited[word as usize];
        if *bits & bit != 0 {
            return false;
        }
        if *bits == 0 {
            self.marked.push(word);
        }
        *bits |= bit;
        true
    }

    /// Enters a node among the `ef` nearest; answers where.
    fn offer(&mut self, seen: Seen, ef: usize) -> Option<usize> {
        let is_full = self.pool.len() >= ef;
        if is_full && !self.pool.last().is_some_and(|last| seen.is_before(last)) {
            return None;
        }
        if is_full {
            self.pool.pop();
        }
        let at = self.pool.partition_point(|other| other.is_before(&seen));
        self.pool.insert(at, seen);
        Some(at)
    }

    /// Leaves the `ef` nearest that links lead to in `pool`, beginning at what is there.
    pub(super) fn run(&mut self, codes: &Codes, layer: &Layer, probe: &Probe, ef: usize) {
        self.begin(codes.len());
        for at in 0..self.pool.len() {
            self.pool[at].is_done = false;
            self.visit(self.pool[at].node);
        }
        let mut next = 0;
        while let Some(seen) = self.pool.get_mut(next) {
            next += 1;
            if !std::mem::replace(&mut seen.is_done, true) {
                let node = seen.node;
                next = next.min(self.expand(codes, layer, probe, ef, node));
            }
        }
    }

    /// Looks at a node's links; answers the first place of the pool where something changed.
    fn expand(
        &mut self,
        codes: &Codes,
        layer: &Layer,
        probe: &Probe,
        ef: usize,
        node: u32,
    ) -> usize {
        let (mut fresh, mut n_fresh) = ([0; DEGREE], 0);
        for link in layer.links(node) {
            if self.visit(*link) {
                codes.prefetch(*link);
                fresh[n_fresh] = *link;
                n_fresh += 1;
            }
        }
        let mut scores = [0.0; DEGREE];
        codes.score_firsts(probe, &fresh[..n_fresh], &mut scores);
        let mut first = usize::MAX;
        for (link, score) in fresh[..n_fresh].iter().zip(scores) {
            if let Some(at) = self.offer(Seen::new(*link, score), ef) {
                layer.prefetch(*link);
                first = first.min(at);
            }
        }
        first
    }
}
