//! What each setting becomes in the domain.

use switchyard_domain::ids::{CategoryId, TeamId};
use switchyard_domain::load::Load;
use switchyard_domain::skill::RequirementKind;
use switchyard_domain::ticket::Tier;
use switchyard_domain::time::{Span, Timestamp};

use crate::policy;

const OFFICE: &str = r#"
[[category]]
id = "returns.refund"
severity = 50
team = "refunds"
skills = [
    { skill = "refunds", level = 2 },
    { skill = "日本語", level = 4, preferred = true, weight = 1.5 },
]

[[calendar]]
id = "office"
time_zone = "Asia/Shanghai"
hours = [{ days = ["mon", "tue", "wed", "thu", "fri"], start = "09:00", end = "18:00" }]
closed = ["2026-06-08"]
opened = [
    { date = "2026-06-06", start = "14:00", end = "15:00" },
    { date = "2026-06-06", start = "09:00", end = "10:00" },
]

[[sla]]
name = "VIP refunds"
team = "refunds"
tier = "vip"
category = "returns.refund"
calendar = "office"
p1 = { first_response = "10m", next_response = "20m", resolution = "2h" }
p2 = { first_response = "1h", next_response = "1h", resolution = "8h" }
p3 = { first_response = "4h", next_response = "4h", resolution = "1d" }
p4 = { first_response = "8h", next_response = "8h", resolution = "3d" }
"#;

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).expect("a valid instant")
}

#[test]
fn points_and_weights_become_thousandths() {
    let read = policy(
        "priority = { urgency = 30.5, age_per_hour = 0.001, band_floors = { p1 = 70 } }
        [routing]
        held_share = 0.125
        default_capacity = 2.5
        weights = { load = 2, affinity = 0 }
        channel_weights = { email = 1.0, '微信' = 0.5 }",
    );
    assert_eq!((read.priority.urgency, read.priority.age_per_hour), (30_500, 1));
    assert_eq!(read.priority.band_floors, [70_000, 40_000, 22_000]);
    assert_eq!(read.routing.held_permille, 125);
    assert_eq!(read.routing.default_capacity, Load::from_milli(2_500));
    assert_eq!(read.routing.weights.0, [600, 200, 0, 2_000, 300, 300, 300]);
    let weights: Vec<_> = read.routing.channel_weights.values().map(|load| load.milli()).collect();
    assert_eq!(weights, [1_000, 500]);
}

#[test]
fn a_skill_is_required_unless_preferred() {
    let read = policy(OFFICE);
    let (id, category) = read.categories.first_key_value().expect("one category");
    assert_eq!((id.as_str(), category.severity), ("returns.refund", 50));
    let [required, preferred] = &category.requirements[..] else { panic!("two skills") };
    assert_eq!(required.kind, RequirementKind::Required);
    assert_eq!((required.min_level.get(), required.weight_permille), (2, 1_000));
    assert_eq!(preferred.kind, RequirementKind::Preferred);
    assert_eq!((preferred.min_level.get(), preferred.weight_permille), (4, 1_500));
}

#[test]
fn a_rule_promises_by_band_to_whom_it_names() {
    let rule = &policy(OFFICE).sla[0];
    assert_eq!((rule.name.as_str(), rule.tier), ("VIP refunds", Some(Tier::Vip)));
    assert_eq!(rule.team.as_ref().map(TeamId::as_str), Some("refunds"));
    assert_eq!(rule.category.as_ref().map(CategoryId::as_str), Some("returns.refund"));
    assert_eq!(rule.targets[0].next_response, Span::from_minutes(20));
    assert_eq!(rule.targets[3].resolution, Span::from_hours(72));
}

#[test]
fn a_calendar_counts_its_hours_and_its_single_days() {
    let calendar = &policy(OFFICE).sla[0].calendar;
    // Friday 17:00, Saturday 9–10 and 14–15, nothing on the closed Monday.
    let due = calendar.add(at("2026-06-05T17:00:00+08:00"), Span::from_hours(4));
    assert_eq!(due, at("2026-06-09T10:00:00+08:00"));
}

#[test]
fn a_week_may_be_open_at_all_times() {
    let always = &crate::checked(switchyard_policy::DEFAULT).policy.sla[0].calendar;
    assert_eq!(
        always.add(at("2026-06-06T00:00:00Z"), Span::from_hours(48)),
        at("2026-06-08T00:00:00Z")
    );
}

#[test]
fn closed_tickets_are_kept_as_long_as_stated() {
    assert_eq!(policy("closed_kept = '1d12h'").closed_kept, Span::from_hours(36));
}
