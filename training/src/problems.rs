//! Heads as binary problems, one for each label, fitted side by side.
//!
//! A label's problem is "this label or another", a cut's "this step or a higher one, or a lower one".
//! Problems share nothing but the rows and each has its own seed, so the number of threads changes no
//! bit.
//!
//! *Source* of the cuts: Frank and Hall, 2001.

use std::collections::BTreeSet;
use std::ops::Range;

use linfa::DatasetBase;
use linfa::traits::Fit;
use switchyard_domain::assessment::{Sentiment, Signal, Urgency};
use switchyard_models::bundle::HeadName;

use crate::crossfit::FitSettings;
use crate::error::TrainError;
use crate::evidence;
use crate::examples::Example;
use crate::parallel::each;
use crate::recipe::SolverSettings;
use crate::sparse::{Records, SparseRows};
use crate::svm::{LinearSvm, SvmError};

/// A head and the labels it learns, in the order of its outputs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadPlan {
    /// The head.
    pub name: HeadName,
    /// The labels that occur.
    pub labels: Vec<String>,
    /// Whether "this step or a higher one" is learnt beside the steps themselves.
    pub with_cuts: bool,
}

impl HeadPlan {
    /// The labels of a head that occur among the examples.
    pub fn of(name: HeadName, examples: &[Example]) -> Result<Self, TrainError> {
        let found: BTreeSet<&String> =
            examples.iter().filter_map(|example| example.labels_of(name)).flatten().collect();
        if found.len() < 2 {
            return Err(TrainError::TooFewLabels { head: name, got: found.len() });
        }
        let ours = |all: &[&str]| {
            all.iter()
                .map(|label| (*label).to_owned())
                .filter(|label| found.contains(label))
                .collect()
        };
        // Steps and signals keep their own order, categories and tags that of their ids.
        let labels = match name {
            HeadName::Category | HeadName::Tags => found.into_iter().cloned().collect(),
            HeadName::Sentiment => ours(&Sentiment::ALL.map(Sentiment::label)),
            HeadName::Urgency => ours(&Urgency::ALL.map(Urgency::label)),
            HeadName::Signals => ours(&Signal::ALL.map(Signal::label)),
        };
        Ok(Self { name, labels, with_cuts: false })
    }

    /// With the cuts between steps learnt too, where the labels are steps.
    #[must_use]
    pub fn with_cuts(self) -> Self {
        let with_cuts = matches!(self.name, HeadName::Sentiment | HeadName::Urgency);
        Self { with_cuts, ..self }
    }

    /// The output of an example's label; `None` without one, or with one that is not learnt.
    pub fn target(&self, example: &Example) -> Option<usize> {
        let label = example.labels_of(self.name)?.first()?;
        self.labels.iter().position(|known| known == label)
    }

    /// Where each head's outputs stand among those of all heads.
    pub fn columns(plans: &[Self]) -> Vec<Range<usize>> {
        side_by_side(plans.iter().map(|plan| plan.labels.len()))
    }

    /// Where each head's margins stand among those of all heads: its labels', then its cuts'.
    pub fn margins(plans: &[Self]) -> Vec<Range<usize>> {
        side_by_side(plans.iter().map(|plan| plan.labels.len() + plan.cuts().len()))
    }

    /// The steps that a cut lies below, but for the second and the last: those are the first step's
    /// own problem and the last one's.
    fn cuts(&self) -> Range<usize> {
        if self.with_cuts { 2..(self.labels.len() - 1).max(2) } else { 0..0 }
    }

    fn problems(&self, examples: &[&Example], solver: SolverSettings) -> Vec<Problem> {
        let labels: Vec<RowLabels<'_>> =
            examples.iter().map(|example| example.labels_of(self.name)).collect();
        // Each of any number is there or not, whatever the others.
        let n_rivals = if self.name.is_multi_label() { 2 } else { self.labels.len() };
        let n_even = labels.iter().flatten().count() as f32 / n_rivals as f32;
        let weight = |n_yes: usize| (n_even / n_yes.max(1) as f32).max(1.0).powf(solver.balance);
        let one = |at| &self.labels[at..=at];
        let or_higher = |at| &self.labels[at..];
        let sought = (0..self.labels.len()).map(one).chain(self.cuts().map(or_higher));
        sought.map(|sought| Problem::new(sought, &labels, weight, solver)).collect()
    }
}

/// Ranges of some lengths, one after the other.
fn side_by_side(lengths: impl Iterator<Item = usize>) -> Vec<Range<usize>> {
    let ranges = lengths.scan(0, |end, length| {
        let start = *end;
        *end += length;
        Some(start..*end)
    });
    ranges.collect()
}

/// A row's labels for one head; `None` where nobody gave one.
type RowLabels<'a> = Option<&'a [String]>;

/// One label, or some, against the rest.
#[derive(Debug, Clone)]
struct Problem {
    /// *Shape*: as the rows.
    targets: Vec<bool>,
    /// *Shape*: as the rows. 0 where nobody labelled the row for this head.
    row_weights: Vec<f32>,
    solver: SolverSettings,
}

impl Problem {
    /// `weight_of_yes` tells from the number of rows with one of the labels how much each weighs.
    fn new(
        sought: &[String],
        labels: &[RowLabels<'_>],
        weight_of_yes: impl Fn(usize) -> f32,
        solver: SolverSettings,
    ) -> Self {
        let has = |labels: &[String]| labels.iter().any(|it| sought.contains(it));
        let targets: Vec<bool> = labels.iter().map(|labels| labels.is_some_and(has)).collect();
        let weight_of_yes = weight_of_yes(targets.iter().filter(|yes| **yes).count());
        let weight = |(labels, yes): (&RowLabels<'_>, &bool)| match (labels.is_some(), yes) {
            (false, _) => 0.0,
            (true, true) => weight_of_yes,
            (true, false) => 1.0,
        };
        let row_weights = labels.iter().zip(&targets).map(weight).collect();
        Self { targets, row_weights, solver }
    }
}

/// Fits every label and cut of every head. The separators stand in the order of [`HeadPlan::margins`].
///
/// *Shape*: the rows' columns are `n_features` n-grams, then the dense part.
pub fn fit_all(
    rows: &SparseRows,
    n_features: usize,
    examples: &[&Example],
    plans: &[HeadPlan],
    settings: &FitSettings,
) -> Result<Vec<LinearSvm>, TrainError> {
    let of_plan = |plan: &HeadPlan| {
        plan.problems(examples, settings.solver.for_head(settings.heads.get(&plan.name)))
    };
    let problems: Vec<Problem> = plans.iter().flat_map(of_plan).collect();
    let seed = |at: usize| settings.seed.wrapping_add(at as u64);
    let fit = |at: usize| fit_one(rows, n_features, &problems[at], seed(at));
    Ok(each(problems.len(), settings.n_threads, fit).into_iter().collect::<Result<_, _>>()?)
}

fn fit_one(
    rows: &SparseRows,
    n_features: usize,
    problem: &Problem,
    seed: u64,
) -> Result<LinearSvm, SvmError> {
    let Problem { targets, row_weights, solver } = problem;
    let fit = |rows: &SparseRows| {
        let data = DatasetBase::new(Records(rows), targets.clone())
            .with_weights(row_weights.clone().into());
        solver.params(seed).fit(&data)
    };
    if solver.evidence == 0.0 {
        return fit(rows);
    }
    let scales = evidence::scales(rows, n_features, targets, row_weights, solver.evidence);
    let mut svm = fit(&rows.scaled(&scales))?;
    svm.weights.iter_mut().zip(&scales).for_each(|(weight, scale)| *weight *= scale);
    Ok(svm)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(n: usize) -> HeadPlan {
        let labels = Urgency::ALL.map(|step| step.label().to_owned())[..n].to_vec();
        HeadPlan { name: HeadName::Urgency, labels, with_cuts: true }
    }

    #[test]
    fn the_cuts_are_those_that_no_step_is_by_itself() {
        let cuts = |n| steps(n).cuts().collect::<Vec<_>>();
        assert_eq!((cuts(2), cuts(3), cuts(4)), (vec![], vec![], vec![2]));
        assert_eq!(HeadPlan { with_cuts: false, ..steps(4) }.cuts().len(), 0);
    }

    #[test]
    fn margins_stand_in_the_order_of_heads_each_with_its_cuts() {
        let plans = [steps(4), HeadPlan { with_cuts: false, ..steps(3) }];
        assert_eq!(HeadPlan::margins(&plans), [0..5, 5..8]);
        assert_eq!(HeadPlan::columns(&plans), [0..4, 4..7]);
    }

    #[test]
    fn a_cut_asks_for_its_step_and_all_higher_ones() {
        let labels: Vec<Vec<String>> =
            steps(4).labels.iter().map(|label| vec![label.clone()]).collect();
        let rows: Vec<RowLabels<'_>> = labels.iter().map(|it| Some(it.as_slice())).collect();
        let plan = steps(4);
        let problem = Problem::new(&plan.labels[2..], &rows, |_| 2.0, SolverSettings::default());
        assert_eq!(problem.targets, [false, false, true, true]);
        assert_eq!(problem.row_weights, [1.0, 1.0, 2.0, 2.0]);
    }
}
