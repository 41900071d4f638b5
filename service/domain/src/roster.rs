//! Agents as routing sees them: seats in the order of their ids, names turned to numbers.
//!
//! What is folded from events is the agent, the teams and the time of the last
//! assignment; loads and shift windows follow from tickets, schedules and time.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::agent::{Agent, Team};
use crate::ids::{AgentId, ChannelId, SkillId, TeamId};
use crate::load::Load;
use crate::schedule::Window;
use crate::time::Timestamp;

/// The roster's number for a skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SkillIdx(u32);

/// The roster's number for a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TeamIdx(u32);

/// An agent's place at the desk.
#[derive(Debug, Clone)]
pub struct Seat {
    agent: Arc<Agent>,
    skills: Vec<(SkillIdx, u8, Timestamp)>,
    teams: Vec<TeamIdx>,
    limit: Load,
    load: Load,
    channel_loads: BTreeMap<ChannelId, Load>,
    window: Window,
    last_assigned_at: Option<Timestamp>,
}

impl Seat {
    /// Who sits here.
    pub fn agent(&self) -> &Arc<Agent> {
        &self.agent
    }

    /// The limit over all channels.
    pub fn limit(&self) -> Load {
        self.limit
    }

    /// What the agent has now, the external load included.
    pub fn load(&self) -> Load {
        self.load
    }

    /// Thousandths of a unit left below the limit; negative when people assigned above it.
    pub fn headroom_milli(&self) -> i64 {
        i64::from(self.limit.milli()) - i64::from(self.load.milli())
    }

    /// The shift state at the roster's time.
    pub fn window(&self) -> Window {
        self.window
    }

    /// When the agent last got a ticket from the desk.
    pub fn last_assigned_at(&self) -> Option<Timestamp> {
        self.last_assigned_at
    }

    pub(crate) fn room(&self) -> Load {
        self.load.room_below(self.limit)
    }

    /// What is left of a channel's share; `None` where it has no limit of its own.
    pub(crate) fn channel_room(&self, channel: &ChannelId) -> Option<Load> {
        let limits = &self.agent.capacity.per_channel;
        if limits.is_empty() {
            return None;
        }
        let limit = *limits.get(channel)?;
        let load = self.channel_loads.get(channel).copied().unwrap_or_default();
        Some(load.room_below(limit))
    }

    pub(crate) fn works_for(&self, team: TeamIdx) -> bool {
        self.teams.contains(&team)
    }

    /// The level held at an instant, 0 for none.
    pub(crate) fn level(&self, skill: SkillIdx, now: Timestamp) -> u8 {
        let held = self.skills.iter().find(|(held, ..)| *held == skill);
        held.map_or(0, |(_, level, expires)| if now < *expires { *level } else { 0 })
    }
}

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
    /// Windows hold until here.
    windows_until: Timestamp,
    /// Somebody came on shift and the queue has not been looked at since.
    has_arrivals: bool,
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
            windows_until: Timestamp::MAX,
            has_arrivals: false,
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
                let old = &self.seats[idx];
                let own_load = old.load - old.agent.external_load;
                self.seats[idx] = Seat {
                    load: fresh.agent.external_load + own_load,
                    channel_loads: old.channel_loads.clone(),
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
            load: agent.external_load,
            channel_loads: BTreeMap::new(),
            window,
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

    /// Brings every shift window to an instant.
    pub(crate) fn advance(&mut self, now: Timestamp) {
        if now < self.windows_until {
            return;
        }
        for seat in self.seats.iter_mut().filter(|seat| seat.window.until <= now) {
            let was_on = seat.window.on;
            seat.window = seat.agent.schedule.window_at(now);
            self.has_arrivals |= seat.window.on && !was_on;
        }
        let ends = self.seats.iter().map(|seat| seat.window.until);
        self.windows_until = ends.min().unwrap_or(Timestamp::MAX);
    }

    /// Whether somebody came on shift since this was last asked.
    pub(crate) fn take_arrivals(&mut self) -> bool {
        std::mem::take(&mut self.has_arrivals)
    }

    /// Has the next question for arrivals answered with yes.
    pub(crate) fn expect_arrivals(&mut self) {
        self.has_arrivals = true;
    }

    pub(crate) fn take_on(&mut self, agent: &AgentId, channel: &ChannelId, load: Load) {
        if let Some(idx) = self.seat_idx(agent) {
            let seat = &mut self.seats[idx];
            seat.load = seat.load + load;
            let of_channel = seat.channel_loads.entry(channel.clone()).or_default();
            *of_channel = *of_channel + load;
        }
    }

    pub(crate) fn put_down(&mut self, agent: &AgentId, channel: &ChannelId, load: Load) {
        if let Some(idx) = self.seat_idx(agent) {
            let seat = &mut self.seats[idx];
            seat.load = seat.load - load;
            let of_channel = seat.channel_loads.entry(channel.clone()).or_default();
            *of_channel = *of_channel - load;
        }
    }

    pub(crate) fn note_assigned(&mut self, agent: &AgentId, at: Option<Timestamp>) {
        if let Some(idx) = self.seat_idx(agent) {
            self.seats[idx].last_assigned_at = at;
        }
    }
}
