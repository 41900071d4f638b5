//! A closed ticket that wants work again.

use std::sync::Arc;
use switchyard_domain::desk::Report;

use switchyard_domain::agent::Presence;
use switchyard_domain::desk::event::Trigger;
use switchyard_domain::desk::{Action, Activity, Closing, Event, Refusal};
use switchyard_domain::ids::TicketId;
use switchyard_domain::time::Span;

use crate::fixture::{Scene, agent_id, desk, has_room, minute, ticket, ticket_id, units};

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
    desk.act(Action::RemoveAgent(agent_id("a2")));
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

/// `t1` was closed at the start and is kept for an hour; `t2` waits for the shift that begins at two hours.
fn past_the_keep_time() -> Scene {
    let mut desk = desk().policy(|p| p.closed_kept = Span::from_minutes(60)).agent("a1");
    desk.triage("t1", |_| {});
    desk.report("t1", Activity::Solved);
    desk.replace_shifts("a1", &[(120, 300)]);
    desk.triage("t2", |_| {});
    desk.at(120)
}

#[test]
fn a_ticket_past_its_keep_time_is_unknown_however_long_nothing_happened() {
    let (ticket, agent) = (ticket_id("t1"), agent_id("a1"));
    let report = |activity| Action::Report(Report::now(ticket.clone(), activity, 0).into());
    for action in [
        report(Activity::Reopened),
        report(Activity::CustomerMessage),
        report(Activity::Solved),
        Action::Assign { ticket: ticket.clone(), agent },
        Action::Close { ticket: ticket.clone(), closing: Closing::Cancelled },
    ] {
        let mut desk = past_the_keep_time();
        assert_eq!(desk.refused(action), Refusal::UnknownTicket(ticket.clone()));
        desk.act(Action::Tick);
        assert_eq!(desk.owner("t2"), Some("a1"), "a refusal swallows no shift start");
    }
}

#[test]
fn a_ticket_is_known_up_to_the_end_of_its_keep_time() {
    let mut desk = past_the_keep_time().at(60);
    desk.report("t1", Activity::Reopened);
    assert!(desk.case("t1").is_open());
}

#[test]
fn a_ticket_past_its_keep_time_comes_in_as_a_new_one() {
    let mut desk = past_the_keep_time();
    let events = desk.triage("t1", |ticket| ticket.opened_at = minute(120));
    let triggers: Vec<_> = (events.iter())
        .filter_map(|event| match event {
            Event::Decided(decision) => Some((decision.ticket.as_str(), decision.trigger)),
            _ => None,
        })
        .collect();
    assert_eq!(triggers, [("t2", Trigger::Freed), ("t1", Trigger::Triage)]);
    let case = desk.case("t1");
    assert_eq!((case.version, case.decision_seq), (case.triaged_seq + 1, case.triaged_seq + 1));
    assert_eq!(case.clocks.first_response.due(), Some(minute(600)));
}

#[test]
fn a_ticket_past_its_keep_time_is_adopted_and_advised_on_as_a_new_one() {
    let mut desk = past_the_keep_time();
    let mut advised = ticket("t1");
    advised.opened_at = minute(120);
    let events = desk.act(Action::Advise { ticket: Arc::new(advised), source_revision: 0 });
    let Some(Event::TicketAdvised { intake, .. }) = events.last() else { panic!("advice last") };
    assert_eq!(intake.clocks.first_response.due(), Some(minute(600)));
    let mut desk = past_the_keep_time();
    desk.adopt("t1", |_| {});
    assert_eq!(desk.owner("t1"), Some("a1"));
}
