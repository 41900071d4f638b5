//! What routing reads of all seats for every ticket, side by side and without names.
//!
//! Seats are scattered over the heap: an agent's skills, teams and limits are trees of
//! names. A sheet has the same in rows and columns in the order of the seats, so that a
//! look over thousands of agents reads memory from end to end. It follows from the seats
//! alone; the roster writes it wherever it changes one.

use super::columns::Columns;
use super::seat::Seat;
use crate::agent::{Place, Presence, Seniority};
use crate::assessment::Language;
use crate::ids::{ChannelId, SkillId, TeamId};
use crate::load::Load;
use crate::schedule::Window;
use crate::time::Timestamp;

/// What is read of a seat whatever a ticket asks for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    pub(crate) presence: Option<Presence>,
    pub(crate) intake_paused: bool,
    pub(crate) seniority: Seniority,
    languages: u8,
    pub(crate) load: Load,
    pub(crate) limit: Load,
    pub(crate) window: Window,
    pub(crate) last_assigned_at: Option<Timestamp>,
}

/// A level held, 0 for none.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Level {
    pub(crate) held: u8,
    /// It counts for a time only, which the seat tells.
    pub(crate) expires: bool,
}

/// Rows by seat, and columns by what tickets name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sheet {
    rows: Vec<Row>,
    places: Vec<Option<Place>>,
    levels: Columns<SkillId, Level>,
    members: Columns<TeamId, bool>,
    /// What is left of channels' shares, where they have a limit of their own.
    rooms: Columns<ChannelId, Option<Load>>,
}

impl Row {
    fn of(seat: &Seat) -> Self {
        let agent = seat.agent();
        let served = Language::ALL.into_iter().filter(|language| agent.languages.serve(*language));
        Self {
            presence: agent.presence,
            intake_paused: agent.intake_paused,
            seniority: agent.seniority,
            languages: served.fold(0, |mask, language| mask | bit(language)),
            load: seat.load(),
            limit: seat.limit(),
            window: seat.window(),
            last_assigned_at: seat.last_assigned_at(),
        }
    }

    pub(crate) fn serves(&self, language: Language) -> bool {
        self.languages & bit(language) != 0
    }

    pub(crate) fn room(&self) -> Load {
        self.load.room_below(self.limit)
    }
}

fn bit(language: Language) -> u8 {
    1 << language as u8
}

impl Sheet {
    pub(crate) fn rows(&self) -> &[Row] {
        &self.rows
    }

    pub(crate) fn places(&self) -> &[Option<Place>] {
        &self.places
    }

    pub(crate) fn levels(&self, skill: &SkillId) -> &[Level] {
        self.levels.of(skill)
    }

    pub(crate) fn members(&self, team: &TeamId) -> &[bool] {
        self.members.of(team)
    }

    pub(crate) fn rooms(&self, channel: &ChannelId) -> &[Option<Load>] {
        self.rooms.of(channel)
    }

    pub(super) fn insert(&mut self, idx: usize, seat: &Seat) {
        self.rows.insert(idx, Row::of(seat));
        self.places.insert(idx, None);
        self.levels.insert_seat(idx);
        self.members.insert_seat(idx);
        self.rooms.insert_seat(idx);
        self.write(idx, seat);
    }

    pub(super) fn remove(&mut self, idx: usize) {
        self.rows.remove(idx);
        self.places.remove(idx);
        self.levels.remove_seat(idx);
        self.members.remove_seat(idx);
        self.rooms.remove_seat(idx);
    }

    /// Everything of a seat with another agent, or the same one with other facts.
    pub(super) fn write(&mut self, idx: usize, seat: &Seat) {
        let agent = seat.agent();
        self.places[idx] = agent.place;
        self.levels.clear_seat(idx);
        for (skill, held) in &agent.skills {
            let level = Level { held: held.level.get(), expires: held.expires.is_some() };
            self.levels.set(skill, idx, level);
        }
        self.members.clear_seat(idx);
        for team in &agent.teams {
            self.members.set(team, idx, true);
        }
        self.rooms.clear_seat(idx);
        self.write_state(idx, seat);
    }

    /// What tickets and time change of a seat.
    pub(super) fn write_state(&mut self, idx: usize, seat: &Seat) {
        self.rows[idx] = Row::of(seat);
        for channel in seat.agent().capacity.per_channel.keys() {
            self.rooms.set(channel, idx, seat.channel_room(channel));
        }
    }
}
