//! Probabilities to one judged field.

use switchyard_domain::assessment::{AbstainReason, Judged, Mode, Sentiment};
use switchyard_domain::probability::Probability;

use crate::rank::best;

/// How many runners-up are kept.
const ALTERNATIVES_MAX: usize = 2;

/// The best value with its runners-up; equal probabilities keep the values' order.
///
/// What may be done with the value is told by its place and its probability.
///
/// *Shape*: `values` and `probabilities` are equally long and not empty.
pub(super) fn judged<T: Clone>(
    values: &[T],
    probabilities: &[f32],
    mode_of: impl Fn(usize, f32) -> Mode,
) -> Judged<T> {
    let best: [Option<usize>; ALTERNATIVES_MAX + 1] = best(probabilities);
    let pair = |at: usize| (values[at].clone(), Probability::saturating(probabilities[at]));
    let first = best[0].unwrap_or(0);
    let (value, confidence) = pair(first);
    let alternatives = best[1..].iter().flatten().map(|at| pair(*at)).collect();
    Judged { value, confidence, mode: mode_of(first, confidence.get()), alternatives }
}

/// A value that the caller stated.
pub(super) fn known<T>(value: T) -> Judged<T> {
    Judged { value, confidence: Probability::ONE, mode: Mode::Auto, alternatives: Vec::new() }
}

/// A value that stands for no judgement.
pub(super) fn unjudged<T>(value: T, reason: AbstainReason) -> Judged<T> {
    Judged {
        value,
        confidence: Probability::ZERO,
        mode: Mode::Abstain(reason),
        alternatives: Vec::new(),
    }
}

/// The mean of the steps' scores, in −1..=1; 0 without probabilities.
pub(super) fn expected_score(steps: &[Sentiment], probabilities: &[f32]) -> f32 {
    let sum: f32 = steps.iter().zip(probabilities).map(|(step, p)| step.score() * p).sum();
    sum.clamp(-1.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_three_come_in_order() {
        let field = judged(&["a", "b", "c", "d"], &[0.1, 0.4, 0.3, 0.2], |_, _| Mode::Auto);
        let alternatives: Vec<_> = field.alternatives.iter().map(|(value, _)| *value).collect();
        assert_eq!((field.value, alternatives), ("b", vec!["c", "d"]));
    }

    #[test]
    fn equal_probabilities_keep_the_order_of_the_labels() {
        let field = judged(&["a", "b", "c"], &[0.25, 0.5, 0.25], |_, _| Mode::Auto);
        assert_eq!(field.alternatives[0].0, "a");
    }

    #[test]
    fn a_single_label_has_no_alternatives() {
        assert!(judged(&["a"], &[1.0], |_, _| Mode::Auto).alternatives.is_empty());
    }
}
