//! The manifest: what a bundle is, what it was made of, and what it promises.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};
use switchyard_domain::assessment::Mode;

use super::error::BundleError;
use crate::calibrate::{Calibration, Thresholds};
use crate::features::{FEATURE_VERSION, FeatureSettings};
use crate::scope::Scope;
use crate::similar::Readings;

/// The version of the bundle format that is written.
pub const SCHEMA: u32 = 4;
/// The oldest version that is read: one without an embedding.
pub const SCHEMA_OLDEST: u32 = 1;

/// What a bundle is, what it was made of, and what it promises.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The version of the format, from [`SCHEMA_OLDEST`] to [`SCHEMA`].
    pub schema: u32,
    /// The bundle's name, such as `default`.
    pub name: String,
    /// The version of cleaning, hashing and n-grams.
    pub feature_version: u32,
    /// Which n-grams are taken.
    pub features: FeatureSettings,
    /// The number of features in the vocabulary.
    pub n_features: usize,
    /// The dense table beside the features, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub embedding: Option<EmbeddingSpec>,
    /// The heads, in the order of their outputs.
    pub heads: Vec<HeadSpec>,
    /// The category of texts without content.
    pub fallback: String,
    /// Below this share of known n-grams a text is like nothing the model was taught.
    pub known_share_min: f32,
    /// When a text is out of the category head's scope; only with a dense table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<ScopeSpec>,
    /// How similar items are weighed and read, where that was learnt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retrieval: Option<Readings>,
    /// The risk that the heads' thresholds keep.
    pub risk: RiskBound,
    /// SHA-256 of every other file of the bundle, by name, in hexadecimal.
    pub files: BTreeMap<String, String>,
    /// What the numbers were learnt from.
    pub data: Vec<DataSource>,
    /// The seed of every shuffle and split.
    pub seed: u64,
    /// Figures on held-out data, by name.
    pub metrics: BTreeMap<String, f64>,
}

/// The dense table of a bundle.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmbeddingSpec {
    /// The table's name.
    pub name: String,
    /// Which n-grams may have rows.
    pub ngrams: FeatureSettings,
    /// The numbers of a row.
    pub width: usize,
    /// How many n-grams have one.
    pub n_rows: usize,
    /// The length of the dense part where the sparse part's is 1.
    pub weight: f32,
    /// The encoder it was distilled from, if any.
    pub teacher: Option<DataSource>,
    /// The texts it was learnt on.
    pub data: Vec<DataSource>,
}

/// The training texts kept for telling scope, and the numbers learnt on them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScopeSpec {
    /// How texts that belong look, and where belonging ends.
    pub scope: Scope,
    /// How many texts are kept of each category, in the order of the outputs.
    pub exemplars: Vec<usize>,
}

/// One head: a question with a fixed set of answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadSpec {
    /// The question.
    pub name: HeadName,
    /// The answers' stable ids, in the order of the outputs.
    pub labels: Vec<String>,
    /// How margins become probabilities.
    pub calibration: Calibration,
    /// What a confidence allows.
    pub thresholds: Thresholds,
    /// *Shape*: one for each label, or empty. From which confidence on this very label may be acted
    /// on, or counts as found, in the place of what holds for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub auto_by_label: Vec<f32>,
    /// What a group's confidence allows, where the labels are categories in groups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<Thresholds>,
}

/// The share of errors that the thresholds keep on held-out data.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiskBound {
    /// Share of judgements in mode AUTO that may be wrong.
    pub auto: f64,
    /// Share of suggestions whose three values may all be wrong.
    pub suggest: f64,
    /// How sure the binomial upper bound on these shares is.
    pub confidence: f64,
}

/// The questions a bundle may answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeadName {
    /// What the ticket is about: one of the taxonomy's ids.
    Category,
    /// How the customer feels: one of five steps.
    Sentiment,
    /// How fast an answer is needed: one of four steps.
    Urgency,
    /// Which signals are there: any number.
    Signals,
    /// Which tags fit: any number, of whatever names the data has.
    Tags,
}

impl HeadName {
    /// Every head, in the order they are trained and stored.
    pub const ALL: [Self; 5] =
        [Self::Category, Self::Sentiment, Self::Urgency, Self::Signals, Self::Tags];

    /// Whether a text may have any number of the labels, and not just one.
    pub fn is_multi_label(self) -> bool {
        match self {
            Self::Category | Self::Sentiment | Self::Urgency => false,
            Self::Signals | Self::Tags => true,
        }
    }

    /// The head's name in files and on the command line.
    pub fn label(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::Sentiment => "sentiment",
            Self::Urgency => "urgency",
            Self::Signals => "signals",
            Self::Tags => "tags",
        }
    }
}

impl fmt::Display for HeadName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

/// One set of data a bundle was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataSource {
    /// The set's name, as on its card.
    pub name: String,
    /// Its licence, as an SPDX identifier where there is one.
    pub licence: String,
    /// How many texts were used.
    pub n_rows: usize,
    /// How many rows there are, where not all of them were used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawn_from: Option<usize>,
    /// SHA-256 of its files in order of name, in hexadecimal.
    pub sha256: String,
}

impl Manifest {
    /// Reads a manifest and refuses what this build does not understand.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, BundleError> {
        // The version is read first, by itself: another schema has other fields.
        let Version { schema } = serde_json::from_slice(bytes)?;
        if !(SCHEMA_OLDEST..=SCHEMA).contains(&schema) {
            let (oldest, newest) = (SCHEMA_OLDEST, SCHEMA);
            return Err(BundleError::Schema { oldest, newest, got: schema });
        }
        let manifest: Self = serde_json::from_slice(bytes)?;
        manifest.check()?;
        Ok(manifest)
    }

    /// The rows of the heads' matrix: the features, then the dense numbers.
    pub fn n_columns(&self) -> usize {
        self.n_features + self.embedding.as_ref().map_or(0, |it| it.width)
    }

    /// The number of outputs of all heads together.
    pub fn n_outputs(&self) -> usize {
        self.heads.iter().map(|head| head.labels.len()).sum()
    }

    /// The head with this name, if the bundle has it.
    pub fn head(&self, name: HeadName) -> Option<&HeadSpec> {
        self.heads.iter().find(|head| head.name == name)
    }

    fn check(&self) -> Result<(), BundleError> {
        if self.feature_version != FEATURE_VERSION {
            let (expected, got) = (FEATURE_VERSION, self.feature_version);
            return Err(BundleError::FeatureVersion { expected, got });
        }
        if self.heads.is_empty() {
            return Err(BundleError::NoHeads);
        }
        unique(self.heads.iter().map(|head| head.name.label()))?;
        self.heads.iter().try_for_each(HeadSpec::check)?;
        if let Some(EmbeddingSpec { weight, .. }) = self.embedding
            && !(weight.is_finite() && weight > 0.0)
        {
            return Err(BundleError::DenseWeight { got: weight });
        }
        self.check_scope()?;
        self.check_fallback()
    }

    fn check_scope(&self) -> Result<(), BundleError> {
        let n_labels = self.head(HeadName::Category).map_or(0, |head| head.labels.len());
        match &self.scope {
            Some(spec) if !spec.scope.is_sound() || spec.exemplars.len() != n_labels => {
                Err(BundleError::Scope { n_labels, got: spec.exemplars.len() })
            }
            Some(_) if self.embedding.is_none() => Err(BundleError::ScopeWithoutTable),
            _ => Ok(()),
        }
    }

    fn check_fallback(&self) -> Result<(), BundleError> {
        match self.head(HeadName::Category) {
            Some(head) if !head.labels.contains(&self.fallback) => {
                Err(BundleError::NoFallback { fallback: self.fallback.clone() })
            }
            _ => Ok(()),
        }
    }
}

impl HeadSpec {
    /// From which confidence on a label may be acted on, or counts as found.
    pub fn auto_of(&self, label: usize) -> f32 {
        self.auto_by_label.get(label).copied().unwrap_or(self.thresholds.auto)
    }

    /// What a group's confidence allows; where nobody learnt it, what a label's does.
    pub fn of_groups(&self) -> Thresholds {
        self.groups.unwrap_or(self.thresholds)
    }

    /// What a confidence in a label allows.
    pub fn mode_of(&self, label: usize, confidence: f32) -> Mode {
        let auto = self.auto_of(label);
        Thresholds { auto, suggest: self.thresholds.suggest.min(auto) }.mode_of(confidence)
    }

    fn check(&self) -> Result<(), BundleError> {
        unique(self.labels.iter().map(String::as_str))?;
        let (n_labels, n_calibrated) = (self.labels.len(), self.calibration.n_labels());
        if n_labels == 0 || n_labels != n_calibrated || !self.calibration.is_sound() {
            return Err(BundleError::Calibration { head: self.name, n_labels, n_calibrated });
        }
        let n_thresholds = self.auto_by_label.len();
        if n_thresholds != 0 && n_thresholds != n_labels {
            return Err(BundleError::Thresholds { head: self.name, n_labels, n_thresholds });
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct Version {
    schema: u32,
}

fn unique<'a>(names: impl Iterator<Item = &'a str>) -> Result<(), BundleError> {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(BundleError::Duplicate { name: name.to_owned() });
        }
    }
    Ok(())
}
