//! The teacher against an independent one, and what it says of files it cannot use.

use std::fs;

use switchyard_training::encoder::Encoder;
use switchyard_training::encoder::fetch::fetch;

use crate::tiny_encoder;

/// Where this text lands by the same formula in `NumPy` with double precision.
const LATE_PARCEL: [f32; 8] =
    [-0.107_872, -0.275_209, 0.216_624, 0.690_104, 0.364_857, -0.295_671, -0.410_878, 0.009_591];

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    tiny_encoder::write(folder.path());
    folder
}

#[test]
fn a_text_lands_where_an_independent_network_puts_it() {
    let folder = folder();
    let encoder = Encoder::load(folder.path()).expect("an encoder");
    let vector = encoder.embed(&["Late parcel"]).expect("a vector");
    // Single precision over two layers.
    assert!(
        vector.iter().zip(LATE_PARCEL).all(|(got, want)| (got - want).abs() < 1e-5),
        "{vector:?}"
    );
}

#[test]
fn a_text_alone_is_the_same_as_among_others_and_padding_is_not_read() {
    let folder = folder();
    let encoder = Encoder::load(folder.path()).expect("an encoder");
    let texts = ["where is my refund", "late parcel", "", "money back"];
    let together = encoder.embed(&texts).expect("vectors");
    for (text, vector) in texts.iter().zip(together.chunks_exact(8)) {
        let alone = encoder.embed(&[text]).expect("a vector");
        assert!(alone.iter().zip(vector).all(|(a, b)| (a - b).abs() < 1e-6), "{text}");
    }
}

#[test]
fn what_was_asked_before_is_not_asked_again_and_is_the_same() {
    let folder = folder();
    let encoder = Encoder::load(folder.path()).expect("an encoder");
    let first = encoder.embed_kept(&["late parcel", "money back"], folder.path()).expect("vectors");
    let more = ["money back", "where is it", "late parcel"];
    let second = encoder.embed_kept(&more, folder.path()).expect("vectors");
    assert_eq!((&second[..8], &second[16..]), (&first[8..], &first[..8]));
}

#[test]
fn another_kind_of_network_is_refused_by_name() {
    let folder = folder();
    let path = folder.path().join("config.json");
    let config = fs::read_to_string(&path).expect("a file").replace("gelu", "relu");
    fs::write(&path, config).expect("a write");
    let error = Encoder::load(folder.path()).expect_err("an error").to_string();
    assert_eq!(error, "encoder config.json: hidden_act: expected gelu, got relu");
    fs::remove_file(&path).expect("removed");
    let error = Encoder::load(folder.path()).expect_err("an error").to_string();
    assert!(error.starts_with("encoder file ") && error.contains("config.json"), "{error}");
}

#[test]
fn an_unknown_name_is_told_the_known_ones() {
    let folder = tempfile::tempdir().expect("a folder");
    let error = fetch("bert", folder.path()).expect_err("an error").to_string();
    assert_eq!(error, r#"encoder "bert": expected one of minilm"#);
}
