//! Scored rows as figures.

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
    /// How the customers feel.
    pub sentiment: StepFigures,
    /// How urgent the tickets are.
    pub urgency: StepFigures,
    /// The signals found.
    pub signals: SignalFigures,
    /// The share of rows whose language was told right.
    pub language: f64,
}

/// Figures of the category.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CategoryFigures {
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
    /// The share of rows that may be acted on without a person.
    pub auto_coverage: f64,
    /// The accuracy among those.
    pub auto_accuracy: f64,
}

/// Figures of a field that is one of several ordered steps.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepFigures {
    /// The share with the very step.
    pub exact: f64,
    /// The share with the step or a neighbour.
    pub within_one: f64,
    /// The mean of F1 over steps.
    pub macro_f1: f64,
}

/// Figures of all signals together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SignalFigures {
    /// Signals labelled.
    pub n: usize,
    /// The share of found ones that are labelled.
    pub precision: f64,
    /// The share of labelled ones that are found.
    pub recall: f64,
}

/// A row and what the bundle makes of it.
pub(super) struct Scored {
    pub(super) truth: LabelledTicket,
    pub(super) answer: Assessment,
}

pub(super) fn group(rows: &[&Scored]) -> Group {
    let told = rows.iter().filter(|row| row.truth.labels.language == Some(row.answer.language));
    Group {
        n: rows.len(),
        category: category(rows),
        sentiment: steps(rows, |row| {
            Some((row.truth.labels.sentiment? as usize, row.answer.sentiment.value as usize))
        }),
        urgency: steps(rows, |row| {
            Some((row.truth.labels.urgency? as usize, row.answer.urgency.value as usize))
        }),
        signals: signals(rows),
        language: share(told.count(), rows.len()),
    }
}

fn category(rows: &[&Scored]) -> CategoryFigures {
    let rows: Vec<&&Scored> =
        rows.iter().filter(|row| row.truth.labels.category.is_some()).collect();
    let count = |holds: &dyn Fn(&Scored) -> bool| rows.iter().filter(|row| holds(row)).count();
    let is_auto = |row: &Scored| row.answer.category.mode == Mode::Auto;
    let n_hits = count(&is_hit);
    let n_auto = count(&is_auto);
    let label = |row: &&&Scored| row.truth.labels.category.clone();
    let truths: Vec<_> = rows.iter().filter_map(label).collect();
    let pairs = truths.iter().zip(&rows);
    CategoryFigures {
        accuracy: share(n_hits, rows.len()),
        accuracy_interval: wilson(n_hits, rows.len()),
        accuracy_with_also: share(count(&is_acceptable), rows.len()),
        top3: share(count(&is_among_three), rows.len()),
        macro_f1: macro_f1(
            pairs.map(|(truth, row)| (truth.as_str(), row.answer.category.value.as_str())),
        ),
        ece: ece(rows.iter().map(|row| (row.answer.category.confidence.get(), is_hit(row)))),
        auto_coverage: share(n_auto, rows.len()),
        auto_accuracy: share(count(&|row| is_auto(row) && is_hit(row)), n_auto),
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

fn steps(rows: &[&Scored], pair: impl Fn(&Scored) -> Option<(usize, usize)>) -> StepFigures {
    const NAMES: [&str; 5] = ["0", "1", "2", "3", "4"];
    let pairs: Vec<(usize, usize)> = rows.iter().filter_map(|row| pair(row)).collect();
    let within = |distance| pairs.iter().filter(|(a, b)| a.abs_diff(*b) <= distance).count();
    StepFigures {
        exact: share(within(0), pairs.len()),
        within_one: share(within(1), pairs.len()),
        macro_f1: macro_f1(pairs.iter().map(|(a, b)| (NAMES[*a], NAMES[*b]))),
    }
}

fn signals(rows: &[&Scored]) -> SignalFigures {
    let (mut n_labelled, mut n_found, mut n_both) = (0, 0, 0);
    for row in rows {
        let truth = row.truth.labels.signals.as_deref().unwrap_or_default();
        n_labelled += truth.len();
        n_found += row.answer.signals.len();
        n_both += truth.iter().filter(|signal| row.answer.has(**signal)).count();
    }
    SignalFigures {
        n: n_labelled,
        precision: share(n_both, n_found),
        recall: share(n_both, n_labelled),
    }
}
