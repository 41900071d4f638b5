//! A bundle is taken whole or not at all, and a refusal says what was expected.

use std::fs;
use std::io::Read as _;

use proptest::prelude::*;
use switchyard_domain::assessment::{AbstainReason, Mode};
use switchyard_models::bundle::{
    Bundle, BundleError, CARD_FILE, EmbeddingSpec, HeadName, Manifest, WEIGHTS, WEIGHTS_FILE,
};
use switchyard_models::calibrate::Calibration;
use switchyard_models::classifier::{Classifier, Workspace};
use switchyard_models::text::{Known, TicketText};
use switchyard_models::understand::Understanding;

use crate::toy;

fn refusal_of(files: &toy::Files) -> String {
    Bundle::from_files(&toy::borrowed(files)).expect_err("a refusal").to_string()
}

fn refusal_of_edited(edit: impl FnOnce(&mut Manifest)) -> String {
    let mut manifest = toy::manifest();
    edit(&mut manifest);
    refusal_of(&toy::files_of(manifest))
}

#[test]
fn a_bundle_written_and_read_is_the_same() {
    let files = toy::files();
    let bundle = Bundle::from_files(&toy::borrowed(&files)).expect("a sound bundle");
    assert_eq!(bundle.manifest().n_outputs(), 12);
    assert!(bundle.version().starts_with("toy@"), "{}", bundle.version());
    assert_eq!(files, toy::files());
}

#[test]
fn a_folder_and_embedded_bytes_give_the_same_bundle() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = toy::files();
    for (name, bytes) in &files {
        fs::write(folder.path().join(name), bytes).expect("a write");
    }
    let loaded = Bundle::load(folder.path()).expect("a sound bundle");
    assert_eq!(loaded, Bundle::from_files(&toy::borrowed(&files)).expect("a sound bundle"));
}

#[test]
fn numbers_that_lie_there_as_they_are_make_the_same_bundle() {
    let [manifest, (_, packed), card] = toy::files();
    let mut plain = Vec::new();
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut plain).expect("gzip");
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in [manifest, (WEIGHTS, plain), card] {
        fs::write(folder.path().join(name), bytes).expect("a write");
    }
    let loaded = Bundle::load(folder.path()).expect("a sound bundle");
    let files = toy::files();
    assert_eq!(loaded, Bundle::from_files(&toy::borrowed(&files)).expect("a sound bundle"));
}

#[test]
fn a_missing_file_is_named() {
    let files = toy::files();
    let error = Bundle::from_files(&toy::borrowed(&files)[..1]).expect_err("a refusal");
    assert!(matches!(error, BundleError::MissingFile { .. }), "{error}");
    let folder = tempfile::tempdir().expect("a folder");
    let error = Bundle::load(folder.path()).expect_err("a refusal").to_string();
    assert!(error.contains("manifest.json"), "{error}");
}

#[test]
fn a_changed_byte_is_seen() {
    for (at, expected) in [(1, "expected gzip"), (2, "expected sha-256")] {
        let mut files = toy::files();
        *files[at].1.last_mut().expect("a byte") ^= 1;
        let error = refusal_of(&files);
        assert!(error.contains(expected) && error.contains(files[at].0), "{error}");
    }
    let mut files = toy::files();
    files[1] = toy::files_with_other_numbers()[1].clone();
    let error = refusal_of(&files);
    assert!(error.contains("\"weights.safetensors\": expected sha-256"), "{error}");
}

#[test]
fn what_is_not_understood_is_refused() {
    let check = |error: String, expected: &str| assert!(error.contains(expected), "{error}");
    check(refusal_of_edited(|it| it.schema = 9), "expected schema 1 to 4, got 9");
    check(refusal_of_edited(|it| it.feature_version = 0), "expected feature version 3, got 0");
    check(refusal_of_edited(|it| it.fallback = "misc".to_owned()), "fallback \"misc\"");
    check(refusal_of_edited(|it| it.heads[1] = it.heads[0].clone()), "expected \"category\" once");
    check(refusal_of_edited(|it| it.n_features += 1), "tensor \"weights\": expected I8 [27, 12]");
    let empty = Calibration::Softmax { scale: 1.0, bias: Vec::new() };
    check(
        refusal_of_edited(|it| it.heads[0].calibration = empty),
        "calibration of 2 labels, got 0",
    );
}

#[test]
fn a_bundle_of_the_schema_before_is_read() {
    let mut manifest = toy::manifest();
    manifest.schema = 1;
    assert!(Bundle::from_files(&toy::borrowed(&toy::files_of(manifest))).is_ok());
}

#[test]
fn a_bundle_with_a_dense_table_answers_by_it() {
    let files = toy::files_with_table();
    let bundle = Bundle::from_files(&toy::borrowed(&files)).expect("a bundle");
    assert!(bundle.embedding().is_some_and(|it| it.table.width() == 16));
    let classifier = Classifier::new(&bundle);
    let mut work = Workspace::default();
    // No feature knows the word; its row alone speaks for a refund.
    work.cleaned.text = "reimburse".to_owned();
    classifier.vectorize(&mut work);
    classifier.score(&mut work);
    let p = classifier.probabilities(HeadName::Category, &work);
    assert!(p[1] > 0.9 && work.dense()[0] > 0.99, "{p:?}");
}

#[test]
fn a_text_far_from_all_training_texts_is_out_of_scope() {
    let files = toy::files_with_scope();
    let bundle = Bundle::from_files(&toy::borrowed(&files)).expect("a bundle");
    let understanding = Understanding::new(&bundle).expect("known labels");
    let mode = |text: &str| {
        let ticket = TicketText::new("", text);
        understanding.analyze(&ticket, &Known::default()).assessment.category.mode
    };
    assert_eq!(mode("refund reimburse"), Mode::Auto);
    // Its words speak for a refund, and no training text is near.
    assert_eq!(mode("refund"), Mode::Abstain(AbstainReason::OutOfScope));
}

#[test]
fn a_scope_that_makes_no_sense_is_refused() {
    let refused = |edit: fn(&mut Manifest)| {
        let mut manifest: Manifest =
            serde_json::from_slice(&toy::files_with_scope()[0].1).expect("a manifest");
        edit(&mut manifest);
        refusal_of(&toy::files_of(manifest))
    };
    let two = refused(|it| it.scope.iter_mut().for_each(|spec| spec.exemplars.push(1)));
    assert!(two.contains("sound numbers for 2 categories, got 3"), "{two}");
    let flat = refused(|it| it.scope.iter_mut().for_each(|spec| spec.scope.margin.deviation = 0.0));
    assert!(flat.contains("sound numbers"), "{flat}");
    assert!(refused(|it| it.embedding = None).contains("expected a dense table beside it"));
}

#[test]
fn a_dense_table_that_makes_no_sense_is_refused() {
    let refused = |edit: fn(&mut EmbeddingSpec)| {
        let mut manifest = toy::manifest_with_table();
        manifest.embedding.as_mut().map(edit);
        refusal_of(&toy::seal_with_table(manifest))
    };
    assert!(refused(|it| it.width = 32).contains("tensor \"weights\": expected I8"));
    assert!(
        refused(|it| it.n_rows = 2).contains("tensor \"dense_fingerprints\": expected U64 [2]")
    );
    assert!(refused(|it| it.weight = -1.0).contains("expected a number above 0, got -1"));
}

#[test]
fn a_bundle_that_answers_nothing_is_refused() {
    let mut manifest: Manifest = serde_json::from_slice(&toy::files()[0].1).expect("a manifest");
    manifest.heads.clear();
    manifest.scope = None;
    assert!(refusal_of(&toy::files_of(manifest)).contains("expected one at least"));
}

#[test]
fn a_manifest_that_is_no_json_is_refused() {
    let mut files = toy::files();
    files[0].1.truncate(20);
    assert!(refusal_of(&files).starts_with("bundle manifest.json:"));
}

proptest! {
    #[test]
    fn no_bytes_panic(manifest in any::<Vec<u8>>(), weights in any::<Vec<u8>>(), at in 0_usize..500, byte: u8) {
        let _ = Bundle::from_files(&[("manifest.json", &manifest), (WEIGHTS_FILE, &weights), (CARD_FILE, b"")]);
        let mut files = toy::files();
        let at = at % files[0].1.len();
        files[0].1[at] = byte;
        let _ = Bundle::from_files(&toy::borrowed(&files));
    }
}
