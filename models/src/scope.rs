//! Whether a text is about anything a model was taught.
//!
//! Two signs are read together: how far the best label's margin lies from zero,
//! and how near the text is to training texts of its two best labels. A text of another world
//! may have words that speak for a label, or a neighbour that happens to be near,
//! and seldom both. On texts that belong they are put on one scale.

use serde::{Deserialize, Serialize};

use crate::kernel::{Kernel, Probe, RUN, unbiased};
use crate::rank::best;

/// How many labels' training texts are looked at: the best ones by margin.
const LABELS_ASKED: usize = 2;

/// The largest number of a code; −128 is not used, so that the range is symmetric.
const CODE_MAX: f32 = 127.0;

/// Training texts of each label, by their dense vectors.
#[derive(Debug, Clone, PartialEq)]
pub struct Exemplars {
    width: usize,
    /// Where each label's texts begin; one more than there are labels.
    starts: Vec<usize>,
    /// *Shape*: `n_texts × stride`. Unit vectors in steps of 1/127, as the kernel stores codes.
    stored: Vec<u8>,
    /// The width in whole runs of the kernel.
    stride: usize,
    kernel: Kernel,
    /// *Shape*: `n_texts`, or empty where nobody noted them.
    notes: Vec<Note>,
}

/// What a training text is called, and what it says where that may be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The row's key.
    pub key: String,
    /// Its beginning, with personal numbers masked; empty where it stays with its owner.
    pub text: String,
}

/// A training text near another text.
#[derive(Debug, Clone, PartialEq)]
pub struct Near<'a> {
    /// The text.
    pub note: &'a Note,
    /// The place of its label.
    pub label: usize,
    /// The cosine of both.
    pub cosine: f32,
}

impl Exemplars {
    /// Texts already in codes. *Shape*: `counts` is one for each label; `codes` is `Σ counts × width`.
    ///
    /// `None` where the numbers do not fit together.
    pub fn new(width: usize, counts: &[usize], codes: &[i8]) -> Option<Self> {
        let mut starts: Vec<usize> = vec![0];
        for count in counts {
            starts.push(starts.last().copied().unwrap_or(0).checked_add(*count)?);
        }
        let n_texts = starts.last().copied().unwrap_or(0);
        if width == 0 || n_texts.checked_mul(width)? != codes.len() {
            return None;
        }
        let stride = width.next_multiple_of(RUN);
        let stored = codes.chunks_exact(width).flat_map(|code| probe(code, stride).stored());
        Some(Self {
            width,
            starts,
            stored: stored.collect(),
            stride,
            kernel: Kernel::detect(),
            notes: Vec::new(),
        })
    }

    /// The unit vectors of each label's texts. *Shape*: each `n × width`, row by row.
    ///
    /// `None` where the width is 0 or a row is cut short.
    pub fn of(width: usize, labels: &[Vec<f32>]) -> Option<Self> {
        let counts = labels.iter().map(|vectors| vectors.len().checked_div(width));
        let codes: Vec<i8> = labels.iter().flatten().map(|it| code_of(*it)).collect();
        Self::new(width, &counts.collect::<Option<Vec<usize>>>()?, &codes)
    }

    /// How many labels the texts are of.
    pub fn n_labels(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The same texts with a note for each, or without any where there is not one for each.
    #[must_use]
    pub fn noted(mut self, notes: Vec<Note>) -> Self {
        let n_texts = self.starts.last().copied().unwrap_or(0);
        self.notes = if notes.len() == n_texts { notes } else { Vec::new() };
        self
    }

    /// What is noted of the texts, in their order.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// The noted texts of some labels that are nearest, the nearest first; at most `n` of each label.
    pub fn near(&self, labels: &[usize], vector: &[f32], n: usize) -> Vec<Near<'_>> {
        let probe = self.probe_of(vector);
        let mut all = Vec::new();
        for label in labels {
            let first = self.starts.get(*label).copied().unwrap_or(0);
            let dots = self.dots(*label, &probe);
            let near = dots.iter().enumerate().filter_map(|(at, dot)| {
                let note = self.notes.get(first + at)?;
                Some(Near { note, label: *label, cosine: cosine_of(*dot) })
            });
            let mut near: Vec<Near<'_>> = near.collect();
            near.sort_by(|a, b| b.cosine.total_cmp(&a.cosine));
            all.extend(near.into_iter().take(n));
        }
        all.sort_by(|a, b| b.cosine.total_cmp(&a.cosine));
        all
    }

    /// How many texts each label has.
    pub fn counts(&self) -> Vec<usize> {
        self.starts.windows(2).map(|pair| pair[1] - pair[0]).collect()
    }

    /// The codes. *Shape*: `n_texts × width`.
    pub fn codes(&self) -> Vec<i8> {
        let rows = self.stored.chunks_exact(self.stride);
        rows.flat_map(|row| row[..self.width].iter().map(|byte| unbiased(*byte))).collect()
    }

    /// The numbers of a vector.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The largest cosine to a text of the label; −1 where it has none.
    pub fn nearest(&self, label: usize, vector: &[f32]) -> f32 {
        self.nearest_to(label, &self.probe_of(vector))
    }

    fn nearest_to(&self, label: usize, probe: &Probe) -> f32 {
        self.dots(label, probe).iter().max().map_or(-1.0, |dot| cosine_of(*dot))
    }

    /// The products with each text of the label.
    fn dots(&self, label: usize, probe: &Probe) -> Vec<i32> {
        let (Some(start), Some(end)) = (self.starts.get(label), self.starts.get(label + 1)) else {
            return Vec::new();
        };
        let mut dots = vec![0; end - start];
        let stored = &self.stored[start * self.stride..end * self.stride];
        self.kernel.scan(probe, stored, &mut dots);
        dots
    }

    fn probe_of(&self, vector: &[f32]) -> Probe {
        probe(&vector.iter().map(|it| code_of(*it)).collect::<Vec<i8>>(), self.stride)
    }

    /// The two signs of a text. *Shape*: `margins` is one for each label.
    pub fn signs(&self, margins: &[f32], vector: &[f32]) -> Signs {
        let probe = self.probe_of(vector);
        let best: [Option<usize>; LABELS_ASKED] = best(margins);
        let near = best.iter().flatten().map(|label| self.nearest_to(*label, &probe));
        Signs {
            margin: best[0].map_or(-1.0, |label| margins[label]),
            nearest: near.fold(-1.0, f32::max),
        }
    }
}

/// The cosine of two codes of unit vectors by their product.
fn cosine_of(dot: i32) -> f32 {
    dot as f32 / (CODE_MAX * CODE_MAX)
}

/// A number of a unit vector as a code.
fn code_of(number: f32) -> i8 {
    (number * CODE_MAX).round().clamp(-CODE_MAX, CODE_MAX) as i8
}

/// A code with zeros up to the stride.
fn probe(code: &[i8], stride: usize) -> Probe {
    let mut padded = code.to_vec();
    padded.resize(stride, 0);
    Probe::new(padded)
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
        let labels = [axis(0), [axis(1), axis(2)].concat(), Vec::new()];
        Exemplars::of(16, &labels).expect("whole rows")
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
    fn noted_texts_are_told_by_nearness_over_the_labels_asked() {
        let note = |key: &str| Note { key: key.to_owned(), text: String::new() };
        let notes = ["a", "b", "c"].map(note).to_vec();
        let exemplars = exemplars().noted(notes);
        let near = exemplars.near(&[0, 1], &axis(2), 1);
        let keys: Vec<_> = near.iter().map(|it| (it.note.key.as_str(), it.label)).collect();
        assert_eq!(keys, [("c", 1), ("a", 0)]);
        assert!(exemplars.noted(vec![note("too few")]).near(&[1], &axis(2), 3).is_empty());
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
        assert!(Exemplars::new(16, &[1], &[0; 15]).is_none());
        assert!(Exemplars::new(16, &[usize::MAX, 2], &[0; 16]).is_none());
    }
}
