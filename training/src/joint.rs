//! A head's margins learnt anew from the held-out margins of all its labels.
//!
//! One separator for each label knows nothing of the others; a step between two others is
//! what both of them half say. The map is linear, so it goes into the weights and costs nothing to serve.
//!
//! *Source*: multinomial logistic regression, fitted by linfa-logistic.

use linfa::prelude::{Dataset, Fit};
use linfa_logistic::MultiLogisticRegression;
use linfa_logistic::error::Error;
use ndarray::{Array1, Array2};
use switchyard_models::fit::Judged;

use crate::svm::LinearSvm;

/// The L2 weight on the sum of losses.
const ALPHA: f64 = 1.0;

/// A linear map of margins to margins.
#[derive(Debug, Clone, PartialEq)]
pub struct Joint {
    /// *Shape*: `n_labels × n_labels`, a row for each new margin.
    weights: Vec<Vec<f32>>,
    /// *Shape*: `n_labels`.
    bias: Vec<f32>,
}

impl Joint {
    /// Fits the map. *Shape*: margins of `n_labels`; labels without a row keep a margin below all others.
    pub fn fit(judged: &[Judged<'_>], n_labels: usize) -> Result<Self, Error> {
        let records = Array2::from_shape_fn((judged.len(), n_labels), |(row, column)| {
            f64::from(judged[row].0[column])
        });
        let targets: Array1<usize> = judged.iter().map(|(_, target)| *target).collect();
        let data = Dataset::new(records, targets);
        let fitted = MultiLogisticRegression::default().alpha(ALPHA).fit(&data)?;
        let mut joint =
            Self { weights: vec![vec![0.0; n_labels]; n_labels], bias: vec![NEVER; n_labels] };
        for (at, label) in fitted.classes().iter().enumerate() {
            joint.weights[*label] =
                fitted.params().column(at).iter().map(|it| *it as f32).collect();
            joint.bias[*label] = fitted.intercept()[at] as f32;
        }
        Ok(joint)
    }

    /// Replaces margins by new ones. *Shape*: `n_labels`.
    pub fn apply(&self, margins: &mut [f32]) {
        let new = |(weights, bias): (&Vec<f32>, &f32)| {
            weights.iter().zip(&*margins).map(|(weight, margin)| weight * margin).sum::<f32>()
                + bias
        };
        let all: Vec<f32> = self.weights.iter().zip(&self.bias).map(new).collect();
        margins.copy_from_slice(&all);
    }

    /// Replaces separators by those that give the new margins. *Shape*: `n_labels`.
    pub fn apply_to(&self, separators: &mut [LinearSvm]) {
        let new = |(weights, bias): (&Vec<f32>, &f32)| {
            let mut sum =
                LinearSvm { weights: vec![0.0; separators[0].weights.len()], bias: *bias };
            for (weight, old) in weights.iter().zip(&*separators) {
                let both = sum.weights.iter_mut().zip(&old.weights);
                both.for_each(|(sum, old)| *sum += weight * old);
                sum.bias += weight * old.bias;
            }
            sum
        };
        let all: Vec<LinearSvm> = self.weights.iter().zip(&self.bias).map(new).collect();
        separators.clone_from_slice(&all);
    }
}

/// The margin of a label that no row has.
const NEVER: f32 = -20.0;

#[cfg(test)]
mod tests {
    use super::*;

    /// The middle label's own margin says nothing; the others half say it.
    fn rows() -> Vec<(Vec<f32>, usize)> {
        let row = |at: usize| {
            let target = at % 3;
            let noise = (at % 7) as f32 / 20.0;
            let (low, high) = [(1.0, -1.0), (0.0, 0.0), (-1.0, 1.0)][target];
            (vec![low + noise, 0.0, high - noise], target)
        };
        (0..210).map(row).collect()
    }

    #[test]
    fn a_label_is_found_by_the_margins_of_the_others() {
        let rows = rows();
        let judged: Vec<Judged<'_>> =
            rows.iter().map(|(m, target)| (m.as_slice(), *target)).collect();
        let joint = Joint::fit(&judged, 3).expect("a fit");
        let best = |margins: &[f32]| (0..3).max_by(|a, b| margins[*a].total_cmp(&margins[*b]));
        let n_right = rows.iter().filter(|(margins, target)| {
            let mut new = margins.clone();
            joint.apply(&mut new);
            best(&new) == Some(*target)
        });
        assert!(n_right.count() > 200);
    }

    #[test]
    fn separators_give_the_margins_that_the_map_gives() {
        let joint = Joint { weights: vec![vec![1.0, 0.5], vec![-1.0, 2.0]], bias: vec![0.25, 0.0] };
        let svm = |weights: [f32; 2], bias| LinearSvm { weights: weights.to_vec(), bias };
        let mut separators = [svm([1.0, 2.0], 0.5), svm([3.0, -1.0], -0.5)];
        let row = [0.5_f32, 0.25];
        let margin = |svm: &LinearSvm| {
            svm.weights.iter().zip(row).map(|(weight, value)| weight * value).sum::<f32>()
                + svm.bias
        };
        let mut expected = [margin(&separators[0]), margin(&separators[1])];
        joint.apply(&mut expected);
        joint.apply_to(&mut separators);
        let got = [margin(&separators[0]), margin(&separators[1])];
        assert!(
            got.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-6),
            "{got:?} {expected:?}"
        );
    }

    #[test]
    fn a_label_without_rows_is_never_the_best() {
        let rows = rows();
        let judged: Vec<Judged<'_>> =
            rows.iter().map(|(m, target)| (m.as_slice(), *target)).collect();
        let with_gap: Vec<(Vec<f32>, usize)> =
            judged.iter().map(|(m, target)| ([*m, &[0.0]].concat(), *target)).collect();
        let judged: Vec<Judged<'_>> =
            with_gap.iter().map(|(m, target)| (m.as_slice(), *target)).collect();
        let joint = Joint::fit(&judged, 4).expect("a fit");
        let mut margins = vec![0.5, 0.0, 0.0, 9.0];
        joint.apply(&mut margins);
        assert!(margins[..3].iter().any(|margin| *margin > margins[3]));
    }
}
