//! A roster of which half is eligible, the other half kept out by every filter in turn.
//!
//! Written out, where `rpc` takes a generated one: here exactly half must be
//! eligible and each filter must keep out as many as the next.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use switchyard_domain::agent::{Agent, Languages, Place, Presence, Seniority, Team};
use switchyard_domain::desk::{Action, Desk};
use switchyard_domain::hours::Interval;
use switchyard_domain::ids::{AgentId, ChannelId, SkillId, TeamId};
use switchyard_domain::load::{Capacity, Load};
use switchyard_domain::policy::Policy;
use switchyard_domain::routing::Exclusion;
use switchyard_domain::schedule::Schedule;
use switchyard_domain::skill::{HeldSkill, Requirement, RequirementKind, SkillLevel};
use switchyard_domain::time::{Span, Timestamp};

/// 2026-06-03T11:00:00+08:00.
const NOW_MS: i64 = 1_780_455_600_000;

/// The first two are required, the third preferred; the others are held beside them.
const SKILLS: [&str; 8] =
    ["returns", "payments", "hardware", "network", "billing", "repair", "legal", "retail"];

/// The place in [`Exclusion::LABELS`] of the filter that keeps an agent out; the even ones are eligible.
pub(crate) fn kept_out_by(n: usize) -> Option<usize> {
    (!n.is_multiple_of(2)).then_some(n / 2 % Exclusion::KINDS)
}

/// An eligible agent in the middle.
pub(crate) fn favourite(n_agents: usize) -> usize {
    n_agents / 4 * 2
}

pub(crate) fn desk(n_agents: usize) -> Desk {
    let mut desk = Desk::new(Arc::new(Policy::default()));
    let mut act = |action| desk.handle(action, now()).expect("a sound command");
    for id in ["desk", "elsewhere"] {
        act(Action::UpsertTeam(Team { id: team(id), display_name: String::new() }));
    }
    let agents = (0..n_agents).map(|n| Arc::new(agent(n, favourite(n_agents))));
    act(Action::UpsertAgents(agents.collect()));
    desk
}

/// An agent like any other but for what keeps it out or makes it the favourite.
fn agent(n: usize, favourite: usize) -> Agent {
    let mut agent = eligible(n);
    match kept_out_by(n).map(|kind| Exclusion::LABELS[kind]) {
        None if n == favourite => make_best(&mut agent),
        // The caller's list keeps the excluded out, not the roster.
        None | Some("EXCLUDED_BY_CALLER") => {}
        Some(filter) => make_ineligible(&mut agent, filter),
    }
    agent
}

/// Somewhat loaded, at some distance, of some experience.
fn eligible(n: usize) -> Agent {
    let held = |k: usize| (skill(SKILLS[k]), held(2 + (n + k) as u32 % 4));
    Agent {
        intake_paused: false,
        id: agent_id(n),
        display_name: String::new(),
        teams: BTreeSet::from([team("desk")]),
        skills: (0..SKILLS.len())
            .filter(|k| *k < 2 || !(n + k).is_multiple_of(3))
            .map(held)
            .collect(),
        languages: Languages::from_tags(["en".to_owned(), "zh-Hans".to_owned()]),
        capacity: Capacity {
            total: Some(units(8.0)),
            per_channel: BTreeMap::from([(chat(), units(4.0))]),
        },
        external_load: units(1.0 + (n % 5) as f64),
        schedule: shift(Span::from_hours(5)),
        presence: Some(Presence::Online),
        seniority: [Seniority::Junior, Seniority::Regular][n / 2 % 2],
        place: Some(place(1 + n % 90)),
    }
}

fn make_best(agent: &mut Agent) {
    agent.external_load = Load::ZERO;
    agent.seniority = Seniority::Senior;
    agent.place = Some(place(0));
    agent.skills = SKILLS.iter().take(2).map(|name| (skill(name), held(2))).collect();
    agent.skills.insert(skill(SKILLS[2]), held(5));
}

fn make_ineligible(agent: &mut Agent, filter: &str) {
    match filter {
        "OTHER_TEAM" => agent.teams = BTreeSet::from([team("elsewhere")]),
        "AWAY" => agent.presence = Some(Presence::Away),
        "OFFLINE" => agent.presence = Some(Presence::Offline),
        "OFF_SHIFT" => agent.schedule = Schedule::dated(Vec::new()),
        "SHIFT_ENDING" => agent.schedule = shift(Span::from_minutes(10)),
        "LANGUAGE" => agent.languages = Languages::from_tags(["zh-Hans".to_owned()]),
        "SKILL_MISSING" => drop(agent.skills.remove(SKILLS[1])),
        "SKILL_TOO_LOW" => drop(agent.skills.insert(skill(SKILLS[0]), held(1))),
        "AT_CAPACITY" => agent.external_load = units(7.5),
        "CHANNEL_AT_CAPACITY" => drop(agent.capacity.per_channel.insert(chat(), units(0.5))),
        other => unreachable!("expected a filter of the contract, got {other}"),
    }
}

pub(crate) fn requirements() -> Vec<Requirement> {
    let asked = |(at, min_level): (usize, u32)| Requirement {
        skill: skill(SKILLS[at]),
        kind: if at < 2 { RequirementKind::Required } else { RequirementKind::Preferred },
        min_level: SkillLevel::new(min_level).expect("a level"),
        weight_permille: 1_000,
        relax_rank: None,
    };
    [(0, 2), (1, 2), (2, 5)].map(asked).to_vec()
}

pub(crate) fn now() -> Timestamp {
    Timestamp::from_millis(NOW_MS)
}

fn shift(left: Span) -> Schedule {
    Schedule::dated(vec![Interval { start: now() + -Span::from_hours(3), end: now() + left }])
}

pub(crate) fn agent_id(n: usize) -> AgentId {
    AgentId::new(&format!("agent-{n:05}")).expect("an id")
}

pub(crate) fn team(id: &str) -> TeamId {
    TeamId::new(id).expect("an id")
}

fn skill(id: &str) -> SkillId {
    SkillId::new(id).expect("an id")
}

pub(crate) fn chat() -> ChannelId {
    ChannelId::new("chat").expect("an id")
}

fn held(level: u32) -> HeldSkill {
    HeldSkill { level: SkillLevel::new(level).expect("a level"), expires: None }
}

fn units(units: f64) -> Load {
    Load::from_units(units).expect("a load")
}

/// A place so many steps of about a kilometre from the customer's.
pub(crate) fn place(steps: usize) -> Place {
    Place::new(31.0 + steps as f64 / 111.0, 121.0).expect("a place")
}
