//! What `triage` prints: an object a line for programs, a few lines for people.

use serde_json::Value;

use super::{NOW, file, printed, text};

const ROSTER: &str = "
[[agent]]
id = \"li\"
teams = [\"front\"]
capacity = 1
";

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<_> =
        value.as_object().expect("an object").keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

#[test]
fn a_ticket_is_one_json_object_with_every_documented_key() {
    let (_folder, roster) = file("roster.toml", ROSTER);
    let rows = [
        r#"{"id":"A-1","channel":"email","subject":"Refund","body":"I want my money back.","category":"other","customer":{"tier":"vip"}}"#,
        r#"{"id":"A-2","channel":"chat","messages":[{"author":"customer","text":"快递三天没动了"},{"author":"agent","text":"您好"}],"known_category":"logistics.tracking"}"#,
    ];
    let (_rows_folder, input) = file("rows.jsonl", &rows.join("\n"));
    let args =
        ["triage", "--input", text(&input), "--roster", text(&roster), "--now", NOW, "--json"];
    let printed = printed(&args);
    let objects: Vec<Value> =
        printed.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(objects.len(), 2);
    for object in &objects {
        for key in [
            "id",
            "language",
            "category",
            "sentiment",
            "urgency",
            "signals",
            "priority",
            "sla",
            "assignment",
            "timings",
        ] {
            assert!(object.get(key).is_some(), "expected {key:?} in {object}");
        }
        for key in ["label", "confidence", "mode", "alternatives", "group"] {
            assert!(object["category"].get(key).is_some(), "expected category.{key} in {object}");
        }
        assert_eq!(keys(&object["sentiment"]), ["confidence", "label", "score"]);
        assert_eq!(keys(&object["urgency"]), ["confidence", "label"]);
        assert_eq!(keys(&object["priority"]), ["band", "parts", "score"]);
        assert!(object["signals"].is_array());
    }
    assert_eq!((&objects[0]["id"], &objects[0]["language"]), (&"A-1".into(), &"en".into()));
    assert_eq!(objects[0]["category"]["label"], "returns.refund", "labels in the row are no facts");
    assert_eq!(objects[0]["assignment"]["agent"], "li");
    assert!(objects[0]["priority"]["parts"]["tier"].as_f64().is_some_and(|points| points > 0.0));
    assert_eq!(objects[1]["language"], "zh-Hans");
    assert_eq!(objects[1]["category"]["label"], "logistics.tracking");
    assert_eq!(objects[1]["assignment"], Value::Null, "the one agent is full");
    assert_eq!(objects[1]["queue"]["reasons"], serde_json::json!({ "AT_CAPACITY": 1 }));
    assert!(objects[0].get("queue").is_none(), "only what waits has reasons to wait");
}

#[test]
fn the_same_tickets_at_the_same_time_give_the_same_lines() {
    let (_folder, input) =
        file("rows.jsonl", "{\"body\":\"my parcel is lost\"}\n{\"body\":\"无法登录\"}\n");
    let args = ["triage", "--input", text(&input), "--now", NOW, "--json"];
    let without_timings = || {
        let lines = printed(&args);
        let object = |line: &str| {
            let mut object: Value = serde_json::from_str(line).expect("JSON");
            object.as_object_mut().expect("an object").remove("timings");
            object
        };
        lines.lines().map(object).collect::<Vec<_>>()
    };
    assert_eq!(without_timings(), without_timings());
}

#[test]
fn a_text_is_shown_to_a_person_in_their_language() {
    let english = printed(&["triage", "I want my money back", "--now", NOW]);
    assert!(english.contains("category: returns.refund"), "{english}");
    let chinese = printed(&["triage", "我要退款", "--now", NOW, "--lang", "zh"]);
    assert!(chinese.contains("类别: returns.refund"), "{chinese}");
}

#[test]
fn without_a_model_rules_and_facts_decide() {
    let args = ["triage", "I want my money back", "--bundle", "none", "--now", NOW, "--json"];
    let object: Value = serde_json::from_str(&printed(&args)).expect("JSON");
    assert_eq!(object["category"]["mode"], "ABSTAIN");
    assert_eq!(object["degraded_reason"], "MODEL_ABSENT");
}

#[test]
fn people_read_names_and_aligned_lines_where_programs_read_labels() {
    let text = "parcel says delivered on monday, it is NOT here. third time I'm asking";
    let english = printed(&["triage", text, "--now", NOW]);
    assert!(
        english.starts_with("ticket-1  English\n  category: logistics.delay_or_lost, "),
        "{english}"
    );
    assert!(english.contains("\n   signals: repeat contact\n"), "{english}");
    assert!(english.contains("\n  reply by: 2026-06-03 ") && english.contains(" UTC"), "{english}");
    let chinese = printed(&["triage", text, "--now", NOW, "--lang", "zh"]);
    assert!(chinese.starts_with("ticket-1  英文\n"), "{chinese}");
    assert!(chinese.contains("\n      信号: 重复来访\n"), "{chinese}");
}
