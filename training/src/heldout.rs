//! The figures of a bundle on rows its models had not seen.

use std::collections::BTreeMap;
use std::ops::Range;

use switchyard_models::bundle::HeadSpec;

use crate::crossfit::Margins;
use crate::examples::Example;
use crate::metrics::{ece, macro_f1, share};
use crate::problems::HeadPlan;

/// Figures by `head.figure`; for signals and tags precision and recall, for the others
/// accuracy, macro-F1, calibration error, and the share and accuracy of AUTO judgements.
pub fn figures(
    heads: &[HeadSpec],
    plans: &[HeadPlan],
    margins: &Margins,
    examples: &[Example],
) -> BTreeMap<String, f64> {
    let mut all = BTreeMap::new();
    for ((head, plan), columns) in heads.iter().zip(plans).zip(HeadPlan::columns(plans)) {
        let rows = probabilities(head, columns, margins);
        let figures = if head.name.is_multi_label() {
            any_of(head, &rows, examples)
        } else {
            one_of(head, plan, &rows, examples)
        };
        all.extend(
            figures
                .into_iter()
                .map(|(name, value)| (format!("{}.{name}", head.name), rounded(value))),
        );
    }
    all
}

/// Six digits: the manifest is read by people.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

fn probabilities(head: &HeadSpec, columns: Range<usize>, margins: &Margins) -> Vec<Vec<f32>> {
    let of = |row: &Vec<f32>| {
        let mut p = row[columns.clone()].to_vec();
        head.calibration.apply(&mut p);
        p
    };
    margins.outputs.iter().map(of).collect()
}

/// A row's right output, the best one, and its probability.
struct Judged {
    truth: usize,
    best: usize,
    confidence: f32,
}

impl Judged {
    fn of(plan: &HeadPlan, p: &[f32], example: &Example) -> Option<Self> {
        let best = (0..p.len()).max_by(|a, b| p[*a].total_cmp(&p[*b]))?;
        Some(Self { truth: plan.target(example)?, best, confidence: p[best] })
    }

    fn is_right(&self) -> bool {
        self.truth == self.best
    }
}

fn one_of(
    head: &HeadSpec,
    plan: &HeadPlan,
    rows: &[Vec<f32>],
    examples: &[Example],
) -> Vec<(&'static str, f64)> {
    let rows = rows.iter().zip(examples);
    let judged: Vec<Judged> = rows.filter_map(|(p, row)| Judged::of(plan, p, row)).collect();
    let name = |at: usize| plan.labels[at].as_str();
    let pairs = judged.iter().map(|row| (name(row.truth), name(row.best)));
    let auto: Vec<&Judged> =
        judged.iter().filter(|row| row.confidence >= head.auto_of(row.best)).collect();
    let n_hits = judged.iter().filter(|row| row.is_right()).count();
    let n_auto_hits = auto.iter().filter(|row| row.is_right()).count();
    vec![
        ("accuracy", share(n_hits, judged.len())),
        ("macro_f1", macro_f1(pairs)),
        ("ece", ece(judged.iter().map(|row| (row.confidence, row.is_right())))),
        ("auto_coverage", share(auto.len(), judged.len())),
        ("auto_accuracy", share(n_auto_hits, auto.len())),
    ]
}

fn any_of(head: &HeadSpec, rows: &[Vec<f32>], examples: &[Example]) -> Vec<(&'static str, f64)> {
    let (mut n_labelled, mut n_found, mut n_both) = (0, 0, 0);
    for (p, example) in rows.iter().zip(examples) {
        let Some(labels) = example.labels_of(head.name) else {
            continue;
        };
        for (at, (label, p)) in head.labels.iter().zip(p).enumerate() {
            let (is_there, is_found) = (labels.contains(label), *p >= head.auto_of(at));
            n_labelled += usize::from(is_there);
            n_found += usize::from(is_found);
            n_both += usize::from(is_there && is_found);
        }
    }
    vec![("precision", share(n_both, n_found)), ("recall", share(n_both, n_labelled))]
}
