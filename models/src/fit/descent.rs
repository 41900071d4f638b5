//! Dual coordinate descent, one row at a time.
//!
//! *Source*: Hsieh, Chang, Lin, Keerthi, Sundararajan: "A Dual Coordinate
//! Descent Method for Large-scale Linear SVM", ICML 2008, algorithm 3 (with
//! shrinking), squared hinge loss.

use super::random::SplitMix64;
use super::rows::SparseRows;

/// The row is extended by a constant 1, whose weight is the bias.
const BIAS_INPUT: f32 = 1.0;

/// A fitted separator: positive margins say yes.
#[derive(Debug, Clone, PartialEq)]
pub struct LinearSvm {
    /// *Shape*: `n_features`.
    pub weights: Vec<f32>,
    /// The margin of an empty row.
    pub bias: f32,
}

impl LinearSvm {
    /// The margin of each row.
    pub fn margins(&self, rows: &SparseRows) -> Vec<f32> {
        (0..rows.len()).map(|at| rows.dot(at, &self.weights) + self.bias).collect()
    }
}

/// How one separator is looked for. Whoever takes settings from outside checks them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Descent {
    /// The cost of an error against the size of the weights, above 0.
    pub cost: f32,
    /// Passes over the rows at most.
    pub epochs_max: usize,
    /// Stops once the projected gradients of all rows lie within this of each other; above 0.
    pub tolerance: f32,
    /// The seed of the rows' order.
    pub seed: u64,
}

/// Separates the rows with a target from the others.
///
/// *Shape*: `targets` and `row_weights` are one for each row; a row of weight 0 is as good as absent.
pub fn descend(
    params: &Descent,
    rows: &SparseRows,
    targets: &[bool],
    row_weights: Option<&[f32]>,
) -> LinearSvm {
    let mut descent = State::new(params, rows, targets, row_weights);
    let mut random = SplitMix64(params.seed);
    for _ in 0..params.epochs_max {
        random.shuffle(&mut descent.active);
        let spread = descent.pass();
        if spread > params.tolerance {
            continue;
        }
        // Converged on the rows in play: look at all once more before stopping.
        if descent.active.len() == descent.n_in_play {
            break;
        }
        descent.restore();
    }
    LinearSvm { weights: descent.weights, bias: descent.bias }
}

struct State<'a> {
    rows: &'a SparseRows,
    /// How many rows have a weight above 0.
    n_in_play: usize,
    /// *Shape*: as the rows. +1 or −1.
    signs: Vec<f32>,
    /// *Shape*: as the rows. `1 / (2 C_i)`: what the squared hinge adds to the diagonal.
    ridges: Vec<f32>,
    /// *Shape*: as the rows. `x·x + 1 + ridge`.
    diagonal: Vec<f32>,
    /// *Shape*: as the rows. The dual variables, 0 or more.
    alphas: Vec<f32>,
    /// The rows not shrunk away.
    active: Vec<usize>,
    /// The largest projected gradient of the last pass: beyond it a row at its bound rests.
    shrink_above: f32,
    weights: Vec<f32>,
    bias: f32,
}

impl<'a> State<'a> {
    fn new(
        params: &Descent,
        rows: &'a SparseRows,
        targets: &[bool],
        row_weights: Option<&[f32]>,
    ) -> Self {
        let weight_of = |at: usize| row_weights.map_or(1.0, |weights| weights[at]);
        let ridges: Vec<f32> =
            (0..rows.len()).map(|at| 0.5 / (params.cost * weight_of(at))).collect();
        let active = in_play(&ridges);
        let squared = |at: usize| rows.squared_norm(at) + BIAS_INPUT * BIAS_INPUT + ridges[at];
        Self {
            rows,
            n_in_play: active.len(),
            signs: targets.iter().map(|yes| if *yes { 1.0 } else { -1.0 }).collect(),
            diagonal: (0..rows.len()).map(squared).collect(),
            ridges,
            alphas: vec![0.0; rows.len()],
            active,
            shrink_above: f32::INFINITY,
            weights: vec![0.0; rows.n_features()],
            bias: 0.0,
        }
    }

    /// One step for each active row; returns the spread of projected gradients.
    fn pass(&mut self) -> f32 {
        let (mut max, mut min) = (f32::NEG_INFINITY, f32::INFINITY);
        let mut at = 0;
        while at < self.active.len() {
            let row = self.active[at];
            let gradient = self.gradient(row);
            let is_at_bound = self.alphas[row] <= 0.0;
            if is_at_bound && gradient > self.shrink_above {
                self.active.swap_remove(at);
                continue;
            }
            let projected = if is_at_bound { gradient.min(0.0) } else { gradient };
            (max, min) = (max.max(projected), min.min(projected));
            self.step(row, gradient, projected);
            at += 1;
        }
        self.shrink_above = if max > 0.0 { max } else { f32::INFINITY };
        if self.active.is_empty() { 0.0 } else { max - min }
    }

    /// The dual's derivative along one row.
    fn gradient(&self, row: usize) -> f32 {
        let margin = self.rows.dot(row, &self.weights) + self.bias * BIAS_INPUT;
        self.signs[row] * margin - 1.0 + self.ridges[row] * self.alphas[row]
    }

    fn step(&mut self, row: usize, gradient: f32, projected: f32) {
        if projected == 0.0 {
            return;
        }
        let old = self.alphas[row];
        self.alphas[row] = (old - gradient / self.diagonal[row]).max(0.0);
        let step = (self.alphas[row] - old) * self.signs[row];
        self.rows.add_to(row, step, &mut self.weights);
        self.bias += step * BIAS_INPUT;
    }

    /// Brings every row back into play.
    fn restore(&mut self) {
        self.active = in_play(&self.ridges);
        self.shrink_above = f32::INFINITY;
    }
}

/// The rows with a weight above 0; the others have an infinite ridge.
fn in_play(ridges: &[f32]) -> Vec<usize> {
    (0..ridges.len()).filter(|row| ridges[*row].is_finite()).collect()
}
