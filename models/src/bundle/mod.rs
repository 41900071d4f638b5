//! The artifact: a folder of three files, or the same files in the binary.
//!
//! | File | Holds |
//! |---|---|
//! | `manifest.json` | labels, calibration, digests, data, metrics ([`manifest`]) |
//! | `weights.safetensors.gz` | the learnt numbers ([`weights`]), packed |
//! | `card.md` | origin, licence and known gaps, for people |
//!
//! The learnt numbers may also lie there as they are, in `weights.safetensors`: a bundle is the
//! same either way, for digests are of what is packed.
//!
//! The other files are checked against their digests in the manifest before they
//! are used, the manifest's own digest stands in the version, and whatever is not
//! understood is refused: a bundle is taken whole or not at all.

mod digest;
mod error;
pub mod manifest;
mod packing;
pub mod weights;

use std::borrow::Cow;
use std::fs;
use std::path::Path;

pub use digest::{Digester, sha256_hex};
pub use error::BundleError;
pub use manifest::{DataSource, EmbeddingSpec, HeadName, HeadSpec, Manifest, RiskBound, ScopeSpec};
pub use weights::Weights;

use crate::features::Embedding;
pub use packing::packed;

/// The file that names and seals the others.
pub const MANIFEST_FILE: &str = "manifest.json";
/// The learnt numbers, as the manifest names them and as they may lie in a folder.
pub const WEIGHTS: &str = "weights.safetensors";
/// The file of the learnt numbers, packed.
pub const WEIGHTS_FILE: &str = "weights.safetensors.gz";
/// The file for people.
pub const CARD_FILE: &str = "card.md";
/// Every file of a bundle as it is written.
pub const FILES: [&str; 3] = [MANIFEST_FILE, WEIGHTS_FILE, CARD_FILE];

/// The default bundle's are 23 MB; what is far beyond any bundle is no bundle.
const NUMBERS_MAX: u64 = 1 << 30;

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
        let files = names_in(folder).into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let borrowed: Vec<(&str, &[u8])> =
            files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
        Self::from_files(&borrowed)
    }

    /// Reads a bundle from its files' names and bytes, as `include_bytes!` gives them.
    pub fn from_files(files: &[(&str, &[u8])]) -> Result<Self, BundleError> {
        let sealed = find(files, MANIFEST_FILE)?;
        let manifest = Manifest::parse(sealed)?;
        let numbers = numbers_of(files)?;
        for (name, expected) in &manifest.files {
            let bytes = if name == WEIGHTS { &numbers } else { find(files, name)? };
            check_digest(name, bytes, expected)?;
        }
        if !manifest.files.contains_key(WEIGHTS) {
            return Err(BundleError::MissingFile { name: WEIGHTS.to_owned() });
        }
        let weights = Weights::parse(&numbers, &manifest)?;
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

/// The names of a bundle's files in a folder, whether its numbers are packed or not.
pub fn names_in(folder: &Path) -> [&'static str; 3] {
    let is_plain = !folder.join(WEIGHTS_FILE).exists() && folder.join(WEIGHTS).exists();
    [MANIFEST_FILE, if is_plain { WEIGHTS } else { WEIGHTS_FILE }, CARD_FILE]
}

/// The learnt numbers as they are, from wherever they lie.
fn numbers_of<'a>(files: &[(&str, &'a [u8])]) -> Result<Cow<'a, [u8]>, BundleError> {
    match (find(files, WEIGHTS_FILE), find(files, WEIGHTS)) {
        (Ok(bytes), _) => Ok(packing::unpacked(WEIGHTS_FILE, bytes, NUMBERS_MAX)?.into()),
        (Err(_), Ok(plain)) => Ok(plain.into()),
        (Err(error), Err(_)) => Err(error),
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
    manifest.files =
        [(WEIGHTS.to_owned(), sha256_hex(&weights)), (CARD_FILE.to_owned(), sha256_hex(&card))]
            .into();
    let mut sealed = serde_json::to_vec_pretty(&manifest)?;
    sealed.push(b'\n');
    Ok([(MANIFEST_FILE, sealed), (WEIGHTS_FILE, packed(&weights)), (CARD_FILE, card)])
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
