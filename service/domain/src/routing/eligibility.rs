//! Hard filters: why an agent cannot have a ticket, whatever it would cost.

use super::look::{Asked, Look};
use crate::agent::Presence;
use crate::load::Load;
use crate::time::{Span, Timestamp};

/// The first filter that keeps an agent from a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exclusion {
    /// The caller ruled this agent out.
    ExcludedByCaller,
    /// Works for other teams.
    OtherTeam,
    /// Gets nothing new at present.
    IntakePaused,
    /// Reported away.
    Away,
    /// Reported offline.
    Offline,
    /// Not on shift.
    OffShift {
        /// When the next shift begins; the end of time if none is known.
        starts: Timestamp,
    },
    /// The shift ends too soon for anything new.
    ShiftEnding {
        /// What is left of it.
        left: Span,
    },
    /// Does not serve the ticket's language.
    Language,
    /// Does not hold a required skill, or it has expired.
    SkillMissing {
        /// The place of the requirement in the need.
        requirement: u8,
    },
    /// Holds a required skill below the level asked for.
    SkillTooLow {
        /// The place of the requirement in the need.
        requirement: u8,
        /// The level held.
        held: u8,
    },
    /// The ticket does not fit into what is left of the agent's capacity.
    AtCapacity {
        /// What is left.
        room: Load,
    },
    /// The ticket does not fit into what is left of the channel's share.
    ChannelAtCapacity {
        /// What is left.
        room: Load,
    },
}

impl Exclusion {
    /// How many kinds there are.
    pub const KINDS: usize = 12;

    /// The labels by kind, as used in data and on the wire; a later kind is put last, for the journal
    /// counts them by place.
    pub const LABELS: [&'static str; Self::KINDS] = [
        "EXCLUDED_BY_CALLER",
        "OTHER_TEAM",
        "AWAY",
        "OFFLINE",
        "OFF_SHIFT",
        "SHIFT_ENDING",
        "LANGUAGE",
        "SKILL_MISSING",
        "SKILL_TOO_LOW",
        "AT_CAPACITY",
        "CHANNEL_AT_CAPACITY",
        "INTAKE_PAUSED",
    ];

    /// The kind's place in [`Exclusion::LABELS`].
    pub fn kind(self) -> usize {
        match self {
            Self::ExcludedByCaller => 0,
            Self::OtherTeam => 1,
            Self::Away => 2,
            Self::Offline => 3,
            Self::OffShift { .. } => 4,
            Self::ShiftEnding { .. } => 5,
            Self::Language => 6,
            Self::SkillMissing { .. } => 7,
            Self::SkillTooLow { .. } => 8,
            Self::AtCapacity { .. } => 9,
            Self::ChannelAtCapacity { .. } => 10,
            Self::IntakePaused => 11,
        }
    }

    /// The kind's label.
    pub fn label(self) -> &'static str {
        Self::LABELS[self.kind()]
    }
}

/// How many agents each kind of filter kept out, in the order of [`Exclusion::LABELS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally(pub [u32; Exclusion::KINDS]);

impl Tally {
    pub(super) fn note(&mut self, exclusion: Exclusion) {
        self.0[exclusion.kind()] += 1;
    }

    /// The kinds that kept somebody out, with their counts.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, u32)> + '_ {
        Exclusion::LABELS.into_iter().zip(self.0).filter(|(_, count)| *count > 0)
    }
}

/// The filter that keeps a seat's agent from a ticket, if any; the order is part of the contract.
pub(super) fn exclusion_of(look: &Look<'_>, idx: usize) -> Option<Exclusion> {
    not_asked(look, idx)
        .or_else(|| look.rows()[idx].intake_paused.then_some(Exclusion::IntakePaused))
        .or_else(|| not_present(look, idx))
        .or_else(|| not_able(look, idx))
        .or_else(|| no_room(look, idx))
}

/// The same for an agent who asks for work: a paused intake does not matter then.
pub(super) fn claim_exclusion_of(look: &Look<'_>, idx: usize) -> Option<Exclusion> {
    not_asked(look, idx)
        .or_else(|| not_present(look, idx))
        .or_else(|| not_able(look, idx))
        .or_else(|| no_room(look, idx))
}

fn not_asked(look: &Look<'_>, idx: usize) -> Option<Exclusion> {
    if look.is_excluded(idx) {
        return Some(Exclusion::ExcludedByCaller);
    }
    (!look.works_there(idx)).then_some(Exclusion::OtherTeam)
}

fn not_present(look: &Look<'_>, idx: usize) -> Option<Exclusion> {
    match look.rows()[idx].presence {
        Some(Presence::Away) => return Some(Exclusion::Away),
        Some(Presence::Offline) => return Some(Exclusion::Offline),
        Some(Presence::Online) | None => {}
    }
    let window = look.window(idx);
    if !window.on {
        return Some(Exclusion::OffShift { starts: window.until });
    }
    let left = window.until - look.now;
    (left < look.policy.min_shift_left).then_some(Exclusion::ShiftEnding { left })
}

fn not_able(look: &Look<'_>, idx: usize) -> Option<Exclusion> {
    if !look.rows()[idx].serves(look.need.language) {
        return Some(Exclusion::Language);
    }
    look.required.iter().find_map(|asked| lacking(look, idx, asked))
}

fn lacking(look: &Look<'_>, idx: usize, asked: &Asked<'_>) -> Option<Exclusion> {
    let requirement = asked.place;
    match look.level(idx, asked) {
        0 => Some(Exclusion::SkillMissing { requirement }),
        held if held < asked.min_level => Some(Exclusion::SkillTooLow { requirement, held }),
        _ => None,
    }
}

fn no_room(look: &Look<'_>, idx: usize) -> Option<Exclusion> {
    let weight = look.need.weight;
    let room = look.rows()[idx].room();
    if room < weight {
        return Some(Exclusion::AtCapacity { room });
    }
    let room = look.channel_room(idx)?;
    (room < weight).then_some(Exclusion::ChannelAtCapacity { room })
}
