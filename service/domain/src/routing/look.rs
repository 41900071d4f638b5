//! A look over the roster for one need at one instant.
//!
//! Every name of the need is resolved once, here, so that none is compared per seat.

use super::cost::{CostPart, MilliCost};
use super::need::Need;
use crate::agent::Place;
use crate::ids::SkillId;
use crate::load::Load;
use crate::policy::RoutingPolicy;
use crate::roster::{Level, Roster, Row, Sheet};
use crate::schedule::Window;
use crate::skill::{Requirement, RequirementKind};
use crate::time::Timestamp;

/// A requirement with the levels every seat holds of its skill.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    /// Its place in the need.
    pub(super) place: u8,
    pub(super) min_level: u8,
    /// The share of the level that is missing, weighted, in thousandths, by the level held.
    pub(super) shortfall: [i64; 6],
    skill: &'a SkillId,
    levels: &'a [Level],
}

/// What is read of the roster for a need, seat by seat.
pub(super) struct Look<'a> {
    pub(super) need: &'a Need<'a>,
    pub(super) policy: &'a RoutingPolicy,
    pub(super) now: Timestamp,
    pub(super) required: Vec<Asked<'a>>,
    pub(super) preferred: Vec<Asked<'a>>,
    /// The weights of all preferences.
    pub(super) preferred_weight: i64,
    pub(super) last_agent: Option<usize>,
    /// Experience with what it is about, in thousandths; empty where nobody has any.
    experience: Vec<u16>,
    roster: &'a Roster,
    rows: &'a [Row],
    /// Which seats work for the team asked for; `None` where any does.
    members: Option<&'a [bool]>,
    rooms: &'a [Option<Load>],
    excluded: Excluded,
    windows_hold: bool,
}

impl<'a> Look<'a> {
    pub(super) fn new(
        roster: &'a Roster,
        need: &'a Need<'a>,
        policy: &'a RoutingPolicy,
        now: Timestamp,
    ) -> Self {
        let sheet = roster.sheet();
        Self {
            need,
            policy,
            now,
            required: asked(need, RequirementKind::Required, sheet),
            preferred: asked(need, RequirementKind::Preferred, sheet),
            preferred_weight: of_kind(need, RequirementKind::Preferred)
                .map(|(_, asked)| i64::from(asked.weight_permille))
                .sum(),
            last_agent: need.last_agent.and_then(|id| roster.seat_idx(id)),
            experience: experience(need, roster),
            roster,
            rows: sheet.rows(),
            members: need.team.map(|team| sheet.members(team)),
            rooms: sheet.rooms(need.channel),
            excluded: Excluded::of(need, roster),
            windows_hold: roster.windows_hold_at(now),
        }
    }

    pub(super) fn rows(&self) -> &'a [Row] {
        self.rows
    }

    pub(super) fn is_excluded(&self, idx: usize) -> bool {
        self.excluded.contains(idx)
    }

    pub(super) fn works_there(&self, idx: usize) -> bool {
        self.members.is_none_or(|members| members.get(idx).is_some_and(|works| *works))
    }

    pub(super) fn window(&self, idx: usize) -> Window {
        if self.windows_hold {
            self.rows[idx].window
        } else {
            self.roster.seats()[idx].window_at(self.now)
        }
    }

    /// The level of a skill asked for, 0 for none.
    pub(super) fn level(&self, idx: usize, asked: &Asked<'_>) -> u8 {
        match asked.levels.get(idx) {
            Some(level) if !level.expires => level.held,
            Some(_) => self.roster.seats()[idx].level(asked.skill, self.now),
            None => 0,
        }
    }

    /// How far an agent's experience is from all there could be, in thousandths; 0 for everybody
    /// where none of the roster has any.
    pub(super) fn inexperience(&self, idx: usize) -> i64 {
        self.experience.get(idx).map_or(0, |known| 1_000 - i64::from(*known))
    }

    /// What is left of the channel's share; `None` where it has no limit of its own.
    pub(super) fn channel_room(&self, idx: usize) -> Option<Load> {
        self.rooms.get(idx).copied().flatten()
    }

    /// What a part costs at so many thousandths of it.
    pub(super) fn part(&self, part: CostPart, permille: i64) -> MilliCost {
        (i64::from(self.policy.weights.0[part as usize]) * permille / 1_000) as MilliCost
    }

    pub(super) fn place(&self, idx: usize) -> Option<Place> {
        self.roster.sheet().places()[idx]
    }
}

fn of_kind<'a>(
    need: &Need<'a>,
    kind: RequirementKind,
) -> impl Iterator<Item = (usize, &'a Requirement)> {
    need.requirements.iter().enumerate().filter(move |(_, asked)| asked.kind == kind)
}

fn asked<'a>(need: &'a Need<'a>, kind: RequirementKind, sheet: &'a Sheet) -> Vec<Asked<'a>> {
    let resolved = of_kind(need, kind).map(|(place, asked)| Asked {
        place: place as u8,
        min_level: asked.min_level.get(),
        shortfall: std::array::from_fn(|held| shortfall(asked, held as i64)),
        skill: &asked.skill,
        levels: sheet.levels(&asked.skill),
    });
    resolved.collect()
}

fn experience(need: &Need<'_>, roster: &Roster) -> Vec<u16> {
    let mut by_seat = Vec::new();
    for (agent, permille) in need.experience.iter() {
        let Some(idx) = roster.seat_idx(agent) else { continue };
        by_seat.resize(roster.seats().len(), 0);
        by_seat[idx] = permille;
    }
    by_seat
}

fn shortfall(asked: &Requirement, held: i64) -> i64 {
    let wanted = i64::from(asked.min_level.get());
    i64::from(asked.weight_permille) * 1_000 * (wanted - held).max(0) / wanted
}

/// Seats ruled out, a bit for each; empty where nobody is.
#[derive(Debug)]
struct Excluded(Vec<u64>);

impl Excluded {
    fn of(need: &Need<'_>, roster: &Roster) -> Self {
        let mut bits = Vec::new();
        for idx in need.excluded.iter().filter_map(|id| roster.seat_idx(id)) {
            if bits.is_empty() {
                bits.resize(roster.seats().len().div_ceil(64), 0);
            }
            bits[idx / 64] |= 1 << (idx % 64);
        }
        Self(bits)
    }

    fn contains(&self, idx: usize) -> bool {
        self.0.get(idx / 64).is_some_and(|bits| bits >> (idx % 64) & 1 == 1)
    }
}
