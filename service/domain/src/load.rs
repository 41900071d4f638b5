//! Work as it weighs on an agent.

use std::collections::BTreeMap;
use std::ops::{Add, Sub};

use crate::ids::ChannelId;

/// An amount of work in thousandths of a unit; one ordinary ticket is one unit.
///
/// Whole numbers, so that adding and taking away again is exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct Load(u32);

/// A number of units that cannot be a load.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("expected units of work in 0..={max}, got {0}", max = Load::UNITS_MAX)]
pub struct InvalidLoad(pub f64);

impl Load {
    /// The most units one weight or limit may have.
    pub const UNITS_MAX: f64 = 100_000.0;
    /// No work.
    pub const ZERO: Self = Self(0);
    /// The least work that is some.
    pub const LEAST: Self = Self(1);
    /// One ordinary ticket.
    pub const ONE: Self = Self(1_000);

    /// A load of units, to the nearest thousandth but never nothing for some work.
    pub fn from_units(units: f64) -> Result<Self, InvalidLoad> {
        if !(0.0..=Self::UNITS_MAX).contains(&units) {
            return Err(InvalidLoad(units));
        }
        let nearest = Self((units * 1_000.0).round() as u32);
        Ok(if units > 0.0 { nearest.max(Self::LEAST) } else { nearest })
    }

    /// A load of thousandths.
    pub const fn from_milli(milli: u32) -> Self {
        Self(milli)
    }

    /// The load in thousandths of a unit.
    pub const fn milli(self) -> u32 {
        self.0
    }

    /// The load in units.
    pub fn units(self) -> f64 {
        f64::from(self.0) / 1_000.0
    }

    /// This share of the load, rounded up so that work never weighs nothing.
    #[must_use]
    pub fn scaled_by_permille(self, permille: u32) -> Self {
        let scaled = (u64::from(self.0) * u64::from(permille)).div_ceil(1_000);
        Self(u32::try_from(scaled).unwrap_or(u32::MAX))
    }

    /// What is left below a limit, or nothing.
    #[must_use]
    pub fn room_below(self, limit: Self) -> Self {
        Self(limit.0.saturating_sub(self.0))
    }
}

impl Add for Load {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Load {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        debug_assert!(other.0 <= self.0, "no more work is taken away than was there");
        Self(self.0.saturating_sub(other.0))
    }
}

/// How much an agent may have at a time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Capacity {
    /// Over all channels; `None` takes the policy's default.
    pub total: Option<Load>,
    /// Further limits of single channels.
    pub per_channel: BTreeMap<ChannelId, Load>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_weight_is_negative_infinite_or_nan() {
        for bad in [-1.0, f64::NAN, f64::INFINITY, 100_001.0] {
            assert!(Load::from_units(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn some_work_is_never_none() {
        let milli = |units| Load::from_units(units).map(Load::milli);
        assert_eq!([0.0, 1e-300, 0.000_4, 0.001_4].map(milli), [Ok(0), Ok(1), Ok(1), Ok(1)]);
    }

    #[test]
    fn a_share_of_some_work_is_some_work() {
        assert_eq!(Load::from_milli(1).scaled_by_permille(1), Load::from_milli(1));
        assert_eq!(Load::ONE.scaled_by_permille(300), Load::from_milli(300));
        assert_eq!(Load::ONE.scaled_by_permille(0), Load::ZERO);
    }

    #[test]
    fn no_sum_and_no_share_wraps_around() {
        let most = Load::from_milli(u32::MAX);
        assert_eq!(most + Load::ONE, most);
        assert_eq!(most.scaled_by_permille(u32::MAX), most);
        assert_eq!(most.room_below(Load::ONE), Load::ZERO);
    }
}
