//! Roster files: what is taken, and how a wrong key is told.

use serde_json::Value;

use crate::process::{refuses, switchyard};

use super::{NOW, file, printed, text};

/// What `--json` says of a text with this roster.
fn triaged(roster: &str, name: &str, body: &str) -> Value {
    let (_folder, roster) = file(name, roster);
    let args = ["triage", body, "--roster", text(&roster), "--now", NOW, "--json"];
    serde_json::from_str(&printed(&args)).expect("JSON")
}

/// A dated shift around [`NOW`] in Shanghai, and a weekly one.
const MORNING: &str = "{ start = '2026-06-03T09:00', end = '2026-06-03T12:00' }";
const NIGHT: &str = "{ days = ['mon'], start = '22:00', end = '06:00' }";

#[track_caller]
fn refused(name: &str, roster: &str, why: &[&str]) {
    let (_folder, roster) = file(name, roster);
    let args = ["triage", "hello", "--roster", text(&roster), "--now", NOW, "--bundle", "none"];
    refuses(&mut switchyard(&args), &[&[name], why].concat());
}

#[test]
fn a_wrong_key_is_told_with_file_table_and_key() {
    let zone = "time_zone = 'Asia/Shanghai'\n";
    let shift = format!("{zone}shifts = [");
    let long = format!("name = '{}'", "x".repeat(129));
    for (keys, why) in [
        ("languages = ['English']", "languages: expected a BCP 47 tag"),
        ("skills = { returns = 6 }", "skills.returns: expected a skill level in 1..=5, got 6"),
        ("skills = { returns = { level = 2, expires = 'soon' } }", "skills.returns: expires: "),
        ("skills = { 'a b' = 2 }", "skills: expected an id without white space"),
        ("capacity = -1", "capacity: expected units of work"),
        ("channel_capacity = { chat = nan }", "channel_capacity.chat: expected units of work"),
        ("external_load = inf", "external_load: expected units of work"),
        ("days_off = ['2026-10-01']", "days_off: expected shifts beside them"),
        (
            "shifts = [{ days = ['mon'], start = '09:00', end = '18:00' }]",
            "time_zone: expected one",
        ),
        (&format!("{shift}{{ days = [], start = '09:00', end = '18:00' }}]"), "shifts[0].days: "),
        (
            &format!("{shift}{{ days = ['Mo'], start = '9', end = '18:00' }}]"),
            "shifts[0].start: expected a time",
        ),
        (&format!("{shift}{{ days = ['Mo'], start = '09:00', end = '18:00' }}]"), "got \"Mo\""),
        (&format!("dated_shifts = [{MORNING}]"), "time_zone: expected one beside dated shifts"),
        (
            &format!("{zone}dated_shifts = [{{ start = 'soon', end = '2026-06-03' }}]"),
            "dated_shifts[0]: ",
        ),
        (
            &format!("{zone}dated_shifts = [{{ start = '2026-06-03', end = '2026-06-03' }}]"),
            "expected an end after",
        ),
        (
            &format!("{shift}{NIGHT}]\ndated_shifts = []"),
            "dated_shifts: expected either weekly shifts",
        ),
        ("presence = 'busy'", "presence: expected online, away or offline"),
        ("seniority = 'chief'", "seniority: expected junior, regular or senior"),
        ("location = { latitude = 91, longitude = 0 }", "location: expected a latitude"),
        ("teams = ['a b']", "teams: expected an id without white space"),
        (&long, "name: expected at most 128 bytes, got 129"),
    ] {
        let roster = format!("[[agent]]\nid = 'a'\n[[agent]]\nid = 'b'\n{keys}\n");
        refused("roster.toml", &roster, &["agent[1] (\"b\"): ", why]);
    }
}

#[test]
fn all_that_is_wrong_with_an_agent_is_told_at_once() {
    let keys =
        "capacity = -1\npresence = 'busy'\nname = ''\nteams = ['a b']\nlanguages = ['English']";
    let why = ["teams: ", "; capacity: ", "presence: ", "languages: "];
    refused("roster.toml", &format!("[[agent]]\nid = 'a'\n{keys}\n"), &why);
}

#[test]
fn dated_shifts_are_hours_of_the_agents_zone() {
    let outcome = |zone: &str, shifts: &str| {
        let roster =
            format!("[[agent]]\nid = 'a'\ntime_zone = '{zone}'\ndated_shifts = [{shifts}]\n");
        triaged(&roster, "roster.toml", "hello")
    };
    assert_eq!(outcome("Asia/Shanghai", MORNING)["assignment"]["agent"], "a");
    for (zone, shifts) in [("UTC", MORNING), ("Asia/Shanghai", "")] {
        let waits = outcome(zone, shifts);
        assert_eq!(waits["queue"]["reasons"], serde_json::json!({ "OFF_SHIFT": 1 }), "{zone}");
    }
}

#[test]
fn a_value_of_another_kind_is_told_with_its_line_and_key() {
    for (keys, why) in [
        ("capacity = 'four'", "line 3: capacity: "),
        ("skills = { returns = 'high' }", "expected a level of 1 to 5, or { level"),
        (
            "skills = { returns = { level = 2, until = 'x' } }",
            "expected a level of 1 to 5, or { level",
        ),
        ("colour = 'red'", "colour"),
    ] {
        refused("roster.toml", &format!("[[agent]]\nid = 'a'\n{keys}\n"), &["line 3", why]);
    }
    refused("roster.json", r#"{"agent":[{"id":"a","capacity":"four"}]}"#, &["line 1"]);
}

#[test]
fn nothing_stands_in_a_roster_twice() {
    refused("roster.toml", "agent = [{ id = 'a' }, { id = 'a' }]", &["agent[1] (\"a\"): id: "]);
    let teams = "agent = []\nteam = [{ id = 'care' }, { id = 'care' }]";
    refused("roster.toml", teams, &["team[1] (\"care\"): id: "]);
    let skills = r#"{"agent":[{"id":"a","skills":{"returns":1,"returns":2}}]}"#;
    refused("roster.json", skills, &["\"returns\" once"]);
}

#[test]
fn a_team_that_is_not_listed_is_told_where_teams_are() {
    let listed =
        "[[team]]\nid = 'care'\n[[team]]\nid = 'field'\n[[agent]]\nid = 'a'\nteams = ['cares']\n";
    let why = ["agent[0] (\"a\"): teams: ", "such as care, got \"cares\""];
    refused("roster.toml", listed, &why);
    let object = triaged("[[agent]]\nid = 'a'\nteams = ['front']\n", "roster.toml", "hello there");
    assert_eq!(object["assignment"]["agent"], "a", "a roster without teams has those named");
}

#[test]
fn a_skill_counts_until_it_expires() {
    let policy = "schema = 1\n[[category]]\nid = 'other'\nskills = [{ skill = 'returns' }]\n";
    let (_folder, policy) = file("policy.toml", policy);
    let outcome = |expires: &str| {
        let roster = format!(
            "[[agent]]\nid = 'a'\nskills = {{ returns = {{ level = 3, expires = '{expires}' }} }}\n"
        );
        let (_folder, roster) = file("roster.toml", &roster);
        let args = ["triage", "hi", "--bundle", "none", "--now", NOW, "--json", "--policy"];
        let args = [&args[..], &[text(&policy), "--roster", text(&roster)]].concat();
        serde_json::from_str::<Value>(&printed(&args)).expect("JSON")
    };
    assert_eq!(outcome("2026-06-03T11:00:01+08:00")["assignment"]["agent"], "a");
    let waits = outcome("2026-06-03T11:00:00+08:00");
    assert_eq!(waits["queue"]["reasons"], serde_json::json!({ "SKILL_MISSING": 1 }));
}

#[test]
fn the_examples_of_the_help_are_taken_as_they_stand() {
    let help = printed(&["triage", "--help"]);
    let example = |from: &str| -> String {
        let lines = help.lines().skip_while(|line| line.trim() != from && !line.starts_with(from));
        let lines: Vec<_> = lines.take_while(|line| !line.is_empty()).map(str::trim).collect();
        lines.join("\n")
    };
    let object = triaged(&example("[[agent]]"), "roster.toml", "I want my money back");
    assert_eq!(object["assignment"]["agent"], "li.na");
    let (_folder, rows) = file("rows.jsonl", &example("  {\"id\""));
    let object = printed(&["triage", "--input", text(&rows), "--now", NOW, "--json"]);
    assert!(object.starts_with("{\"id\":\"A-1\""), "{object}");
}

#[test]
fn a_roster_is_read_by_its_ending_and_without_one_by_how_it_begins() {
    let json = r#"{"agent":[{"id":"a"}]}"#;
    for (name, roster) in
        [("roster", json), ("roster.json", json), ("roster", "[[agent]]\nid = 'a'\n")]
    {
        assert_eq!(triaged(roster, name, "hello")["assignment"]["agent"], "a", "{name}");
    }
    refused("roster.csv", "id,teams\na,care\n", &["expected a roster in .toml or .json, got .csv"]);
    refused("roster.json", "[[agent]]\nid = 'a'\n", &["line 1"]);
    refused("roster.toml", "[[agent]\n", &["line 1"]);
}
