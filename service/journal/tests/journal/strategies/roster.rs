//! Any agent and team.

use std::sync::Arc;

use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use switchyard_domain::agent::{Agent, Languages, Presence, Seniority, Team};
use switchyard_domain::hours::{Interval, Opening, WeeklyHours};
use switchyard_domain::ids::{AgentId, ChannelId, SkillId, TeamId};
use switchyard_domain::load::Capacity;
use switchyard_domain::schedule::{Rota, Schedule};
use switchyard_domain::skill::HeldSkill;
use switchyard_domain::time::Zone;
use switchyard_domain::{Date, Weekday};

use super::{any_of, id, level, load, place, timestamp};

pub(crate) fn agent() -> impl Strategy<Value = Arc<Agent>> {
    let who = (id(AgentId::new), any::<String>(), btree_set(id(TeamId::new), 0..3));
    let can = (btree_map(id(SkillId::new), held_skill(), 0..4), btree_set("[A-Za-z-]{0,8}", 0..3));
    let room = (capacity(), load());
    let seniority = any_of([Seniority::Junior, Seniority::Regular, Seniority::Senior]);
    let rest = (schedule(), presence(), seniority, option::of(place()), any::<bool>());
    (who, can, room, rest).prop_map(|(who, can, room, rest)| {
        Arc::new(Agent {
            id: who.0,
            display_name: who.1,
            teams: who.2,
            skills: can.0,
            languages: Languages::from_tags(can.1),
            capacity: room.0,
            external_load: room.1,
            schedule: rest.0,
            presence: rest.1,
            seniority: rest.2,
            place: rest.3,
            intake_paused: rest.4,
        })
    })
}

pub(crate) fn team() -> impl Strategy<Value = Team> {
    (id(TeamId::new), any::<String>()).prop_map(|(id, display_name)| Team { id, display_name })
}

pub(crate) fn presence() -> impl Strategy<Value = Option<Presence>> {
    option::of(any_of([Presence::Online, Presence::Away, Presence::Offline]))
}

pub(crate) fn held_skill() -> impl Strategy<Value = HeldSkill> {
    (level(), option::of(timestamp())).prop_map(|(level, expires)| HeldSkill { level, expires })
}

pub(crate) fn capacity() -> impl Strategy<Value = Capacity> {
    (option::of(load()), btree_map(id(ChannelId::new), load(), 0..3))
        .prop_map(|(total, per_channel)| Capacity { total, per_channel })
}

pub(crate) fn schedule() -> impl Strategy<Value = Schedule> {
    let zone = any_of(["UTC", "Asia/Shanghai", "Australia/Lord_Howe"]);
    let rota = (zone, weekly(), btree_set(date(), 0..4)).prop_map(|(zone, weekly, days_off)| {
        Rota { zone: Zone::named(zone).expect("known"), weekly, days_off }
    });
    prop_oneof![
        Just(Schedule::Always),
        rota.prop_map(Schedule::Rota),
        vec(interval(), 0..4).prop_map(Schedule::Dated),
    ]
}

pub(crate) fn weekly() -> impl Strategy<Value = WeeklyHours> {
    let opening = (0u16..1_440, 0u16..=1_440)
        .prop_filter_map("an opening", |(start, end)| Opening::from_minutes(start, end));
    vec((1i8..=7, opening), 0..10).prop_map(|openings| {
        let mut weekly = WeeklyHours::default();
        for (day, opening) in openings {
            weekly.open(Weekday::from_monday_one_offset(day).expect("a weekday"), opening);
        }
        weekly
    })
}

pub(crate) fn date() -> impl Strategy<Value = Date> {
    (-9_999i16..=9_999, 1i8..=12, 1i8..=28)
        .prop_map(|(year, month, day)| Date::constant(year, month, day))
}

pub(crate) fn interval() -> impl Strategy<Value = Interval> {
    (timestamp(), timestamp()).prop_map(|(start, end)| Interval { start, end })
}
