//! Ridge regression from sparse rows to dense targets, by conjugate gradients.
//!
//! *Source*: Hestenes, Stiefel: "Methods of Conjugate Gradients for Solving Linear
//! Systems", 1952, on the normal equations. Each target is a system of its own
//! over the same rows; a block of them shares the walk over the rows.

use crate::parallel::each;
use crate::progress::Progress;
use crate::sparse::SparseRows;

/// Targets solved side by side: one row's sums fit a few vector registers.
const BLOCK: usize = 32;

/// How a regression is solved.
#[derive(Debug, Clone, Copy)]
pub struct Ridge {
    /// What a squared weight costs against a squared error.
    pub penalty: f32,
    /// Steps of the solver; it is stopped early, which is a penalty of its own.
    pub n_steps: usize,
    /// How many threads solve; the result does not depend on it.
    pub n_threads: usize,
}

/// The weights `W` with the least `‖X·W − Y‖² + penalty·‖W‖²`, up to the steps taken.
///
/// *Shape*: `targets` is `n_rows × width`; the result `n_features × width`.
pub fn solve(rows: &SparseRows, targets: &[f32], width: usize, ridge: &Ridge) -> Vec<f32> {
    let n_blocks = width.div_ceil(BLOCK);
    let progress = Progress::new("fitting the rows of the table", n_blocks);
    let blocks = each(n_blocks, ridge.n_threads, |block| {
        let solved = solve_block(rows, &columns(targets, width, block), ridge);
        progress.step();
        solved
    });
    let mut weights = vec![0.0; rows.n_features() * width];
    for (block, solved) in blocks.iter().enumerate() {
        let first = block * BLOCK;
        for (feature, values) in solved.iter().enumerate() {
            for (at, value) in values.iter().enumerate().take(width - first) {
                weights[feature * width + first + at] = *value;
            }
        }
    }
    weights
}

/// The targets of one block; those beyond the last are zero.
fn columns(targets: &[f32], width: usize, block: usize) -> Vec<[f32; BLOCK]> {
    let first = block * BLOCK;
    let of_row =
        |row: &[f32]| std::array::from_fn(|at| row.get(first + at).copied().unwrap_or(0.0));
    targets.chunks_exact(width).map(of_row).collect()
}

fn solve_block(rows: &SparseRows, targets: &[[f32; BLOCK]], ridge: &Ridge) -> Vec<[f32; BLOCK]> {
    let n_features = rows.n_features();
    let mut weights = vec![[0.0; BLOCK]; n_features];
    let mut residual = vec![[0.0; BLOCK]; n_features];
    for (row, target) in targets.iter().enumerate() {
        rows.row(row).for_each(|(feature, value)| add(&mut residual[feature], value, target));
    }
    let mut direction = residual.clone();
    let mut length = squared(&residual);
    for _ in 0..ridge.n_steps {
        let image = normal_product(rows, &direction, ridge.penalty);
        let step = ratio(&length, &product(&direction, &image));
        for feature in 0..n_features {
            add_each(&mut weights[feature], &step, &direction[feature], 1.0);
            add_each(&mut residual[feature], &step, &image[feature], -1.0);
        }
        let new_length = squared(&residual);
        let kept = ratio(&new_length, &length);
        for (direction, residual) in direction.iter_mut().zip(&residual) {
            let old = *direction;
            *direction = *residual;
            add_each(direction, &kept, &old, 1.0);
        }
        length = new_length;
    }
    weights
}

/// `(XᵀX + penalty·I)·P`.
fn normal_product(
    rows: &SparseRows,
    direction: &[[f32; BLOCK]],
    penalty: f32,
) -> Vec<[f32; BLOCK]> {
    let scaled = |row: &[f32; BLOCK]| row.map(|value| value * penalty);
    let mut image: Vec<[f32; BLOCK]> = direction.iter().map(scaled).collect();
    for row in 0..rows.len() {
        let mut sum = [0.0; BLOCK];
        rows.row(row).for_each(|(feature, value)| add(&mut sum, value, &direction[feature]));
        rows.row(row).for_each(|(feature, value)| add(&mut image[feature], value, &sum));
    }
    image
}

fn add(to: &mut [f32; BLOCK], factor: f32, what: &[f32; BLOCK]) {
    to.iter_mut().zip(what).for_each(|(to, what)| *to += factor * what);
}

fn add_each(to: &mut [f32; BLOCK], factors: &[f32; BLOCK], what: &[f32; BLOCK], sign: f32) {
    for ((to, factor), what) in to.iter_mut().zip(factors).zip(what) {
        *to += sign * factor * what;
    }
}

fn product(a: &[[f32; BLOCK]], b: &[[f32; BLOCK]]) -> [f32; BLOCK] {
    let mut sums = [0.0_f64; BLOCK];
    for (a, b) in a.iter().zip(b) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += f64::from(*a) * f64::from(*b);
        }
    }
    sums.map(|sum| sum as f32)
}

fn squared(a: &[[f32; BLOCK]]) -> [f32; BLOCK] {
    product(a, a)
}

/// A solved system's ratio is 0: it moves no more.
fn ratio(a: &[f32; BLOCK], b: &[f32; BLOCK]) -> [f32; BLOCK] {
    std::array::from_fn(|at| if b[at] > f32::MIN_POSITIVE { a[at] / b[at] } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use switchyard_models::features::SparseRow;

    use super::*;

    fn rows() -> SparseRows {
        let mut rows = SparseRows::new(2);
        for (x, y) in [(1.0, 0.0), (0.0, 2.0), (1.0, 1.0)] {
            rows.push(&SparseRow { indices: vec![0, 1], values: vec![x, y] });
        }
        rows
    }

    /// `W = (XᵀX + I)⁻¹XᵀY` by hand: `XᵀX = [[2,1],[1,5]]`, so `XᵀX + I = [[3,1],[1,6]]`.
    #[test]
    fn two_steps_solve_two_weights() {
        let ridge = Ridge { penalty: 1.0, n_steps: 2, n_threads: 2 };
        // XᵀY for one target (1, 2, 3) is (4, 7); for (0, 0, 1) it is (1, 1).
        let weights = solve(&rows(), &[1.0, 0.0, 2.0, 0.0, 3.0, 1.0], 2, &ridge);
        let exact = [17.0 / 17.0, 5.0 / 17.0, 17.0 / 17.0, 2.0 / 17.0];
        assert!(
            weights.iter().zip(exact).all(|(got, want)| (got - want).abs() < 1e-5),
            "{weights:?}"
        );
    }

    #[test]
    fn no_steps_leave_zeros_and_threads_change_no_bit() {
        let solve = |n_steps, n_threads| {
            solve(&rows(), &[1.0; 3], 1, &Ridge { penalty: 0.1, n_steps, n_threads })
        };
        assert_eq!(solve(0, 1), vec![0.0; 2]);
        assert_eq!(solve(3, 1), solve(3, 2));
    }
}
