//! Scored rows as figures.

use std::collections::BTreeSet;

use serde::Serialize;
use switchyard_datasets::ticket::LabelledTicket;
use switchyard_domain::assessment::{Assessment, Mode};

use crate::metrics::{ece, macro_f1, share, wilson};

/// The figures of some rows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// The rows.
    pub n: usize,
    /// What the tickets are about.
    pub category: CategoryFigures,
    /// Which groups of categories they are about.
    pub category_group: GroupFigures,
    /// How the customers feel.
    pub sentiment: StepFigures,
    /// How urgent the tickets are.
    pub urgency: StepFigures,
    /// The signals found.
    pub signals: FoundFigures,
    /// The tags found.
    pub tags: FoundFigures,
    /// The share of rows with a language label whose language was told right.
    pub language: f64,
}

/// Figures of the category.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CategoryFigures {
    /// The labelled rows.
    pub n: usize,
    /// The share with the label itself.
    pub accuracy: f64,
    /// Its 95 % interval (Wilson).
    pub accuracy_interval: [f64; 2],
    /// The share with the label or another acceptable one.
    pub accuracy_with_also: f64,
    /// The share with the label among the best three.
    pub top3: f64,
    /// The mean of F1 over labels.
    pub macro_f1: f64,
    /// Expected calibration error in 15 bins.
    pub ece: f64,
    /// The rows that may be acted on without a person.
    #[serde(flatten)]
    pub auto: AutoFigures,
}

/// Figures of the groups of categories.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupFigures {
    /// The share with the label's group.
    pub accuracy: f64,
    /// Its 95 % interval (Wilson).
    pub accuracy_interval: [f64; 2],
    /// Of the rows whose category is not in mode AUTO, those whose group is.
    #[serde(flatten)]
    pub where_category_is_not: AutoFigures,
}

/// Figures of the answers in mode AUTO: how many there are, and how far to trust them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AutoFigures {
    /// The share of labelled rows that are answered in this mode.
    pub auto_coverage: f64,
    /// The share of those with the label itself; none where no row is.
    pub auto_accuracy: Option<f64>,
    /// Its 95 % interval (Wilson): wide where few rows are.
    pub auto_accuracy_interval: [f64; 2],
}

/// Figures of a field that is one of several ordered steps.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepFigures {
    /// The labelled rows.
    pub n: usize,
    /// The share with the very step.
    pub exact: f64,
    /// The share with the step or a neighbour.
    pub within_one: f64,
    /// The mean of F1 over steps.
    pub macro_f1: f64,
    /// The rows that may be acted on without a person.
    #[serde(flatten)]
    pub auto: AutoFigures,
}

/// Figures of all labels of a head that may find any number of them, together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FoundFigures {
    /// Labels given by people, on rows where somebody looked for them.
    pub n: usize,
    /// The share of found ones that are labelled.
    pub precision: f64,
    /// The share of labelled ones that are found.
    pub recall: f64,
    /// The harmonic mean of both.
    pub f1: f64,
}

/// A row and what the bundle makes of it.
pub(super) struct Scored {
    pub(super) truth: LabelledTicket,
    pub(super) answer: Assessment,
}

pub(super) fn group(rows: &[&Scored]) -> Group {
    Group {
        n: rows.len(),
        category: category(rows),
        category_group: category_group(rows),
        sentiment: steps(rows, |row| {
            let (truth, answer) = (row.truth.labels.sentiment?, &row.answer.sentiment);
            Some(Step::of(truth as usize, answer.value as usize, answer.mode))
        }),
        urgency: steps(rows, |row| {
            let (truth, answer) = (row.truth.labels.urgency?, &row.answer.urgency);
            Some(Step::of(truth as usize, answer.value as usize, answer.mode))
        }),
        signals: found(rows, |row| {
            let truth = row.truth.labels.signals.as_deref()?.iter().map(|it| it.label());
            let answer = row.answer.signals.iter().map(|(signal, _)| signal.label());
            Some((truth.collect(), answer.collect()))
        }),
        tags: found(rows, |row| {
            let truth = row.truth.labels.tags.as_deref()?.iter().map(String::as_str);
            let answer = row.answer.tags.iter().map(|(tag, _)| tag.as_str());
            Some((truth.collect(), answer.collect()))
        }),
        language: language(rows),
    }
}

fn language(rows: &[&Scored]) -> f64 {
    let labelled = || rows.iter().filter_map(|row| Some((row.truth.labels.language?, row)));
    let told = labelled().filter(|(truth, row)| *truth == row.answer.language);
    share(told.count(), labelled().count())
}

fn category(rows: &[&Scored]) -> CategoryFigures {
    let rows: Vec<&&Scored> =
        rows.iter().filter(|row| row.truth.labels.category.is_some()).collect();
    let count = |holds: &dyn Fn(&Scored) -> bool| rows.iter().filter(|row| holds(row)).count();
    let is_auto = |row: &Scored| row.answer.category.mode == Mode::Auto;
    let n_hits = count(&is_hit);
    let label = |row: &&&Scored| row.truth.labels.category.clone();
    let truths: Vec<_> = rows.iter().filter_map(label).collect();
    let pairs = truths.iter().zip(&rows);
    CategoryFigures {
        n: rows.len(),
        accuracy: share(n_hits, rows.len()),
        accuracy_interval: wilson(n_hits, rows.len()),
        accuracy_with_also: share(count(&is_acceptable), rows.len()),
        top3: share(count(&is_among_three), rows.len()),
        macro_f1: macro_f1(
            pairs.map(|(truth, row)| (truth.as_str(), row.answer.category.value.as_str())),
        ),
        ece: ece(rows.iter().map(|row| (row.answer.category.confidence.get(), is_hit(row)))),
        auto: auto(rows.iter().map(|row| (is_auto(row), is_hit(row)))),
    }
}

fn category_group(rows: &[&Scored]) -> GroupFigures {
    let judged = |row: &&Scored| {
        let group = row.answer.category_group.as_ref();
        let is_hit =
            group.map(|it| &it.value) == Some(&row.truth.labels.category.as_ref()?.group());
        let is_auto = group.is_some_and(|it| it.mode == Mode::Auto);
        Some((row.answer.category.mode == Mode::Auto, (is_auto, is_hit)))
    };
    let judged: Vec<(bool, (bool, bool))> = rows.iter().filter_map(judged).collect();
    let n_hits = judged.iter().filter(|(_, (_, is_hit))| *is_hit).count();
    let unsure = judged.iter().filter(|(is_category_auto, _)| !is_category_auto);
    GroupFigures {
        accuracy: share(n_hits, judged.len()),
        accuracy_interval: wilson(n_hits, judged.len()),
        where_category_is_not: auto(unsure.map(|(_, group)| *group)),
    }
}

/// *Shape*: for each row whether it is in mode AUTO and whether it is right.
fn auto(rows: impl Iterator<Item = (bool, bool)>) -> AutoFigures {
    let (mut n, mut n_auto, mut n_hits) = (0, 0, 0);
    for (is_auto, is_right) in rows {
        n += 1;
        n_auto += usize::from(is_auto);
        n_hits += usize::from(is_auto && is_right);
    }
    AutoFigures {
        auto_coverage: share(n_auto, n),
        auto_accuracy: (n_auto > 0).then(|| share(n_hits, n_auto)),
        auto_accuracy_interval: wilson(n_hits, n_auto),
    }
}

fn is_hit(row: &Scored) -> bool {
    row.truth.labels.category.as_ref() == Some(&row.answer.category.value)
}

fn is_acceptable(row: &Scored) -> bool {
    is_hit(row) || row.truth.labels.also.contains(&row.answer.category.value)
}

fn is_among_three(row: &Scored) -> bool {
    let truth = row.truth.labels.category.as_ref();
    is_hit(row) || row.answer.category.alternatives.iter().any(|(value, _)| Some(value) == truth)
}

/// A labelled row of an ordered field: the steps' places in their order.
struct Step {
    truth: usize,
    answer: usize,
    is_auto: bool,
}

impl Step {
    fn of(truth: usize, answer: usize, mode: Mode) -> Self {
        Self { truth, answer, is_auto: mode == Mode::Auto }
    }

    fn is_within(&self, distance: usize) -> bool {
        self.truth.abs_diff(self.answer) <= distance
    }
}

fn steps(rows: &[&Scored], step: impl Fn(&Scored) -> Option<Step>) -> StepFigures {
    const NAMES: [&str; 5] = ["0", "1", "2", "3", "4"];
    let steps: Vec<Step> = rows.iter().filter_map(|row| step(row)).collect();
    let within = |distance| steps.iter().filter(|step| step.is_within(distance)).count();
    StepFigures {
        n: steps.len(),
        exact: share(within(0), steps.len()),
        within_one: share(within(1), steps.len()),
        macro_f1: macro_f1(steps.iter().map(|step| (NAMES[step.truth], NAMES[step.answer]))),
        auto: auto(steps.iter().map(|step| (step.is_auto, step.is_within(0)))),
    }
}

/// A row's labels and what was found; `None` where nobody looked, so that a find is neither right
/// nor wrong.
type Found<'a> = Option<(BTreeSet<&'a str>, BTreeSet<&'a str>)>;

fn found<'a>(rows: &[&'a Scored], of: impl Fn(&'a Scored) -> Found<'a>) -> FoundFigures {
    let (mut n_labelled, mut n_found, mut n_both) = (0, 0, 0);
    for (truth, answer) in rows.iter().filter_map(|row| of(row)) {
        n_labelled += truth.len();
        n_found += answer.len();
        n_both += truth.intersection(&answer).count();
    }
    FoundFigures {
        n: n_labelled,
        precision: share(n_both, n_found),
        recall: share(n_both, n_labelled),
        f1: share(2 * n_both, n_found + n_labelled),
    }
}
