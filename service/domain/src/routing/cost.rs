//! What it costs to give a ticket to an eligible agent: named parts in whole thousandths.
//!
//! Each part lies in `0..=weight`, so a weight says at a glance what it can decide.

use super::need::{Asked, ResolvedNeed};
use crate::agent::Seniority;
use crate::policy::RoutingPolicy;
use crate::roster::Seat;
use crate::skill::RequirementKind;
use crate::ticket::Tier;
use crate::time::Timestamp;

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
}

impl CostPart {
    /// Every part, in the order of the wire contract.
    pub const ALL: [Self; 6] = [
        Self::SkillFit,
        Self::OverQualification,
        Self::Affinity,
        Self::Load,
        Self::Distance,
        Self::Seniority,
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
        }
    }
}

/// What each part costs at most, in thousandths, in the order of [`CostPart::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CostWeights(pub [MilliCost; 6]);

impl Default for CostWeights {
    /// Balanced: load decides among equals, a served customer outweighs half a
    /// full desk, a missing preference three fifths of one.
    fn default() -> Self {
        Self([600, 200, 500, 1_000, 300, 300])
    }
}

/// What an agent would cost, by part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cost(pub [MilliCost; 6]);

impl Cost {
    /// The sum that is compared.
    pub fn total(&self) -> MilliCost {
        self.0.iter().sum()
    }

    /// The parts with their names.
    pub fn parts(&self) -> impl Iterator<Item = (CostPart, MilliCost)> + '_ {
        CostPart::ALL.into_iter().zip(self.0)
    }
}

/// What an eligible seat would cost.
pub(super) fn cost_of(
    idx: usize,
    seat: &Seat,
    need: &ResolvedNeed<'_>,
    policy: &RoutingPolicy,
    now: Timestamp,
) -> Cost {
    let permille = [
        skill_shortfall(seat, need, now),
        over_qualification(seat, need, now),
        i64::from(need.last_agent.is_some_and(|last| last != idx)) * 1_000,
        load_after(seat, need),
        distance(seat, need, policy),
        inexperience(seat, need),
    ];
    let weights = &policy.weights.0;
    Cost(std::array::from_fn(|part| (i64::from(weights[part]) * permille[part] / 1_000) as i32))
}

fn asked<'a>(
    need: &'a ResolvedNeed<'_>,
    kind: RequirementKind,
) -> impl Iterator<Item = &'a Asked> + 'a {
    need.asked.iter().filter(move |asked| asked.kind == kind)
}

fn level(seat: &Seat, asked: &Asked, now: Timestamp) -> u8 {
    asked.skill.map_or(0, |skill| seat.level(skill, now))
}

/// The share of the preferred levels that is missing, weighted, in thousandths.
fn skill_shortfall(seat: &Seat, need: &ResolvedNeed<'_>, now: Timestamp) -> i64 {
    let (mut missing, mut whole) = (0, 0);
    for asked in asked(need, RequirementKind::Preferred) {
        let weight = i64::from(asked.weight_permille);
        let short = asked.min_level.saturating_sub(level(seat, asked, now));
        missing += weight * 1_000 * i64::from(short) / i64::from(asked.min_level);
        whole += weight;
    }
    if whole == 0 { 0 } else { missing / whole }
}

/// How far the required levels are exceeded, against the most they can be, in thousandths.
fn over_qualification(seat: &Seat, need: &ResolvedNeed<'_>, now: Timestamp) -> i64 {
    const LEVELS_ABOVE_MAX: i64 = 4;
    let (mut above, mut n_asked) = (0, 0);
    for asked in asked(need, RequirementKind::Required) {
        above += i64::from(level(seat, asked, now).saturating_sub(asked.min_level));
        n_asked += 1;
    }
    if n_asked == 0 { 0 } else { above * 1_000 / (LEVELS_ABOVE_MAX * n_asked) }
}

fn load_after(seat: &Seat, need: &ResolvedNeed<'_>) -> i64 {
    let after = i64::from((seat.load() + need.need.weight).milli());
    let limit = i64::from(seat.limit().milli()).max(1);
    (after * 1_000 / limit).min(1_000)
}

/// Full at the policy's distance and when the agent's place is not known.
fn distance(seat: &Seat, need: &ResolvedNeed<'_>, policy: &RoutingPolicy) -> i64 {
    let Some(there) = need.need.place else { return 0 };
    let Some(here) = seat.agent().place else { return 1_000 };
    let full = f64::from(policy.distance_full_km.max(1));
    (here.distance_km(there) / full * 1_000.0).min(1_000.0) as i64
}

fn inexperience(seat: &Seat, need: &ResolvedNeed<'_>) -> i64 {
    match (need.need.tier, seat.agent().seniority) {
        (Tier::Standard | Tier::Premium, _) | (Tier::Vip, Seniority::Senior) => 0,
        (Tier::Vip, Seniority::Regular) => 500,
        (Tier::Vip, Seniority::Junior) => 1_000,
    }
}
