//! Nobody is eligible: the ticket waits, is never lost, and is given at once when somebody is.

use switchyard_domain::agent::Presence;
use switchyard_domain::desk::event::{Decision, Outcome};
use switchyard_domain::desk::{Activity, Event, HoldReason, Phase, Trigger};
use switchyard_domain::load::Load;
use switchyard_domain::skill::RequirementKind;

use crate::fixture::{desk, has_room, held, minute, requirement, skill_id, units};

fn decisions(events: &[Event]) -> Vec<&Decision> {
    let mut decisions = Vec::new();
    for event in events {
        if let Event::Decided(decision) = event {
            decisions.push(&**decision);
        }
    }
    decisions
}

#[test]
fn a_ticket_for_nobody_waits_with_its_reasons() {
    let mut desk = desk().agent_with("a1", |agent| agent.presence = Some(Presence::Away));
    let events = desk.triage("t1", |_| {});
    let [decision] = decisions(&events)[..] else { panic!("one decision") };
    assert_eq!(decision.outcome, Outcome::Queued);
    assert_eq!(decision.ranking.excluded.iter().collect::<Vec<_>>(), [("AWAY", 1)]);
    assert_eq!(desk.case("t1").phase, Phase::Queued { since: minute(0) });
    assert_eq!(desk.queue(), ["t1"]);
}

#[test]
fn a_completion_gives_the_next_ticket_at_once() {
    let mut desk = desk().agent_with("a1", |agent| has_room(agent, 1.0));
    desk.triage("t1", |_| {});
    desk.triage("t2", |_| {});
    assert_eq!(desk.owner("t2"), None);
    let events = desk.complete("t1");
    assert_eq!(decisions(&events)[0].trigger, Trigger::Freed);
    assert_eq!(desk.owner("t2"), Some("a1"));
}

#[test]
fn a_hold_gives_the_room_it_frees() {
    let mut desk = desk().agent_with("a1", |agent| has_room(agent, 1.3)).ticket("t1").ticket("t2");
    desk.report("t1", Activity::Held(HoldReason::Customer));
    assert_eq!(desk.owner("t2"), Some("a1"));
    assert_eq!(desk.load("a1"), 1_300);
}

#[test]
fn presence_gives_what_waited_for_it() {
    let mut desk =
        desk().agent_with("a1", |agent| agent.presence = Some(Presence::Offline)).ticket("t1");
    desk.presence("a1", Some(Presence::Away));
    assert_eq!(desk.owner("t1"), None);
    desk.presence("a1", None);
    assert_eq!(desk.owner("t1"), Some("a1"));
}

#[test]
fn replaced_shifts_give_what_waited_for_them() {
    let mut desk = desk().agent("a1");
    desk.replace_shifts("a1", &[]);
    desk.triage("t1", |_| {});
    assert_eq!(desk.owner("t1"), None);
    desk.replace_shifts("a1", &[(0, 60)]);
    assert_eq!(desk.owner("t1"), Some("a1"));
}

#[test]
fn a_policy_gives_what_its_limits_allow() {
    let mut desk = desk()
        .policy(|policy| policy.routing.default_capacity = Load::ZERO)
        .agent("a1")
        .ticket("t1");
    assert_eq!(desk.owner("t1"), None);
    desk.change_policy(|policy| policy.routing.default_capacity = units(1.0));
    assert_eq!(desk.owner("t1"), Some("a1"));
}

#[test]
fn an_agent_who_joins_gets_what_waited() {
    let mut desk = desk().ticket("t1").ticket("t2");
    desk.upsert("a1", |agent| has_room(agent, 1.0));
    assert_eq!((desk.owner("t1"), desk.owner("t2")), (Some("a1"), None));
    desk.upsert("a1", |agent| has_room(agent, 2.0));
    assert_eq!(desk.owner("t2"), Some("a1"));
}

#[test]
fn less_work_elsewhere_makes_room() {
    let mut desk = desk().agent_with("a1", |agent| agent.external_load = units(5.0)).ticket("t1");
    assert_eq!(desk.owner("t1"), None);
    desk.upsert("a1", |agent| agent.external_load = units(4.0));
    assert_eq!(desk.owner("t1"), Some("a1"));
}

#[test]
fn a_shift_start_wakes_the_desk_exactly_then() {
    let mut desk = desk().agent("a1");
    desk.replace_shifts("a1", &[(30, 90)]);
    assert_eq!(desk.desk.next_wake(), None, "nothing waits");
    desk.triage("t1", |_| {});
    assert_eq!(desk.desk.next_wake(), Some(minute(30)));
    desk.tick(29);
    assert_eq!(desk.owner("t1"), None);
    desk.tick(30);
    assert_eq!(desk.owner("t1"), Some("a1"));
    assert_eq!(desk.desk.next_wake(), None);
}

#[test]
fn a_queue_without_any_shift_ahead_has_nothing_to_wake_for() {
    let mut desk = desk().agent("a1");
    desk.replace_shifts("a1", &[]);
    desk.triage("t1", |_| {});
    assert_eq!(desk.desk.next_wake(), None);
}

#[test]
fn a_freed_agent_gets_only_what_fits() {
    let mut desk = desk().agent_with("a1", |agent| {
        has_room(agent, 2.0);
        agent.skills.insert(skill_id("invoice"), held(2));
    });
    desk.triage("busy", |ticket| ticket.wishes.weight = Some(units(2.0)));
    let too_hard = requirement("invoice", RequirementKind::Required, 3);
    desk.triage("hard", |ticket| ticket.wishes.requirements = Some(vec![too_hard]));
    desk.triage("heavy", |ticket| ticket.wishes.weight = Some(units(3.0)));
    desk.triage("light", |ticket| ticket.wishes.weight = Some(units(1.5)));
    desk.triage("small", |ticket| ticket.wishes.weight = Some(units(0.5)));
    desk.complete("busy");
    assert_eq!((desk.owner("light"), desk.owner("small")), (Some("a1"), Some("a1")));
    assert_eq!(desk.queue(), ["hard", "heavy"]);
}

#[test]
fn the_oldest_wait_is_told() {
    let desk = desk().ticket("t1").at(5).ticket("t2");
    assert_eq!(desk.desk.oldest_queued_since(), Some(minute(0)));
}
