//! The network of BERT, forward only.
//!
//! *Source*: Devlin, Chang, Lee, Toutanova: "BERT", 2019, appendix A; the names of
//! the tensors are those of the published checkpoints.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use candle_core::{D, Device, Result, Tensor, safetensors};
use serde::Deserialize;
use switchyard_models::bundle::sha256_hex;

use super::error::EncoderError;

/// What `config.json` says of the network's size.
#[derive(Debug, Clone, Deserialize)]
pub struct Config {
    hidden_size: usize,
    num_hidden_layers: usize,
    num_attention_heads: usize,
    layer_norm_eps: f64,
    hidden_act: String,
    #[serde(default = "absolute")]
    position_embedding_type: String,
}

fn absolute() -> String {
    "absolute".to_owned()
}

impl Config {
    fn load(folder: &Path) -> std::result::Result<Self, EncoderError> {
        let path = folder.join("config.json");
        let bytes =
            fs::read(&path).map_err(|source| EncoderError::Read { path: path.clone(), source })?;
        let config: Self = serde_json::from_slice(&bytes)
            .map_err(|source| EncoderError::Config { path, source })?;
        expect("hidden_act", "gelu", &config.hidden_act)?;
        expect("position_embedding_type", "absolute", &config.position_embedding_type)?;
        Ok(config)
    }
}

fn expect(
    field: &'static str,
    expected: &'static str,
    got: &str,
) -> std::result::Result<(), EncoderError> {
    if got == expected {
        return Ok(());
    }
    Err(EncoderError::Unsupported { field, expected, got: got.to_owned() })
}

/// The network, ready to run.
#[derive(Debug)]
pub struct Bert {
    words: Tensor,
    positions: Tensor,
    /// The first token type's vector: a text by itself is all of it.
    kind: Tensor,
    norm: Norm,
    layers: Vec<Layer>,
    width: usize,
}

impl Bert {
    /// Reads `config.json` and `model.safetensors` of a folder, and tells the weights' SHA-256.
    pub fn load(folder: &Path) -> std::result::Result<(Self, String), EncoderError> {
        let config = Config::load(folder)?;
        let path = folder.join("model.safetensors");
        let bytes = fs::read(&path).map_err(|source| EncoderError::Read { path, source })?;
        let tensors = safetensors::load_buffer(&bytes, &Device::Cpu)?;
        let network = Self::new(&Part { tensors: &tensors, prefix: String::new() }, &config)?;
        Ok((network, sha256_hex(&bytes)))
    }

    fn new(root: &Part<'_>, config: &Config) -> Result<Self> {
        let embeddings = root.part("embeddings");
        let layer = |at: usize| Layer::new(&root.part(&format!("encoder.layer.{at}")), config);
        Ok(Self {
            words: embeddings.tensor("word_embeddings.weight")?,
            positions: embeddings.tensor("position_embeddings.weight")?,
            kind: embeddings.tensor("token_type_embeddings.weight")?.get(0)?,
            norm: Norm::new(&embeddings.part("LayerNorm"), config)?,
            layers: (0..config.num_hidden_layers).map(layer).collect::<Result<_>>()?,
            width: config.hidden_size,
        })
    }

    /// The width of its vectors.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The vector of each token in its text. *Shape*: `(n, t)` ids to `(n, t, width)`.
    pub fn forward(&self, ids: &Tensor) -> Result<Tensor> {
        let (n, t) = ids.dims2()?;
        let words = self.words.index_select(&ids.flatten_all()?, 0)?.reshape((n, t, self.width))?;
        let places = self.positions.narrow(0, 0, t)?.broadcast_add(&self.kind)?;
        let mut x = self.norm.forward(&words.broadcast_add(&places)?)?;
        for layer in &self.layers {
            x = layer.forward(&x)?;
        }
        Ok(x)
    }
}

/// One block: attention, then two dense layers, each with its shortcut.
#[derive(Debug)]
struct Layer {
    query: Linear,
    key: Linear,
    value: Linear,
    mix: Linear,
    mix_norm: Norm,
    widen: Linear,
    narrow: Linear,
    norm: Norm,
    n_heads: usize,
}

impl Layer {
    fn new(part: &Part<'_>, config: &Config) -> Result<Self> {
        let attention = part.part("attention");
        Ok(Self {
            query: Linear::new(&attention.part("self.query"))?,
            key: Linear::new(&attention.part("self.key"))?,
            value: Linear::new(&attention.part("self.value"))?,
            mix: Linear::new(&attention.part("output.dense"))?,
            mix_norm: Norm::new(&attention.part("output.LayerNorm"), config)?,
            widen: Linear::new(&part.part("intermediate.dense"))?,
            narrow: Linear::new(&part.part("output.dense"))?,
            norm: Norm::new(&part.part("output.LayerNorm"), config)?,
            n_heads: config.num_attention_heads,
        })
    }

    fn forward(&self, x: &Tensor) -> Result<Tensor> {
        let mixed = self.mix.forward(&self.attend(x)?)?;
        let x = self.mix_norm.forward(&(x + mixed)?)?;
        let wide = self.widen.forward(&x)?.gelu_erf()?;
        self.norm.forward(&(&x + self.narrow.forward(&wide)?)?)
    }

    /// *Shape*: `(n, t, width)` both ways.
    fn attend(&self, x: &Tensor) -> Result<Tensor> {
        let (n, t, width) = x.dims3()?;
        let head = width / self.n_heads;
        let split =
            |x: Tensor| x.reshape((n, t, self.n_heads, head))?.transpose(1, 2)?.contiguous();
        let query = (split(self.query.forward(x)?)? * (head as f64).powf(-0.5))?;
        let key = split(self.key.forward(x)?)?;
        let value = split(self.value.forward(x)?)?;
        let weights = softmax(&query.matmul(&key.t()?)?)?;
        weights.matmul(&value)?.transpose(1, 2)?.reshape((n, t, width))
    }
}

fn softmax(x: &Tensor) -> Result<Tensor> {
    let powers = x.broadcast_sub(&x.max_keepdim(D::Minus1)?)?.exp()?;
    powers.broadcast_div(&powers.sum_keepdim(D::Minus1)?)
}

/// `x·Wᵀ + b`.
#[derive(Debug)]
struct Linear {
    /// *Shape*: `(inputs, outputs)`.
    weight: Tensor,
    bias: Tensor,
}

impl Linear {
    fn new(part: &Part<'_>) -> Result<Self> {
        let weight = part.tensor("weight")?.t()?.contiguous()?;
        Ok(Self { weight, bias: part.tensor("bias")? })
    }

    /// *Shape*: `(n, t, inputs)` to `(n, t, outputs)`.
    fn forward(&self, x: &Tensor) -> Result<Tensor> {
        let (n, t, inputs) = x.dims3()?;
        let outputs = self.bias.dim(0)?;
        let flat = x.reshape((n * t, inputs))?.matmul(&self.weight)?;
        flat.broadcast_add(&self.bias)?.reshape((n, t, outputs))
    }
}

/// Zero mean and unit variance over the last dimension, then a learnt scale and shift.
#[derive(Debug)]
struct Norm {
    weight: Tensor,
    bias: Tensor,
    epsilon: f64,
}

impl Norm {
    fn new(part: &Part<'_>, config: &Config) -> Result<Self> {
        let (weight, bias) = (part.tensor("weight")?, part.tensor("bias")?);
        Ok(Self { weight, bias, epsilon: config.layer_norm_eps })
    }

    fn forward(&self, x: &Tensor) -> Result<Tensor> {
        let centred = x.broadcast_sub(&x.mean_keepdim(D::Minus1)?)?;
        let variance = centred.sqr()?.mean_keepdim(D::Minus1)?;
        let scaled = centred.broadcast_div(&(variance + self.epsilon)?.sqrt()?)?;
        scaled.broadcast_mul(&self.weight)?.broadcast_add(&self.bias)
    }
}

/// The tensors under a name.
#[derive(Debug)]
struct Part<'a> {
    tensors: &'a HashMap<String, Tensor>,
    prefix: String,
}

impl Part<'_> {
    fn part(&self, name: &str) -> Self {
        Self { tensors: self.tensors, prefix: format!("{}{name}.", self.prefix) }
    }

    fn tensor(&self, name: &str) -> Result<Tensor> {
        let name = format!("{}{name}", self.prefix);
        let missing = || candle_core::Error::CannotFindTensor { path: name.clone() }.bt();
        self.tensors.get(&name).cloned().ok_or_else(missing)
    }
}
