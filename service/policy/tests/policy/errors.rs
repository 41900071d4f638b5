//! Every error has its key, its line and a sentence; all of them come together.

use crate::{errors, errors_of};

#[test]
fn a_broken_policy_has_all_its_errors_reported() {
    insta::assert_snapshot!(errors(include_str!("broken.toml")));
}

#[test]
fn a_broken_text_has_its_syntax_reported_only() {
    insta::assert_snapshot!(errors(include_str!("not_toml.toml")));
}

#[test]
fn a_text_over_a_mebibyte_is_refused() {
    let source = format!("schema = 1\n#{}", " ".repeat(1024 * 1024));
    assert_eq!(errors(&source), "error: expected at most 1048576 bytes, got 1048588");
}

#[test]
fn a_missing_schema_has_no_line() {
    assert_eq!(errors(""), "error: schema: expected a value for schema, got none");
}

#[test]
fn a_number_of_too_many_digits_is_an_error_like_any_other() {
    assert_eq!(
        errors_of("routing.distance_full_km = 99999999999999999999"),
        "line 2: error: routing.distance_full_km: \
         expected a whole number in 1..=20000, got 99999999999999999999"
    );
}

#[test]
fn a_key_is_located_however_the_table_is_written() {
    let expected = "error: routing.weights.load: expected a number in 0..=100, got -1";
    for (line, body) in [
        (4, "\n[routing.weights]\nload = -1"),
        (3, "[routing]\nweights.load = -1"),
        (2, "routing.weights.load = -1"),
        (2, "routing = { weights = { load = -1 } }"),
        (4, "[routing]\nweights = {\n load = -1 }"),
    ] {
        let shifted = errors_of(body);
        assert_eq!(shifted, format!("line {line}: {expected}"), "{body}");
    }
}

#[test]
fn a_missing_value_is_located_at_its_table() {
    assert_eq!(
        errors_of("\n\n[[category]]\nseverity = 1\n"),
        "line 4: error: category[0].id: expected a value for id, got none"
    );
    assert_eq!(
        errors_of("\ncategory = [\n  { id = 'a' },\n  {},\n]"),
        "line 5: error: category[1].id: expected a value for id, got none"
    );
}

#[test]
fn a_rule_on_a_broken_calendar_is_not_blamed() {
    let body = "[[calendar]]\nid = 'office'\ntime_zone = 'Mars/Olympus'\nhours = []\n\
        [[sla]]\nname = 'x'\ncalendar = 'office'\n";
    assert!(!errors_of(body).contains("expected a calendar of this policy"));
}
