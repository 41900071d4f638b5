//! The linear heads' weights: one int8 matrix for the outputs of all heads.
//!
//! Row-major by feature, so that one feature's weights for every output of
//! every head lie in one run of memory: a ticket touches a few hundred of many
//! thousand rows, each once, whatever the number of heads.

use crate::features::SparseRow;
use crate::kernel::{LANES, add_scaled, prefetch};

/// The largest quantised weight; −128 is not used, so that the range is symmetric.
const QUANTUM_MAX: f32 = 127.0;

/// How many rows ahead of their use the memory is asked for.
const AHEAD: usize = 8;

/// Weights of all heads, quantised with one scale for each output.
#[derive(Debug, Clone, PartialEq)]
pub struct HeadMatrix {
    n_outputs: usize,
    stride: usize,
    /// *Shape*: `n_features × stride`.
    weights: Vec<i8>,
    /// *Shape*: `n_outputs`. What one step of a weight is worth.
    scales: Vec<f32>,
    /// *Shape*: `n_outputs`.
    bias: Vec<f32>,
}

impl HeadMatrix {
    /// A matrix of weights already quantised.
    ///
    /// *Shape*: `weights` is `n_features × n_outputs`, `scales` and `bias` are `n_outputs`,
    /// which is at least 1; the bundle's reader checks it.
    pub fn new(weights: &[i8], scales: Vec<f32>, bias: Vec<f32>) -> Self {
        let n_outputs = scales.len();
        debug_assert_eq!(n_outputs, bias.len());
        let stride = n_outputs.next_multiple_of(LANES);
        let mut padded = Vec::with_capacity(weights.len() / n_outputs * stride);
        for row in weights.chunks_exact(n_outputs) {
            padded.extend_from_slice(row);
            padded.resize(padded.len().next_multiple_of(stride), 0);
        }
        Self { n_outputs, stride, weights: padded, scales, bias }
    }

    /// Quantises weights by each output's largest one.
    ///
    /// *Shape*: `weights` is `n_features × n_outputs`; all finite.
    pub fn quantize(weights: &[f32], bias: Vec<f32>) -> Self {
        let n_outputs = bias.len();
        let mut scales = vec![0.0_f32; n_outputs];
        for row in weights.chunks_exact(n_outputs) {
            scales.iter_mut().zip(row).for_each(|(max, weight)| *max = max.max(weight.abs()));
        }
        for max in &mut scales {
            *max = if *max > 0.0 { *max / QUANTUM_MAX } else { 1.0 };
        }
        let quantized: Vec<i8> = weights
            .chunks_exact(n_outputs)
            .flat_map(|row| row.iter().zip(&scales).map(|(weight, scale)| quantum(weight / scale)))
            .collect();
        Self::new(&quantized, scales, bias)
    }

    /// The number of outputs of all heads together.
    pub fn n_outputs(&self) -> usize {
        self.n_outputs
    }

    /// The number of rows.
    pub fn n_features(&self) -> usize {
        self.weights.len() / self.stride
    }

    /// What one quantised step is worth, for each output.
    pub fn scales(&self) -> &[f32] {
        &self.scales
    }

    /// The margin of an empty text, for each output.
    pub fn bias(&self) -> &[f32] {
        &self.bias
    }

    /// The quantised weights without padding. *Shape*: `n_features × n_outputs`.
    pub fn unpadded(&self) -> Vec<i8> {
        self.weights
            .chunks_exact(self.stride)
            .flat_map(|row| &row[..self.n_outputs])
            .copied()
            .collect()
    }

    /// Replaces `margins` by `x·W + b`. *Shape*: `n_outputs`.
    pub fn margins(&self, row: &SparseRow, margins: &mut Vec<f32>) {
        margins.clear();
        margins.resize(self.stride, 0.0);
        for (at, (index, value)) in row.indices.iter().zip(&row.values).enumerate() {
            if let Some(soon) = row.indices.get(at + AHEAD) {
                prefetch(self.row(*soon));
            }
            add_scaled(margins, *value, self.row(*index));
        }
        margins.truncate(self.n_outputs);
        for ((margin, scale), bias) in margins.iter_mut().zip(&self.scales).zip(&self.bias) {
            *margin = *margin * scale + bias;
        }
    }
}

impl HeadMatrix {
    /// One feature's weights, padded.
    fn row(&self, index: u32) -> &[i8] {
        &self.weights[index as usize * self.stride..][..self.stride]
    }
}

fn quantum(steps: f32) -> i8 {
    steps.round().clamp(-QUANTUM_MAX, QUANTUM_MAX) as i8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(entries: &[(u32, f32)]) -> SparseRow {
        let (indices, values) = entries.iter().copied().unzip();
        SparseRow { indices, values }
    }

    #[test]
    fn margins_are_the_product_up_to_half_a_step_a_weight() {
        let weights = [1.0, -0.5, 0.25, 0.02, 0.0, -2.0];
        let matrix = HeadMatrix::quantize(&weights, vec![0.1, 0.0, -0.1]);
        let mut margins = Vec::new();
        matrix.margins(&row(&[(0, 0.6), (1, 0.8)]), &mut margins);
        let exact = [0.6 + 0.016 + 0.1, -0.3, 0.15 - 1.6 - 0.1];
        for ((got, want), scale) in margins.iter().zip(exact).zip(matrix.scales()) {
            // Two weights, each off by at most half a step.
            assert!((got - want).abs() <= scale * 1.4 / 2.0 + 1e-6, "{got} {want}");
        }
    }

    #[test]
    fn an_empty_row_gives_the_bias() {
        let matrix = HeadMatrix::quantize(&[1.0; 17], vec![0.5; 17]);
        let mut margins = Vec::new();
        matrix.margins(&SparseRow::default(), &mut margins);
        assert_eq!(margins, vec![0.5; 17]);
    }

    #[test]
    fn padding_is_not_seen_from_outside() {
        let weights: Vec<i8> = (0..34).collect();
        let matrix = HeadMatrix::new(&weights, vec![1.0; 17], vec![0.0; 17]);
        assert_eq!((matrix.n_features(), matrix.unpadded()), (2, weights));
    }
}
