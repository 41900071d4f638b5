//! Changes to agents and teams; each may make waiting tickets assignable.

use std::sync::Arc;

use super::command::PresenceSource;
use super::handle::Turn;
use super::{Event, Refusal};
use crate::agent::{Agent, Presence};
use crate::hours::Interval;
use crate::ids::{AgentId, TeamId};
use crate::roster::Seat;

impl Turn<'_> {
    pub(super) fn upsert_agents(&mut self, agents: Vec<Arc<Agent>>) -> Result<(), Refusal> {
        self.known_teams(&agents)?;
        let changed: Vec<AgentId> = agents.iter().map(|agent| agent.id.clone()).collect();
        for agent in agents {
            let agent = self.desk.with_known_state(agent);
            self.emit(Event::AgentUpserted(agent));
        }
        self.drain_to(changed);
        Ok(())
    }

    pub(super) fn known_teams(&self, agents: &[Arc<Agent>]) -> Result<(), Refusal> {
        agents.iter().flat_map(|agent| &agent.teams).try_for_each(|team| self.desk.known_team(team))
    }

    pub(super) fn set_intake(&mut self, agent: &AgentId, paused: bool) -> Result<(), Refusal> {
        self.desk.known_agent(agent)?;
        if self.desk.roster.seat(agent).is_some_and(|seat| seat.agent().intake_paused != paused) {
            self.emit(Event::IntakeSet { agent: agent.clone(), paused });
            self.drain_to((!paused).then(|| agent.clone()));
        }
        Ok(())
    }

    pub(super) fn remove_agent(&mut self, agent: AgentId) -> Result<(), Refusal> {
        self.desk.known_agent(&agent)?;
        match self.desk.roster.seat(&agent).map_or(0, Seat::n_owned) {
            0 => {
                self.emit(Event::AgentRemoved(agent));
                Ok(())
            }
            n_open => Err(Refusal::AgentOwnsTickets { agent, n_open }),
        }
    }

    pub(super) fn remove_team(&mut self, team: TeamId) -> Result<(), Refusal> {
        self.desk.known_team(&team)?;
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
    /// copy of a staff list says nothing of who is at their desk, nor whose intake was paused.
    fn with_known_state(&self, agent: Arc<Agent>) -> Arc<Agent> {
        let Some(seat) = self.roster.seat(&agent.id) else { return agent };
        let known = seat.agent();
        let presence = agent.presence.or(known.presence);
        let intake_paused = known.intake_paused;
        if (presence, intake_paused) == (agent.presence, agent.intake_paused) {
            return agent;
        }
        Arc::new(Agent { presence, intake_paused, ..Agent::clone(&agent) })
    }
}
