//! `switchyard-train package`: a bundle as one file to hand on.

use std::path::{Path, PathBuf};

use serde::Serialize;
use switchyard_models::bundle::{
    Bundle, DataSource, FILES, Manifest, names_in, packed, sha256_hex,
};

use crate::error::TrainError;
use crate::licence::{check, is_permissive};
use crate::package;

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
    let sets = || sources(manifest);
    let not_permissive = sets().filter(|set| !is_permissive(&set.licence));
    let not_permissive: Vec<String> =
        not_permissive.map(|set| format!("{} ({})", set.name, set.licence)).collect();
    if permissive {
        check(folder, sets())?;
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

/// Every set that the bundle learnt from, its dense table's too.
fn sources(manifest: &Manifest) -> impl Iterator<Item = &DataSource> {
    let table = manifest.embedding.iter().flat_map(|it| it.teacher.iter().chain(&it.data));
    table.chain(&manifest.data)
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
