//! How long does reading the default bundle take, until it can judge a text?
//!
//! `embedded` reads the bytes in the binary, as `switchyard serve` does at its
//! start; `folder` reads the same files from the disk, which the system has in
//! memory after the first time. Both check every file's digest and build the
//! tables that analysis looks into.

use std::path::Path;

use switchyard::app::Understander;
use switchyard::app::understanding::ModelChoice;
use switchyard_benches::harness::Harness;
use switchyard_models::bundle::{MANIFEST_FILE, sha256_hex};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../models/bundles/default");

fn main() {
    let harness = Harness::from_args();
    let folder = Path::new(FOLDER);
    let version = version_of(folder);
    measure(&harness, "bundle/embedded", &ModelChoice::Embedded, &version);
    measure(&harness, "bundle/folder", &ModelChoice::Folder(folder), &version);
}

/// Times loading alone; what was loaded must be the very files of the folder.
fn measure(harness: &Harness, id: &str, choice: &ModelChoice<'_>, version: &str) {
    let load = || Understander::load(choice).expect("a sound bundle");
    harness.run(id, load, |model| assert_eq!(model.version(), version, "{id}"));
}

/// The version by the manifest's digest, which covers the digests of the other files.
fn version_of(folder: &Path) -> String {
    let manifest = std::fs::read(folder.join(MANIFEST_FILE)).expect("the default bundle");
    format!("default@{}", &sha256_hex(&manifest)[..12])
}
