//! A person's decision always wins, and the desk never takes a ticket out of somebody's hands.

use switchyard_domain::agent::Presence;
use switchyard_domain::desk::event::{Event, Outcome};
use switchyard_domain::desk::{Action, Activity, Closing};
use switchyard_domain::skill::RequirementKind;

use crate::fixture::{agent_id, desk, has_room, requirement, ticket_id};

#[test]
fn a_person_assigns_above_capacity() {
    let mut desk = desk().agent_with("a1", |a| has_room(a, 1.0)).ticket("t1").ticket("t2");
    desk.assign("t2", "a1");
    assert_eq!(desk.owner("t2"), Some("a1"));
    let seat = desk.desk.roster().seat(&agent_id("a1")).expect("known");
    assert_eq!(seat.headroom_milli(), -1_000);
}

#[test]
fn an_agent_put_again_without_a_presence_keeps_the_one_that_was_reported() {
    let mut desk = desk().agent("a1");
    desk.presence("a1", Some(Presence::Away));
    desk.upsert("a1", |_| {});
    let kept = desk.desk.roster().seat(&agent_id("a1")).expect("known").agent().presence;
    assert_eq!(kept, Some(Presence::Away));
    desk.upsert("a1", |agent| agent.presence = Some(Presence::Online));
    let stated = desk.desk.roster().seat(&agent_id("a1")).expect("known").agent().presence;
    assert_eq!(stated, Some(Presence::Online));
}

#[test]
fn a_person_assigns_to_the_absent_and_the_unskilled() {
    let mut desk = desk().agent_with("a1", |a| a.presence = Some(Presence::Offline));
    desk.replace_shifts("a1", &[]);
    let asked = requirement("invoice", RequirementKind::Required, 5);
    desk.triage("t1", |ticket| ticket.wishes.requirements = Some(vec![asked]));
    desk.assign("t1", "a1");
    assert_eq!(desk.owner("t1"), Some("a1"));
}

#[test]
fn a_transfer_frees_the_former_owner() {
    let mut desk = desk()
        .agent_with("a1", |a| has_room(a, 1.0))
        .agent_with("a2", |a| has_room(a, 0.0))
        .ticket("t1")
        .ticket("t2");
    desk.report("t1", Activity::AssignedTo(agent_id("a2")));
    assert_eq!((desk.owner("t1"), desk.owner("t2")), (Some("a2"), Some("a1")));
}

#[test]
fn assigning_to_the_owner_again_changes_no_load() {
    let mut desk = desk().agent("a1").ticket("t1");
    desk.assign("t1", "a1");
    assert_eq!(desk.load("a1"), 1_000);
}

#[test]
fn a_second_triage_never_moves_an_owned_ticket() {
    let mut desk = desk().agent("a1").ticket("t1").agent("a0");
    desk.presence("a1", Some(Presence::Away));
    let events = desk.triage("t1", |ticket| {
        ticket.wishes.excluded.insert(agent_id("a1"));
    });
    let Some(Event::Decided(decision)) = events.last() else { panic!("a decision") };
    assert_eq!(decision.outcome, Outcome::Kept(agent_id("a1")));
    assert_eq!(decision.ranking.chosen(), Some(&agent_id("a0")), "it is suggested");
    assert_eq!(desk.owner("t1"), Some("a1"));
}

#[test]
fn an_adopted_ticket_keeps_its_owner_whatever_fits() {
    let mut desk = desk().agent_with("a1", |a| has_room(a, 0.0)).agent("a2");
    let events = desk.adopt("t1", |adoption| adoption.owner = Some(agent_id("a1")));
    assert_eq!(events.len(), 1, "the desk does not decide what people decided");
    desk.change_policy(|_| {});
    desk.triage("t1", |_| {});
    assert_eq!(desk.owner("t1"), Some("a1"));
    assert_eq!(desk.load("a1"), 1_000);
}

#[test]
fn an_adopted_ticket_without_owner_is_routed() {
    let mut desk = desk().agent("a1");
    desk.adopt("t1", |_| {});
    assert_eq!(desk.owner("t1"), Some("a1"));
}

#[test]
fn a_cancelled_ticket_frees_its_agent() {
    let mut desk = desk().agent_with("a1", |a| has_room(a, 1.0)).ticket("t1").ticket("t2");
    desk.act(Action::Close { ticket: ticket_id("t1"), closing: Closing::Cancelled });
    assert_eq!(desk.owner("t2"), Some("a1"));
}

#[test]
fn a_waiting_ticket_can_be_cancelled() {
    let mut desk = desk().ticket("t1");
    desk.act(Action::Close { ticket: ticket_id("t1"), closing: Closing::Cancelled });
    assert!(desk.queue().is_empty());
    assert!(!desk.case("t1").is_open());
}
