//! Entering an item.

use super::Graph;
use super::choose::chosen;
use super::layer::{DEGREE, Layer};
use super::walk::{Seen, Walk};
use crate::kernel::Probe;
use crate::similar::codes::{Code, GROUP};

/// Links that a new node chooses itself; others fill the rest by linking to it.
const LINKS_OF_NEW: usize = DEGREE / 2;

/// One node of so many, as a power of two, is in the next layer.
const THINNING_BITS: u32 = 4;

/// Near-duplicates may score a little better by first codes than a node of the very code.
const TWINS_MAX: usize = 16;

/// 16^8 nodes are more than there are places.
const LEVEL_MAX: usize = 7;

impl Graph {
    pub(super) fn insert(&mut self, slot: u32, code: &Code, walk: &mut Walk) {
        let level = self.next_level();
        let near = self.approach(code.first(), level, walk);
        if let Some(node) = self.twin(code, &near) {
            return self.holders.join(slot, node);
        }
        let node = self.settle(code);
        self.holders.found(slot, node);
        for at in 0..=level {
            if at == self.layers.len() {
                self.layers.push(if at == 0 { Layer::lowest() } else { Layer::upper() });
                self.entry = Some(node);
            }
            self.layers[at].enter(node);
            self.connect(at, node, near.get(at).map_or(&[], Vec::as_slice));
        }
    }

    /// The layer up to which the next node is: as many as its number's hash ends with zeros.
    fn next_level(&mut self) -> usize {
        self.n_entered += 1;
        let bits = crate::hash::Rolling::new(self.settings.seed).push(self.n_entered).finish();
        ((bits.trailing_zeros() / THINNING_BITS) as usize).min(LEVEL_MAX)
    }

    /// The nearest nodes in every layer up to `level`, the lowest first.
    pub(super) fn approach(&self, probe: &Probe, level: usize, walk: &mut Walk) -> Vec<Vec<Seen>> {
        self.begin(probe, walk);
        let mut near = Vec::new();
        for (at, layer) in self.layers.iter().enumerate().rev() {
            let ef = if at <= level { self.settings.ef_build.max(1) } else { 1 };
            walk.run(&self.codes, layer, probe, ef);
            if at <= level {
                near.push(walk.pool.clone());
            }
        }
        near.reverse();
        near
    }

    /// Puts the entry into the pool.
    pub(super) fn begin(&self, probe: &Probe, walk: &mut Walk) {
        walk.pool.clear();
        walk.pool.extend(self.entry.map(|entry| self.seen(probe, entry)));
    }

    pub(super) fn seen(&self, probe: &Probe, node: u32) -> Seen {
        let mut score = [0.0];
        self.codes.score_firsts(probe, &[node], &mut score);
        Seen::new(node, score[0])
    }

    /// A node with this very code; it is among the nearest if links lead to it at all.
    fn twin(&self, code: &Code, near: &[Vec<Seen>]) -> Option<u32> {
        let nearest = near.first()?.iter().map(|seen| seen.node);
        nearest.take(TWINS_MAX).find(|node| self.codes.holds(*node, code))
    }

    /// Writes the code to a free place.
    fn settle(&mut self, code: &Code) -> u32 {
        match self.free.pop() {
            Some(place) => {
                self.codes.write(place, code);
                place
            }
            None => {
                self.codes.push(code);
                self.codes.len() as u32 - 1
            }
        }
    }

    /// Links a node to the best of the candidates, and them to it.
    pub(super) fn connect(&mut self, at: usize, node: u32, candidates: &[Seen]) {
        let scale = self.codes.scales()[node as usize];
        for other in chosen(&self.codes, scale, candidates, LINKS_OF_NEW) {
            self.layers[at].link(node, other);
            if !self.layers[at].link(other, node) {
                self.choose_again(at, other, &[node]);
            }
        }
        if self.layers[at].n_arrivals(node) == 0 {
            let hosts = self.layers[at].links(node).to_vec();
            self.oblige(at, node, &hosts);
        }
    }

    /// Chooses a node's links among those it has and others.
    ///
    /// Where a link is the only one to a node, it stays whatever is better.
    pub(super) fn choose_again(&mut self, at: usize, node: u32, others: &[u32]) {
        let before = self.layers[at].links(node).to_vec();
        let candidates = self.ranked(at, node, before.iter().chain(others).copied());
        let scale = self.codes.scales()[node as usize];
        let layer = &mut self.layers[at];
        let after = chosen(&self.codes, scale, &candidates, layer.degree());
        for link in before.iter().filter(|link| !after.contains(link)) {
            if layer.n_arrivals(*link) > 1 {
                layer.unlink(node, *link);
            }
        }
        for link in after {
            layer.link(node, link);
        }
    }

    /// Nodes of a layer but for one, each once, the nearest to that one first.
    fn ranked(&self, at: usize, node: u32, others: impl Iterator<Item = u32>) -> Vec<Seen> {
        let mut probe = Probe::default();
        self.codes.load_first(node, &mut probe);
        let mut others: Vec<u32> = others.filter(|other| *other != node).collect();
        others.sort_unstable();
        others.dedup();
        others.retain(|other| self.layers[at].has(*other));
        let mut scores = vec![0.0; others.len()];
        for (others, scores) in others.chunks(GROUP).zip(scores.chunks_mut(GROUP)) {
            self.codes.score_firsts(&probe, others, scores);
        }
        let seen = |(other, score): (&u32, f32)| Seen::new(*other, score);
        let mut ranked: Vec<Seen> = others.iter().zip(scores).map(seen).collect();
        ranked.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(a.node.cmp(&b.node)));
        ranked
    }

    /// Has one of the hosts link to a lost node, in place of a far one that others link to.
    pub(super) fn oblige(&mut self, at: usize, lost: u32, hosts: &[u32]) {
        for host in hosts {
            if self.layers[at].link(*host, lost) {
                return;
            }
            let links = self.layers[at].links(*host).to_vec();
            let ranked = self.ranked(at, *host, links.into_iter());
            let spare = ranked.iter().rev().find(|link| self.layers[at].n_arrivals(link.node) > 1);
            if let Some(spare) = spare {
                self.layers[at].unlink(*host, spare.node);
                self.layers[at].link(*host, lost);
                return;
            }
        }
    }
}
