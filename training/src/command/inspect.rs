//! `switchyard-train inspect`: what a bundle is, without running it.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;
use switchyard_models::bundle::{Bundle, DataSource, HeadSpec, RiskBound};
use switchyard_models::features::FeatureSettings;

use crate::error::TrainError;

/// What a bundle is and was made of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The bundle, as `name@digest-prefix`.
    pub bundle: String,
    /// The version of its format.
    pub schema: u32,
    /// The sum of its files, in megabytes.
    pub bundle_mb: f64,
    /// Which n-grams are taken.
    pub ngrams: FeatureSettings,
    /// The n-grams it knows.
    pub n_features: usize,
    /// The dense table, if it has one.
    pub table: Option<TableReport>,
    /// Its heads, by name.
    pub heads: BTreeMap<&'static str, HeadReport>,
    /// The risk that the heads' thresholds keep.
    pub risk: RiskBound,
    /// What its heads were learnt from.
    pub data: Vec<SetReport>,
    /// Figures on held-out folds.
    pub metrics: BTreeMap<String, f64>,
}

/// A dense table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableReport {
    /// Its name.
    pub name: String,
    /// The numbers of a row.
    pub width: usize,
    /// How many n-grams have one.
    pub n_rows: usize,
    /// The length of the dense part where the sparse part's is 1.
    pub weight: f32,
    /// The encoder it was distilled from.
    pub teacher: Option<String>,
    /// The texts it was learnt on.
    pub data: Vec<SetReport>,
}

/// One head.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeadReport {
    /// Its labels, in the order of its outputs.
    pub labels: Vec<String>,
    /// From which confidence on its best answer may be acted on; above 1 never.
    pub auto_from: f32,
    /// The same of each label, in their order; empty where the one above holds for all.
    pub auto_from_by_label: Vec<f32>,
    /// From which confidence on its best three are shown.
    pub suggest_from: f32,
    /// The same of groups of categories.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_auto_from: Option<f32>,
    /// The same of groups of categories.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_suggest_from: Option<f32>,
}

/// One set of data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SetReport {
    /// Its name.
    pub name: String,
    /// Its licence.
    pub licence: String,
    /// How many rows were used.
    pub n_rows: usize,
}

/// Reads a bundle, checks its digests and tells what it says of itself.
pub fn run(folder: &Path) -> Result<Report, TrainError> {
    let bundle = Bundle::load(folder)?;
    let manifest = bundle.manifest();
    let table = manifest.embedding.as_ref().map(|spec| TableReport {
        name: spec.name.clone(),
        width: spec.width,
        n_rows: spec.n_rows,
        weight: spec.weight,
        teacher: spec.teacher.as_ref().map(|teacher| teacher.name.clone()),
        data: sets(&spec.data),
    });
    Ok(Report {
        bundle: bundle.version().to_owned(),
        schema: manifest.schema,
        bundle_mb: size_of(folder) as f64 / 1e6,
        ngrams: manifest.features,
        n_features: manifest.n_features,
        table,
        heads: manifest.heads.iter().map(|head| (head.name.label(), head_report(head))).collect(),
        risk: manifest.risk,
        data: sets(&manifest.data),
        metrics: manifest.metrics.clone(),
    })
}

fn head_report(head: &HeadSpec) -> HeadReport {
    HeadReport {
        labels: head.labels.clone(),
        auto_from: head.thresholds.auto,
        auto_from_by_label: head.auto_by_label.clone(),
        suggest_from: head.thresholds.suggest,
        group_auto_from: head.groups.map(|groups| groups.auto),
        group_suggest_from: head.groups.map(|groups| groups.suggest),
    }
}

fn sets(sources: &[DataSource]) -> Vec<SetReport> {
    let report = |set: &DataSource| SetReport {
        name: set.name.clone(),
        licence: set.licence.clone(),
        n_rows: set.n_rows,
    };
    sources.iter().map(report).collect()
}

/// The bytes of a folder's files; what cannot be asked counts as nothing.
fn size_of(folder: &Path) -> u64 {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    files.filter_map(|file| file.metadata().ok()).map(|file| file.len()).sum()
}
