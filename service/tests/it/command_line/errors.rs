//! `switchyard errors`: the catalogue in both languages, for people and for programs.

use serde_json::Value;
use switchyard_proto::errors::{Entry, catalogue, code_name};

use super::printed;
use crate::process::{refuses, switchyard};

#[test]
fn every_reason_is_printed_with_its_code_in_the_language_asked_for() {
    let (en, zh) = (printed(&["errors"]), printed(&["errors", "--lang", "zh"]));
    for entry in catalogue() {
        for (page, when) in [(&en, entry.en.when), (&zh, entry.zh.when)] {
            let line = page.lines().find(|line| line.split(' ').next() == Some(entry.name()));
            let line = line.unwrap_or_else(|| panic!("expected {} in {page}", entry.name()));
            assert!(line.contains(code_name(entry.code)) && line.ends_with(when), "{line}");
        }
    }
}

#[test]
fn one_reason_is_printed_with_what_to_do() {
    let zh = printed(&["errors", "ERROR_REASON_STORE_FAILED", "--lang", "zh"]);
    for part in ["STORE_FAILED  UNAVAILABLE (14)", "怎么办：重试", "等待：100 ms (RetryInfo)"]
    {
        assert!(zh.contains(part), "expected {part:?} in {zh}");
    }
    let en = printed(&["errors", "invalid_field"]);
    assert!(en.contains("  what to do: Correct the fields named"), "{en}");
    assert!(!en.contains("RetryInfo"), "{en}");
}

#[test]
fn programs_get_an_object_a_line() {
    let objects: Vec<Value> = (printed(&["errors", "--json"]).lines())
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let names: Vec<_> = objects.iter().map(|object| object["reason"].as_str()).collect();
    assert_eq!(names, catalogue().iter().map(Entry::name).map(Some).collect::<Vec<_>>());
    let one: Value =
        serde_json::from_str(&printed(&["errors", "OVERLOADED", "--json"])).expect("JSON");
    assert_eq!(
        (&one["code"], &one["code_number"], &one["retry"], &one["retry_after_ms"]),
        (&"RESOURCE_EXHAUSTED".into(), &8.into(), &"LATER".into(), &100.into())
    );
}

#[test]
fn a_reason_that_the_catalogue_lacks_is_refused_with_those_like_it() {
    refuses(&mut switchyard(&["errors", "TICKET_CLOSE"]), &["TICKET_CLOSE", "TICKET_CLOSED"]);
}
