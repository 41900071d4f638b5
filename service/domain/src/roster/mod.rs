//! Agents as routing sees them: seats in the order of their ids, names turned to numbers.
//!
//! What is folded from events is the agent, the teams and the time of the last
//! assignment; loads and shift windows follow from tickets, schedules and time.

mod seat;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use seat::{Seat, SkillIdx, TeamIdx};

use crate::agent::{Agent, Team};
use crate::ids::{AgentId, ChannelId, SkillId, TeamId};
use crate::load::Load;
use crate::time::Timestamp;

/// Numbers for names, never given twice.
#[derive(Debug, Clone)]
struct Names<K>(BTreeMap<K, u32>);

impl<K> Default for Names<K> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord + Clone> Names<K> {
    fn number(&mut self, name: &K) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(name.clone()).or_insert(next)
    }
}

/// All agents and teams of a desk.
#[derive(Debug, Clone)]
pub struct Roster {
    seats: Vec<Seat>,
    teams: BTreeMap<TeamId, Team>,
    skill_names: Names<SkillId>,
    team_names: Names<TeamId>,
    default_limit: Load,
    /// The instant the windows were last brought to.
    windows_from: Timestamp,
    /// Windows hold until here.
    windows_until: Timestamp,
    /// Who came on shift without the queue having been looked at since.
    arrived: BTreeSet<AgentId>,
}

impl Roster {
    /// A roster of nobody; agents without a stated capacity will get this limit.
    pub fn new(default_limit: Load) -> Self {
        Self {
            seats: Vec::new(),
            teams: BTreeMap::new(),
            skill_names: Names::default(),
            team_names: Names::default(),
            default_limit,
            windows_from: Timestamp::MIN,
            windows_until: Timestamp::MAX,
            arrived: BTreeSet::new(),
        }
    }

    /// Seats in the order of their agents' ids.
    pub fn seats(&self) -> &[Seat] {
        &self.seats
    }

    /// The seat of an agent.
    pub fn seat(&self, agent: &AgentId) -> Option<&Seat> {
        self.seat_idx(agent).map(|idx| &self.seats[idx])
    }

    /// Teams in the order of their ids.
    pub fn teams(&self) -> &BTreeMap<TeamId, Team> {
        &self.teams
    }

    /// Until when no shift starts or ends.
    pub fn windows_until(&self) -> Timestamp {
        self.windows_until
    }

    pub(crate) fn seat_idx(&self, agent: &AgentId) -> Option<usize> {
        self.seats.binary_search_by(|seat| seat.agent.id.cmp(agent)).ok()
    }

    pub(crate) fn skill_idx(&self, skill: &SkillId) -> Option<SkillIdx> {
        self.skill_names.0.get(skill).copied().map(SkillIdx)
    }

    pub(crate) fn team_idx(&self, team: &TeamId) -> Option<TeamIdx> {
        self.team_names.0.get(team).copied().map(TeamIdx)
    }

    pub(crate) fn put_team(&mut self, team: Team) {
        self.teams.insert(team.id.clone(), team);
    }

    pub(crate) fn remove_team(&mut self, team: &TeamId) {
        self.teams.remove(team);
    }

    /// Adds an agent, or replaces one and keeps what the desk knows of them.
    pub(crate) fn put_agent(&mut self, agent: Arc<Agent>, now: Timestamp) {
        let fresh = self.new_seat(agent, now);
        match self.seats.binary_search_by(|seat| seat.agent.id.cmp(&fresh.agent.id)) {
            Ok(idx) => {
                let old = &mut self.seats[idx];
                *old = Seat {
                    owned_milli: old.owned_milli,
                    channel_milli: std::mem::take(&mut old.channel_milli),
                    last_assigned_at: old.last_assigned_at,
                    ..fresh
                };
            }
            Err(idx) => self.seats.insert(idx, fresh),
        }
    }

    fn new_seat(&mut self, agent: Arc<Agent>, now: Timestamp) -> Seat {
        let window = agent.schedule.window_at(now);
        self.windows_until = self.windows_until.min(window.until);
        let skills = (agent.skills.iter())
            .map(|(skill, held)| {
                let idx = SkillIdx(self.skill_names.number(skill));
                (idx, held.level.get(), held.expires.unwrap_or(Timestamp::MAX))
            })
            .collect();
        let teams = agent.teams.iter().map(|team| TeamIdx(self.team_names.number(team))).collect();
        Seat {
            skills,
            teams,
            limit: agent.capacity.total.unwrap_or(self.default_limit),
            owned_milli: 0,
            channel_milli: BTreeMap::new(),
            window,
            window_from: now,
            last_assigned_at: None,
            agent,
        }
    }

    pub(crate) fn remove_agent(&mut self, agent: &AgentId) {
        if let Some(idx) = self.seat_idx(agent) {
            self.seats.remove(idx);
        }
    }

    /// Changes the limit of agents for whom none is stated.
    pub(crate) fn set_default_limit(&mut self, limit: Load) {
        self.default_limit = limit;
        for seat in &mut self.seats {
            seat.limit = seat.agent.capacity.total.unwrap_or(limit);
        }
    }

    /// Brings every shift window to an instant, an earlier one too should the clock be set back.
    pub(crate) fn advance(&mut self, now: Timestamp) {
        let holds = self.windows_from <= now && now < self.windows_until;
        self.windows_from = now;
        if holds {
            return;
        }
        for seat in &mut self.seats {
            // Nobody may have looked for days: on shift again is an arrival too.
            if !seat.is_read_for(now) && seat.read_window(now) {
                self.arrived.insert(seat.agent.id.clone());
            }
        }
        let ends = self.seats.iter().map(|seat| seat.window.until);
        self.windows_until = ends.min().unwrap_or(Timestamp::MAX);
    }

    /// Whether somebody came on shift since arrivals were last taken.
    pub(crate) fn has_arrivals(&self) -> bool {
        !self.arrived.is_empty()
    }

    /// Who came on shift since this was last asked.
    pub(crate) fn take_arrivals(&mut self) -> BTreeSet<AgentId> {
        std::mem::take(&mut self.arrived)
    }

    /// Takes everybody for just arrived.
    pub(crate) fn expect_arrivals(&mut self) {
        self.arrived = self.seats.iter().map(|seat| seat.agent.id.clone()).collect();
    }

    pub(crate) fn take_on(&mut self, agent: &AgentId, channel: &ChannelId, load: Load) {
        if let Some(idx) = self.seat_idx(agent) {
            self.seats[idx].take_on(channel, load);
        }
    }

    pub(crate) fn put_down(&mut self, agent: &AgentId, channel: &ChannelId, load: Load) {
        if let Some(idx) = self.seat_idx(agent) {
            self.seats[idx].put_down(channel, load);
        }
    }

    pub(crate) fn note_assigned(&mut self, agent: &AgentId, at: Option<Timestamp>) {
        if let Some(idx) = self.seat_idx(agent) {
            self.seats[idx].last_assigned_at = at;
        }
    }
}
