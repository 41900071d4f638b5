//! The catalogue of errors: whole, in both languages, and the same wherever it is written.

use std::path::{Path, PathBuf};

use switchyard_proto::errors::{self, ErrorReason, Words};

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    let path = path(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[test]
fn the_page_is_what_the_table_says() {
    if std::env::var("UPDATE_GOLDEN").is_ok_and(|value| value == "1") {
        std::fs::write(path("ERRORS.md"), errors::page()).expect("written");
    }
    let hint = "UPDATE_GOLDEN=1 cargo test --workspace --test errors writes ERRORS.md anew";
    assert!(read("ERRORS.md") == errors::page(), "{hint}");
}

/// The comment above a value of the enum, in one line.
fn comment_of(value: &str, proto: &str) -> String {
    let lines: Vec<_> = proto.lines().map(str::trim).collect();
    let at = lines.iter().position(|line| line.starts_with(&format!("{value} = ")));
    let at = at.unwrap_or_else(|| panic!("expected {value} in the contract"));
    let first = lines[..at].iter().rposition(|line| !line.starts_with("//")).map_or(0, |n| n + 1);
    let text = lines[first..at].iter().map(|line| line.trim_start_matches("//").trim());
    text.collect::<Vec<_>>().join(" ")
}

#[test]
fn the_contract_says_of_each_reason_what_the_table_says() {
    let proto = read("switchyard/v1/error_reason.proto");
    let unspecified = errors::entry(ErrorReason::Unspecified);
    for entry in errors::catalogue().into_iter().chain([unspecified]) {
        assert_eq!(comment_of(entry.reason.as_str_name(), &proto), entry.en.when);
    }
}

#[test]
fn every_reason_is_told_in_whole_sentences_of_both_languages() {
    let sentences = |words: Words| [words.when, words.advice];
    for entry in errors::catalogue() {
        let (retry_zh, retry_en) = entry.retry.words();
        for text in sentences(entry.zh).into_iter().chain([retry_zh]) {
            assert!(text.contains(is_han) && text.ends_with('。'), "{text:?}");
        }
        for text in sentences(entry.en).into_iter().chain([retry_en]) {
            assert!(!text.contains(is_han) && text.ends_with('.'), "{text:?}");
        }
    }
}

#[test]
fn reasons_are_found_by_either_name_in_any_case() {
    let entries = errors::catalogue();
    assert!(entries.len() >= 24, "expected the whole enum, got {}", entries.len());
    for entry in entries {
        assert_eq!(errors::find(entry.name()), Some(entry));
        assert_eq!(errors::find(entry.reason.as_str_name()), Some(entry));
        assert_eq!(errors::find(&entry.name().to_lowercase()), Some(entry));
    }
    assert_eq!(errors::find("UNSPECIFIED"), None, "it is never answered");
    assert_eq!(errors::find("NO_SUCH_REASON"), None);
}
