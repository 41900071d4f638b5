//! The scan or the graph, whichever a collection has now.

use super::codes::Code;
use super::flat::Flat;
use super::graph::{Graph, Plan, Walk};
use super::hit::Hit;
use super::refusal::Refusal;

/// One of two ways to the same answers.
#[derive(Debug, Clone)]
pub(super) enum Dense {
    Flat(Flat),
    Graph(Box<Graph>),
}

impl Dense {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Flat(flat) => flat.len(),
            Self::Graph(graph) => graph.len(),
        }
    }

    pub(super) fn plan(&self) -> Plan {
        match self {
            Self::Flat(flat) => flat.plan(),
            Self::Graph(graph) => graph.plan(),
        }
    }

    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Flat(flat) => flat.bytes(),
            Self::Graph(graph) => graph.bytes(),
        }
    }

    pub(super) fn upsert(
        &mut self,
        slot: u32,
        code: &Code,
        walk: &mut Walk,
    ) -> Result<(), Refusal> {
        match self {
            Self::Flat(flat) => flat.upsert(slot, code),
            Self::Graph(graph) => graph.upsert(slot, code, walk),
        }
    }

    pub(super) fn remove(&mut self, slot: u32, walk: &mut Walk) -> bool {
        match self {
            Self::Flat(flat) => flat.remove(slot),
            Self::Graph(graph) => graph.remove(slot, walk),
        }
    }

    pub(super) fn search(
        &self,
        code: &Code,
        (k, ef): (usize, usize),
        filter: impl Fn(u32) -> bool,
        walk: &mut Walk,
    ) -> Result<Vec<Hit>, Refusal> {
        match self {
            Self::Flat(flat) => flat.search(code, k, filter),
            Self::Graph(graph) => graph.search(code, (k, ef), filter, walk),
        }
    }

    pub(super) fn score_of(&self, slot: u32, code: &Code) -> Option<f32> {
        match self {
            Self::Flat(flat) => flat.score_of(slot, code),
            Self::Graph(graph) => graph.score_of(slot, code),
        }
    }

    pub(super) fn code_at(&self, slot: u32) -> Option<Code> {
        match self {
            Self::Flat(flat) => flat.code_at(slot),
            Self::Graph(graph) => graph.code_at(slot),
        }
    }
}
