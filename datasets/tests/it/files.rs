//! Whatever a file holds, its rows come out or an error says where it stops.

use std::fs;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use switchyard_datasets::read::{ReadError, Row, read_all};
use switchyard_datasets::ticket::LabelledTicket;

const ROWS: &str = "{\"text\":\"没到\",\"n\":1}\n\n{\"text\":\"late\",\"n\":2}\n";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

fn read(name: &str, bytes: &[u8]) -> Result<Vec<Row>, ReadError> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("a write");
    read_all(&path)
}

fn texts(name: &str, bytes: &[u8]) -> Vec<String> {
    let rows = read(name, bytes).expect("rows");
    rows.iter().map(|row| row.label("text").expect("a text")).collect()
}

fn check(name: &str, bytes: &[u8], expected: &str) {
    let error = read(name, bytes).expect_err("an error").to_string();
    assert!(error.contains(expected), "{name}: {error}");
}

#[test]
fn every_format_and_compression_gives_the_same_rows() {
    let table = "text,n\n没到,1\nlate,2\n";
    for (name, bytes) in [
        ("a.jsonl", ROWS.as_bytes().to_vec()),
        ("a.jsonl.gz", gzip(ROWS.as_bytes())),
        ("a.jsonl.zst", zstd(ROWS.as_bytes())),
        ("a.csv", table.as_bytes().to_vec()),
        ("a.csv.gz", gzip(table.as_bytes())),
        ("a.csv.zst", zstd(table.as_bytes())),
        ("marked.csv", format!("\u{FEFF}{table}").into_bytes()),
        ("marked.jsonl", format!("\u{FEFF}{ROWS}").into_bytes()),
    ] {
        assert_eq!(texts(name, &bytes), ["没到", "late"], "{name}");
    }
}

#[test]
fn files_of_several_parts_are_read_to_the_end() {
    let (first, second) = ROWS.as_bytes().split_at(24);
    assert_eq!(texts("a.jsonl.gz", &[gzip(first), gzip(second)].concat()), ["没到", "late"]);
    assert_eq!(texts("a.jsonl.zst", &[zstd(first), zstd(second)].concat()), ["没到", "late"]);
}

#[test]
fn the_line_of_an_error_counts_blank_ones() {
    check("a.jsonl", b"{\"a\":1}\n\n{\"a\":\n", "a.jsonl:3: expected a JSON object");
    check("a.jsonl", b"[1]\n", "a.jsonl:1: expected a JSON object");
    let rows = read("t.jsonl.gz", &gzip(b"\n{\"label\":3}\n")).expect("rows");
    let error = rows[0].text("label").expect_err("an error").to_string();
    assert_eq!(error, "t.jsonl.gz:2: field \"label\": expected text, got a number");
}

#[test]
fn a_file_cut_short_is_an_error_and_not_an_end() {
    let long = ROWS.repeat(500);
    let (gz, zst) = (gzip(long.as_bytes()), zstd(long.as_bytes()));
    check("a.jsonl.gz", &gz[..gz.len() - 9], "a.jsonl.gz:");
    check("a.jsonl.zst", &zst[..zst.len() - 9], "a.jsonl.zst");
}

#[test]
fn bytes_that_are_no_text_are_named_with_their_place() {
    check("a.jsonl", b"{\"a\":\"\xFF\"}\n", "a.jsonl:1: expected UTF-8, got byte 0xff at column 7");
    check("a.csv", b"a\n\xFF\n", "a.csv:2:");
}

#[test]
fn a_table_must_keep_its_shape() {
    check("a.csv", b"a,b\n1\n", "a.csv:2:");
    check("a.csv", b"a,a\n1,2\n", "a.csv:1: expected each column once, got \"a\" twice");
}

#[test]
fn a_missing_column_and_an_unknown_label_are_named() {
    let ticket = |json: &str| {
        let rows = read("a.jsonl", json.as_bytes()).expect("rows");
        LabelledTicket::from_row(&rows[0]).expect_err("an error").to_string()
    };
    assert_eq!(
        ticket(r#"{"id":"1"}"#),
        "a.jsonl:1: field \"body\": expected text, got no such field"
    );
    assert_eq!(
        ticket(r#"{"id":"1","body":"x","sentiment":"cross"}"#),
        "a.jsonl:1: field \"sentiment\": expected a sentiment, got \"cross\""
    );
}

#[test]
fn a_missing_file_is_named() {
    let error = read_all("/nowhere/a.jsonl".as_ref()).expect_err("an error").to_string();
    assert!(error.starts_with("/nowhere/a.jsonl: "), "{error}");
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in any::<Vec<u8>>(), cut in 0_usize..200, flip in 0_usize..200) {
        for name in ["a.jsonl", "a.csv", "a.jsonl.gz", "a.csv.zst"] {
            let _ = read(name, &bytes);
        }
        for (name, mut packed) in [("a.jsonl.gz", gzip(ROWS.as_bytes())), ("a.jsonl.zst", zstd(ROWS.as_bytes()))] {
            let at = flip % packed.len();
            packed[at] ^= 0x55;
            packed.truncate(cut.max(1));
            let _ = read(name, &packed);
        }
    }
}
