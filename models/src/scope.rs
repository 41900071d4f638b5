//! Whether a text is about anything a model was taught.
//!
//! Two signs are read together: how far the best label's margin lies from zero,
//! and how near the text is to training texts of its two best labels. A text of another world
//! may have words that speak for a label, or a neighbour that happens to be near,
//! and seldom both. On texts that belong they are put on one scale.

use serde::{Deserialize, Serialize};

use crate::kernel;
use crate::rank::best;

/// How many labels' training texts are looked at: the best ones by margin.
const LABELS_ASKED: usize = 2;

/// The largest number of a code; −128 is not used, so that the range is symmetric.
const CODE_MAX: f32 = 127.0;

/// Training texts of each label, by their dense vectors.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Exemplars {
    width: usize,
    /// Where each label's texts begin; one more than there are labels.
    starts: Vec<usize>,
    /// *Shape*: `n_texts × width`. Unit vectors in steps of 1/127.
    codes: Vec<i8>,
}

impl Exemplars {
    /// Texts already in codes. *Shape*: `counts` is one for each label; `codes` is `Σ counts × width`.
    ///
    /// `None` where the numbers do not fit together.
    pub fn new(width: usize, counts: &[usize], codes: Vec<i8>) -> Option<Self> {
        let mut starts: Vec<usize> = vec![0];
        for count in counts {
            starts.push(starts.last().copied().unwrap_or(0).checked_add(*count)?);
        }
        let n_texts = starts.last().copied().unwrap_or(0);
        (n_texts.checked_mul(width)? == codes.len()).then_some(Self { width, starts, codes })
    }

    /// The unit vectors of each label's texts. *Shape*: each `n × width`, row by row.
    pub fn of(width: usize, labels: &[Vec<f32>]) -> Self {
        let counts: Vec<usize> = labels.iter().map(|vectors| vectors.len() / width).collect();
        let code = |number: &f32| (number * CODE_MAX).round().clamp(-CODE_MAX, CODE_MAX) as i8;
        let codes = labels.iter().flatten().map(code).collect();
        Self::new(width, &counts, codes).unwrap_or_default()
    }

    /// How many texts each label has.
    pub fn counts(&self) -> Vec<usize> {
        self.starts.windows(2).map(|pair| pair[1] - pair[0]).collect()
    }

    /// The codes. *Shape*: `n_texts × width`.
    pub fn codes(&self) -> &[i8] {
        &self.codes
    }

    /// The numbers of a vector.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The largest cosine to a text of the label; −1 where it has none.
    pub fn nearest(&self, label: usize, vector: &[f32]) -> f32 {
        let (Some(start), Some(end)) = (self.starts.get(label), self.starts.get(label + 1)) else {
            return -1.0;
        };
        let texts = self.codes[start * self.width..end * self.width].chunks_exact(self.width);
        texts.map(|text| cosine(text, vector)).fold(-1.0, f32::max)
    }

    /// The two signs of a text. *Shape*: `margins` is one for each label.
    pub fn signs(&self, margins: &[f32], vector: &[f32]) -> Signs {
        let best: [Option<usize>; LABELS_ASKED] = best(margins);
        let near = best.iter().flatten().map(|label| self.nearest(*label, vector));
        Signs {
            margin: best[0].map_or(-1.0, |label| margins[label]),
            nearest: near.fold(-1.0, f32::max),
        }
    }
}

fn cosine(code: &[i8], vector: &[f32]) -> f32 {
    kernel::dot(code, vector) / CODE_MAX
}

/// What is read of one text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Signs {
    /// The best label's margin.
    pub margin: f32,
    /// The cosine to the nearest training text of the best labels.
    pub nearest: f32,
}

/// How signs lie on texts that belong, and from where on a text does not.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// Of the margin.
    pub margin: Spread,
    /// Of the nearest text.
    pub nearest: Spread,
    /// Texts below this score are out of scope.
    pub threshold: f32,
    /// The share of held-out texts that belong and reach it.
    pub kept: f64,
}

/// Mean and standard deviation.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spread {
    /// The mean.
    pub mean: f32,
    /// The standard deviation, above 0.
    pub deviation: f32,
}

impl Scope {
    /// How much a text is like those that belong: the sum of both signs in deviations from their means.
    pub fn score(&self, signs: Signs) -> f32 {
        self.margin.of(signs.margin) + self.nearest.of(signs.nearest)
    }

    /// Whether every number can be used.
    pub fn is_sound(&self) -> bool {
        let Self { margin, nearest, threshold, kept } = self;
        margin.is_sound() && nearest.is_sound() && threshold.is_finite() && kept.is_finite()
    }
}

impl Spread {
    fn of(self, value: f32) -> f32 {
        (value - self.mean) / self.deviation
    }

    fn is_sound(self) -> bool {
        self.mean.is_finite() && self.deviation.is_finite() && self.deviation > 0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(at: usize) -> Vec<f32> {
        (0..16).map(|it| if it == at { 1.0 } else { 0.0 }).collect()
    }

    fn exemplars() -> Exemplars {
        Exemplars::of(16, &[axis(0), [axis(1), axis(2)].concat(), Vec::new()])
    }

    #[test]
    fn the_nearest_text_of_the_label_counts() {
        let exemplars = exemplars();
        assert_eq!(exemplars.counts(), [1, 2, 0]);
        assert!((exemplars.nearest(1, &axis(2)) - 1.0).abs() < 1e-6);
        assert!(exemplars.nearest(0, &axis(2)).abs() < 1e-6);
        assert!((exemplars.nearest(2, &axis(2)) + 1.0).abs() < 1e-6);
        assert!((exemplars.nearest(9, &axis(2)) + 1.0).abs() < 1e-6);
    }

    #[test]
    fn only_texts_of_the_two_best_labels_are_asked() {
        let exemplars = exemplars();
        let signs = exemplars.signs(&[0.5, -0.9, 0.1], &axis(2));
        assert!(signs.nearest.abs() < 1e-6 && (signs.margin - 0.5).abs() < 1e-6);
        assert!((exemplars.signs(&[0.5, 0.2, 0.1], &axis(2)).nearest - 1.0).abs() < 1e-6);
    }

    #[test]
    fn a_text_like_the_mean_scores_zero_and_numbers_that_do_not_fit_are_refused() {
        let spread = Spread { mean: 0.5, deviation: 0.25 };
        let scope = Scope { margin: spread, nearest: spread, threshold: -2.0, kept: 0.95 };
        assert!(scope.score(Signs { margin: 0.5, nearest: 0.5 }).abs() < 1e-6);
        assert!((scope.score(Signs { margin: 0.75, nearest: 0.0 }) + 1.0).abs() < 1e-6);
        assert!(scope.is_sound());
        assert!(!Scope { margin: Spread { mean: 0.0, deviation: 0.0 }, ..scope }.is_sound());
        assert!(Exemplars::new(16, &[1], vec![0; 15]).is_none());
        assert!(Exemplars::new(16, &[usize::MAX, 2], vec![0; 16]).is_none());
    }
}
