//! `switchyard-train package`: a bundle as one file to hand on.

use std::path::{Path, PathBuf};

use serde::Serialize;
use switchyard_models::bundle::{Bundle, DataSource, FILES, names_in, packed, sha256_hex};

use crate::error::TrainError;
use crate::package;

/// Licences under which data may be used for anything, with or without naming it.
const PERMISSIVE: [&str; 9] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC-BY-3.0",
    "CC-BY-4.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "MIT",
];

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The bundle, as `name@digest-prefix`.
    pub bundle: String,
    /// The archive.
    pub file: PathBuf,
    /// Its bytes.
    pub bytes: usize,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
    /// Sets whose licence is not on the list of clearly permissive ones.
    pub not_permissive: Vec<String>,
}

/// Checks a bundle and writes it as a tar archive; the same bundle gives the same bytes.
///
/// *Errors*: the bundle is unsound, or `permissive` is asked for and a set's licence is not.
pub fn run(folder: &Path, out: Option<PathBuf>, permissive: bool) -> Result<Report, TrainError> {
    let bundle = Bundle::load(folder)?;
    let manifest = bundle.manifest();
    let table = manifest.embedding.iter().flat_map(|it| it.teacher.iter().chain(&it.data));
    let not_permissive = table.chain(&manifest.data).filter(|set| !is_permissive(set));
    let not_permissive: Vec<String> =
        not_permissive.map(|set| format!("{} ({})", set.name, set.licence)).collect();
    if permissive && !not_permissive.is_empty() {
        let sets = not_permissive.join(", ");
        return Err(TrainError::NotPermissive { folder: folder.to_owned(), sets });
    }
    let bytes = archive(folder)?;
    let file = out.unwrap_or_else(|| PathBuf::from(format!("{}.tar", bundle.version())));
    package::write_file(&file, &bytes)?;
    Ok(Report {
        bundle: bundle.version().to_owned(),
        sha256: sha256_hex(&bytes),
        bytes: bytes.len(),
        file,
        not_permissive,
    })
}

fn is_permissive(set: &DataSource) -> bool {
    PERMISSIVE.contains(&set.licence.as_str())
}

/// The files in their order, without owners and times.
fn archive(folder: &Path) -> Result<Vec<u8>, TrainError> {
    let failed = |path: PathBuf| move |source| TrainError::Write { path, source };
    let mut archive = tar::Builder::new(Vec::new());
    for (name, found) in FILES.into_iter().zip(names_in(folder)) {
        let path = folder.join(found);
        let bytes = std::fs::read(&path).map_err(failed(path.clone()))?;
        // Numbers that lie there as they are make the archive that packed ones make.
        let bytes = if name == found { bytes } else { packed(&bytes) };
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, name, bytes.as_slice()).map_err(failed(path))?;
    }
    archive.into_inner().map_err(failed(folder.to_owned()))
}
