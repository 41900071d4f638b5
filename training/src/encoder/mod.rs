//! A teacher: a BERT-family encoder in Hugging Face layout, run on the CPU.
//!
//! It reads whole sentences and is a thousand times dearer than the fast tier,
//! so it never serves there: the fast tier's dense table is taught to place
//! texts where the teacher places them.
//!
//! - [`fetch`]: brings a known encoder onto the disk
//! - [`bert`]: the network
//! - [`tokens`]: texts to token ids, grouped by length
//! - [`vectors`]: what it said of texts before

pub mod bert;
pub mod error;
pub mod fetch;
pub mod tokens;
pub mod vectors;

use std::path::Path;

use candle_core::{Device, Tensor};

use self::bert::Bert;
pub use self::error::EncoderError;
use self::tokens::Tokens;
use self::vectors::Vectors;
use crate::progress::Progress;

/// Texts whose vectors are kept in one write: a few seconds of work at stake.
const KEPT_AT_ONCE: usize = 500;

/// An encoder that was read whole.
#[derive(Debug)]
pub struct Encoder {
    tokens: Tokens,
    bert: Bert,
    /// SHA-256 of its weights, in hexadecimal.
    pub digest: String,
}

impl Encoder {
    /// Reads `config.json`, `tokenizer.json` and `model.safetensors` of a folder.
    pub fn load(folder: &Path) -> Result<Self, EncoderError> {
        let (bert, digest) = Bert::load(folder)?;
        Ok(Self { tokens: Tokens::load(folder)?, bert, digest })
    }

    /// The width of its vectors.
    pub fn width(&self) -> usize {
        self.bert.width()
    }

    /// [`Self::embed`], asking only for texts whose vectors were not kept in `folder` before.
    pub fn embed_kept(&self, texts: &[&str], folder: &Path) -> Result<Vec<f32>, EncoderError> {
        let mut kept = Vectors::open(folder, &self.digest, self.width())?;
        let mut missing: Vec<&str> =
            texts.iter().filter(|text| kept.get(text).is_none()).copied().collect();
        missing.sort_unstable();
        missing.dedup();
        // In the order of their lengths, batches are alike and cost alike.
        missing.sort_by_key(|text| text.len());
        let progress = Progress::new("reading texts with the teacher", missing.len());
        for some in missing.chunks(KEPT_AT_ONCE) {
            kept.keep(some, &self.embed(some)?)?;
            progress.steps(some.len());
        }
        let all = texts.iter().flat_map(|text| kept.get(text).unwrap_or_default());
        Ok(all.copied().collect())
    }

    /// The mean of each text's token vectors, scaled to unit length, in the order of the texts.
    ///
    /// *Shape*: `n_texts × width`, row by row.
    pub fn embed(&self, texts: &[&str]) -> Result<Vec<f32>, EncoderError> {
        let batches = self.tokens.batches(texts)?;
        let mut all = vec![0.0; texts.len() * self.width()];
        for batch in &batches {
            let vectors = self.embed_batch(&batch.ids, batch.places.len())?;
            for (place, vector) in batch.places.iter().zip(vectors.chunks_exact(self.width())) {
                all[place * self.width()..][..self.width()].copy_from_slice(vector);
            }
        }
        Ok(all)
    }

    /// *Shape*: `ids` is `n_texts × n_tokens`, the texts equally long.
    fn embed_batch(&self, ids: &[u32], n_texts: usize) -> Result<Vec<f32>, EncoderError> {
        let ids = Tensor::from_slice(ids, (n_texts, ids.len() / n_texts), &Device::Cpu)?;
        let mean = self.bert.forward(&ids)?.mean(1)?;
        let norm = mean.sqr()?.sum_keepdim(1)?.sqrt()?;
        Ok(mean.broadcast_div(&norm)?.flatten_all()?.to_vec1()?)
    }
}
