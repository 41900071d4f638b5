//! Changes to agents and teams; each may make waiting tickets assignable.

use std::sync::Arc;

use super::command::PresenceSource;
use super::handle::Turn;
use super::{Event, Refusal};
use crate::agent::{Agent, Presence};
use crate::hours::Interval;
use crate::ids::{AgentId, TeamId};

impl Turn<'_> {
    pub(super) fn upsert_agents(&mut self, agents: Vec<Arc<Agent>>) -> Result<(), Refusal> {
        let teams = agents.iter().flat_map(|agent| &agent.teams);
        if let Some(unknown) = teams.into_iter().find(|team| !self.desk.has_team(team)) {
            return Err(Refusal::UnknownTeam(unknown.clone()));
        }
        let changed: Vec<AgentId> = agents.iter().map(|agent| agent.id.clone()).collect();
        for agent in agents {
            let agent = self.desk.with_known_presence(agent);
            self.emit(Event::AgentUpserted(agent));
        }
        self.drain_to(changed);
        Ok(())
    }

    pub(super) fn remove_agent(&mut self, agent: AgentId) -> Result<(), Refusal> {
        self.desk.known_agent(&agent)?;
        let owned = self.desk.cases.values().filter(|case| case.owner() == Some(&agent));
        match owned.count() {
            0 => {
                self.emit(Event::AgentRemoved(agent));
                Ok(())
            }
            n_open => Err(Refusal::AgentOwnsTickets { agent, n_open }),
        }
    }

    pub(super) fn remove_team(&mut self, team: TeamId) -> Result<(), Refusal> {
        if !self.desk.has_team(&team) {
            return Err(Refusal::UnknownTeam(team));
        }
        let seats = self.desk.roster.seats().iter();
        match seats.filter(|seat| seat.agent().teams.contains(&team)).count() {
            0 => {
                self.emit(Event::TeamRemoved(team));
                Ok(())
            }
            n_agents => Err(Refusal::TeamHasAgents { team, n_agents }),
        }
    }

    pub(super) fn replace_shifts(
        &mut self,
        agent: &AgentId,
        shifts: Vec<Interval>,
    ) -> Result<(), Refusal> {
        self.desk.known_agent(agent)?;
        self.emit(Event::ShiftsReplaced { agent: agent.clone(), shifts });
        self.drain_to([agent.clone()]);
        Ok(())
    }

    pub(super) fn set_presence(
        &mut self,
        agent: &AgentId,
        presence: Option<Presence>,
        source: PresenceSource,
    ) -> Result<(), Refusal> {
        self.desk.known_agent(agent)?;
        self.emit(Event::PresenceSet { agent: agent.clone(), presence, source });
        self.drain_to([agent.clone()]);
        Ok(())
    }
}

impl super::Desk {
    /// An agent who comes again without a presence keeps the one that was reported: a nightly
    /// copy of a staff list says nothing of who is at their desk.
    fn with_known_presence(&self, agent: Arc<Agent>) -> Arc<Agent> {
        let known = self.roster.seat(&agent.id).and_then(|seat| seat.agent().presence);
        match (agent.presence, known) {
            (None, Some(_)) => Arc::new(Agent { presence: known, ..Agent::clone(&agent) }),
            (Some(_), _) | (None, None) => agent,
        }
    }

    fn has_team(&self, team: &TeamId) -> bool {
        self.roster.teams().contains_key(team)
    }
}
