//! Agents and teams.

use std::sync::Arc;

use switchyard_domain::agent::Agent;
use switchyard_domain::desk::{Action, AgentField, Refusal};
use switchyard_domain::ids::AgentId;
use switchyard_domain::schedule::Schedule;

use super::{Done, Feed, Model};

impl Model {
    pub(super) fn change_roster(&mut self, action: &Action, feed: &mut Feed<'_>) -> Done {
        match action {
            Action::UpsertTeam(team) => {
                feed.is_next("TeamUpserted");
                self.teams.insert(team.id.clone());
            }
            Action::RemoveTeam(team) => {
                self.known_team(team)?;
                let n_agents = self.agents.values().filter(|a| a.teams.contains(team)).count();
                if n_agents > 0 {
                    return Err(Refusal::TeamHasAgents { team: team.clone(), n_agents });
                }
                feed.is_next("TeamRemoved");
                self.teams.remove(team);
            }
            Action::UpsertAgents(agents) => self.upsert(agents, feed)?,
            Action::ChangeAgents { agents, fields } => self.change(agents, fields, feed)?,
            Action::SetIntake { agent, paused } => self.set_intake(agent, *paused, feed)?,
            Action::RemoveAgent(agent) => self.remove(agent, feed)?,
            Action::ReplaceShifts { agent, shifts } => {
                self.known_agent(agent)?;
                feed.is_next("ShiftsReplaced");
                self.agent(agent).schedule = Schedule::dated(shifts.clone());
            }
            Action::SetPresence { agent, presence, .. } => {
                self.known_agent(agent)?;
                feed.is_next("PresenceSet");
                self.agent(agent).presence = *presence;
            }
            _ => unreachable!("nothing else changes the roster"),
        }
        Ok(())
    }

    fn agent(&mut self, agent: &AgentId) -> &mut Agent {
        self.agents.get_mut(agent).expect("it was looked for before")
    }

    pub(super) fn set_intake(
        &mut self,
        agent: &AgentId,
        paused: bool,
        feed: &mut Feed<'_>,
    ) -> Done {
        self.known_agent(agent)?;
        if self.agents[agent].intake_paused != paused {
            feed.is_next("IntakeSet");
            self.agent(agent).intake_paused = paused;
        }
        Ok(())
    }

    /// A presence that was reported and a paused intake outlive an agent's being put again.
    fn upsert(&mut self, agents: &[Arc<Agent>], feed: &mut Feed<'_>) -> Done {
        for team in agents.iter().flat_map(|agent| &agent.teams) {
            self.known_team(team)?;
        }
        for agent in agents {
            feed.is_next("AgentUpserted");
            let mut agent = Agent::clone(agent);
            if let Some(known) = self.agents.get(&agent.id) {
                agent.presence = agent.presence.or(known.presence);
                agent.intake_paused = known.intake_paused;
            }
            self.agents.insert(agent.id.clone(), agent);
        }
        Ok(())
    }

    fn change(
        &mut self,
        agents: &[Arc<Agent>],
        fields: &[AgentField],
        feed: &mut Feed<'_>,
    ) -> Done {
        agents.iter().try_for_each(|agent| self.known_agent(&agent.id))?;
        if fields.contains(&AgentField::Teams) {
            let mut teams = agents.iter().flat_map(|agent| &agent.teams);
            teams.try_for_each(|team| self.known_team(team))?;
        }
        for agent in agents {
            feed.is_next("AgentUpserted");
            let known = self.agent(&agent.id);
            for field in fields {
                copy(*field, agent, known);
            }
        }
        Ok(())
    }

    fn remove(&mut self, agent: &AgentId, feed: &mut Feed<'_>) -> Done {
        self.known_agent(agent)?;
        let n_open = self.n_owned(agent);
        if n_open > 0 {
            return Err(Refusal::AgentOwnsTickets { agent: agent.clone(), n_open });
        }
        feed.is_next("AgentRemoved");
        self.agents.remove(agent);
        Ok(())
    }
}

fn copy(field: AgentField, from: &Agent, to: &mut Agent) {
    let from = from.clone();
    match field {
        AgentField::DisplayName => to.display_name = from.display_name,
        AgentField::Teams => to.teams = from.teams,
        AgentField::Skills => to.skills = from.skills,
        AgentField::Languages => to.languages = from.languages,
        AgentField::Capacity => to.capacity = from.capacity,
        AgentField::ExternalLoad => to.external_load = from.external_load,
        AgentField::Schedule => to.schedule = from.schedule,
        AgentField::Presence => to.presence = from.presence,
        AgentField::Seniority => to.seniority = from.seniority,
        AgentField::Place => to.place = from.place,
    }
}
