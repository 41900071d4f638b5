//! A bundle of two categories that knows the n-grams of two words.

use std::collections::BTreeMap;

use switchyard_domain::assessment::{Sentiment, Signal, Urgency};
use switchyard_models::bundle::{HeadName, HeadSpec, Manifest, RiskBound, Weights, manifest, seal};
use switchyard_models::calibrate::{Calibration, Thresholds};
use switchyard_models::features::ngrams::walk;
use switchyard_models::features::{FEATURE_VERSION, FeatureSettings};
use switchyard_models::head::HeadMatrix;

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
    }
}

fn head(name: HeadName, labels: &[&str]) -> HeadSpec {
    let n = labels.len();
    let calibration = match name {
        HeadName::Signals => Calibration::Sigmoid { slope: vec![4.0; n], intercept: vec![-2.0; n] },
        HeadName::Category | HeadName::Sentiment | HeadName::Urgency => {
            Calibration::Softmax { scale: 2.0, bias: vec![0.0; n] }
        }
    };
    HeadSpec {
        name,
        labels: labels.iter().map(|label| (*label).to_owned()).collect(),
        calibration,
        thresholds: Thresholds { auto: 0.9, suggest: 0.6 },
    }
}

pub(crate) fn manifest() -> Manifest {
    Manifest {
        schema: manifest::SCHEMA,
        name: "toy".to_owned(),
        feature_version: FEATURE_VERSION,
        features: FeatureSettings::default(),
        n_features: fingerprints().len(),
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
