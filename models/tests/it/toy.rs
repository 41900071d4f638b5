//! A bundle of two categories that knows the n-grams of two words.

use std::collections::BTreeMap;
use std::sync::Arc;

use switchyard_domain::assessment::{Sentiment, Signal, Urgency};
use switchyard_models::bundle::{
    EmbeddingSpec, HeadName, HeadSpec, Manifest, RiskBound, ScopeSpec, Weights, manifest, seal,
};
use switchyard_models::calibrate::{Calibration, Thresholds};
use switchyard_models::features::ngrams::walk;
use switchyard_models::features::{DenseTable, FEATURE_VERSION, FeatureSettings};
use switchyard_models::head::HeadMatrix;
use switchyard_models::scope::{Exemplars, Scope, Spread};

/// Every n-gram of these speaks for `returns.refund`, for anger and for abuse.
const KNOWN: &str = "refund\n退款";

pub(crate) type Files = [(&'static str, Vec<u8>); 3];

pub(crate) fn borrowed(files: &Files) -> Vec<(&str, &[u8])> {
    files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect()
}

pub(crate) fn files() -> Files {
    files_of(manifest())
}

pub(crate) fn files_of(manifest: Manifest) -> Files {
    seal(manifest, &weights(), "# toy\n").expect("a sound toy")
}

pub(crate) fn files_with_other_numbers() -> Files {
    let mut weights = weights();
    weights.idf[0] = 2.0;
    seal(manifest(), &weights, "# toy\n").expect("a sound toy")
}

fn fingerprints() -> Vec<u64> {
    let mut all = Vec::new();
    walk(KNOWN, FeatureSettings::default(), |fingerprint, _| {
        all.push(fingerprint);
    });
    all.sort_unstable();
    all.dedup();
    all
}

fn weights() -> Weights {
    let fingerprints = fingerprints();
    // other, refund | very negative … very positive | low … critical | abuse
    let row = [-1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0];
    let by_feature: Vec<f32> = fingerprints.iter().flat_map(|_| row).collect();
    Weights {
        idf: vec![1.0; fingerprints.len()],
        matrix: HeadMatrix::quantize(&by_feature, vec![0.0; row.len()]),
        fingerprints,
        dense: None,
        exemplars: None,
    }
}

/// A table with a row for one word that is no feature: along its first axis, which speaks for refunds.
fn table() -> DenseTable {
    let settings = FeatureSettings { words_max: 1, chars_max: 0, ..FeatureSettings::default() };
    let mut word = Vec::new();
    walk("reimburse", settings, |fingerprint, _| word.push(fingerprint));
    let mut row = [0.0; 16];
    row[0] = 1.0;
    DenseTable::quantize(settings, 16, word, &row).expect("a table")
}

pub(crate) fn manifest_with_table() -> Manifest {
    let embedding = EmbeddingSpec {
        name: "toy".to_owned(),
        ngrams: table().settings(),
        width: 16,
        n_rows: 1,
        weight: 2.0,
        teacher: None,
        data: Vec::new(),
    };
    Manifest { embedding: Some(embedding), ..manifest() }
}

/// With training texts of refunds along the first axis: what lies elsewhere belongs to nothing.
pub(crate) fn files_with_scope() -> Files {
    // The margin spreads so far that only the nearest text tells.
    let margin = Spread { mean: 0.0, deviation: 1_000.0 };
    let nearest = Spread { mean: 0.0, deviation: 1.0 };
    let scope = Scope { margin, nearest, threshold: 0.5, kept: 0.95 };
    let spec = ScopeSpec { scope, exemplars: vec![0, 1] };
    seal_with_table(Manifest { scope: Some(spec), ..manifest_with_table() })
}

pub(crate) fn files_with_table() -> Files {
    seal_with_table(manifest_with_table())
}

pub(crate) fn seal_with_table(manifest: Manifest) -> Files {
    let mut weights = weights();
    let n_outputs = weights.matrix.n_outputs();
    let mut by_column: Vec<f32> = weights
        .matrix
        .unpadded()
        .chunks_exact(n_outputs)
        .flat_map(|row| {
            row.iter().zip(weights.matrix.scales()).map(|(it, scale)| f32::from(*it) * scale)
        })
        .collect();
    let n_features = weights.idf.len();
    by_column.resize((n_features + 16) * n_outputs, 0.0);
    by_column[n_features * n_outputs] = -1.0;
    by_column[n_features * n_outputs + 1] = 1.0;
    weights.matrix = HeadMatrix::quantize(&by_column, vec![0.0; n_outputs]);
    weights.dense = Some(Arc::new(table()));
    let mut axis = vec![0.0; 16];
    axis[0] = 1.0;
    weights.exemplars =
        manifest.scope.as_ref().and_then(|_| Exemplars::of(16, &[Vec::new(), axis]));
    seal(manifest, &weights, "# toy\n").expect("a sound toy")
}

fn head(name: HeadName, labels: &[&str]) -> HeadSpec {
    let n = labels.len();
    let calibration = if name.is_multi_label() {
        Calibration::Sigmoid { slope: vec![4.0; n], intercept: vec![-2.0; n] }
    } else {
        Calibration::Softmax { scale: 2.0, bias: vec![0.0; n] }
    };
    HeadSpec {
        name,
        labels: labels.iter().map(|label| (*label).to_owned()).collect(),
        calibration,
        thresholds: Thresholds { auto: 0.9, suggest: 0.6 },
        auto_by_label: Vec::new(),
        groups: None,
    }
}

pub(crate) fn manifest() -> Manifest {
    Manifest {
        schema: manifest::SCHEMA,
        name: "toy".to_owned(),
        feature_version: FEATURE_VERSION,
        features: FeatureSettings::default(),
        n_features: fingerprints().len(),
        embedding: None,
        scope: None,
        retrieval: None,
        heads: vec![
            head(HeadName::Category, &["other", "returns.refund"]),
            head(HeadName::Sentiment, &Sentiment::ALL.map(Sentiment::label)),
            head(HeadName::Urgency, &Urgency::ALL.map(Urgency::label)),
            head(HeadName::Signals, &[Signal::Abuse.label()]),
        ],
        fallback: "other".to_owned(),
        known_share_min: 0.2,
        risk: RiskBound { auto: 0.1, suggest: 0.25, confidence: 0.95 },
        files: BTreeMap::new(),
        data: Vec::new(),
        seed: 1,
        metrics: BTreeMap::new(),
    }
}
