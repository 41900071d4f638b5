//! Margins to probabilities, and probabilities to what may be done with them.
//!
//! The numbers are learnt on held-out margins by `training`; here they are
//! only applied. A probability of 0.8 means that four of five such judgements
//! on held-out data were right.

use serde::{Deserialize, Serialize};
use switchyard_domain::assessment::{AbstainReason, Mode};

/// How the margins of one head become probabilities.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Calibration {
    /// One of several labels: `softmax(scale · margin + bias)`.
    ///
    /// *Source*: vector scaling with one shared scale (Guo et al., 2017).
    Softmax {
        /// The inverse temperature, above 0.
        scale: f32,
        /// *Shape*: one for each label.
        bias: Vec<f32>,
    },
    /// Each label by itself: `1 / (1 + exp(−(slope · margin + intercept)))`.
    ///
    /// *Source*: Platt, 1999.
    Sigmoid {
        /// *Shape*: one for each label.
        slope: Vec<f32>,
        /// *Shape*: one for each label.
        intercept: Vec<f32>,
    },
}

impl Calibration {
    /// The number of labels it was made for.
    pub fn n_labels(&self) -> usize {
        match self {
            Self::Softmax { bias, .. } => bias.len(),
            Self::Sigmoid { slope, .. } => slope.len(),
        }
    }

    /// Whether every number is finite and the lists are equally long.
    pub fn is_sound(&self) -> bool {
        let all_finite = |numbers: &[f32]| numbers.iter().all(|number| number.is_finite());
        match self {
            Self::Softmax { scale, bias } => scale.is_finite() && *scale > 0.0 && all_finite(bias),
            Self::Sigmoid { slope, intercept } => {
                slope.len() == intercept.len() && all_finite(slope) && all_finite(intercept)
            }
        }
    }

    /// Turns margins into probabilities, in place. *Shape*: [`Self::n_labels`].
    pub fn apply(&self, margins: &mut [f32]) {
        match self {
            Self::Softmax { scale, bias } => softmax(margins, *scale, bias),
            Self::Sigmoid { slope, intercept } => {
                for ((margin, slope), intercept) in margins.iter_mut().zip(slope).zip(intercept) {
                    *margin = sigmoid(slope * *margin + intercept);
                }
            }
        }
    }
}

fn softmax(margins: &mut [f32], scale: f32, bias: &[f32]) {
    for (margin, bias) in margins.iter_mut().zip(bias) {
        *margin = *margin * scale + bias;
    }
    let max = margins.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for margin in margins.iter_mut() {
        *margin = (*margin - max).exp();
        sum += *margin;
    }
    for margin in margins.iter_mut() {
        *margin /= sum;
    }
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

/// From which confidence on a judgement may be acted on, or shown.
///
/// Each is the least confidence at which an upper bound of the share of errors
/// on held-out data stays under the recipe's risk; above 1 where none does. A signal or a tag is
/// found or not: for those both are the probability from which on it counts as found.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// From here on the best value may be acted on.
    pub auto: f32,
    /// From here on the best three values are worth a person's look.
    pub suggest: f32,
}

impl Thresholds {
    /// What a confidence allows.
    pub fn mode_of(self, confidence: f32) -> Mode {
        if confidence >= self.auto {
            Mode::Auto
        } else if confidence >= self.suggest {
            Mode::Suggest
        } else {
            Mode::Abstain(AbstainReason::LowConfidence)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn softmax_sums_to_one_and_keeps_the_order() {
        let mut margins = [1.0, -200.0, 300.0];
        Calibration::Softmax { scale: 2.0, bias: vec![0.0; 3] }.apply(&mut margins);
        assert!((margins.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!(margins[2] > margins[0] && margins[0] >= margins[1]);
    }

    #[test]
    fn sigmoid_of_zero_is_a_half() {
        let mut margins = [0.0, 1e30];
        Calibration::Sigmoid { slope: vec![1.0; 2], intercept: vec![0.0; 2] }.apply(&mut margins);
        assert!((margins[0] - 0.5).abs() < 1e-6 && (margins[1] - 1.0).abs() < 1e-6);
    }

    #[test]
    fn unsound_numbers_are_seen() {
        let bad = Calibration::Softmax { scale: 1.0, bias: vec![f32::NAN] };
        assert!(!bad.is_sound());
        assert!(!Calibration::Sigmoid { slope: vec![1.0], intercept: vec![] }.is_sound());
    }

    #[test]
    fn a_threshold_counts_as_reached() {
        let thresholds = Thresholds { auto: 0.9, suggest: 0.4 };
        let mode = |p| thresholds.mode_of(p);
        assert_eq!(mode(0.9), Mode::Auto);
        assert_eq!(mode(0.4), Mode::Suggest);
        assert_eq!(mode(0.39), Mode::Abstain(AbstainReason::LowConfidence));
    }
}
