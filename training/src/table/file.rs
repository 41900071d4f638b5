//! A table on the disk: one safetensors file whose metadata says what it is.
//!
//! A bundle holds the same tensors, so a table is also read out of a bundle: heads can be
//! fitted again on the table that a bundle was shipped with.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use safetensors::{SafeTensors, serialize};
use switchyard_models::bundle::weights::{DenseBytes, read_dense};
use switchyard_models::bundle::{Bundle, EmbeddingSpec};
use switchyard_models::features::DenseTable;

use crate::error::TrainError;

/// The metadata's key.
const SPEC: &str = "switchyard_embedding";

/// A table with what is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The rows.
    pub rows: Arc<DenseTable>,
    /// What it is and was made of.
    pub spec: EmbeddingSpec,
}

impl Table {
    /// Reads a table's file, or a bundle's folder.
    pub fn load(path: &Path) -> Result<Self, TrainError> {
        if path.is_dir() {
            return Self::of_bundle(path);
        }
        let bad = |problem: String| TrainError::Table { path: path.to_owned(), problem };
        let bytes = std::fs::read(path).map_err(|error| bad(error.to_string()))?;
        let (_, header) =
            SafeTensors::read_metadata(&bytes).map_err(|error| bad(error.to_string()))?;
        let spec = header.metadata().as_ref().and_then(|it| it.get(SPEC));
        let spec = spec.ok_or_else(|| bad(format!("expected metadata {SPEC:?}, got none")))?;
        let spec: EmbeddingSpec =
            serde_json::from_str(spec).map_err(|error| bad(error.to_string()))?;
        let file = SafeTensors::deserialize(&bytes).map_err(|error| bad(error.to_string()))?;
        let rows = read_dense(&file, &spec).map_err(|error| bad(error.to_string()))?;
        Ok(Self { rows: Arc::new(rows), spec })
    }

    fn of_bundle(folder: &Path) -> Result<Self, TrainError> {
        let bundle = Bundle::load(folder)?;
        let spec = bundle.manifest().embedding.clone();
        let rows = bundle.weights().dense.clone();
        spec.zip(rows).map(|(spec, rows)| Self { rows, spec }).ok_or_else(|| TrainError::Table {
            path: folder.to_owned(),
            problem: "expected a bundle with a dense table, got one without".to_owned(),
        })
    }

    /// The file's bytes; the same table gives the same bytes.
    pub fn to_bytes(&self) -> Result<Vec<u8>, TrainError> {
        let spec = serde_json::to_string(&self.spec).expect("a spec holds numbers and texts only");
        let bytes = DenseBytes::of(&self.rows);
        let metadata = HashMap::from([(SPEC.to_owned(), spec)]);
        let file = serialize(bytes.tensors()?, Some(metadata));
        file.map_err(|error| TrainError::Bundle(error.into()))
    }
}
