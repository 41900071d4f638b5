//! A model's answers against a labelled file, as figures with their intervals.

mod figures;

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;
use switchyard_datasets::ticket::LabelledTicket;
use switchyard_datasets::{corpus, read};
use switchyard_domain::assessment::Language;
use switchyard_models::text::{Known, TicketText};
use switchyard_models::understand::Understanding;

pub use self::figures::{
    AutoFigures, CategoryFigures, FoundFigures, Group, GroupFigures, StepFigures,
};
use self::figures::{Scored, group};
use crate::error::TrainError;
use crate::metrics::quantile;

/// What was measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The bundle, as `name@digest-prefix`.
    pub bundle: String,
    /// Figures over all rows, and over the rows of each language group.
    #[serde(flatten)]
    pub groups: BTreeMap<String, Group>,
    /// Microseconds a ticket, the median.
    pub p50_us: f64,
    /// The same, 99th percentile.
    pub p99_us: f64,
}

/// Scores a model on labelled tickets.
pub fn score(understanding: &Understanding, tickets: Vec<LabelledTicket>) -> Report {
    let mut scored = Vec::with_capacity(tickets.len());
    let mut micros = Vec::with_capacity(tickets.len());
    for truth in tickets {
        let ticket = TicketText::new(&truth.subject, &truth.body);
        let analysis = understanding.analyze(&ticket, &Known::default());
        let timings = analysis.timings;
        micros.push((timings.clean_ns + timings.features_ns + timings.heads_ns) as f64 / 1e3);
        scored.push(Scored { truth, answer: analysis.assessment });
    }
    Report {
        bundle: understanding.version().to_owned(),
        groups: groups(&scored),
        p50_us: quantile(&mut micros, 0.5),
        p99_us: quantile(&mut micros, 0.99),
    }
}

/// The labelled tickets of a file, or of a folder of such files.
///
/// *Errors*: there is none.
pub fn labelled(gold: &Path) -> Result<Vec<LabelledTicket>, TrainError> {
    let files = if gold.is_dir() { corpus::files(gold)? } else { vec![gold.to_owned()] };
    let mut tickets = Vec::new();
    for file in files {
        for row in read::open(&file)? {
            tickets.push(LabelledTicket::from_row(&row?)?);
        }
    }
    if tickets.is_empty() {
        return Err(TrainError::NoRows { path: gold.to_owned() });
    }
    Ok(tickets)
}

/// All rows, those of each language group by their label, and those of each phenomenon.
fn groups(scored: &[Scored]) -> BTreeMap<String, Group> {
    let mut rows: BTreeMap<&str, Vec<&Scored>> = BTreeMap::new();
    for row in scored {
        let language = row.truth.labels.language.map(group_of);
        let phenomenon = Some(row.truth.phenomenon.as_str()).filter(|name| !name.is_empty());
        for name in ["all"].into_iter().chain(language).chain(phenomenon) {
            rows.entry(name).or_default().push(row);
        }
    }
    rows.into_iter().map(|(name, rows)| (name.to_owned(), group(&rows))).collect()
}

fn group_of(language: Language) -> &'static str {
    match language {
        Language::ZhHans | Language::ZhHant => "zh",
        Language::En => "en",
        Language::Mixed => "mixed",
        Language::Und => "und",
    }
}
