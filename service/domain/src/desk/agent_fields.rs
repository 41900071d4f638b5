//! Changing some facts of an agent and leaving the others as they are.

use super::handle::Turn;
use super::{Event, Refusal};
use crate::agent::Agent;
use crate::ids::AgentId;
use std::sync::Arc;

/// A fact of an agent that can be changed by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the field of Agent with its name")]
pub enum AgentField {
    DisplayName,
    Teams,
    Skills,
    Languages,
    Capacity,
    ExternalLoad,
    Schedule,
    Presence,
    Seniority,
    Place,
}

impl AgentField {
    /// Every one with its name on the wire.
    pub const NAMES: [(&'static str, Self); 10] = [
        ("display_name", Self::DisplayName),
        ("teams", Self::Teams),
        ("skills", Self::Skills),
        ("languages", Self::Languages),
        ("capacity", Self::Capacity),
        ("external_load", Self::ExternalLoad),
        ("schedule", Self::Schedule),
        ("presence", Self::Presence),
        ("seniority", Self::Seniority),
        ("place", Self::Place),
    ];

    /// The names alone.
    pub const ALL_NAMES: [&'static str; 10] = {
        let mut names = [""; 10];
        let mut at = 0;
        while at < names.len() {
            names[at] = Self::NAMES[at].0;
            at += 1;
        }
        names
    };

    fn copy(self, from: &Agent, to: &mut Agent) {
        match self {
            Self::DisplayName => to.display_name.clone_from(&from.display_name),
            Self::Teams => to.teams.clone_from(&from.teams),
            Self::Skills => to.skills.clone_from(&from.skills),
            Self::Languages => to.languages.clone_from(&from.languages),
            Self::Capacity => to.capacity.clone_from(&from.capacity),
            Self::ExternalLoad => to.external_load = from.external_load,
            Self::Schedule => to.schedule.clone_from(&from.schedule),
            Self::Presence => to.presence = from.presence,
            Self::Seniority => to.seniority = from.seniority,
            Self::Place => to.place = from.place,
        }
    }
}

impl Turn<'_> {
    pub(super) fn change_agents(
        &mut self,
        agents: &[Arc<Agent>],
        fields: &[AgentField],
    ) -> Result<(), Refusal> {
        let changed: Vec<_> = (agents.iter())
            .map(|agent| self.changed(agent, fields))
            .collect::<Result<_, Refusal>>()?;
        self.known_teams(&changed)?;
        let ids: Vec<AgentId> = changed.iter().map(|agent| agent.id.clone()).collect();
        for agent in changed {
            self.emit(Event::AgentUpserted(agent));
        }
        self.drain_to(ids);
        Ok(())
    }

    fn changed(&self, agent: &Agent, fields: &[AgentField]) -> Result<Arc<Agent>, Refusal> {
        let seat = self.desk.roster.seat(&agent.id);
        let seat = seat.ok_or_else(|| Refusal::UnknownAgent(agent.id.clone()))?;
        let mut changed = Agent::clone(seat.agent());
        for field in fields {
            field.copy(agent, &mut changed);
        }
        Ok(Arc::new(changed))
    }
}
