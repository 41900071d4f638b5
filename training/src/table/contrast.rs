//! Texts that say the same move together and others apart, on top of the teacher's places.
//!
//! Each step takes some texts with a partner each: the same text in another language, another
//! text of its label, or else itself. Both lose some n-grams at random. Seen from a text, its
//! partner is right among all partners of the step, and those of its label are right a little.
//!
//! *Source*: the loss is that of van den Oord et al. ("Contrastive Predictive Coding", 2018) with
//! the labels of Khosla et al. ("Supervised Contrastive Learning", 2020); the steps are those of
//! Duchi et al. ("Adaptive Subgradient Methods", 2011), of rows that the texts have, by hand.

use ndarray::{Array2, ArrayView1, Axis};
use serde::Deserialize;
use switchyard_models::fit::SplitMix64;

use super::kin::Kin;
use crate::progress::Progress;
use crate::sparse::SparseRows;

/// How texts move.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Contrast {
    /// Times that each text moves; 0 leaves it where the teacher put it.
    pub rounds: usize,
    /// Texts that are told apart in one step.
    pub batch: usize,
    /// How sharply near ones are told from far ones.
    pub temperature: f32,
    /// How far a step goes.
    pub rate: f32,
    /// How right a text of the same label is where the partner counts 1.
    pub same_label: f32,
    /// What the way back to the teacher's place counts.
    pub hold: f32,
    /// The share of n-grams that a text loses.
    pub dropout: f32,
    /// The seed of every shuffle and loss.
    pub seed: u64,
}

impl Default for Contrast {
    fn default() -> Self {
        Self {
            rounds: 0,
            batch: 256,
            temperature: 0.1,
            rate: 0.01,
            same_label: 0.1,
            hold: 1.0,
            dropout: 0.2,
            seed: 1,
        }
    }
}

/// A text whose n-grams undo each other has no place to move from.
const LENGTH_MIN: f32 = 1e-6;

/// What moves: the rows of the table, by texts that are weighted sums of them.
#[derive(Debug)]
pub struct Moving<'a> {
    /// The texts.
    pub rows: &'a SparseRows,
    /// *Shape*: `n_texts × width`. Where the teacher puts them.
    pub targets: &'a [f32],
    /// Which belong together.
    pub kin: &'a Kin,
    /// *Shape*: `n_features × width`.
    pub weights: Vec<f32>,
}

impl Moving<'_> {
    /// Moves the rows; the same arguments give the same numbers.
    pub fn contrast(mut self, width: usize, settings: &Contrast) -> Vec<f32> {
        let mut random = SplitMix64(settings.seed);
        let mut squares = vec![0.0; self.weights.len()];
        let mut order = self.kin.texts().to_vec();
        let n_steps = settings.rounds * order.len().div_ceil(settings.batch);
        let progress = Progress::new("moving texts that say the same together", n_steps);
        for _ in 0..settings.rounds {
            random.shuffle(&mut order);
            for batch in order.chunks(settings.batch) {
                let partners: Vec<usize> =
                    batch.iter().map(|at| self.kin.partner_of(*at, &mut random)).collect();
                let mut draw = |texts: &[usize]| {
                    Side::of(self.rows, texts, width, &self.weights, settings, &mut random)
                };
                let (mut left, mut right) = (draw(batch), draw(&partners));
                left.pulled_back(self.targets, settings);
                right.pulled_back(self.targets, settings);
                let told = self.right_of(batch, &partners, settings);
                let pull = pull(&left.places, &right.places, &told);
                left.gradients.scaled_add(1.0 / settings.temperature, &pull.dot(&right.places));
                right.gradients.scaled_add(1.0 / settings.temperature, &pull.t().dot(&left.places));
                for side in [&left, &right] {
                    side.apply(width, settings.rate, &mut self.weights, &mut squares);
                }
                progress.step();
            }
        }
        self.weights
    }

    /// How right the partner of each text is for each.
    fn right_of(&self, batch: &[usize], partners: &[usize], settings: &Contrast) -> Rightness {
        let n = batch.len();
        let right = Array2::from_shape_fn((n, n), |(a, b)| {
            let near = self.kin.nearness(batch[a], partners[b], settings.same_label);
            if a == b { 1.0 } else { near }
        });
        Rightness { right, temperature: settings.temperature }
    }
}

/// What is right in one step, and how sharply it is told.
struct Rightness {
    right: Array2<f32>,
    temperature: f32,
}

/// The gradient of the loss by the logits, which are the cosines divided by the temperature.
///
/// *Shape*: `batch × batch`.
fn pull(left: &Array2<f32>, right: &Array2<f32>, told: &Rightness) -> Array2<f32> {
    let logits = left.dot(&right.t()) / told.temperature;
    let of_left = shares(&logits) - normalized(&told.right);
    let across = logits.reversed_axes();
    let of_right = shares(&across) - normalized(&told.right.t().to_owned());
    (of_left + of_right.reversed_axes()) * 0.5
}

/// Each row's softmax.
fn shares(logits: &Array2<f32>) -> Array2<f32> {
    let mut shares = logits.clone();
    for mut row in shares.axis_iter_mut(Axis(0)) {
        let most = row.fold(f32::NEG_INFINITY, |most, it| most.max(*it));
        row.mapv_inplace(|it| (it - most).exp());
    }
    normalized(&shares)
}

/// Each row divided by its sum, which is above 0.
fn normalized(numbers: &Array2<f32>) -> Array2<f32> {
    let sums = numbers.sum_axis(Axis(1)).insert_axis(Axis(1));
    numbers / &sums
}

/// Texts of one step as they stand and as they are to move.
struct Side {
    /// The n-grams that are left of each text.
    bags: Vec<Vec<(usize, f32)>>,
    texts: Vec<usize>,
    /// *Shape*: `batch × width`, of unit length.
    places: Array2<f32>,
    lengths: Vec<f32>,
    gradients: Array2<f32>,
}

impl Side {
    fn of(
        rows: &SparseRows,
        texts: &[usize],
        width: usize,
        weights: &[f32],
        settings: &Contrast,
        random: &mut SplitMix64,
    ) -> Self {
        let mut places = Array2::zeros((texts.len(), width));
        let mut bags = Vec::with_capacity(texts.len());
        let mut lengths = Vec::with_capacity(texts.len());
        for (text, mut place) in texts.iter().zip(places.axis_iter_mut(Axis(0))) {
            let bag: Vec<(usize, f32)> =
                rows.row(*text).filter(|_| random.share() >= settings.dropout).collect();
            for (feature, value) in &bag {
                place.scaled_add(*value, &ArrayView1::from(&weights[feature * width..][..width]));
            }
            let length = place.dot(&place).sqrt();
            place /= length.max(LENGTH_MIN);
            bags.push(bag);
            lengths.push(length);
        }
        let gradients = Array2::zeros(places.raw_dim());
        Self { bags, texts: texts.to_vec(), places, lengths, gradients }
    }

    /// The gradient of the cosine to the teacher's place.
    fn pulled_back(&mut self, targets: &[f32], settings: &Contrast) {
        let width = self.places.ncols();
        for (text, mut gradient) in self.texts.iter().zip(self.gradients.axis_iter_mut(Axis(0))) {
            let target = ArrayView1::from(&targets[text * width..][..width]);
            gradient.scaled_add(-settings.hold, &target);
        }
    }

    /// Moves the rows that the texts have.
    fn apply(&self, width: usize, rate: f32, weights: &mut [f32], squares: &mut [f32]) {
        for (at, bag) in self.bags.iter().enumerate() {
            if self.lengths[at] < LENGTH_MIN {
                continue;
            }
            let (place, gradient) = (self.places.row(at), self.gradients.row(at));
            // What would only make the sum longer or shorter moves nothing.
            let along = place.dot(&gradient);
            let moved = (&gradient - &(&place * along)) / self.lengths[at];
            for (feature, value) in bag {
                let row = feature * width..(feature + 1) * width;
                let numbers = weights[row.clone()].iter_mut().zip(&mut squares[row]);
                for ((weight, square), gradient) in numbers.zip(&moved) {
                    let gradient = value * gradient;
                    *square += gradient * gradient;
                    *weight -= rate * gradient / (square.sqrt() + f32::EPSILON);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use switchyard_models::features::SparseRow;

    use super::*;

    /// Four texts of one n-gram each; the first two and the last two say the same.
    fn moved(settings: &Contrast) -> Vec<f32> {
        let mut rows = SparseRows::new(4);
        for at in 0..4 {
            rows.push(&SparseRow { indices: vec![at], values: vec![1.0] });
        }
        let places = [[1.0, 0.1], [0.1, 1.0], [1.0, -0.1], [0.1, -1.0]].concat();
        let kin = Kin::of((0..4).map(|at| (at / 2, None)), |_| true);
        let moving = Moving { rows: &rows, targets: &places, kin: &kin, weights: places.clone() };
        moving.contrast(2, settings)
    }

    #[test]
    fn a_partner_that_is_the_text_itself_is_right_elsewhere_too() {
        let kin = Kin::of([(0, Some(1)), (1, Some(1)), (2, None)].into_iter(), |_| true);
        let rows = SparseRows::new(1);
        let moving = Moving { rows: &rows, targets: &[], kin: &kin, weights: Vec::new() };
        let told = moving.right_of(&[0, 1, 2], &[1, 0, 2], &Contrast::default());
        let right = ndarray::array![[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
        assert_eq!(told.right, right);
    }

    fn cosine(weights: &[f32], a: usize, b: usize) -> f32 {
        let row = |at: usize| ArrayView1::from(&weights[at * 2..][..2]);
        row(a).dot(&row(b)) / (row(a).dot(&row(a)) * row(b).dot(&row(b))).sqrt()
    }

    #[test]
    fn partners_meet_and_others_part() {
        let settings =
            Contrast { rounds: 50, rate: 0.05, hold: 0.0, dropout: 0.0, ..Contrast::default() };
        let (before, after) = (moved(&Contrast::default()), moved(&settings));
        for (a, b) in [(0, 1), (2, 3)] {
            assert!(cosine(&after, a, b) > cosine(&before, a, b) + 0.2, "{after:?}");
        }
        assert!(cosine(&after, 0, 2) < cosine(&before, 0, 2) - 0.2, "{after:?}");
    }

    #[test]
    fn a_strong_hold_keeps_texts_where_the_teacher_put_them_and_seeds_decide_all() {
        let settings = Contrast { rounds: 20, hold: 100.0, ..Contrast::default() };
        let (before, after) = (moved(&Contrast::default()), moved(&settings));
        assert!((cosine(&after, 0, 1) - cosine(&before, 0, 1)).abs() < 0.1);
        assert_eq!(after, moved(&settings));
        assert_ne!(after, moved(&Contrast { seed: 2, ..settings }));
    }

    /// The gradient by the cosines against differences of the loss.
    #[test]
    fn the_gradient_is_that_of_the_loss() {
        let told = Rightness { right: ndarray::array![[1.0, 0.5], [0.0, 1.0]], temperature: 0.5 };
        let loss = |left: &Array2<f32>, right: &Array2<f32>| {
            let logits = left.dot(&right.t()) / told.temperature;
            let one = |logits: &Array2<f32>, right: &Array2<f32>| {
                -(shares(logits).mapv(f32::ln) * normalized(right)).sum()
            };
            (one(&logits, &told.right) + one(&logits.t().to_owned(), &told.right.t().to_owned()))
                * 0.5
        };
        let left = ndarray::array![[0.6, 0.8], [1.0, 0.0]];
        let right = ndarray::array![[0.0, 1.0], [0.8, -0.6]];
        let pull = pull(&left, &right, &told);
        let of_left = pull.dot(&right) / told.temperature;
        let of_right = pull.t().dot(&left) / told.temperature;
        for at in [(0, 0), (0, 1), (1, 0), (1, 1)] {
            let moved = |by: f32, is_left: bool| {
                let (mut left, mut right) = (left.clone(), right.clone());
                (if is_left { &mut left } else { &mut right })[at] += by;
                loss(&left, &right)
            };
            let difference = |is_left| (moved(0.01, is_left) - moved(-0.01, is_left)) / 0.02;
            assert!((of_left[at] - difference(true)).abs() < 1e-2, "{at:?}");
            assert!((of_right[at] - difference(false)).abs() < 1e-2, "{at:?}");
        }
    }

    #[test]
    fn a_text_without_a_place_moves_nothing() {
        let mut rows = SparseRows::new(2);
        for at in 0..2 {
            rows.push(&SparseRow { indices: vec![at], values: vec![1.0] });
        }
        let kin = Kin::of((0..2).map(|at| (at as usize, None)), |_| true);
        let weights = vec![0.0, 0.0, 0.6, 0.8];
        let moving = Moving { rows: &rows, targets: &[1.0, 0.0, 0.0, 1.0], kin: &kin, weights };
        let moved = moving.contrast(2, &Contrast { rounds: 5, ..Contrast::default() });
        assert!(moved.iter().all(|it| it.is_finite()), "{moved:?}");
        assert!(moved[..2].iter().all(|it| it.abs() < f32::EPSILON), "{moved:?}");
    }
}
