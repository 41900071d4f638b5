//! A ticket's version, which callers rest changes on, changes with everything they can see of it.

use switchyard_domain::desk::Activity;
use switchyard_domain::load::Load;

use crate::fixture::{agent_id, channel, desk};

#[test]
fn a_waiting_ticket_that_somebody_gets_has_another_version() {
    let mut desk = desk().ticket("t1");
    let waiting = desk.case("t1").version;
    desk.upsert("a1", |_| {});
    assert_eq!(desk.owner("t1"), Some("a1"));
    assert_ne!(desk.case("t1").version, waiting);
}

#[test]
fn a_policy_changes_the_versions_of_what_it_weighs_otherwise_and_of_nothing_else() {
    let mut desk =
        desk().ticket("t1").ticket_with("t2", |ticket| ticket.channel = channel("phone"));
    let before = ["t1", "t2"].map(|id| desk.case(id).version);
    let heavier = Load::from_milli(1_500);
    desk.change_policy(|policy| {
        policy.routing.channel_weights.insert(channel("chat"), heavier);
    });
    assert_eq!(desk.case("t1").weight, heavier);
    let after = ["t1", "t2"].map(|id| desk.case(id).version);
    assert_eq!([before[0] != after[0], before[1] != after[1]], [true, false]);
}

#[test]
fn a_report_of_what_is_so_already_leaves_the_version() {
    let mut desk = desk().agent("a1").ticket("t1");
    let before = desk.case("t1").version;
    desk.report("t1", Activity::AssignedTo(agent_id("a1")));
    assert_eq!(desk.case("t1").version, before);
}
