//! A desk brought back from a snapshot goes on as if nothing had happened.

use switchyard_domain::agent::Presence;
use switchyard_domain::desk::{Action, Activity, Desk, HoldReason};

use crate::fixture::{Scene, channel, desk, has_room, minute, ticket_id, units};
use crate::laws;

fn restored(scene: &Scene) -> Scene {
    let mut twin = Scene::over(Desk::restore(scene.desk.snapshot()));
    twin.now = scene.now;
    twin
}

#[test]
fn loads_by_channel_come_back() {
    let mut desk = desk().agent_with("a1", |agent| {
        has_room(agent, 9.0);
        agent.capacity.per_channel.insert(channel("chat"), units(1.5));
    });
    desk.triage("t1", |_| {});
    desk.report("t1", Activity::Held(HoldReason::Customer));
    desk.triage("t2", |_| {});
    let mut twin = restored(&desk);
    for desk in [&mut desk, &mut twin] {
        desk.triage("t3", |ticket| ticket.wishes.weight = Some(units(0.3)));
        assert_eq!(desk.queue(), ["t3"], "1.3 of 1.5 units are taken");
        desk.complete("t1");
        assert_eq!(desk.owner("t3"), Some("a1"));
    }
    laws::alike(&desk.desk, &twin.desk);
}

#[test]
fn a_shift_that_begins_while_nobody_looks_is_seen_after_the_return() {
    let mut desk = desk().agent("a1");
    desk.replace_shifts("a1", &[(30, 90)]);
    desk.triage("t1", |_| {});
    let mut twin = restored(&desk);
    assert_eq!(twin.desk.next_wake(), Some(minute(30)));
    twin.tick(40);
    assert_eq!(twin.owner("t1"), Some("a1"));
}

#[test]
fn the_longest_idle_is_remembered() {
    let mut desk = desk().agent("a1").agent("a2").ticket("t1");
    desk.complete("t1");
    let mut twin = restored(&desk);
    twin.triage("t2", |_| {});
    assert_eq!(twin.owner("t2"), Some("a2"));
}

#[test]
fn closed_tickets_are_forgotten_in_the_same_order() {
    let mut desk = desk().agent("a1").ticket("t2").ticket("t1");
    desk.complete("t2");
    desk.now = minute(60);
    desk.complete("t1");
    let mut twin = restored(&desk);
    for desk in [&mut desk, &mut twin] {
        desk.now = minute(7 * 24 * 60 + 1);
        desk.presence("a1", Some(Presence::Away));
        assert_eq!(desk.desk.case(&ticket_id("t2")), None);
        assert!(desk.desk.case(&ticket_id("t1")).is_some());
    }
}

#[test]
fn a_quiet_tick_leaves_no_trace() {
    let mut desk = desk().agent("a1").ticket("t1");
    let before = desk.desk.snapshot();
    desk.now = minute(500);
    assert!(desk.act(Action::Tick).is_empty());
    assert_eq!(desk.desk.snapshot(), before);
}
