//! Reports that come late, out of order, or from a clock that is ahead.

use switchyard_domain::desk::{Action, Activity, HoldReason, Report};
use switchyard_domain::priority::Band;
use switchyard_domain::sla::Clock;
use switchyard_domain::time::Span;

use crate::fixture::{Scene, desk, minute, ticket_id};

/// Answered after five minutes; the next answer is due a quarter of an hour after it is asked for.
fn answered() -> Scene {
    let p1 = Some(Band::P1);
    let desk = desk().agent("a1").ticket_with("t1", |ticket| ticket.wishes.priority = p1);
    let mut desk = desk.at(5);
    desk.report("t1", Activity::AgentReply);
    desk
}

/// What happened at a minute is told only now.
fn told_late(desk: &mut Scene, activity: Activity, happened: i64) {
    let report = Report::now(ticket_id("t1"), activity, 0);
    desk.act(Action::Report(Report { happened_at: Some(minute(happened)), ..report }.into()));
}

#[test]
fn what_a_clock_that_is_ahead_reports_is_taken_as_now() {
    let mut desk = answered().at(10);
    told_late(&mut desk, Activity::Held(HoldReason::Internal), 70);
    assert_eq!(desk.case("t1").latest.held_at, Some(minute(10)));
    desk.now = minute(20);
    desk.report("t1", Activity::Resumed);
    assert_eq!(desk.case("t1").hold, None, "nothing is held until its clock is caught up with");
}

#[test]
fn what_is_told_of_before_the_opening_is_taken_as_the_opening() {
    let mut desk = answered();
    told_late(&mut desk, Activity::Held(HoldReason::Internal), -60);
    assert_eq!(desk.case("t1").latest.held_at, Some(minute(0)));
}

#[test]
fn a_hold_that_is_over_already_stops_no_clock() {
    let mut desk = answered().at(30);
    desk.report("t1", Activity::Held(HoldReason::ThirdParty));
    desk.now = minute(40);
    desk.report("t1", Activity::CustomerMessage);
    let due = Clock::Running { target: Span::from_minutes(15), due: minute(55) };
    assert_eq!(
        desk.case("t1").clocks.next_response,
        due,
        "a third party keeps no customer waiting"
    );
    told_late(&mut desk, Activity::Held(HoldReason::Internal), 20);
    assert_eq!(desk.case("t1").hold, Some(HoldReason::ThirdParty), "it came before this one");
    assert_eq!(desk.case("t1").clocks.next_response, due);
}

#[test]
fn a_wait_for_the_customer_told_of_after_the_customers_answer_is_over() {
    let mut in_order = answered().at(20);
    in_order.report("t1", Activity::Held(HoldReason::Customer));
    in_order.now = minute(50);
    in_order.report("t1", Activity::CustomerMessage);
    let mut late = answered().at(50);
    late.report("t1", Activity::CustomerMessage);
    told_late(&mut late, Activity::Held(HoldReason::Customer), 20);
    assert_eq!(late.case("t1").hold, None);
    assert_eq!(late.case("t1").clocks, in_order.case("t1").clocks);
    assert_eq!(late.case("t1").latest, in_order.case("t1").latest);
}
