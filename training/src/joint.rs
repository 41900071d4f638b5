//! A head's margins learnt anew from the held-out margins of all its labels and cuts.
//!
//! One separator for each label knows nothing of the others; a step between two others is
//! what both of them half say, and what lies above one cut and below the next. The map is linear, so
//! it goes into the weights and costs nothing to serve.
//!
//! *Source*: multinomial logistic regression, fitted by linfa-logistic.

use linfa::prelude::{Dataset, Fit};
use linfa_logistic::MultiLogisticRegression;
use linfa_logistic::error::Error;
use ndarray::{Array1, Array2};
use switchyard_models::bundle::HeadName;
use switchyard_models::fit::Judged;

use crate::calibrate::labelled;
use crate::crossfit::{Fitted, Margins};
use crate::error::TrainError;
use crate::examples::Example;
use crate::problems::HeadPlan;
use crate::recipe::Recipe;
use crate::svm::LinearSvm;

/// The L2 weight on the sum of losses.
const ALPHA: f64 = 1.0;

/// What some heads' labels are, as the recipe asks for them.
pub fn plans_of(
    recipe: &Recipe,
    heads: &[HeadName],
    examples: &[Example],
) -> Result<Vec<HeadPlan>, TrainError> {
    let plan = |head| {
        let plan = HeadPlan::of(head, examples)?;
        Ok(if recipe.is_joint(head) { plan.with_cuts() } else { plan })
    };
    heads.iter().map(|head| plan(*head)).collect()
}

/// Learns the margins of heads that ask for it anew, of held-out rows and of a fitted model alike;
/// from here on there is one margin for each output.
pub fn join(
    recipe: &Recipe,
    plans: &[HeadPlan],
    examples: &[Example],
    margins: &mut Margins,
    mut fitted: Option<&mut Fitted>,
) -> Result<(), TrainError> {
    let mut outputs = vec![Vec::new(); margins.outputs.len()];
    let mut separators = Vec::new();
    for (plan, columns) in plans.iter().zip(HeadPlan::margins(plans)) {
        let own: Vec<&[f32]> = margins.outputs.iter().map(|row| &row[columns.clone()]).collect();
        let joint = joint_of(recipe, plan, &own, examples)?;
        for (outputs, own) in outputs.iter_mut().zip(&own) {
            outputs.extend(joint.as_ref().map_or_else(|| own.to_vec(), |it| it.apply(own)));
        }
        if let Some(fitted) = &fitted {
            let own = &fitted.separators[columns];
            separators.extend(joint.map_or_else(|| own.to_vec(), |it| it.apply_to(own)));
        }
    }
    margins.outputs = outputs;
    if let Some(fitted) = &mut fitted {
        fitted.separators = separators;
    }
    Ok(())
}

fn joint_of(
    recipe: &Recipe,
    plan: &HeadPlan,
    margins: &[&[f32]],
    examples: &[Example],
) -> Result<Option<Joint>, TrainError> {
    if !recipe.is_joint(plan.name) {
        return Ok(None);
    }
    let joint = Joint::fit(&labelled(plan, margins, examples), plan.labels.len());
    joint.map(Some).map_err(|source| TrainError::Calibration { head: plan.name, source })
}

/// A linear map of margins to margins.
#[derive(Debug, Clone, PartialEq)]
pub struct Joint {
    /// *Shape*: `n_labels × n_margins`, a row for each new margin.
    weights: Vec<Vec<f32>>,
    /// *Shape*: `n_labels`.
    bias: Vec<f32>,
}

impl Joint {
    /// Fits the map. *Shape*: margins of `n_margins`; labels without a row keep a margin below all others.
    pub fn fit(judged: &[Judged<'_>], n_labels: usize) -> Result<Self, Error> {
        let n_margins = judged.first().map_or(0, |(margins, _)| margins.len());
        let records = Array2::from_shape_fn((judged.len(), n_margins), |(row, column)| {
            f64::from(judged[row].0[column])
        });
        let targets: Array1<usize> = judged.iter().map(|(_, target)| *target).collect();
        let data = Dataset::new(records, targets);
        let fitted = MultiLogisticRegression::default().alpha(ALPHA).fit(&data)?;
        let mut joint =
            Self { weights: vec![vec![0.0; n_margins]; n_labels], bias: vec![NEVER; n_labels] };
        for (at, label) in fitted.classes().iter().enumerate() {
            joint.weights[*label] =
                fitted.params().column(at).iter().map(|it| *it as f32).collect();
            joint.bias[*label] = fitted.intercept()[at] as f32;
        }
        Ok(joint)
    }

    /// The new margins. *Shape*: `n_margins` to `n_labels`.
    pub fn apply(&self, margins: &[f32]) -> Vec<f32> {
        let new = |(weights, bias): (&Vec<f32>, &f32)| {
            weights.iter().zip(margins).map(|(weight, margin)| weight * margin).sum::<f32>() + bias
        };
        self.weights.iter().zip(&self.bias).map(new).collect()
    }

    /// The separators that give the new margins. *Shape*: `n_margins` to `n_labels`.
    pub fn apply_to(&self, separators: &[LinearSvm]) -> Vec<LinearSvm> {
        let new = |(weights, bias): (&Vec<f32>, &f32)| {
            let mut sum =
                LinearSvm { weights: vec![0.0; separators[0].weights.len()], bias: *bias };
            for (weight, old) in weights.iter().zip(separators) {
                let both = sum.weights.iter_mut().zip(&old.weights);
                both.for_each(|(sum, old)| *sum += weight * old);
                sum.bias += weight * old.bias;
            }
            sum
        };
        self.weights.iter().zip(&self.bias).map(new).collect()
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
        let n_right =
            rows.iter().filter(|(margins, target)| best(&joint.apply(margins)) == Some(*target));
        assert!(n_right.count() > 200);
    }

    #[test]
    fn separators_give_the_margins_that_the_map_gives() {
        let joint = Joint { weights: vec![vec![1.0, 0.5], vec![-1.0, 2.0]], bias: vec![0.25, 0.0] };
        let svm = |weights: [f32; 2], bias| LinearSvm { weights: weights.to_vec(), bias };
        let separators = [svm([1.0, 2.0], 0.5), svm([3.0, -1.0], -0.5)];
        let row = [0.5_f32, 0.25];
        let margin = |svm: &LinearSvm| {
            svm.weights.iter().zip(row).map(|(weight, value)| weight * value).sum::<f32>()
                + svm.bias
        };
        let expected = joint.apply(&[margin(&separators[0]), margin(&separators[1])]);
        let got: Vec<f32> = joint.apply_to(&separators).iter().map(margin).collect();
        assert!(
            got.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-6),
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
        let margins = joint.apply(&[0.5, 0.0, 0.0, 9.0]);
        assert!(margins[..3].iter().any(|margin| *margin > margins[3]));
    }
}
