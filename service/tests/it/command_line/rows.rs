//! Rows of input: facts as JSON and tables write them, and how a wrong one is told.

use std::fs::File;

use serde_json::Value;

use crate::process::{refuses, run, switchyard};

use super::{NOW, file, printed, text};

/// The objects printed for the rows of a file with this name.
fn triaged(name: &str, rows: &str) -> Vec<Value> {
    let (_folder, input) = file(name, rows);
    let printed = printed(&["triage", "--input", text(&input), "--now", NOW, "--json"]);
    printed.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// The first row of a file is refused for these reasons.
#[track_caller]
fn refused(name: &str, rows: &str, why: &[&str]) {
    let (_folder, input) = file(name, rows);
    refuses(&mut switchyard(&["triage", "--json", "--input", text(&input)]), why);
}

#[test]
fn an_empty_cell_says_nothing() {
    let header = "id,channel,subject,body,opened_at,last_agent,customer.tier,\
                  customer.complaints_90d,known_category,known_sentiment,known_urgency,\
                  known_language,known_signals,known_priority,messages,customer";
    let commas = ",".repeat(header.matches(',').count() - 3);
    let objects = triaged("rows.csv", &format!("{header}\n,,,my parcel is lost{commas}\n"));
    let plain = triaged("rows.jsonl", r#"{"body":"my parcel is lost"}"#);
    for key in ["id", "category", "sentiment", "urgency", "signals", "priority", "sla"] {
        assert_eq!(objects[0][key], plain[0][key], "{key}");
    }
}

#[test]
fn a_table_states_every_fact_that_an_object_can() {
    let rows = "id,body,customer.tier,customer.complaints_90d,known_priority,known_signals\n\
                A-1,my parcel is lost,vip,2,2,legal_threat; abuse\n\
                A-2,my parcel is lost,,,P2,\"abuse,legal_threat\"\n";
    let objects = triaged("rows.csv", rows);
    let same = r#"{"id":"A-1","body":"my parcel is lost","known_priority":2,
        "customer":{"tier":"vip","complaints_90d":2},"known_signals":["legal_threat","abuse"]}"#;
    let same = triaged("rows.jsonl", &same.replace('\n', " "));
    for key in ["category", "signals", "priority", "sla"] {
        assert_eq!(objects[0][key], same[0][key], "{key}");
    }
    assert_eq!(objects[0]["priority"]["band"], "P2");
    assert_eq!(objects[1]["priority"]["band"], "P2");
    assert_eq!(objects[1]["signals"], objects[0]["signals"]);
}

#[test]
fn null_says_nothing() {
    let rows = r#"{"id":null,"body":"hi","messages":null,"customer":null,"known_category":null,"known_signals":null,"known_priority":null,"opened_at":null}"#;
    assert_eq!(triaged("rows.jsonl", rows)[0]["id"], "row-1");
    let tier = r#"{"body":"hi","customer":{"tier":null,"tickets_90d":null}}"#;
    assert_eq!(triaged("rows.jsonl", tier)[0]["priority"]["parts"].get("tier"), None);
}

#[test]
fn an_unknown_category_is_told_with_its_place_and_the_nearest_known() {
    let row = r#"{"body":"hi"}
{"body":"hi","known_category":"refund"}"#;
    let (_folder, input) = file("rows.jsonl", row);
    let output = run(&mut switchyard(&["triage", "--json", "--input", text(&input)]));
    let error = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!((output.status.code(), error.lines().count()), (Some(2), 1), "{error}");
    for part in ["rows.jsonl:2", "known_category", "such as returns.refund", "got \"refund\""] {
        assert!(error.contains(part), "expected {part:?} in {error}");
    }
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 1, "the row before it");
}

#[test]
fn a_wrong_fact_is_told_with_what_was_expected() {
    for (row, why) in [
        (r#"{"known_urgency":"asap"}"#, ["known_urgency", "low, normal, high, critical"]),
        (r#"{"known_signals":["legal"]}"#, ["known_signals", "safety_hazard, legal_threat"]),
        (r#"{"customer":{"tier":"gold"}}"#, ["customer.tier", "standard, premium, vip"]),
        (r#"{"known_priority":2.5}"#, ["known_priority", "1 to 4"]),
        (r#"{"known_priority":"P5"}"#, ["known_priority", "\"P5\""]),
        (r#"{"customer":"li"}"#, ["customer", "an object"]),
        (r#"{"customer":{"complaints_90d":"many"}}"#, ["customer.complaints_90d", "whole number"]),
        (r#"{"messages":"hi"}"#, ["messages", "a list of objects"]),
        (r#"{"messages":[{"text":"hi","author":"bot"}]}"#, ["messages[0].author", "\"bot\""]),
        (r#"{"messages":[{"text":["hi"]}]}"#, ["messages[0].text", "expected text"]),
        (r#"{"last_agent":"a b"}"#, ["last_agent", "white space"]),
        (r#"{"opened_at":"today"}"#, ["opened_at", "an instant"]),
    ] {
        refused("rows.jsonl", row, &["rows.jsonl:1", why[0], why[1]]);
    }
}

#[test]
fn standard_input_is_read_as_rows() {
    let rows =
        "{\"id\":\"A-1\",\"body\":\"my parcel is lost\"}\n\n{\"id\":\"A-2\",\"body\":\"无法登录\"}";
    let (_folder, input) = file("rows", rows);
    let mut command = switchyard(&["triage", "--input", "-", "--now", NOW, "--json"]);
    let output = run(command.stdin(File::open(input).expect("opened")));
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    let id = |line: &str| serde_json::from_str::<Value>(line).expect("JSON")["id"].clone();
    assert_eq!(printed.lines().map(id).collect::<Vec<_>>(), ["A-1", "A-2"]);
    let (_folder, input) = file("rows", "{\"body\":\"hi\"}\n\n{\"body\":");
    let mut command = switchyard(&["triage", "--input", "-", "--json"]);
    refuses(command.stdin(File::open(input).expect("opened")), &["standard input:3"]);
}
