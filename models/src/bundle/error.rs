//! Why a bundle cannot be used.

use std::io;
use std::path::PathBuf;

use super::manifest::HeadName;
use crate::features::DenseError;

/// Why a bundle cannot be used; the message names the file and what was expected of it.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// A file could not be read from the folder.
    #[error("bundle file {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A bundle that answers nothing.
    #[error("bundle has no head: expected one at least")]
    NoHeads,
    /// A file that the manifest or the format asks for is not there.
    #[error("bundle has no file {name:?}")]
    MissingFile {
        /// The file's name in the folder.
        name: String,
    },
    /// A file is not the one the manifest was written for.
    #[error("bundle file {name:?}: expected sha-256 {expected}, got {got}")]
    Digest {
        /// The file's name in the folder.
        name: String,
        /// The digest in the manifest.
        expected: String,
        /// The digest of the file.
        got: String,
    },
    /// A packed file is no sound gzip.
    #[error("bundle {name}: expected gzip: {source}")]
    Packed {
        /// The file.
        name: &'static str,
        /// What the reader said.
        source: io::Error,
    },
    /// A packed file is far larger than a bundle is.
    #[error("bundle {name}: expected at most {max} bytes once unpacked, got more")]
    TooLarge {
        /// The file.
        name: &'static str,
        /// The bytes that are read at most.
        max: u64,
    },
    /// The manifest is not JSON of the expected shape.
    #[error("bundle manifest.json: {0}")]
    Manifest(#[from] serde_json::Error),
    /// Labels have thresholds of their own, but not one each.
    #[error(
        "bundle manifest.json: head {head}: expected auto_by_label for none or all of {n_labels} labels, got {n_thresholds}"
    )]
    Thresholds {
        /// The head.
        head: HeadName,
        /// Its labels.
        n_labels: usize,
        /// The thresholds.
        n_thresholds: usize,
    },
    /// The notes on training texts are not what they should be.
    #[error("bundle weights.safetensors: exemplar_notes: {source}")]
    Notes {
        /// What the parser said.
        source: serde_json::Error,
    },
    /// There is not one note for each training text.
    #[error(
        "bundle weights.safetensors: expected exemplar_notes for none or all of {expected} texts, got {got}"
    )]
    NoteCount {
        /// The texts.
        expected: usize,
        /// The notes.
        got: usize,
    },
    /// The manifest's schema is another one.
    #[error("bundle manifest.json: expected schema {oldest} to {newest}, got {got}")]
    Schema {
        /// The oldest schema this build reads.
        oldest: u32,
        /// The newest.
        newest: u32,
        /// The schema found.
        got: u32,
    },
    /// The weights were learnt on other features.
    #[error("bundle manifest.json: expected feature version {expected}, got {got}")]
    FeatureVersion {
        /// The version this build makes.
        expected: u32,
        /// The version found.
        got: u32,
    },
    /// The weights file is not in safetensors format.
    #[error("bundle weights.safetensors: {0}")]
    Weights(#[from] safetensors::SafeTensorError),
    /// A tensor has another type or shape than the manifest implies.
    #[error("bundle weights.safetensors: tensor {name:?}: expected {expected}, got {got}")]
    Tensor {
        /// The tensor's name.
        name: &'static str,
        /// Type and shape implied by the manifest.
        expected: String,
        /// Type and shape found.
        got: String,
    },
    /// A tensor holds a number that is not finite.
    #[error(
        "bundle weights.safetensors: tensor {name:?}: expected finite numbers, got one that is not"
    )]
    NotFinite {
        /// The tensor's name.
        name: &'static str,
    },
    /// The dense table's numbers make none.
    #[error("bundle weights.safetensors: dense table: {0}")]
    Dense(#[from] DenseError),
    /// The dense part's weight cannot be one.
    #[error("bundle manifest.json: embedding weight: expected a number above 0, got {got}")]
    DenseWeight {
        /// The weight found.
        got: f32,
    },
    /// The numbers that tell scope are not sound, or are for other labels.
    #[error(
        "bundle manifest.json: scope: expected sound numbers for {n_labels} categories, got {got}"
    )]
    Scope {
        /// How many categories there are.
        n_labels: usize,
        /// How many the scope has.
        got: usize,
    },
    /// Scope is told by dense vectors, and there are none.
    #[error("bundle manifest.json: scope: expected a dense table beside it, got none")]
    ScopeWithoutTable,
    /// A head has no labels, or its calibration is for another number of them.
    #[error(
        "bundle manifest.json: head {head}: expected a sound calibration of {n_labels} labels, got {n_calibrated}"
    )]
    Calibration {
        /// The head.
        head: HeadName,
        /// How many labels the head has.
        n_labels: usize,
        /// How many the calibration has.
        n_calibrated: usize,
    },
    /// A head stands twice, or a label stands twice in its head.
    #[error("bundle manifest.json: expected {name:?} once, got it twice")]
    Duplicate {
        /// The head or label.
        name: String,
    },
    /// A label is none that the product knows.
    #[error("bundle manifest.json: head {head}: label {label:?} is not one the product knows")]
    UnknownLabel {
        /// The head.
        head: HeadName,
        /// The label found.
        label: String,
    },
    /// The category for texts without content is not a label of the category head.
    #[error("bundle manifest.json: fallback {fallback:?} is no label of head category")]
    NoFallback {
        /// The fallback named by the manifest.
        fallback: String,
    },
}
