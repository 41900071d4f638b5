//! A table on the disk: one safetensors file whose metadata says what it is.
//!
//! A bundle holds the same tensors, so a table is also read out of a bundle: heads can be
//! fitted again on the table that a bundle was shipped with.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use safetensors::tensor::{Dtype, TensorView};
use safetensors::{SafeTensorError, SafeTensors, serialize};
use switchyard_models::bundle::weights::{DenseBytes, read_dense};
use switchyard_models::bundle::{Bundle, BundleError, EmbeddingSpec};
use switchyard_models::features::{DenseTable, Embedding};

use super::unseen::Unseen;
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
    /// Tables that have not seen some of its texts; a bundle does not carry them.
    pub unseen: Option<Arc<Unseen>>,
}

/// A table and what its part of the vector weighs.
#[derive(Debug, Clone)]
pub struct TableUse {
    /// The table.
    pub table: Table,
    /// The length of the dense part where the sparse part's is 1.
    pub weight: f32,
}

impl TableUse {
    /// What serving gets.
    pub fn embedding(&self) -> Embedding {
        Embedding { table: Arc::clone(&self.table.rows), weight: self.weight }
    }

    /// What the manifest says of it.
    pub fn spec(&self) -> EmbeddingSpec {
        EmbeddingSpec { weight: self.weight, ..self.table.spec.clone() }
    }
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
        let unseen = read_unseen(&file, &spec, &rows).map_err(bad)?;
        Ok(Self { rows: Arc::new(rows), spec, unseen: unseen.map(Arc::new) })
    }

    fn of_bundle(folder: &Path) -> Result<Self, TrainError> {
        Self::of_bundle_if_any(folder)?.ok_or_else(|| TrainError::Table {
            path: folder.to_owned(),
            problem: "expected a bundle with a dense table, got one without".to_owned(),
        })
    }

    /// The table of a bundle, if the bundle has one. *Errors*: the bundle cannot be read.
    pub fn of_bundle_if_any(folder: &Path) -> Result<Option<Self>, TrainError> {
        let bundle = Bundle::load(folder)?;
        let spec = bundle.manifest().embedding.clone();
        let rows = bundle.weights().dense.clone();
        Ok(spec.zip(rows).map(|(spec, rows)| Self { rows, spec, unseen: None }))
    }

    /// The file's bytes; the same table gives the same bytes.
    pub fn to_bytes(&self) -> Result<Vec<u8>, TrainError> {
        let spec = serde_json::to_string(&self.spec).expect("a spec holds numbers and texts only");
        let bytes = DenseBytes::of(&self.rows);
        let mut tensors: Vec<(String, TensorView<'_>)> =
            bytes.tensors()?.into_iter().map(|(name, it)| (name.to_owned(), it)).collect();
        let unseen = self.unseen.as_ref().map(|unseen| UnseenBytes::of(unseen));
        if let Some(unseen) = &unseen {
            tensors.extend(unseen.tensors().map_err(BundleError::from)?);
        }
        let metadata = HashMap::from([(SPEC.to_owned(), spec)]);
        Ok(serialize(tensors, Some(metadata)).map_err(BundleError::from)?)
    }
}

/// The tensors of tables that have not seen some texts: `unseen_keys` (u64) and `unseen_folds`
/// (u8), one for each text, then `unseen_rows_K` (i8) and `unseen_scales_K` (f32) of each table,
/// whose n-grams are those of the table itself.
struct UnseenBytes {
    keys: Vec<u8>,
    folds: Vec<u8>,
    tables: Vec<(Vec<u8>, Vec<u8>)>,
    shape: Vec<usize>,
}

impl UnseenBytes {
    fn of(unseen: &Unseen) -> Self {
        let table = |table: &Arc<DenseTable>| {
            let rows = table.rows().iter().map(|it| it.cast_unsigned()).collect();
            (rows, table.scales().iter().flat_map(|it| it.to_le_bytes()).collect())
        };
        let shape = unseen.tables.first().map(|it| vec![it.scales().len(), it.width()]);
        Self {
            keys: unseen.keys.iter().flat_map(|it| it.to_le_bytes()).collect(),
            folds: unseen.folds.clone(),
            tables: unseen.tables.iter().map(table).collect(),
            shape: shape.unwrap_or_default(),
        }
    }

    fn tensors(&self) -> Result<Vec<(String, TensorView<'_>)>, SafeTensorError> {
        let n_texts = vec![self.folds.len()];
        let mut all = vec![
            ("unseen_folds".to_owned(), TensorView::new(Dtype::U8, n_texts.clone(), &self.folds)?),
            ("unseen_keys".to_owned(), TensorView::new(Dtype::U64, n_texts, &self.keys)?),
        ];
        for (at, (rows, scales)) in self.tables.iter().enumerate() {
            let rows = TensorView::new(Dtype::I8, self.shape.clone(), rows)?;
            let scales = TensorView::new(Dtype::F32, self.shape[..1].to_vec(), scales)?;
            all.push((format!("unseen_rows_{at}"), rows));
            all.push((format!("unseen_scales_{at}"), scales));
        }
        Ok(all)
    }
}

fn read_unseen(
    file: &SafeTensors<'_>,
    spec: &EmbeddingSpec,
    table: &DenseTable,
) -> Result<Option<Unseen>, String> {
    let Ok(keys) = file.tensor("unseen_keys") else {
        return Ok(None);
    };
    let told = |error: SafeTensorError| error.to_string();
    let folds = file.tensor("unseen_folds").map_err(told)?.data().to_vec();
    let keys: Vec<u64> =
        keys.data().as_chunks().0.iter().map(|it| u64::from_le_bytes(*it)).collect();
    if keys.len() != folds.len() {
        return Err(format!("unseen_folds: expected {} numbers, got {}", keys.len(), folds.len()));
    }
    let mut tables = Vec::new();
    while let Ok(rows) = file.tensor(&format!("unseen_rows_{}", tables.len())) {
        let rows = rows.data().iter().map(|it| it.cast_signed()).collect();
        let scales = file.tensor(&format!("unseen_scales_{}", tables.len())).map_err(told)?;
        let scales = scales.data().as_chunks().0.iter().map(|it| f32::from_le_bytes(*it)).collect();
        let fingerprints = table.fingerprints().to_vec();
        let table = DenseTable::new(spec.ngrams, spec.width, fingerprints, rows, scales);
        tables.push(Arc::new(table.map_err(|error| error.to_string())?));
    }
    Ok(Some(Unseen { keys, folds, tables }))
}
