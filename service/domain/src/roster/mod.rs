//! Agents as routing sees them: seats in the order of their ids, and a sheet over all of them.
//!
//! What is folded from events is the agent, the teams and the time of the last
//! assignment; loads and shift windows follow from tickets, schedules and time.

mod columns;
mod index;
mod seat;
mod sheet;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use seat::Seat;
pub(crate) use sheet::{Level, Row, Sheet};

use index::Index;

use crate::agent::{Agent, Team};
use crate::ids::{AgentId, ChannelId, TeamId};
use crate::load::Load;
use crate::time::Timestamp;

/// All agents and teams of a desk.
#[derive(Debug, Clone)]
pub struct Roster {
    seats: Vec<Seat>,
    /// Follows from the seats, as the sheet does.
    index: Index,
    teams: BTreeMap<TeamId, Team>,
    /// Follows from the seats; written wherever one changes.
    sheet: Sheet,
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
            sheet: Sheet::default(),
            index: Index::default(),
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

    /// The next instant at which somebody's shift starts or ends, as seen from any instant.
    pub fn next_change(&self, now: Timestamp) -> Timestamp {
        let ends = self.seats.iter().map(|seat| seat.window_at(now).until);
        ends.min().unwrap_or(Timestamp::MAX)
    }

    pub(crate) fn seat_idx(&self, agent: &AgentId) -> Option<usize> {
        self.index.of(agent)
    }

    /// The seats as routing reads them.
    pub(crate) fn sheet(&self) -> &Sheet {
        &self.sheet
    }

    /// Whether every window at hand holds at an instant.
    pub(crate) fn windows_hold_at(&self, now: Timestamp) -> bool {
        self.windows_from <= now && now < self.windows_until
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
        match self.index.of(&fresh.agent.id) {
            Some(idx) => {
                let old = &mut self.seats[idx];
                *old = Seat {
                    owned_milli: old.owned_milli,
                    n_owned: old.n_owned,
                    channel_milli: std::mem::take(&mut old.channel_milli),
                    last_assigned_at: old.last_assigned_at,
                    ..fresh
                };
                self.sheet.write(idx, old);
            }
            None => {
                let idx = self.seats.partition_point(|seat| seat.agent.id < fresh.agent.id);
                self.index.insert(&fresh.agent.id, idx);
                self.sheet.insert(idx, &fresh);
                self.seats.insert(idx, fresh);
            }
        }
    }

    fn new_seat(&mut self, agent: Arc<Agent>, now: Timestamp) -> Seat {
        let window = agent.schedule.window_at(now);
        self.windows_from = self.windows_from.max(now);
        self.windows_until = self.windows_until.min(window.until);
        Seat {
            limit: agent.capacity.total.unwrap_or(self.default_limit),
            owned_milli: 0,
            n_owned: 0,
            channel_milli: BTreeMap::new(),
            window,
            window_from: now,
            last_assigned_at: None,
            agent,
        }
    }

    pub(crate) fn remove_agent(&mut self, agent: &AgentId) {
        if let Some(idx) = self.index.remove(agent) {
            self.seats.remove(idx);
            self.sheet.remove(idx);
        }
    }

    /// Changes the limit of agents for whom none is stated.
    pub(crate) fn set_default_limit(&mut self, limit: Load) {
        self.default_limit = limit;
        for (idx, seat) in self.seats.iter_mut().enumerate() {
            seat.limit = seat.agent.capacity.total.unwrap_or(limit);
            self.sheet.write_state(idx, seat);
        }
    }

    /// Brings every shift window to an instant, an earlier one too should the clock be set back.
    pub(crate) fn advance(&mut self, now: Timestamp) {
        let holds = self.windows_hold_at(now);
        self.windows_from = now;
        if holds {
            return;
        }
        for (idx, seat) in self.seats.iter_mut().enumerate().filter(|(_, s)| !s.is_read_for(now)) {
            // Nobody may have looked for days: on shift again is an arrival too.
            if seat.read_window(now) {
                self.arrived.insert(seat.agent.id.clone());
            }
            self.sheet.write_state(idx, seat);
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
        self.change(agent, |seat| seat.take_on(channel, load));
    }

    pub(crate) fn put_down(&mut self, agent: &AgentId, channel: &ChannelId, load: Load) {
        self.change(agent, |seat| seat.put_down(channel, load));
    }

    pub(crate) fn note_assigned(&mut self, agent: &AgentId, at: Option<Timestamp>) {
        self.change(agent, |seat| seat.last_assigned_at = at);
    }

    fn change(&mut self, agent: &AgentId, change: impl FnOnce(&mut Seat)) {
        if let Some(idx) = self.seat_idx(agent) {
            change(&mut self.seats[idx]);
            self.sheet.write_state(idx, &self.seats[idx]);
        }
    }
}
