//! A closed ticket that wants work again.

use switchyard_domain::agent::Presence;
use switchyard_domain::desk::Activity;
use switchyard_domain::ids::TicketId;
use switchyard_domain::time::Span;

use crate::fixture::{Scene, agent_id, desk, has_room, minute, units};

/// `t1` was solved by `a2`, which is the dearer choice for anything else.
fn solved_by_a2() -> Scene {
    let mut desk = desk().agent("a1").agent_with("a2", |agent| agent.external_load = units(2.0));
    desk.triage("t1", |_| {});
    desk.assign("t1", "a2");
    desk.report("t1", Activity::Solved);
    desk
}

#[test]
fn a_reopened_ticket_goes_back_to_its_former_owner() {
    let mut desk = solved_by_a2();
    desk.report("t1", Activity::Reopened);
    assert_eq!(desk.owner("t1"), Some("a2"));
}

#[test]
fn a_reopened_ticket_never_goes_to_the_absent() {
    for presence in [Presence::Away, Presence::Offline] {
        let mut desk = solved_by_a2();
        desk.presence("a2", Some(presence));
        desk.report("t1", Activity::Reopened);
        assert_eq!(desk.owner("t1"), Some("a1"));
    }
    let mut desk = solved_by_a2();
    desk.replace_shifts("a2", &[(600, 700)]);
    desk.report("t1", Activity::Reopened);
    assert_eq!(desk.owner("t1"), Some("a1"));
}

#[test]
fn a_reopened_ticket_goes_past_a_full_former_owner() {
    let mut desk = solved_by_a2();
    desk.upsert("a2", |agent| has_room(agent, 0.5));
    desk.report("t1", Activity::Reopened);
    assert_eq!(desk.owner("t1"), Some("a1"));
}

#[test]
fn a_reopened_ticket_outlives_its_former_owner() {
    let mut desk = solved_by_a2();
    desk.act(switchyard_domain::desk::Action::RemoveAgent(agent_id("a2")));
    desk.report("t1", Activity::Reopened);
    assert_eq!(desk.owner("t1"), Some("a1"));
}

#[test]
fn a_ticket_closed_in_the_queue_keeps_the_agent_its_caller_named() {
    let mut desk = desk();
    desk.triage("t1", |ticket| ticket.wishes.last_agent = Some(agent_id("a2")));
    desk.report("t1", Activity::Solved);
    let mut desk = desk.agent("a1").agent_with("a2", |agent| agent.external_load = units(2.0));
    desk.report("t1", Activity::Reopened);
    assert_eq!(desk.owner("t1"), Some("a2"));
}

#[test]
fn a_closed_ticket_is_forgotten_after_its_time_and_a_reopened_one_is_not() {
    let mut desk = desk().policy(|p| p.closed_kept = Span::from_minutes(60)).agent("a1");
    for id in ["t1", "t2", "t3"] {
        desk.triage(id, |_| {});
        desk.report(id, Activity::Solved);
    }
    desk.now = minute(30);
    desk.report("t2", Activity::Reopened);
    desk.report("t3", Activity::Reopened);
    desk.report("t3", Activity::Solved);
    desk.now = minute(61);
    desk.triage("t4", |_| {});
    let known: Vec<_> = desk.desk.cases().keys().map(TicketId::as_str).collect();
    assert_eq!(known, ["t2", "t3", "t4"]);
}
