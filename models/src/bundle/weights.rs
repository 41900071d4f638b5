//! The learnt numbers in safetensors format.
//!
//! Five tensors: `fingerprints` (u64, `n_features`), `idf` (f32, `n_features`),
//! `weights` (i8, `n_features × n_outputs`), and `scales` and `bias`
//! (f32, `n_outputs`). All little-endian.

use safetensors::tensor::{Dtype, TensorView};
use safetensors::{SafeTensors, serialize};

use super::error::BundleError;
use crate::head::HeadMatrix;

/// The learnt numbers of a bundle.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// *Shape*: `n_features`. The features, row by row.
    pub fingerprints: Vec<u64>,
    /// *Shape*: `n_features`. Their inverse document frequencies.
    pub idf: Vec<f32>,
    /// *Shape*: `n_features × n_outputs`.
    pub matrix: HeadMatrix,
}

impl Weights {
    /// Reads the tensors and checks their types, shapes and numbers.
    pub(super) fn parse(
        bytes: &[u8],
        n_features: usize,
        n_outputs: usize,
    ) -> Result<Self, BundleError> {
        let file = SafeTensors::deserialize(bytes)?;
        let fingerprints = read(&file, "fingerprints", Dtype::U64, &[n_features])?;
        let weights = read(&file, "weights", Dtype::I8, &[n_features, n_outputs])?;
        let weights: Vec<i8> = weights.iter().map(|byte| byte.cast_signed()).collect();
        let scales = read_f32(&file, "scales", n_outputs)?;
        let bias = read_f32(&file, "bias", n_outputs)?;
        Ok(Self {
            fingerprints: fingerprints
                .as_chunks()
                .0
                .iter()
                .map(|it| u64::from_le_bytes(*it))
                .collect(),
            idf: read_f32(&file, "idf", n_features)?,
            matrix: HeadMatrix::new(&weights, scales, bias),
        })
    }

    /// The file's bytes; the same numbers give the same bytes.
    pub(super) fn to_bytes(&self) -> Result<Vec<u8>, BundleError> {
        let fingerprints: Vec<u8> =
            self.fingerprints.iter().flat_map(|it| it.to_le_bytes()).collect();
        let weights: Vec<u8> = self.matrix.unpadded().iter().map(|it| it.cast_unsigned()).collect();
        let (idf, scales) = (f32_bytes(&self.idf), f32_bytes(self.matrix.scales()));
        let bias = f32_bytes(self.matrix.bias());
        let (n_features, n_outputs) = (self.idf.len(), self.matrix.n_outputs());
        let tensors = [
            ("bias", TensorView::new(Dtype::F32, vec![n_outputs], &bias)?),
            ("fingerprints", TensorView::new(Dtype::U64, vec![n_features], &fingerprints)?),
            ("idf", TensorView::new(Dtype::F32, vec![n_features], &idf)?),
            ("scales", TensorView::new(Dtype::F32, vec![n_outputs], &scales)?),
            ("weights", TensorView::new(Dtype::I8, vec![n_features, n_outputs], &weights)?),
        ];
        Ok(serialize(tensors, None)?)
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

fn f32_bytes(numbers: &[f32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}
