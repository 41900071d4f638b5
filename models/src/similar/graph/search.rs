//! The nearest items, filtered or not.
//!
//! A filter is measured on a sample. Where it lets many through, the walk is made
//! wider by as much; where it lets few through, looking at every item and asking
//! the filter first is faster, and exact.

use super::Graph;
use super::layer::DEGREE;
use super::walk::Walk;
use crate::similar::codes::Code;
use crate::similar::hit::{Hit, Shortlist, rank};
use crate::similar::refusal::Refusal;

/// Nodes that the filter is measured on.
const SAMPLE: usize = 256;

/// Nodes scored by both codes, for each item asked for and at least.
const SHORTLIST_PER_K: usize = 3;
const SHORTLIST_MIN: usize = 32;

/// What following a node's links costs, in comparisons of a scan: estimated, for some 20 of its
/// 32 links are new, each anywhere in memory.
const HOP_COST: f64 = 40.0;

/// What asking the filter about a node costs, in comparisons of a scan: estimated for a filter
/// that looks at a bit or a number.
const ASK_COST: f64 = 0.2;

impl Graph {
    /// The `k` nearest items among those that the filter lets through.
    ///
    /// The larger `ef`, the surer and the slower; less than `k` counts as `k`.
    /// *Errors*: a query of another dimension.
    pub fn search(
        &self,
        query: &Code,
        (k, ef): (usize, usize),
        filter: impl Fn(u32) -> bool,
        walk: &mut Walk,
    ) -> Result<Vec<Hit>, Refusal> {
        self.codes.check(query)?;
        let k = k.min(self.len());
        let passes = |node: u32| self.holders.slots_of(node).any(&filter);
        let hits = match self.width(ef.max(k), passes) {
            Some(ef) => self.walked(query, k, ef, &filter, walk),
            None => Vec::new(),
        };
        // A walk that found too few went where the filter lets nobody through.
        Ok(if hits.len() < k { self.scanned(query, k, &filter) } else { hits })
    }

    /// How wide a walk finds `ef` nodes that pass; `None` where a scan is cheaper.
    fn width(&self, ef: usize, passes: impl Fn(u32) -> bool) -> Option<usize> {
        let lowest = self.layers.first()?;
        let step = (self.codes.len() / SAMPLE).max(1);
        let sample = (0..self.codes.len() as u32).step_by(step).filter(|node| lowest.has(*node));
        let (n_all, n_passing) = sample
            .fold((0, 0), |(all, passing), node| (all + 1, passing + u32::from(passes(node))));
        let share = f64::from(n_passing).max(0.5) / f64::from(n_all).max(1.0);
        let width = ef as f64 / share.min(1.0);
        let scan = self.n_nodes() as f64 * (share + ASK_COST);
        (width * HOP_COST < scan).then_some(width.ceil() as usize)
    }

    pub(super) fn walked(
        &self,
        query: &Code,
        k: usize,
        ef: usize,
        filter: impl Fn(u32) -> bool,
        walk: &mut Walk,
    ) -> Vec<Hit> {
        self.begin(query.first(), walk);
        for (at, layer) in self.layers.iter().enumerate().rev() {
            walk.run(&self.codes, layer, query.first(), if at == 0 { ef } else { 1 });
        }
        let nodes = walk.pool.iter().map(|seen| seen.node);
        let passing = nodes.filter(|node| self.holders.slots_of(*node).any(&filter));
        self.told(query, k, passing.take(n_short(k)), &filter)
    }

    fn scanned(&self, query: &Code, k: usize, filter: impl Fn(u32) -> bool) -> Vec<Hit> {
        let mut list = Shortlist::new(n_short(k).min(self.n_nodes()));
        let passes = |node: &u32| self.holders.slots_of(*node).any(&filter);
        let nodes: Vec<u32> = self.nodes().filter(passes).collect();
        let mut scores = [0.0; DEGREE];
        for nodes in nodes.chunks(DEGREE) {
            self.codes.score_firsts(query.first(), nodes, &mut scores);
            // The list holds nodes, not slots.
            nodes
                .iter()
                .zip(scores)
                .for_each(|(slot, score)| list.offer(Hit { slot: *slot, score }));
        }
        let nodes = list.into_ranked().into_iter().map(|hit| hit.slot);
        self.told(query, k, nodes, filter)
    }

    /// The `k` best items of these nodes, by both codes.
    fn told(
        &self,
        query: &Code,
        k: usize,
        nodes: impl Iterator<Item = u32>,
        filter: impl Fn(u32) -> bool,
    ) -> Vec<Hit> {
        let nodes: Vec<u32> = nodes.collect();
        let cosines = self.codes.cosines(query, &nodes);
        let items = |(node, score): (&u32, f32)| {
            let slots = self.holders.slots_of(*node).filter(|slot| filter(*slot)).take(k);
            slots.map(move |slot| Hit { slot, score })
        };
        let mut hits: Vec<Hit> = nodes.iter().zip(cosines).flat_map(items).collect();
        rank(&mut hits, k);
        hits
    }
}

fn n_short(k: usize) -> usize {
    k.saturating_mul(SHORTLIST_PER_K).max(SHORTLIST_MIN)
}
