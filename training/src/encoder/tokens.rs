//! Texts to token ids, in batches of equally long texts.
//!
//! Texts of one length need no padding and no mask, so a batch costs what its
//! tokens cost. The length and padding that a tokenizer file carries are
//! replaced: one known file pads every text to 128 tokens.

use std::collections::BTreeMap;
use std::path::Path;

use tokenizers::{Tokenizer, TruncationParams};

use super::error::EncoderError;

/// Longer texts are cut: the teachers were trained on no more.
const TOKENS_MAX: usize = 128;
/// Tokens of one batch at most: enough to keep the matrix products busy, little memory.
const BATCH_TOKENS: usize = 1_024;

/// A tokenizer that neither pads nor reads beyond [`TOKENS_MAX`].
#[derive(Debug)]
pub struct Tokens(Tokenizer);

/// Equally long texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Which texts these are, by place.
    pub places: Vec<usize>,
    /// *Shape*: `n_texts × n_tokens`.
    pub ids: Vec<u32>,
}

impl Tokens {
    /// Reads `tokenizer.json` of a folder.
    pub fn load(folder: &Path) -> Result<Self, EncoderError> {
        let path = folder.join("tokenizer.json");
        let wrong = |error: tokenizers::Error| EncoderError::Tokenizer {
            path: path.clone(),
            message: error.to_string(),
        };
        let mut tokenizer = Tokenizer::from_file(&path).map_err(wrong)?;
        let cut = TruncationParams { max_length: TOKENS_MAX, ..TruncationParams::default() };
        tokenizer.with_truncation(Some(cut)).map_err(wrong)?;
        tokenizer.with_padding(None);
        Ok(Self(tokenizer))
    }

    /// The texts' token ids, the shortest first.
    pub fn batches(&self, texts: &[&str]) -> Result<Vec<Batch>, EncoderError> {
        let mut by_length: BTreeMap<usize, Vec<(usize, Vec<u32>)>> = BTreeMap::new();
        for (place, text) in texts.iter().enumerate() {
            let ids = self.ids(text)?;
            by_length.entry(ids.len()).or_default().push((place, ids));
        }
        Ok(by_length.into_iter().flat_map(|(length, texts)| cut(length, &texts)).collect())
    }

    /// The ids of one text, with the marks at its ends.
    pub fn ids(&self, text: &str) -> Result<Vec<u32>, EncoderError> {
        let wrong = |error: tokenizers::Error| EncoderError::Tokenizer {
            path: "tokenizer.json".into(),
            message: error.to_string(),
        };
        Ok(self.0.encode_fast(text, true).map_err(wrong)?.get_ids().to_vec())
    }
}

/// Texts of one length in batches of at most [`BATCH_TOKENS`].
fn cut(length: usize, texts: &[(usize, Vec<u32>)]) -> Vec<Batch> {
    let per_batch = (BATCH_TOKENS / length.max(1)).max(1);
    let batch = |texts: &[(usize, Vec<u32>)]| Batch {
        places: texts.iter().map(|(place, _)| *place).collect(),
        ids: texts.iter().flat_map(|(_, ids)| ids.iter().copied()).collect(),
    };
    texts.chunks(per_batch).map(batch).collect()
}
