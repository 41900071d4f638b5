//! Many sparse rows in one piece of memory.

use crate::features::{Scratch, SparseRow, Vectorizer};

/// Rows one after another. *Shape*: `n_rows × n_features`, sparse.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SparseRows {
    n_features: usize,
    /// Where each row begins; one more than there are rows.
    starts: Vec<usize>,
    indices: Vec<u32>,
    values: Vec<f32>,
}

impl SparseRows {
    /// No rows yet, of `n_features` columns.
    pub fn new(n_features: usize) -> Self {
        Self { n_features, starts: vec![0], indices: Vec::new(), values: Vec::new() }
    }

    /// The rows of cleaned texts.
    pub fn of(vectorizer: &Vectorizer, texts: &[&str]) -> Self {
        let (mut scratch, mut row) = (Scratch::default(), SparseRow::default());
        let mut rows = Self::new(vectorizer.n_columns());
        for text in texts {
            vectorizer.transform(text, &mut scratch, &mut row);
            rows.push(&row);
        }
        rows
    }

    /// Appends a row.
    pub fn push(&mut self, row: &SparseRow) {
        self.indices.extend_from_slice(&row.indices);
        self.values.extend_from_slice(&row.values);
        self.starts.push(self.indices.len());
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of columns.
    pub fn n_features(&self) -> usize {
        self.n_features
    }

    /// The entries of a row: column and value.
    pub fn row(&self, at: usize) -> impl Iterator<Item = (usize, f32)> {
        let range = self.starts[at]..self.starts[at + 1];
        let indices = self.indices[range.clone()].iter().map(|index| *index as usize);
        indices.zip(self.values[range].iter().copied())
    }

    /// `x·w` of a row.
    pub fn dot(&self, at: usize, weights: &[f32]) -> f32 {
        self.row(at).map(|(index, value)| value * weights[index]).sum()
    }

    /// `w += step · x` of a row.
    pub fn add_to(&self, at: usize, step: f32, weights: &mut [f32]) {
        self.row(at).for_each(|(index, value)| weights[index] += step * value);
    }

    /// The same rows with each column multiplied. *Shape*: `scales` is `n_features`.
    #[must_use]
    pub fn scaled(&self, scales: &[f32]) -> Self {
        let entries = self.indices.iter().zip(&self.values);
        let values = entries.map(|(index, value)| value * scales[*index as usize]).collect();
        Self { values, ..self.clone() }
    }

    /// `x·x` of a row.
    pub fn squared_norm(&self, at: usize) -> f32 {
        self.row(at).map(|(_, value)| value * value).sum()
    }
}
