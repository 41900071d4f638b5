//! How much an agent may have: by all, by channel, with work elsewhere, exactly.

use switchyard_domain::desk::{Activity, HoldReason};
use switchyard_domain::load::Load;

use crate::fixture::{Scene, agent_id, channel, desk, has_room, units};

fn headroom(desk: &Scene, agent: &str) -> i64 {
    desk.desk.roster().seat(&agent_id(agent)).expect("known").headroom_milli()
}

#[test]
fn an_agent_at_capacity_is_never_chosen() {
    let desk = desk()
        .agent_with("a1", |agent| has_room(agent, 2.0))
        .ticket("t1")
        .ticket("t2")
        .ticket("t3");
    assert_eq!(desk.load("a1"), 2_000);
    assert_eq!(desk.queue(), ["t3"]);
}

#[test]
fn without_a_stated_limit_the_policys_holds() {
    let mut desk = desk().policy(|p| p.routing.default_capacity = units(1.0)).agent("a1");
    desk.triage("t1", |_| {});
    desk.triage("t2", |_| {});
    assert_eq!(desk.owner("t2"), None);
}

#[test]
fn a_channel_has_its_own_limit_within_the_whole() {
    let mut desk = desk().agent_with("a1", |agent| {
        has_room(agent, 3.0);
        agent.capacity.per_channel.insert(channel("phone"), units(1.0));
    });
    for (id, by) in [("p1", "phone"), ("p2", "phone"), ("c1", "chat"), ("c2", "chat")] {
        desk.triage(id, |ticket| ticket.channel = channel(by));
    }
    assert_eq!(desk.queue(), ["p2"]);
    desk.complete("p1");
    assert_eq!(desk.owner("p2"), Some("a1"));
}

#[test]
fn a_channels_weight_counts_and_a_tickets_own_beats_it() {
    let mut desk = desk()
        .policy(|p| {
            p.routing.channel_weights.insert(channel("phone"), units(2.5));
        })
        .agent("a1");
    desk.triage("t1", |ticket| ticket.channel = channel("phone"));
    assert_eq!(desk.load("a1"), 2_500);
    desk.triage("t2", |ticket| {
        ticket.channel = channel("phone");
        ticket.wishes.weight = Some(units(0.25));
    });
    assert_eq!(desk.load("a1"), 2_750);
}

#[test]
fn work_elsewhere_takes_room() {
    let desk = desk()
        .agent_with("a1", |agent| {
            has_room(agent, 2.0);
            agent.external_load = units(1.5);
        })
        .ticket("t1");
    assert_eq!(desk.owner("t1"), None);
}

#[test]
fn a_held_ticket_weighs_its_share_and_all_again_after() {
    let mut desk = desk().agent("a1").ticket("t1");
    desk.report("t1", Activity::Held(HoldReason::Customer));
    assert_eq!(desk.load("a1"), 300);
    desk.report("t1", Activity::Held(HoldReason::Internal));
    assert_eq!(desk.load("a1"), 300);
    desk.report("t1", Activity::Resumed);
    assert_eq!(desk.load("a1"), 1_000);
}

#[test]
fn a_policy_reweighs_what_is_held_and_what_is_owned() {
    let mut desk = desk().agent("a1").ticket("t1").ticket("t2");
    desk.report("t1", Activity::Held(HoldReason::Customer));
    desk.change_policy(|policy| policy.routing.held_permille = 500);
    assert_eq!(desk.load("a1"), 1_500);
    desk.change_policy(|p| {
        p.routing.channel_weights.insert(channel("chat"), units(2.0));
    });
    assert_eq!(desk.load("a1"), 3_000);
    desk.complete("t1");
    desk.complete("t2");
    assert_eq!(desk.load("a1"), 0);
}

#[test]
fn a_waiting_ticket_is_given_by_its_weight_under_the_policy_in_force() {
    let mut desk = desk()
        .policy(|p| {
            p.routing.channel_weights.insert(channel("chat"), units(4.0));
        })
        .agent_with("a1", |agent| has_room(agent, 2.0))
        .ticket("t1");
    desk.change_policy(|p| p.routing.channel_weights.clear());
    assert_eq!(desk.owner("t1"), Some("a1"));
    assert_eq!(desk.load("a1"), 1_000);
}

#[test]
fn a_held_share_above_the_whole_is_the_whole() {
    let mut desk = desk().policy(|p| p.routing.held_permille = 9_000).agent("a1").ticket("t1");
    desk.report("t1", Activity::Held(HoldReason::Customer));
    assert_eq!(desk.load("a1"), 1_000);
}

#[test]
fn after_the_last_ticket_only_the_work_elsewhere_is_left() {
    let mut desk = desk().agent_with("a1", |agent| {
        has_room(agent, 50.0);
        agent.external_load = Load::from_milli(333);
    });
    let ids: Vec<String> = (0..20).map(|n| format!("t{n}")).collect();
    for (n, id) in ids.iter().enumerate() {
        desk.triage(id, |ticket| ticket.wishes.weight = Some(Load::from_milli(7 * n as u32 + 1)));
        if n % 3 == 0 {
            desk.report(id, Activity::Held(HoldReason::Customer));
        }
    }
    desk.change_policy(|policy| policy.routing.held_permille = 777);
    for id in &ids {
        desk.complete(id);
    }
    assert_eq!(desk.load("a1"), 333);
}

#[test]
fn loads_beyond_all_counting_are_still_taken_away_exactly() {
    let mut desk = desk().agent("a1");
    for id in ["t1", "t2", "t3"] {
        desk.triage(id, |ticket| ticket.wishes.weight = Some(Load::from_milli(u32::MAX)));
        desk.assign(id, "a1");
    }
    assert!(headroom(&desk, "a1") < -i64::from(u32::MAX));
    desk.complete("t1");
    desk.complete("t2");
    assert_eq!(desk.load("a1"), u32::MAX);
    desk.complete("t3");
    assert_eq!(headroom(&desk, "a1"), 5_000);
}

#[test]
fn no_ticket_weighs_nothing() {
    let mut desk = desk()
        .policy(|p| {
            p.routing.channel_weights.insert(channel("sms"), Load::ZERO);
        })
        .agent_with("a1", |agent| has_room(agent, 1.0));
    desk.triage("t1", |ticket| ticket.wishes.weight = Some(Load::ZERO));
    assert_eq!(desk.load("a1"), 1, "as little as can be told from nothing");
    desk.triage("t2", |ticket| ticket.wishes.weight = Some(Load::from_milli(999)));
    desk.triage("t3", |ticket| ticket.channel = channel("sms"));
    assert_eq!((desk.owner("t2"), desk.owner("t3")), (Some("a1"), None));
}
