//! The bookkeeping of seats: loads, order, arrivals.

use super::*;
use crate::agent::{Languages, Seniority};
use crate::hours::Interval;
use crate::load::Capacity;
use crate::schedule::Schedule;
use crate::time::Span;
use std::collections::BTreeSet;

fn at(minute: i64) -> Timestamp {
    Timestamp::from_millis(1_780_000_000_000) + Span::from_minutes(minute)
}

fn agent(id: &str, schedule: Schedule) -> Agent {
    Agent {
        id: AgentId::new(id).expect("valid"),
        display_name: String::new(),
        teams: BTreeSet::new(),
        skills: BTreeMap::new(),
        languages: Languages::default(),
        capacity: Capacity::default(),
        external_load: Load::ZERO,
        schedule,
        presence: None,
        seniority: Seniority::Regular,
        place: None,
        intake_paused: false,
    }
}

fn shift(start: i64, end: i64) -> Interval {
    Interval { start: at(start), end: at(end) }
}

fn roster(shifts: Vec<Interval>) -> (Roster, AgentId) {
    let agent = agent("a1", Schedule::dated(shifts));
    let id = agent.id.clone();
    let mut roster = Roster::new(Load::ONE);
    roster.put_agent(Arc::new(agent), at(0));
    (roster, id)
}

#[test]
fn an_agent_put_again_keeps_owned_work_and_idle_time() {
    let (mut roster, id) = roster(Vec::new());
    let chat = ChannelId::new("chat").expect("valid");
    roster.take_on(&id, &chat, Load::ONE);
    roster.note_assigned(&id, Some(at(1)));
    let mut again = agent("a1", Schedule::Always);
    again.external_load = Load::from_milli(500);
    again.capacity.per_channel.insert(chat.clone(), Load::ONE);
    roster.put_agent(Arc::new(again), at(2));
    let seat = roster.seat(&id).expect("put before");
    assert_eq!(seat.load(), Load::from_milli(1_500));
    assert_eq!(seat.headroom_milli(), -500);
    assert_eq!(seat.channel_room(&chat), Some(Load::ZERO));
    assert_eq!(seat.last_assigned_at(), Some(at(1)));
}

#[test]
fn seats_stand_in_the_order_of_ids_whoever_came_first() {
    let mut roster = Roster::new(Load::ONE);
    for id in ["b", "c", "a"] {
        roster.put_agent(Arc::new(agent(id, Schedule::Always)), at(0));
    }
    let ids: Vec<_> = (roster.seats().iter()).map(|seat| seat.agent().id.as_str()).collect();
    assert_eq!(ids, ["a", "b", "c"]);
    roster.remove_agent(&AgentId::new("b").expect("valid"));
    assert_eq!(roster.seats().len(), 2);
}

#[test]
fn an_arrival_is_told_once() {
    let (mut roster, id) = roster(vec![shift(10, 20)]);
    roster.advance(at(9));
    assert!(!roster.has_arrivals());
    roster.advance(at(10));
    assert_eq!(roster.take_arrivals(), BTreeSet::from([id]));
    roster.advance(at(11));
    assert!(!roster.has_arrivals());
    assert_eq!(roster.windows_until(), at(20));
}

#[test]
fn a_shift_after_a_shift_nobody_saw_end_is_an_arrival() {
    let (mut roster, _) = roster(vec![shift(0, 20), shift(30, 40)]);
    roster.advance(at(35));
    assert!(roster.has_arrivals());
}

#[test]
fn a_clock_set_back_reads_the_windows_again() {
    let (mut roster, id) = roster(vec![shift(10, 20)]);
    roster.advance(at(25));
    assert!(!roster.has_arrivals(), "the whole shift went by unseen");
    roster.advance(at(15));
    assert!(roster.has_arrivals());
    assert!(roster.seat(&id).expect("put before").window().on);
}
