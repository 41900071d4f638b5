//! Where each agent's seat stands: names are looked up by hash, for a search among seats in
//! the order of ids follows pointers to a name at every step.

use std::collections::HashMap;

use crate::ids::AgentId;

/// Places by agent; nothing ever reads them in an order.
#[derive(Debug, Clone, Default)]
pub(super) struct Index(HashMap<AgentId, usize>);

impl Index {
    pub(super) fn of(&self, agent: &AgentId) -> Option<usize> {
        self.0.get(agent).copied()
    }

    /// Takes a place; those from there on move up by one.
    pub(super) fn insert(&mut self, agent: AgentId, idx: usize) {
        if idx < self.0.len() {
            self.0.values_mut().filter(|place| idx <= **place).for_each(|place| *place += 1);
        }
        self.0.insert(agent, idx);
    }

    pub(super) fn remove(&mut self, agent: &AgentId) -> Option<usize> {
        let idx = self.0.remove(agent)?;
        self.0.values_mut().filter(|place| idx < **place).for_each(|place| *place -= 1);
        Some(idx)
    }
}
