//! The three clocks of a ticket through its life.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use switchyard_domain::Weekday;
use switchyard_domain::calendar::Calendar;
use switchyard_domain::desk::{Activity, HoldReason};
use switchyard_domain::hours::{Opening, WeeklyHours};
use switchyard_domain::priority::{Band, Part};
use switchyard_domain::sla::{Clock, SlaRule};
use switchyard_domain::ticket::Ticket;
use switchyard_domain::time::{Span, Timestamp, Zone};

use crate::fixture::{Scene, desk, minute};

const HOURS: i64 = 60;

/// First and next response within 15 minutes, resolution within 4 hours.
fn p1(ticket: &mut Ticket) {
    ticket.wishes.priority = Some(Band::P1);
}

fn one_p1() -> Scene {
    desk().agent("a1").ticket_with("t1", p1)
}

#[track_caller]
fn check(desk: &Scene, first: Clock, next: Clock, resolution: Clock) {
    let clocks = desk.case("t1").clocks;
    assert_eq!(clocks.first_response, first, "first response");
    assert_eq!(clocks.next_response, next, "next response");
    assert_eq!(clocks.resolution, resolution, "resolution");
}

fn running(target: i64, due: i64) -> Clock {
    Clock::Running { target: Span::from_minutes(target), due: minute(due) }
}

fn met(at: i64, in_time: bool) -> Clock {
    Clock::Met { at: minute(at), in_time }
}

#[test]
fn a_new_ticket_is_promised_a_reply_and_a_solution() {
    check(&one_p1(), running(15, 15), Clock::Idle, running(4 * HOURS, 4 * HOURS));
}

#[test]
fn a_reply_meets_the_first_response_in_time_or_late() {
    for (at, in_time) in [(15, true), (16, false)] {
        let mut desk = one_p1().at(at);
        desk.report("t1", Activity::AgentReply);
        check(&desk, met(at, in_time), Clock::Idle, running(4 * HOURS, 4 * HOURS));
    }
}

#[test]
fn a_message_after_the_first_reply_is_promised_the_next_one() {
    let mut desk = one_p1().at(5);
    desk.report("t1", Activity::CustomerMessage);
    assert_eq!(desk.case("t1").clocks.next_response, Clock::Idle, "the first is still due");
    desk.report("t1", Activity::AgentReply);
    desk.now = minute(20);
    desk.report("t1", Activity::CustomerMessage);
    desk.now = minute(25);
    desk.report("t1", Activity::CustomerMessage);
    check(&desk, met(5, true), running(15, 35), running(4 * HOURS, 4 * HOURS));
    desk.report("t1", Activity::AgentReply);
    assert_eq!(desk.case("t1").clocks.next_response, Clock::Idle);
}

#[test]
fn a_hold_stops_the_resolution_and_a_resumption_goes_on_where_it_stopped() {
    let mut desk = one_p1().at(60);
    desk.report("t1", Activity::Held(HoldReason::ThirdParty));
    let left = Span::from_minutes(3 * HOURS);
    let target = Span::from_minutes(4 * HOURS);
    assert_eq!(desk.case("t1").clocks.resolution, Clock::Paused { target, left });
    desk.now = minute(1_000);
    desk.report("t1", Activity::Resumed);
    check(&desk, running(15, 15), Clock::Idle, running(4 * HOURS, 1_000 + 3 * HOURS));
}

#[test]
fn a_promise_broken_before_a_hold_stays_broken_by_as_much() {
    let mut desk = one_p1().at(5 * HOURS);
    desk.report("t1", Activity::Held(HoldReason::Customer));
    desk.now = minute(9 * HOURS);
    desk.report("t1", Activity::Resumed);
    assert_eq!(desk.case("t1").clocks.resolution, running(4 * HOURS, 8 * HOURS));
}

#[test]
fn a_message_ends_a_wait_for_the_customer_and_no_other() {
    for (reason, ends) in [
        (HoldReason::Customer, true),
        (HoldReason::ThirdParty, false),
        (HoldReason::Internal, false),
    ] {
        let mut desk = one_p1().at(10);
        desk.report("t1", Activity::AgentReply);
        desk.report("t1", Activity::Held(reason));
        desk.now = minute(100);
        desk.report("t1", Activity::CustomerMessage);
        let case = desk.case("t1");
        assert_eq!(case.hold.is_none(), ends, "{reason:?}");
        assert_eq!(case.clocks.resolution.due().is_some(), ends, "{reason:?}");
        assert_eq!(case.clocks.next_response, running(15, 115), "the customer wants an answer");
    }
}

#[test]
fn a_solution_meets_what_is_left() {
    let mut desk = one_p1().at(20);
    desk.report("t1", Activity::Solved);
    check(&desk, met(20, false), Clock::Idle, met(20, true));
}

#[test]
fn a_reopened_ticket_has_a_whole_resolution_time_and_its_first_response_as_it_was() {
    let mut desk = one_p1().at(10);
    desk.report("t1", Activity::Solved);
    desk.now = minute(100);
    desk.report("t1", Activity::Reopened);
    check(&desk, met(10, true), Clock::Idle, running(4 * HOURS, 100 + 4 * HOURS));
}

#[test]
fn a_ticket_cancelled_by_mistake_is_promised_a_reply_again() {
    let mut desk = one_p1().at(10);
    let closing = switchyard_domain::desk::Closing::Cancelled;
    let ticket = crate::fixture::ticket_id("t1");
    desk.act(switchyard_domain::desk::Action::Close { ticket, closing });
    check(&desk, Clock::Idle, Clock::Idle, Clock::Idle);
    desk.now = minute(100);
    desk.report("t1", Activity::Reopened);
    check(&desk, running(15, 115), Clock::Idle, running(4 * HOURS, 100 + 4 * HOURS));
}

#[test]
fn a_hard_due_time_caps_the_resolution_through_hold_and_reopening() {
    let mut desk = desk().agent("a1").ticket_with("t1", |ticket| {
        p1(ticket);
        ticket.wishes.hard_due = Some(minute(120));
    });
    check(&desk, running(15, 15), Clock::Idle, running(120, 120));
    desk.report("t1", Activity::Held(HoldReason::Customer));
    desk.now = minute(60);
    desk.report("t1", Activity::Resumed);
    assert_eq!(desk.case("t1").clocks.resolution.due(), Some(minute(120)));
    desk.report("t1", Activity::Solved);
    desk.report("t1", Activity::Reopened);
    assert_eq!(desk.case("t1").clocks.resolution, running(60, 120));
}

#[test]
fn a_hard_due_time_in_the_past_is_broken_at_once() {
    let desk = desk().agent("a1").ticket_with("t1", |ticket| {
        ticket.wishes.hard_due = Some(minute(-60));
    });
    assert_eq!(desk.case("t1").clocks.resolution, running(0, -60));
    assert_eq!(desk.case("t1").clocks.pressure_permille(desk.now), 1_000);
}

#[test]
fn only_business_hours_count() {
    let mut weekly = WeeklyHours::default();
    let opening = Opening::parse("09:00", "18:00").expect("valid");
    for day in [Weekday::Wednesday, Weekday::Thursday] {
        weekly.open(day, opening);
    }
    let zone = Zone::named("Asia/Shanghai").expect("known");
    let office = Calendar::new(zone, weekly, &BTreeSet::new(), BTreeMap::new()).expect("open");
    let mut desk = desk()
        .policy(|policy| policy.sla = vec![SlaRule::everyone(Arc::new(office))])
        .agent("a1")
        .at(6 * HOURS)
        .ticket_with("t1", |ticket| {
            p1(ticket);
            ticket.opened_at = minute(6 * HOURS);
        });
    let due = |desk: &Scene| desk.case("t1").clocks.resolution.due();
    assert_eq!(due(&desk), Timestamp::parse("2026-06-04T12:00:00+08:00"));
    // Held over the night: the hour from nine to ten is left.
    desk.report("t1", Activity::Held(HoldReason::Customer));
    desk.now = Timestamp::parse("2026-06-04T17:00:00+08:00").expect("an instant");
    desk.report("t1", Activity::Resumed);
    assert_eq!(due(&desk), Timestamp::parse("2026-06-10T12:00:00+08:00"));
}

#[test]
fn without_a_rule_any_more_a_promise_goes_on_in_wall_time() {
    let mut desk = one_p1().at(60);
    desk.report("t1", Activity::Held(HoldReason::Customer));
    desk.change_policy(|policy| policy.sla.clear());
    desk.now = minute(1_000);
    desk.report("t1", Activity::Resumed);
    let due = 1_000 + 3 * HOURS;
    check(&desk, running(15, 15), Clock::Idle, running(4 * HOURS, due));
    desk.now = minute(due - 30);
    desk.report("t1", Activity::Held(HoldReason::Customer));
    desk.now = minute(due);
    desk.report("t1", Activity::CustomerMessage);
    check(&desk, running(15, 15), Clock::Idle, running(4 * HOURS, due + 30));
}

#[test]
fn an_adopted_ticket_brings_its_first_reply_and_its_hold() {
    let mut desk = desk().at(60);
    desk.adopt("t1", |adoption| {
        p1(Arc::make_mut(&mut adoption.ticket));
        adoption.first_replied_at = Some(minute(10));
        adoption.hold = Some(HoldReason::Customer);
    });
    let (target, left) = (Span::from_hours(4), Span::from_hours(3));
    check(&desk, met(10, true), Clock::Idle, Clock::Paused { target, left });
}

#[test]
fn what_is_adopted_late_is_promised_what_it_was_when_opened() {
    let mut desk = desk().at(40 * 24 * HOURS);
    desk.adopt("t1", |_| {});
    check(&desk, running(8 * HOURS, 8 * HOURS), Clock::Idle, running(72 * HOURS, 72 * HOURS));
    assert_eq!(desk.case("t1").priority.band, Band::P1, "old tickets are urgent, not re-promised");
}

/// Nothing is promised by rule; `t1` must be solved within two hours all the same.
fn due_by_its_caller_alone() -> Scene {
    let desk = desk().policy(|policy| policy.sla.clear()).agent("a1");
    desk.ticket_with("t1", |ticket| ticket.wishes.hard_due = Some(minute(120)))
}

#[test]
fn a_hard_due_time_without_a_rule_is_a_promise_of_its_own() {
    let mut desk = due_by_its_caller_alone();
    check(&desk, Clock::Idle, Clock::Idle, running(120, 120));
    let slack = |desk: &Scene, at| {
        desk.case("t1").priority_at(desk.desk.policy(), minute(at)).parts[Part::Slack as usize]
    };
    assert_eq!([60, 90, 120].map(|at| slack(&desk, at)), [0, 7_500, 15_000]);
    desk.now = minute(121);
    desk.report("t1", Activity::Solved);
    check(&desk, Clock::Idle, Clock::Idle, met(121, false));
}

#[test]
fn no_hold_and_no_reopening_moves_a_hard_due_time() {
    let mut desk = due_by_its_caller_alone().at(30);
    desk.report("t1", Activity::Held(HoldReason::Internal));
    let left = Span::from_minutes(90);
    let target = Span::from_minutes(120);
    assert_eq!(desk.case("t1").clocks.resolution, Clock::Paused { target, left });
    for back_at in [60, 200] {
        desk.now = minute(back_at);
        desk.report("t1", Activity::Resumed);
        check(&desk, Clock::Idle, Clock::Idle, running(120, 120));
        desk.report("t1", Activity::Held(HoldReason::Internal));
    }
    let mut desk = due_by_its_caller_alone().at(30);
    desk.report("t1", Activity::Solved);
    desk.report("t1", Activity::Reopened);
    check(&desk, Clock::Idle, Clock::Idle, running(90, 120));
}

#[test]
fn a_hard_due_time_that_is_put_off_or_dropped_is_so_whatever_happened_before() {
    let changed = |mut desk: Scene, hard_due: Option<Timestamp>| {
        desk.triage("t1", |ticket| ticket.wishes.hard_due = hard_due);
        desk
    };
    let (held, reopened) = (
        |desk: &mut Scene| drop(desk.report("t1", Activity::Held(HoldReason::Internal))),
        |desk: &mut Scene| {
            desk.report("t1", Activity::Solved);
            desk.report("t1", Activity::Reopened);
        },
    );
    for before in [|_: &mut Scene| {}, held, reopened] {
        for due in [None, Some(minute(60)), Some(minute(300))] {
            let mut desk = due_by_its_caller_alone().at(30);
            before(&mut desk);
            let mut desk = changed(desk, due).at(40);
            desk.report("t1", Activity::Resumed);
            assert_eq!(desk.case("t1").clocks.resolution.due(), due);
        }
    }
}

#[test]
fn a_reopened_ticket_that_nothing_is_promised_of_has_no_clock_of_its_former_life() {
    let mut desk = one_p1().at(10);
    desk.report("t1", Activity::Solved);
    desk.change_policy(|policy| policy.sla.clear());
    desk.report("t1", Activity::Reopened);
    check(&desk, met(10, true), Clock::Idle, Clock::Idle);
}
