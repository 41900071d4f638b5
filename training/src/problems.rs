//! Heads as binary problems, one for each label, fitted side by side.
//!
//! A label's problem is "this label or another". Problems share nothing but the
//! rows and each has its own seed, so the number of threads changes no bit.

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
        Ok(Self { name, labels })
    }

    /// The output of an example's label; `None` without one, or with one that is not learnt.
    pub fn target(&self, example: &Example) -> Option<usize> {
        let label = example.labels_of(self.name)?.first()?;
        self.labels.iter().position(|known| known == label)
    }

    /// Where each head's outputs stand among those of all heads.
    pub fn columns(plans: &[Self]) -> Vec<Range<usize>> {
        let ends = plans.iter().scan(0, |end, plan| {
            let start = *end;
            *end += plan.labels.len();
            Some(start..*end)
        });
        ends.collect()
    }

    fn problems(&self, examples: &[&Example], solver: SolverSettings) -> Vec<Problem> {
        let labels: Vec<RowLabels<'_>> =
            examples.iter().map(|example| example.labels_of(self.name)).collect();
        // Each of any number is there or not, whatever the others.
        let n_rivals = if self.name.is_multi_label() { 2 } else { self.labels.len() };
        let n_even = labels.iter().flatten().count() as f32 / n_rivals as f32;
        let weight = |n_yes: usize| (n_even / n_yes.max(1) as f32).max(1.0).powf(solver.balance);
        self.labels.iter().map(|label| Problem::new(label, &labels, weight, solver)).collect()
    }
}

/// A row's labels for one head; `None` where nobody gave one.
type RowLabels<'a> = Option<&'a [String]>;

/// One label against the rest.
#[derive(Debug, Clone)]
struct Problem {
    /// *Shape*: as the rows.
    targets: Vec<bool>,
    /// *Shape*: as the rows. 0 where nobody labelled the row for this head.
    row_weights: Vec<f32>,
    solver: SolverSettings,
}

impl Problem {
    /// `weight_of_yes` tells from the number of rows with the label how much each weighs.
    fn new(
        label: &str,
        labels: &[RowLabels<'_>],
        weight_of_yes: impl Fn(usize) -> f32,
        solver: SolverSettings,
    ) -> Self {
        let has = |labels: &[String]| labels.iter().any(|it| it == label);
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

/// Fits every label of every head. The separators stand in the order of the outputs.
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
