//! The learnt numbers in safetensors format.
//!
//! Five tensors: `fingerprints` (u64, `n_features`), `idf` (f32, `n_features`),
//! `weights` (i8, `n_columns × n_outputs`), and `scales` and `bias`
//! (f32, `n_outputs`). With a dense table three more: `dense_fingerprints` (u64, `n_rows`),
//! `dense_rows` (i8, `n_rows × width`) and `dense_scales` (f32, `n_rows`); the heads' matrix then
//! has `n_features + width` rows. `exemplars` (i8, `n_texts × width`) where scope is told, perhaps
//! with `exemplar_notes` (u8): a line of JSON with `key` and `text` for each.
//! All little-endian.

use std::sync::Arc;

use safetensors::tensor::{Dtype, TensorView};
use safetensors::{SafeTensors, serialize};

use super::error::BundleError;
use super::manifest::{EmbeddingSpec, Manifest};
use crate::features::DenseTable;
use crate::head::HeadMatrix;
use crate::scope::{Exemplars, Note};

/// The tensor of notes on the training texts.
const NOTES: &str = "exemplar_notes";

/// The learnt numbers of a bundle.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// *Shape*: `n_features`. The features, row by row.
    pub fingerprints: Vec<u64>,
    /// *Shape*: `n_features`. Their inverse document frequencies.
    pub idf: Vec<f32>,
    /// *Shape*: `n_columns × n_outputs`.
    pub matrix: HeadMatrix,
    /// The dense table, shared by all who use the bundle.
    pub dense: Option<Arc<DenseTable>>,
    /// Training texts by which scope is told, if it is.
    pub exemplars: Option<Exemplars>,
}

impl Weights {
    /// Reads the tensors and checks their types, shapes and numbers.
    pub(super) fn parse(bytes: &[u8], manifest: &Manifest) -> Result<Self, BundleError> {
        let file = SafeTensors::deserialize(bytes)?;
        let (n_features, n_outputs) = (manifest.n_features, manifest.n_outputs());
        let weights = read_i8(&file, "weights", &[manifest.n_columns(), n_outputs])?;
        let scales = read_f32(&file, "scales", n_outputs)?;
        let bias = read_f32(&file, "bias", n_outputs)?;
        let dense = manifest.embedding.as_ref().map(|spec| read_dense(&file, spec)).transpose()?;
        Ok(Self {
            fingerprints: read_u64(&file, "fingerprints", n_features)?,
            idf: read_f32(&file, "idf", n_features)?,
            matrix: HeadMatrix::new(&weights, scales, bias),
            dense: dense.map(Arc::new),
            exemplars: read_exemplars(&file, manifest)?,
        })
    }

    /// The file's bytes; the same numbers give the same bytes.
    pub(super) fn to_bytes(&self) -> Result<Vec<u8>, BundleError> {
        let fingerprints = u64_bytes(&self.fingerprints);
        let weights = i8_bytes(&self.matrix.unpadded());
        let (idf, scales) = (f32_bytes(&self.idf), f32_bytes(self.matrix.scales()));
        let bias = f32_bytes(self.matrix.bias());
        let (n_features, n_outputs) = (self.idf.len(), self.matrix.n_outputs());
        let n_columns = self.matrix.n_features();
        let dense = self.dense.as_ref().map(|table| DenseBytes::of(table));
        let mut tensors = vec![
            ("bias", TensorView::new(Dtype::F32, vec![n_outputs], &bias)?),
            ("fingerprints", TensorView::new(Dtype::U64, vec![n_features], &fingerprints)?),
            ("idf", TensorView::new(Dtype::F32, vec![n_features], &idf)?),
            ("scales", TensorView::new(Dtype::F32, vec![n_outputs], &scales)?),
            ("weights", TensorView::new(Dtype::I8, vec![n_columns, n_outputs], &weights)?),
        ];
        if let Some(dense) = &dense {
            tensors.extend(dense.tensors()?);
        }
        let exemplars = self.exemplars.as_ref().map(|it| (it, i8_bytes(&it.codes())));
        let notes = self.exemplars.as_ref().map(|it| notes_bytes(it.notes())).transpose()?;
        if let Some(bytes) = notes.as_ref().filter(|bytes| !bytes.is_empty()) {
            tensors.push((NOTES, TensorView::new(Dtype::U8, vec![bytes.len()], bytes)?));
        }
        if let Some((exemplars, bytes)) = &exemplars {
            let shape = vec![exemplars.counts().iter().sum(), exemplars.width()];
            tensors.push(("exemplars", TensorView::new(Dtype::I8, shape, bytes)?));
        }
        Ok(serialize(tensors, None)?)
    }
}

fn read_exemplars(
    file: &SafeTensors<'_>,
    manifest: &Manifest,
) -> Result<Option<Exemplars>, BundleError> {
    let Some((spec, table)) = manifest.scope.as_ref().zip(manifest.embedding.as_ref()) else {
        return Ok(None);
    };
    let n_texts = spec.exemplars.iter().fold(0_usize, |sum, n| sum.saturating_add(*n));
    let codes = read_i8(file, "exemplars", &[n_texts, table.width])?;
    let notes = read_notes(file)?;
    if !notes.is_empty() && notes.len() != n_texts {
        return Err(BundleError::NoteCount { expected: n_texts, got: notes.len() });
    }
    Ok(Exemplars::new(table.width, &spec.exemplars, &codes).map(|it| it.noted(notes)))
}

/// A line of JSON for each training text; none in a bundle without them.
fn read_notes(file: &SafeTensors<'_>) -> Result<Vec<Note>, BundleError> {
    let Ok(tensor) = file.tensor(NOTES) else { return Ok(Vec::new()) };
    let notes = serde_json::Deserializer::from_slice(tensor.data()).into_iter();
    notes.collect::<Result<_, _>>().map_err(|source| BundleError::Notes { source })
}

fn notes_bytes(notes: &[Note]) -> Result<Vec<u8>, BundleError> {
    let mut bytes = Vec::new();
    for note in notes {
        serde_json::to_writer(&mut bytes, note).map_err(|source| BundleError::Notes { source })?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}

/// Reads a dense table from any file of tensors that holds one.
pub fn read_dense(file: &SafeTensors<'_>, spec: &EmbeddingSpec) -> Result<DenseTable, BundleError> {
    let fingerprints = read_u64(file, "dense_fingerprints", spec.n_rows)?;
    let rows = read_i8(file, "dense_rows", &[spec.n_rows, spec.width])?;
    let scales = read_f32(file, "dense_scales", spec.n_rows)?;
    Ok(DenseTable::new(spec.ngrams, spec.width, fingerprints, rows, scales)?)
}

/// A dense table's tensors as bytes.
#[derive(Debug)]
pub struct DenseBytes {
    n_rows: usize,
    width: usize,
    fingerprints: Vec<u8>,
    rows: Vec<u8>,
    scales: Vec<u8>,
}

impl DenseBytes {
    /// The bytes of a table.
    pub fn of(table: &DenseTable) -> Self {
        Self {
            n_rows: table.fingerprints().len(),
            width: table.width(),
            fingerprints: u64_bytes(table.fingerprints()),
            rows: i8_bytes(table.rows()),
            scales: f32_bytes(table.scales()),
        }
    }

    /// The tensors, by name.
    pub fn tensors(&self) -> Result<[(&'static str, TensorView<'_>); 3], BundleError> {
        let Self { n_rows, width, .. } = *self;
        Ok([
            ("dense_fingerprints", TensorView::new(Dtype::U64, vec![n_rows], &self.fingerprints)?),
            ("dense_rows", TensorView::new(Dtype::I8, vec![n_rows, width], &self.rows)?),
            ("dense_scales", TensorView::new(Dtype::F32, vec![n_rows], &self.scales)?),
        ])
    }
}

/// The bytes of a tensor of the expected type and shape.
fn read<'a>(
    file: &SafeTensors<'a>,
    name: &'static str,
    dtype: Dtype,
    shape: &[usize],
) -> Result<&'a [u8], BundleError> {
    let tensor = file.tensor(name)?;
    if tensor.dtype() == dtype && tensor.shape() == shape {
        return Ok(tensor.data());
    }
    let expected = format!("{dtype:?} {shape:?}");
    let got = format!("{:?} {:?}", tensor.dtype(), tensor.shape());
    Err(BundleError::Tensor { name, expected, got })
}

fn read_f32(file: &SafeTensors<'_>, name: &'static str, n: usize) -> Result<Vec<f32>, BundleError> {
    let bytes = read(file, name, Dtype::F32, &[n])?;
    let numbers: Vec<f32> = bytes.as_chunks().0.iter().map(|it| f32::from_le_bytes(*it)).collect();
    if numbers.iter().all(|number| number.is_finite()) {
        Ok(numbers)
    } else {
        Err(BundleError::NotFinite { name })
    }
}

fn read_u64(file: &SafeTensors<'_>, name: &'static str, n: usize) -> Result<Vec<u64>, BundleError> {
    let bytes = read(file, name, Dtype::U64, &[n])?;
    Ok(bytes.as_chunks().0.iter().map(|it| u64::from_le_bytes(*it)).collect())
}

fn read_i8(
    file: &SafeTensors<'_>,
    name: &'static str,
    shape: &[usize],
) -> Result<Vec<i8>, BundleError> {
    let bytes = read(file, name, Dtype::I8, shape)?;
    Ok(bytes.iter().map(|byte| byte.cast_signed()).collect())
}

fn u64_bytes(numbers: &[u64]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn i8_bytes(numbers: &[i8]) -> Vec<u8> {
    numbers.iter().map(|number| number.cast_unsigned()).collect()
}

fn f32_bytes(numbers: &[f32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}
