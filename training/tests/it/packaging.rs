//! A bundle as one file, and what it was made of.

use std::fs;
use std::path::Path;

use switchyard_training::command::package;

fn bundle() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../models/bundles/default"))
}

#[test]
fn an_archive_holds_the_files_and_is_the_same_every_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let [first, second] = ["a.tar", "b.tar"].map(|name| {
        let report = package::run(bundle(), Some(folder.path().join(name)), false);
        report.expect("an archive")
    });
    assert_eq!(first.sha256, second.sha256);
    assert!(
        !first.not_permissive.is_empty(),
        "its dense table learnt from a set that is shared alike"
    );
    let file = fs::File::open(&first.file).expect("a file");
    let mut archive = tar::Archive::new(file);
    archive.unpack(folder.path().join("out")).expect("a sound archive");
    for name in switchyard_models::bundle::FILES {
        let read = |path: &Path| fs::read(path.join(name)).expect("a file");
        assert!(read(bundle()) == read(&folder.path().join("out")), "{name}");
    }
}

#[test]
fn only_clearly_permissive_data_is_refused_with_the_names_of_other_sets() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("a.tar");
    let error = package::run(bundle(), Some(out.clone()), true).expect_err("refused").to_string();
    assert!(error.contains("clearly permissive") && error.contains("CDLA-Sharing-1.0"), "{error}");
    assert!(!out.exists());
}
