//! The teacher's vectors in fewer numbers: principal components.

use linfa_linalg::Order;
use linfa_linalg::eigh::{EigSort, Eigh};
use ndarray::{Array2, ArrayView2, Axis, s};

use crate::error::TrainError;

/// The directions in which some vectors vary most, and their mean.
#[derive(Debug, Clone)]
pub struct Projection {
    /// *Shape*: `from`.
    mean: Vec<f32>,
    /// *Shape*: `from × to`. Orthonormal columns.
    directions: Array2<f32>,
}

impl Projection {
    /// The `to` directions of most variance. *Shape*: `vectors` is `n × from`, `from ≥ to`.
    pub fn fit(vectors: ArrayView2<'_, f32>, to: usize) -> Result<Self, TrainError> {
        let mean = vectors.mean_axis(Axis(0)).unwrap_or_default();
        let centred = (&vectors - &mean).mapv(f64::from);
        let covariance = centred.t().dot(&centred);
        let (_, directions) = covariance.eigh()?.sort_eig(Order::Largest);
        let directions = directions.slice(s![.., ..to]).mapv(|value| value as f32);
        Ok(Self { mean: mean.to_vec(), directions })
    }

    /// The vectors seen from the mean along the directions, each of unit length.
    ///
    /// *Shape*: `n × from` to `n × to`, row by row.
    pub fn apply(&self, vectors: ArrayView2<'_, f32>) -> Vec<f32> {
        let mean = ArrayView2::from_shape((1, self.mean.len()), &self.mean).expect("one row");
        let mut projected = (&vectors - &mean).dot(&self.directions);
        for mut row in projected.rows_mut() {
            let norm = row.dot(&row).sqrt().max(f32::MIN_POSITIVE);
            row /= norm;
        }
        projected.into_raw_vec_and_offset().0
    }
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn the_first_direction_is_that_of_most_variance() {
        let vectors = array![[3.0, 1.0, 0.1], [-1.0, 1.0, -0.1], [5.0, 1.1, 0.0], [-3.0, 0.9, 0.0]];
        let projection = Projection::fit(vectors.view(), 1).expect("a projection");
        let got = projection.apply(vectors.view());
        assert!(got.iter().all(|it| (it.abs() - 1.0).abs() < 1e-5));
        assert!(got[0] * got[1] < 0.0 && got[0] * got[2] > 0.0);
    }
}
