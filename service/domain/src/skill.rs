//! What agents can do, and what tickets ask for.

use crate::ids::SkillId;
use crate::time::Timestamp;

/// How well a skill is held, 1 (beginner) to 5 (master).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SkillLevel(u8);

/// A number that is no level.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected a skill level in 1..=5, got {0}")]
pub struct InvalidLevel(pub u32);

impl SkillLevel {
    /// The lowest level.
    pub const MIN: Self = Self(1);

    /// A level in `1..=5`.
    pub fn new(level: u32) -> Result<Self, InvalidLevel> {
        match level {
            1..=5 => Ok(Self(level as u8)),
            _ => Err(InvalidLevel(level)),
        }
    }

    /// The level as a number in `1..=5`.
    pub fn get(self) -> u8 {
        self.0
    }
}

/// A skill an agent holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldSkill {
    /// How well.
    pub level: SkillLevel,
    /// The first instant at which it no longer counts.
    pub expires: Option<Timestamp>,
}

/// Whether a requirement filters or only prefers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequirementKind {
    /// Without it an agent is not eligible.
    Required,
    /// Falling short costs, in proportion to the requirement's weight.
    Preferred,
}

/// A skill a ticket asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// The skill.
    pub skill: SkillId,
    /// Filter or preference.
    pub kind: RequirementKind,
    /// The level that satisfies it.
    pub min_level: SkillLevel,
    /// How much falling short of a preference weighs, in thousandths; 1000 is ordinary.
    pub weight_permille: u32,
    /// The order in which it is given up while the ticket waits, lowest first; `None` never.
    pub relax_rank: Option<u8>,
}
