//! Agents, teams, shifts and presences, and how they change.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use switchyard_domain::agent::{Agent, Languages, Presence, Seniority};
use switchyard_domain::desk::{Action, AgentField, PresenceSource};
use switchyard_domain::hours::Interval;
use switchyard_domain::ids::AgentId;
use switchyard_domain::load::{Capacity, Load};
use switchyard_domain::schedule::Schedule;
use switchyard_domain::skill::{HeldSkill, SkillLevel};

use super::tickets::skill_id;
use super::{AGENTS, Source, TEAMS, agent_id, channel, minute, team, team_id};

impl Source {
    pub(super) fn roster_change(&mut self) -> Action {
        let agent = self.agent_id();
        match self.dice.below(16) {
            0 => Action::UpsertTeam(team(self.dice.one(&TEAMS))),
            1 => Action::RemoveTeam(team_id(self.dice.one(&TEAMS))),
            2..5 => Action::UpsertAgents(vec![Arc::new(self.agent(agent))]),
            5..7 => {
                let agents = vec![Arc::new(self.agent(agent))];
                let all = AgentField::NAMES.map(|(_, field)| field);
                let fields = all.into_iter().filter(|_| self.dice.hits(30)).collect();
                Action::ChangeAgents { agents, fields }
            }
            7..10 => Action::SetIntake { agent, paused: self.dice.hits(40) },
            10 => Action::RemoveAgent(agent),
            11..13 => Action::ReplaceShifts { agent, shifts: self.shifts() },
            _ => {
                let presence = self.presence();
                Action::SetPresence { agent, presence, source: PresenceSource::Manual }
            }
        }
    }

    /// All agents, of whom most work at once.
    pub(super) fn willing_agents(&mut self) -> Vec<Arc<Agent>> {
        let named: Vec<_> = AGENTS.into_iter().filter(|_| self.dice.hits(80)).collect();
        let mut agents: Vec<_> = named.into_iter().map(|id| self.agent(agent_id(id))).collect();
        for agent in &mut agents {
            // Not all teams are there, and one that is not known has everything refused.
            agent.teams.clear();
            if self.dice.hits(80) {
                (agent.schedule, agent.presence) = (Schedule::Always, None);
            }
        }
        agents.into_iter().map(Arc::new).collect()
    }

    fn agent(&mut self, id: AgentId) -> Agent {
        let schedule =
            if self.dice.hits(50) { Schedule::Always } else { Schedule::dated(self.shifts()) };
        let presence = self.presence();
        let dice = &mut self.dice;
        let teams: BTreeSet<_> = dice.some(4, |dice| team_id(dice.one(&TEAMS)));
        let skills: BTreeMap<_, _> = dice.some(3, |dice| {
            let level = SkillLevel::new(dice.one(&[1, 3, 5])).expect("a valid level");
            (skill_id(dice), HeldSkill { level, expires: None })
        });
        let tags: Vec<String> = dice.some(2, |dice| dice.one(&["en", "zh-Hans"]).to_owned());
        let load = |milli: u64| Load::from_milli(milli as u32);
        Agent {
            id,
            display_name: String::new(),
            teams,
            skills,
            languages: Languages::from_tags(tags),
            capacity: Capacity {
                total: dice.maybe(70, |dice| load(dice.below(4_000))),
                per_channel: dice.some(2, |dice| (channel(dice), load(dice.below(3_000)))),
            },
            external_load: if dice.hits(20) { load(dice.below(2_000)) } else { Load::ZERO },
            schedule,
            presence,
            seniority: Seniority::Regular,
            place: None,
            intake_paused: false,
        }
    }

    fn presence(&mut self) -> Option<Presence> {
        let there = [None, None, None, Some(Presence::Online), Some(Presence::Online)];
        let not = [Some(Presence::Away), Some(Presence::Offline)];
        if self.dice.hits(75) { self.dice.one(&there) } else { self.dice.one(&not) }
    }

    fn shifts(&mut self) -> Vec<Interval> {
        let minutes = self.minutes;
        self.dice.some(5, |dice| {
            let start = minutes + dice.within(-200, 1_500);
            Interval { start: minute(start), end: minute(start + dice.within(1, 600)) }
        })
    }
}
