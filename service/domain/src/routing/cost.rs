//! What it costs to give a ticket to an eligible agent: named parts in whole thousandths.
//!
//! Each part lies in `0..=weight`, so a weight says at a glance what it can decide.

use super::look::Look;
use crate::agent::Seniority;
use crate::ticket::Tier;

/// Thousandths of a cost unit.
pub type MilliCost = i32;

/// What makes an agent dearer than another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CostPart {
    /// Preferred skills fallen short of.
    SkillFit,
    /// Required skills held far above the level asked for, better kept for harder tickets.
    OverQualification,
    /// Not the agent who served this customer last.
    Affinity,
    /// How full the agent would be.
    Load,
    /// How far the agent is.
    Distance,
    /// Little experience, for VIP customers.
    Seniority,
    /// Solved less of this than others.
    Experience,
}

impl CostPart {
    /// Every part, in the order of the wire contract.
    pub const ALL: [Self; 7] = [
        Self::SkillFit,
        Self::OverQualification,
        Self::Affinity,
        Self::Load,
        Self::Distance,
        Self::Seniority,
        Self::Experience,
    ];

    /// The name used in data and on the wire.
    pub fn label(self) -> &'static str {
        match self {
            Self::SkillFit => "skill_fit",
            Self::OverQualification => "over_qualification",
            Self::Affinity => "affinity",
            Self::Load => "load",
            Self::Distance => "distance",
            Self::Seniority => "seniority",
            Self::Experience => "experience",
        }
    }
}

/// What each part costs at most, in thousandths, in the order of [`CostPart::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CostWeights(pub [MilliCost; 7]);

impl Default for CostWeights {
    /// Balanced: load decides among equals, a served customer outweighs half a
    /// full desk, a missing preference three fifths of one, and who knows the
    /// problem best is preferred to a stranger to it by three tenths of one.
    fn default() -> Self {
        Self([600, 200, 500, 1_000, 300, 300, 300])
    }
}

/// What an agent would cost, by part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cost(pub [MilliCost; 7]);

impl Cost {
    /// The sum that is compared.
    pub fn total(&self) -> MilliCost {
        self.0.iter().fold(0, |sum, part| sum.saturating_add(*part))
    }

    /// The parts with their names.
    pub fn parts(&self) -> impl Iterator<Item = (CostPart, MilliCost)> + '_ {
        CostPart::ALL.into_iter().zip(self.0)
    }
}

/// What an eligible seat would cost.
pub(super) fn cost_of(look: &Look<'_>, idx: usize) -> Cost {
    cost_within(look, idx, MilliCost::MAX).expect("no cost is more than the most there is")
}

/// The same, unless it comes to more than `most`.
///
/// The distance takes longer than all the rest and no part is negative, so it is left out
/// where the rest says enough.
pub(super) fn cost_within(look: &Look<'_>, idx: usize, most: MilliCost) -> Option<Cost> {
    let mut cost = Cost([
        look.part(CostPart::SkillFit, skill_shortfall(look, idx)),
        look.part(CostPart::OverQualification, over_qualification(look, idx)),
        look.part(
            CostPart::Affinity,
            i64::from(look.last_agent.is_some_and(|last| last != idx)) * 1_000,
        ),
        look.part(CostPart::Load, load_after(look, idx)),
        0,
        look.part(CostPart::Seniority, juniority(look, idx)),
        look.part(CostPart::Experience, look.inexperience(idx)),
    ]);
    if cost.total() > most {
        return None;
    }
    cost.0[CostPart::Distance as usize] = look.part(CostPart::Distance, distance(look, idx));
    Some(cost)
}

/// The share of the preferred levels that is missing, weighted, in thousandths.
fn skill_shortfall(look: &Look<'_>, idx: usize) -> i64 {
    let missing =
        look.preferred.iter().map(|asked| asked.shortfall[look.level(idx, asked) as usize]);
    match missing.sum() {
        0 => 0,
        missing => missing / look.preferred_weight,
    }
}

/// How far the required levels are exceeded, against the most they can be, in thousandths.
fn over_qualification(look: &Look<'_>, idx: usize) -> i64 {
    const LEVELS_ABOVE_MAX: i64 = 4;
    let above = |asked| i64::from(look.level(idx, asked).saturating_sub(asked.min_level));
    let n_asked = look.required.len() as i64;
    if n_asked == 0 {
        return 0;
    }
    look.required.iter().map(above).sum::<i64>() * 1_000 / (LEVELS_ABOVE_MAX * n_asked)
}

fn load_after(look: &Look<'_>, idx: usize) -> i64 {
    let row = &look.rows()[idx];
    let after = i64::from((row.load + look.need.weight).milli());
    let limit = i64::from(row.limit.milli()).max(1);
    (after * 1_000 / limit).min(1_000)
}

/// Full at the policy's distance and when the agent's place is not known.
fn distance(look: &Look<'_>, idx: usize) -> i64 {
    let Some(there) = look.need.place else {
        return 0;
    };
    let Some(here) = look.place(idx) else {
        return 1_000;
    };
    let full = f64::from(look.policy.distance_full_km.max(1));
    (here.distance_km(there) / full * 1_000.0).min(1_000.0) as i64
}

fn juniority(look: &Look<'_>, idx: usize) -> i64 {
    match (look.need.tier, look.rows()[idx].seniority) {
        (Tier::Standard | Tier::Premium, _) | (Tier::Vip, Seniority::Senior) => 0,
        (Tier::Vip, Seniority::Regular) => 500,
        (Tier::Vip, Seniority::Junior) => 1_000,
    }
}
