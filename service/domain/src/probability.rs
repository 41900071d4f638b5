//! A probability that is one.

use std::cmp::Ordering;
use std::fmt;

/// A number in `0..=1` that is never NaN, hence totally ordered.
#[derive(Clone, Copy, PartialEq)]
pub struct Probability(f32);

impl Probability {
    /// Certain not to be so.
    pub const ZERO: Self = Self(0.0);
    /// Certain to be so.
    pub const ONE: Self = Self(1.0);

    /// The probability, or `None` outside `0..=1` and for NaN.
    pub fn new(value: f32) -> Option<Self> {
        (0.0..=1.0).contains(&value).then_some(Self::unsigned(value))
    }

    /// The nearest probability; NaN becomes 0.
    pub fn saturating(value: f32) -> Self {
        if value.is_nan() { Self::ZERO } else { Self::unsigned(value.clamp(0.0, 1.0)) }
    }

    /// Minus zero is zero: the two are equal and must not be ordered apart.
    fn unsigned(value: f32) -> Self {
        Self(value + 0.0)
    }

    /// The number itself, in `0..=1`.
    pub fn get(self) -> f32 {
        self.0
    }
}

impl Eq for Probability {}

impl PartialOrd for Probability {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Probability {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl fmt::Debug for Probability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.4}", self.0)
    }
}

impl fmt::Display for Probability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_probability_is_refused() {
        for bad in [f32::NAN, -0.1, 1.1, f32::INFINITY] {
            assert_eq!(Probability::new(bad), None, "{bad}");
        }
    }

    #[test]
    fn minus_zero_is_zero() {
        let minus = Probability::new(-0.0).expect("zero is a probability");
        assert_eq!(minus.cmp(&Probability::ZERO), Ordering::Equal);
        assert_eq!(Probability::saturating(-0.0).cmp(&minus), Ordering::Equal);
    }

    #[test]
    fn saturating_never_leaves_the_unit_interval() {
        assert_eq!(Probability::saturating(f32::NAN), Probability::ZERO);
        assert_eq!(Probability::saturating(7.0), Probability::ONE);
    }
}
