//! Where each agent's seat stands: names are looked up by hash, for a search among seats in
//! the order of ids follows pointers to a name at every step.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::ids::AgentId;

/// Places by agent. The hash has no random key and goes first, so that a search compares
/// numbers; nothing ever reads the places in their order.
#[derive(Debug, Clone, Default)]
pub(super) struct Index(BTreeMap<(u64, AgentId), usize>);

fn key(agent: &AgentId) -> (u64, AgentId) {
    let mut hasher = DefaultHasher::new();
    agent.hash(&mut hasher);
    (hasher.finish(), agent.clone())
}

impl Index {
    pub(super) fn of(&self, agent: &AgentId) -> Option<usize> {
        self.0.get(&key(agent)).copied()
    }

    /// Takes a place; those from there on move up by one.
    pub(super) fn insert(&mut self, agent: &AgentId, idx: usize) {
        if idx < self.0.len() {
            self.0.values_mut().filter(|place| idx <= **place).for_each(|place| *place += 1);
        }
        self.0.insert(key(agent), idx);
    }

    pub(super) fn remove(&mut self, agent: &AgentId) -> Option<usize> {
        let idx = self.0.remove(&key(agent))?;
        self.0.values_mut().filter(|place| idx < **place).for_each(|place| *place -= 1);
        Some(idx)
    }
}
