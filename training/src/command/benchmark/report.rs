//! A benchmark's answers as figures.

use std::collections::BTreeSet;

use serde::Serialize;

use super::sets::Sets;
use super::{HEAD, Options, Run, Tried};
use crate::metrics::{auroc, ece, macro_f1, quantile, share, wilson};

/// The share of in-scope texts kept when the out-of-scope threshold is chosen.
const SCOPE_KEPT: f64 = 0.95;

/// What was measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The set's name.
    pub dataset: String,
    /// The model tier.
    pub tier: &'static str,
    /// The dense table's name; none where the model is sparse.
    pub table: Option<String>,
    /// Rows trained on.
    pub n_train: usize,
    /// Rows tested on, out-of-scope ones left out.
    pub n_test: usize,
    /// Labels learnt.
    pub n_labels: usize,
    /// The share of test rows with the right answer.
    pub accuracy: f64,
    /// Its 95 % interval (Wilson).
    pub accuracy_interval: [f64; 2],
    /// The mean of F1 over labels.
    pub macro_f1: f64,
    /// Expected calibration error in 15 bins.
    pub ece: f64,
    /// The settings chosen without the test file.
    pub chosen: Tried,
    /// Seconds from rows to bundle, tuning and calibration in it.
    pub train_s: f64,
    /// Microseconds a text on one thread, the median.
    pub p50_us: f64,
    /// The same, 99th percentile.
    pub p99_us: f64,
    /// The size of the bundle's files.
    pub bundle_mb: f64,
    /// Out-of-scope figures where asked for.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub oos: Option<OosReport>,
}

/// How well texts that belong nowhere are told apart by the confidence of the best label.
///
/// The threshold keeps 95 % of the in-scope dev rows. Without a dev file it keeps 95 %
/// of the in-scope test rows, which compares scorers but was not chosen beforehand.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OosReport {
    /// Out-of-scope test rows.
    pub oos_n_test: usize,
    /// How often an in-scope row is surer than an out-of-scope one.
    pub oos_auroc: f64,
    /// The share of out-of-scope rows rejected at the threshold.
    pub oos_recall: f64,
    /// The share of in-scope test rows kept at the threshold.
    pub oos_in_scope_kept: f64,
}

/// One test row, answered.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Answer {
    pub(super) truth: String,
    pub(super) label: String,
    pub(super) confidence: f32,
    pub(super) belonging: f32,
    pub(super) micros: f64,
}

impl Answer {
    fn is_right(&self) -> bool {
        self.truth == self.label
    }
}

pub(super) fn report(sets: &Sets, options: &Options, run: &Run) -> Report {
    let is_oos = |answer: &&Answer| options.oos_label.as_deref() == Some(&answer.truth);
    let (outside, inside): (Vec<&Answer>, Vec<&Answer>) = run.answers.iter().partition(is_oos);
    let n_hits = inside.iter().filter(|answer| answer.is_right()).count();
    let mut micros: Vec<f64> = run.answers.iter().map(|answer| answer.micros).collect();
    let labels: BTreeSet<_> = sets.train.iter().filter_map(|row| row.labels_of(HEAD)).collect();
    Report {
        dataset: options.dataset(),
        tier: "fast",
        table: options.table.as_ref().map(|table| table.spec.name.clone()),
        n_train: sets.train.len(),
        n_test: inside.len(),
        n_labels: labels.len(),
        accuracy: share(n_hits, inside.len()),
        accuracy_interval: wilson(n_hits, inside.len()),
        macro_f1: macro_f1(inside.iter().map(|it| (it.truth.as_str(), it.label.as_str()))),
        ece: ece(inside.iter().map(|it| (it.confidence, it.is_right()))),
        chosen: run.chosen,
        train_s: run.train_s,
        p50_us: quantile(&mut micros, 0.5),
        p99_us: quantile(&mut micros, 0.99),
        bundle_mb: run.bundle_bytes as f64 / 1e6,
        oos: options
            .oos_label
            .as_ref()
            .map(|_| oos_report(&inside, &outside, run.dev_belonging.as_deref())),
    }
}

fn oos_report(inside: &[&Answer], outside: &[&Answer], dev: Option<&[f32]>) -> OosReport {
    let scores = |answers: &[&Answer]| answers.iter().map(|it| it.belonging).collect::<Vec<f32>>();
    let known = dev.map_or_else(|| scores(inside), <[f32]>::to_vec);
    let mut known: Vec<f64> = known.into_iter().map(f64::from).collect();
    let threshold = quantile(&mut known, 1.0 - SCOPE_KEPT) as f32;
    let n_rejected = outside.iter().filter(|it| it.belonging < threshold).count();
    let n_kept = inside.iter().filter(|it| it.belonging >= threshold).count();
    OosReport {
        oos_n_test: outside.len(),
        oos_auroc: auroc(&scores(inside), &scores(outside)),
        oos_recall: share(n_rejected, outside.len()),
        oos_in_scope_kept: share(n_kept, inside.len()),
    }
}
