//! Agents and teams.

use std::collections::{BTreeMap, BTreeSet};

use switchyard_domain::Date;
use switchyard_domain::agent::{Agent, Languages, Place, Presence, Seniority, Team};
use switchyard_domain::hours::{Interval, Opening, WeeklyHours, weekday};
use switchyard_domain::ids::{ChannelId, SkillId};
use switchyard_domain::load::{Capacity, Load};
use switchyard_domain::schedule::{Rota, Schedule};
use switchyard_domain::skill::HeldSkill;
use switchyard_domain::time::Zone;

use super::{agent_id, at, level, team_id};

pub(crate) fn team() -> Team {
    Team { id: team_id("returns"), display_name: "退换货组".to_owned() }
}

pub(crate) fn agent(id: &str, schedule: Schedule) -> Agent {
    let skill = |id| SkillId::new(id).expect("valid");
    let chat = ChannelId::new("chat").expect("valid");
    Agent {
        id: agent_id(id),
        display_name: "李娜".to_owned(),
        teams: BTreeSet::from([team_id("returns")]),
        skills: BTreeMap::from([
            (skill("billing"), HeldSkill { level: level(3), expires: Some(at(50_000)) }),
            (skill("refunds"), HeldSkill { level: level(5), expires: None }),
        ]),
        languages: Languages::from_tags(["zh-Hans", "en-GB", "de"].map(str::to_owned)),
        capacity: Capacity {
            total: Some(Load::from_milli(4_500)),
            per_channel: BTreeMap::from([(chat, Load::from_milli(2_000))]),
        },
        external_load: Load::from_milli(250),
        schedule,
        presence: Some(Presence::Online),
        seniority: Seniority::Senior,
        place: Some(Place::new(31.2304, 121.4737).expect("valid")),
        intake_paused: false,
    }
}

/// A plain agent without a name, a limit or anything else that may be absent.
pub(crate) fn bare_agent(id: &str) -> Agent {
    Agent {
        id: agent_id(id),
        display_name: String::new(),
        teams: BTreeSet::new(),
        skills: BTreeMap::new(),
        languages: Languages::default(),
        capacity: Capacity::default(),
        external_load: Load::ZERO,
        schedule: Schedule::Always,
        presence: None,
        seniority: Seniority::Regular,
        place: None,
        intake_paused: false,
    }
}

pub(crate) fn rota() -> Schedule {
    let mut weekly = WeeklyHours::default();
    for (day, start, end) in
        [("mon", "09:00", "12:00"), ("mon", "13:00", "24:00"), ("sun", "22:00", "06:00")]
    {
        let opening = Opening::parse(start, end).expect("valid");
        weekly.open(weekday(day).expect("a weekday"), opening);
    }
    let days_off = BTreeSet::from([Date::constant(2026, 10, 1), Date::constant(-44, 3, 15)]);
    Schedule::Rota(Rota { zone: Zone::named("Asia/Shanghai").expect("known"), weekly, days_off })
}

pub(crate) fn shifts() -> Vec<Interval> {
    vec![Interval { start: at(0), end: at(240) }, Interval { start: at(300), end: at(540) }]
}
