//! The artifact: a folder of three files, or the same files in the binary.
//!
//! | File | Holds |
//! |---|---|
//! | `manifest.json` | labels, calibration, digests, data, metrics ([`manifest`]) |
//! | `weights.safetensors` | the learnt numbers ([`weights`]) |
//! | `card.md` | origin, licence and known gaps, for people |
//!
//! The other files are checked against their digests in the manifest before they
//! are used, the manifest's own digest stands in the version, and whatever is not
//! understood is refused: a bundle is taken whole or not at all.

mod error;
pub mod manifest;
pub mod weights;

use std::fs;
use std::path::Path;

pub use error::BundleError;
pub use manifest::{DataSource, EmbeddingSpec, HeadName, HeadSpec, Manifest, RiskBound, ScopeSpec};
use sha2::{Digest, Sha256};
pub use weights::Weights;

use crate::features::Embedding;

/// The file that names and seals the others.
pub const MANIFEST_FILE: &str = "manifest.json";
/// The file of the learnt numbers.
pub const WEIGHTS_FILE: &str = "weights.safetensors";
/// The file for people.
pub const CARD_FILE: &str = "card.md";
/// Every file of a bundle.
pub const FILES: [&str; 3] = [MANIFEST_FILE, WEIGHTS_FILE, CARD_FILE];

/// How much of the manifest's digest stands in a model version, in hexadecimal digits.
const VERSION_DIGITS: usize = 12;

/// A bundle that was read whole and checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Bundle {
    manifest: Manifest,
    weights: Weights,
    card: String,
    version: String,
}

impl Bundle {
    /// Reads a bundle's folder.
    pub fn load(folder: &Path) -> Result<Self, BundleError> {
        let read = |name: &'static str| {
            let path = folder.join(name);
            fs::read(&path)
                .map_err(|source| BundleError::Read { path, source })
                .map(|it| (name, it))
        };
        let files = FILES.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let borrowed: Vec<(&str, &[u8])> =
            files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
        Self::from_files(&borrowed)
    }

    /// Reads a bundle from its files' names and bytes, as `include_bytes!` gives them.
    pub fn from_files(files: &[(&str, &[u8])]) -> Result<Self, BundleError> {
        let sealed = find(files, MANIFEST_FILE)?;
        let manifest = Manifest::parse(sealed)?;
        for (name, expected) in &manifest.files {
            check_digest(name, find(files, name)?, expected)?;
        }
        if !manifest.files.contains_key(WEIGHTS_FILE) {
            return Err(BundleError::MissingFile { name: WEIGHTS_FILE.to_owned() });
        }
        let bytes = find(files, WEIGHTS_FILE)?;
        let weights = Weights::parse(bytes, &manifest)?;
        let version = version_of(&manifest.name, sealed);
        let card = String::from_utf8_lossy(find(files, CARD_FILE).unwrap_or_default()).into_owned();
        Ok(Self { manifest, weights, card, version })
    }

    /// What the bundle is and was made of.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The learnt numbers.
    pub fn weights(&self) -> &Weights {
        &self.weights
    }

    /// Origin, licence and known gaps, for people; empty where the file is not there.
    pub fn card(&self) -> &str {
        &self.card
    }

    /// The dense table with its weight, if the bundle has one.
    pub fn embedding(&self) -> Option<Embedding> {
        let table = self.weights.dense.clone()?;
        let weight = self.manifest.embedding.as_ref()?.weight;
        Some(Embedding { table, weight })
    }

    /// `name@digest-prefix`: names the exact bytes.
    pub fn version(&self) -> &str {
        &self.version
    }
}

/// The files of a bundle, sealed: the manifest's `files` is filled in here.
///
/// The same arguments give the same bytes. Writing them is the caller's.
pub fn seal(
    mut manifest: Manifest,
    weights: &Weights,
    card: &str,
) -> Result<[(&'static str, Vec<u8>); 3], BundleError> {
    let (weights, card) = (weights.to_bytes()?, card.as_bytes().to_vec());
    manifest.files = [
        (WEIGHTS_FILE.to_owned(), sha256_hex(&weights)),
        (CARD_FILE.to_owned(), sha256_hex(&card)),
    ]
    .into();
    let mut sealed = serde_json::to_vec_pretty(&manifest)?;
    sealed.push(b'\n');
    Ok([(MANIFEST_FILE, sealed), (WEIGHTS_FILE, weights), (CARD_FILE, card)])
}

/// The SHA-256 of some bytes, in hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let digits = |byte: &u8| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]];
    Sha256::digest(bytes).iter().flat_map(digits).collect()
}

fn find<'a>(files: &[(&str, &'a [u8])], name: &str) -> Result<&'a [u8], BundleError> {
    let found = files.iter().find(|(found, _)| *found == name);
    found.map(|(_, bytes)| *bytes).ok_or_else(|| BundleError::MissingFile { name: name.to_owned() })
}

fn check_digest(name: &str, bytes: &[u8], expected: &str) -> Result<(), BundleError> {
    let got = sha256_hex(bytes);
    if got == expected {
        return Ok(());
    }
    Err(BundleError::Digest { name: name.to_owned(), expected: expected.to_owned(), got })
}

fn version_of(name: &str, manifest: &[u8]) -> String {
    format!("{name}@{}", &sha256_hex(manifest)[..VERSION_DIGITS])
}
