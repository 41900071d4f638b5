//! Times and numbers at the end of what can be written down.

use std::time::{Duration, Instant};

use switchyard_domain::desk::{Activity, HoldReason};
use switchyard_domain::load::Load;
use switchyard_domain::priority::MilliPoints;
use switchyard_domain::routing::CostWeights;
use switchyard_domain::skill::RequirementKind;
use switchyard_domain::time::{Span, Timestamp};

use crate::fixture::{desk, minute, requirement, units};

#[test]
fn a_ticket_opened_at_the_ends_of_time_lives_as_any_other() {
    for (opened_at, has_rule) in [Timestamp::MIN, Timestamp::MAX]
        .into_iter()
        .flat_map(|opened_at| [true, false].map(|has_rule| (opened_at, has_rule)))
    {
        let began = Instant::now();
        let mut desk = desk().agent("a1");
        if !has_rule {
            desk.change_policy(|policy| policy.sla.clear());
        }
        desk.triage("t1", |ticket| {
            ticket.opened_at = opened_at;
            ticket.wishes.hard_due = Some(Timestamp::MAX);
        });
        for activity in [
            Activity::Held(HoldReason::Customer),
            Activity::Resumed,
            Activity::AgentReply,
            Activity::CustomerMessage,
            Activity::Solved,
            Activity::Reopened,
        ] {
            desk.report("t1", activity);
        }
        assert_eq!(desk.owner("t1"), Some("a1"));
        // Business time is walked day by day; thousands of years of it would take seconds.
        assert!(began.elapsed() < Duration::from_millis(500), "{:?}", began.elapsed());
    }
}

#[test]
fn the_desk_works_at_the_ends_of_time() {
    for now in [Timestamp::MIN, Timestamp::MAX] {
        let mut desk = desk();
        desk.now = now;
        let mut desk = desk.agent("a1").ticket("t1");
        desk.report("t1", Activity::Held(HoldReason::Customer));
        desk.complete("t1");
        assert_eq!(desk.load("a1"), 0);
    }
}

#[test]
fn an_absurd_policy_overflows_nothing() {
    let mut desk = desk()
        .policy(|policy| {
            policy.routing.weights = CostWeights([i32::MAX; 7]);
            policy.routing.held_permille = u32::MAX;
            policy.routing.min_shift_left = Span::from_millis(i64::MIN);
            policy.priority.urgency = MilliPoints::MAX;
            policy.priority.slack = MilliPoints::MAX;
            policy.priority.age_per_hour = MilliPoints::MAX;
            policy.priority.band_floors = [MilliPoints::MAX, MilliPoints::MAX, 0];
            policy.sla[0].targets[0].resolution = Span::from_millis(i64::MAX);
            policy.sla[0].targets[1].first_response = Span::from_millis(i64::MIN);
            policy.closed_kept = Span::from_hours(i64::MAX);
        })
        .agent("a1")
        .at(60);
    desk.triage("t1", |ticket| {
        let mut asked = requirement("x", RequirementKind::Preferred, 5);
        asked.weight_permille = u32::MAX;
        ticket.wishes.requirements = Some(vec![asked]);
        ticket.customer.complaints_90d = u32::MAX;
        ticket.customer.tickets_90d = u32::MAX;
    });
    desk.triage("t2", |ticket| {
        ticket.opened_at = Timestamp::MIN;
        ticket.wishes.weight = Some(Load::from_milli(u32::MAX));
    });
    desk.report("t1", Activity::Held(HoldReason::Customer));
    assert_eq!(desk.load("a1"), 1_000);
    assert_eq!(desk.queue(), ["t2"]);
}

#[test]
fn a_limit_of_nothing_takes_nothing() {
    let desk = desk()
        .agent_with("a1", |agent| {
            agent.capacity.total = Some(Load::ZERO);
            agent.external_load = units(100_000.0);
        })
        .ticket("t1");
    assert_eq!(desk.owner("t1"), None);
    assert_eq!(desk.case("t1").priority.parts.iter().min(), Some(&0));
    assert_eq!(minute(0) - Timestamp::MAX, -(Timestamp::MAX - minute(0)));
}
