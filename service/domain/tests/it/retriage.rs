//! The same ticket again, with other text or facts.

use std::sync::Arc;
use switchyard_domain::desk::Reach;
use switchyard_domain::desk::Report;

use switchyard_domain::assessment::Urgency;
use switchyard_domain::desk::{Action, Activity, HoldReason};
use switchyard_domain::priority::Band;
use switchyard_domain::sla::{Clock, Clocks};
use switchyard_domain::ticket::{Ticket, Tier};
use switchyard_domain::time::Span;

use crate::fixture::{Scene, channel, desk, has_room, judged, minute, ticket, ticket_id, units};

fn critical(ticket: &mut Ticket) {
    Arc::make_mut(&mut ticket.assessment).urgency = judged(Urgency::Critical);
}

fn clocks(desk: &Scene) -> Clocks {
    desk.case("t1").clocks
}

#[test]
fn a_lighter_ticket_frees_its_owner() {
    let mut desk = desk().agent_with("a1", |agent| has_room(agent, 2.0));
    desk.triage("t1", |ticket| ticket.wishes.weight = Some(units(2.0)));
    desk.triage("t2", |_| {});
    desk.triage("t1", |_| {});
    assert_eq!(desk.owner("t2"), Some("a1"));
}

#[test]
fn another_channel_frees_the_former_ones_share() {
    let mut desk = desk().agent_with("a1", |agent| {
        agent.capacity.per_channel.insert(channel("phone"), units(1.0));
    });
    desk.triage("t1", |ticket| ticket.channel = channel("phone"));
    desk.triage("t2", |ticket| ticket.channel = channel("phone"));
    desk.triage("t1", |_| {});
    assert_eq!(desk.owner("t2"), Some("a1"));
    desk.complete("t1");
    desk.complete("t2");
    assert_eq!(desk.load("a1"), 0);
}

#[test]
fn a_held_ticket_stays_held_and_weighs_its_share_of_the_new_weight() {
    let mut desk = desk().agent("a1").ticket("t1");
    desk.report("t1", Activity::Held(HoldReason::Customer));
    desk.triage("t1", |ticket| ticket.wishes.weight = Some(units(2.0)));
    assert_eq!(desk.load("a1"), 600);
    desk.complete("t1");
    assert_eq!(desk.load("a1"), 0);
}

#[test]
fn a_waiting_ticket_that_asks_for_less_is_given_at_once() {
    let mut desk = desk().agent_with("a1", |agent| has_room(agent, 1.0));
    desk.triage("t1", |ticket| ticket.wishes.weight = Some(units(2.0)));
    desk.triage("t1", |_| {});
    assert_eq!(desk.owner("t1"), Some("a1"));
}

#[test]
fn an_unchanged_ticket_keeps_its_promises_however_old_it_is() {
    for minutes in [100, 479, 481, 2_400, 40_000] {
        let mut desk = desk().agent("a1").ticket("t1").at(minutes);
        let promised = clocks(&desk);
        desk.triage("t1", |_| {});
        assert_eq!(clocks(&desk), promised, "after {minutes} minutes");
    }
}

#[test]
fn a_graver_ticket_is_promised_more() {
    let mut desk = desk().agent("a1").ticket("t1");
    assert_eq!(clocks(&desk).first_response.due(), Some(minute(8 * 60)));
    desk.now = minute(10);
    desk.triage("t1", critical);
    assert_eq!(desk.case("t1").priority.band, Band::P2);
    assert_eq!(clocks(&desk).first_response.due(), Some(minute(60)));
    assert_eq!(clocks(&desk).resolution.due(), Some(minute(8 * 60)));
}

#[test]
fn time_spent_on_hold_is_not_taken_back() {
    let mut desk = desk().agent("a1").ticket("t1");
    desk.report("t1", Activity::Held(HoldReason::Customer));
    desk.now = minute(10_000);
    desk.report("t1", Activity::Resumed);
    let resolution = clocks(&desk).resolution;
    desk.triage("t1", critical);
    assert_eq!(clocks(&desk).resolution, resolution);
}

#[test]
fn a_hard_due_time_that_is_stated_later_still_caps() {
    let mut desk = desk().agent("a1").ticket("t1");
    desk.triage("t1", |ticket| ticket.wishes.hard_due = Some(minute(90)));
    assert_eq!(clocks(&desk).resolution.due(), Some(minute(90)));
}

#[test]
fn an_older_revision_changes_nothing() {
    let mut desk = desk().agent("a1");
    let mut at_revision = |source_revision, change: fn(&mut Ticket)| {
        let mut ticket = ticket("t1");
        change(&mut ticket);
        desk.act(Action::Triage { ticket: Arc::new(ticket), source_revision, reach: Reach::Assign })
    };
    assert_eq!(at_revision(7, |_| {}).len(), 2);
    assert!(at_revision(6, critical).is_empty());
    assert_eq!(at_revision(7, critical).len(), 2, "the same revision is not older");
    assert_eq!(at_revision(0, |_| {}).len(), 2, "an unknown revision is never old");
    for activity in [
        Activity::Solved,
        Activity::AgentReply,
        Activity::AssignedTo(crate::fixture::agent_id("nobody")),
        Activity::Reopened,
        Activity::Held(HoldReason::Customer),
    ] {
        let before = desk.desk.snapshot();
        let report = Action::Report(Report::now(ticket_id("t1"), activity, 6).into());
        assert!(desk.act(report).is_empty());
        assert_eq!(desk.desk.snapshot(), before);
    }
}

fn vip(ticket: &mut Ticket) {
    ticket.customer.tier = Tier::Vip;
}

/// Only VIPs are promised anything (they are P3 at least), and `t1` came in as somebody else's.
fn promised_nothing() -> Scene {
    let mut desk = desk().policy(|policy| policy.sla[0].tier = Some(Tier::Vip)).agent("a1");
    desk.triage("t1", |_| {});
    assert_eq!(clocks(&desk), Clocks::IDLE);
    desk.at(60)
}

#[test]
fn a_ticket_that_turns_out_to_be_a_vips_is_promised_what_vips_are() {
    let mut desk = promised_nothing();
    desk.triage("t1", vip);
    assert_eq!(clocks(&desk).first_response.due(), Some(minute(4 * 60)));
    assert_eq!(clocks(&desk).resolution.due(), Some(minute(24 * 60)));
    desk.triage("t1", |_| {});
    assert_eq!(clocks(&desk), Clocks::IDLE);
}

#[test]
fn a_promise_that_begins_on_hold_stands_still() {
    let mut desk = promised_nothing();
    desk.report("t1", Activity::Held(HoldReason::ThirdParty));
    desk.triage("t1", vip);
    let (target, left) = (Span::from_hours(24), Span::from_hours(23));
    assert_eq!(clocks(&desk).resolution, Clock::Paused { target, left });
    assert_eq!(clocks(&desk).first_response.due(), Some(minute(4 * 60)), "never stands still");
}

#[test]
fn a_reply_given_before_it_was_promised_is_on_record() {
    let mut desk = promised_nothing();
    desk.report("t1", Activity::AgentReply);
    desk.triage("t1", vip);
    assert_eq!(clocks(&desk).first_response, Clock::Met { at: minute(60), in_time: true });
    desk.report("t1", Activity::CustomerMessage);
    assert_eq!(clocks(&desk).next_response.due(), Some(minute(5 * 60)));
}
