//! Agents, their skills and their schedules.

use std::collections::{BTreeMap, BTreeSet};

use switchyard_domain::Date;
use switchyard_domain::agent::{Agent, Languages, Presence, Seniority};
use switchyard_domain::hours::{Interval, Opening, WeeklyHours, weekday};
use switchyard_domain::ids::{AgentId, ChannelId, SkillId, TeamId};
use switchyard_domain::load::{Capacity, Load};
use switchyard_domain::schedule::{Rota, Schedule};
use switchyard_domain::skill::{HeldSkill, SkillLevel};
use switchyard_domain::time::Zone;
use switchyard_proto::v1 as pb;

use super::place::place;
use crate::app::fault::{Expected, Fault};
use crate::grpc::check::Check;

/// The most dated shifts of an agent.
const SHIFTS_MAX: usize = 1_000;

/// The longest name shown to people, in bytes.
const NAME_BYTES_MAX: usize = 128;

/// An agent with the path of its message.
pub(crate) fn agent(check: &mut Check, field: &str, agent: &pb::Agent) -> Option<Agent> {
    check.bounded(format!("{field}.display_name"), &agent.display_name, NAME_BYTES_MAX);
    let id = check.take(format!("{field}.id"), AgentId::new(&agent.id));
    let schedule = schedule(check, field, agent.schedule.as_ref());
    let agent_place = agent.place.as_ref();
    Some(Agent {
        display_name: agent.display_name.clone(),
        teams: teams(check, field, &agent.teams),
        skills: skills(check, field, &agent.skills),
        languages: check
            .take(format!("{field}.languages"), Languages::parse(&agent.languages))
            .unwrap_or_default(),
        capacity: capacity(check, field, agent.capacity.as_ref()),
        external_load: check
            .load(format!("{field}.external_load"), agent.external_load)
            .unwrap_or(Load::ZERO),
        intake_paused: false,
        presence: check.choice(format!("{field}.presence"), agent.presence).and_then(presence),
        seniority: check
            .choice(format!("{field}.seniority"), agent.seniority)
            .map_or(Seniority::Regular, seniority),
        place: agent_place.and_then(|at| check.take(format!("{field}.place"), place(at))),
        id: id?,
        schedule: schedule?,
    })
}

fn teams(check: &mut Check, field: &str, teams: &[String]) -> BTreeSet<TeamId> {
    let team = |id: &String| check.take(format!("{field}.teams"), TeamId::new(id));
    teams.iter().filter_map(team).collect()
}

fn skills(check: &mut Check, field: &str, held: &[pb::HeldSkill]) -> BTreeMap<SkillId, HeldSkill> {
    let mut skills = BTreeMap::new();
    for (i, one) in held.iter().enumerate() {
        let field = format!("{field}.skills[{i}]");
        let id = check.take(format!("{field}.skill"), SkillId::new(&one.skill));
        let level = check.take(format!("{field}.level"), SkillLevel::new(one.level));
        let expires = check.instant(&format!("{field}.expire_time"), one.expire_time.as_ref());
        let (Some(id), Some(level)) = (id, level) else { continue };
        if skills.insert(id, HeldSkill { level, expires }).is_some() {
            check.fail(format!("{field}.skill"), Fault::again(&one.skill));
        }
    }
    skills
}

fn capacity(check: &mut Check, field: &str, capacity: Option<&pb::Capacity>) -> Capacity {
    let Some(capacity) = capacity else { return Capacity::default() };
    let total = capacity.total.and_then(|u| check.load(format!("{field}.capacity.total"), u));
    let per_channel = capacity.per_channel.iter().filter_map(|(channel, units)| {
        let field = format!("{field}.capacity.per_channel[{channel}]");
        let channel = check.take(field.clone(), ChannelId::new(channel))?;
        Some((channel, check.load(field, *units)?))
    });
    Capacity { per_channel: per_channel.collect(), total }
}

fn schedule(
    check: &mut Check,
    field: &str,
    schedule: Option<&pb::agent::Schedule>,
) -> Option<Schedule> {
    match schedule {
        None => Some(Schedule::Always),
        Some(pb::agent::Schedule::Rota(rota)) => {
            self::rota(check, &format!("{field}.rota"), rota).map(Schedule::Rota)
        }
        Some(pb::agent::Schedule::DatedShifts(dated)) => {
            let field = format!("{field}.dated_shifts.shifts");
            Some(Schedule::dated(shifts(check, &field, &dated.shifts)))
        }
    }
}

fn rota(check: &mut Check, field: &str, rota: &pb::Rota) -> Option<Rota> {
    let zone = check.take(format!("{field}.time_zone"), Zone::named(&rota.time_zone));
    let mut weekly = WeeklyHours::default();
    for (i, shift) in rota.shifts.iter().enumerate() {
        open(check, &format!("{field}.shifts[{i}]"), shift, &mut weekly);
    }
    let days_off = rota.days_off.iter().filter_map(|text| {
        let date = text.parse::<Date>();
        let date = date.map_err(|_| Fault::text(Expected::Date, text));
        check.take(format!("{field}.days_off"), date)
    });
    let days_off = days_off.collect();
    Some(Rota { zone: zone?, weekly, days_off })
}

fn open(check: &mut Check, field: &str, shift: &pb::WeeklyShift, weekly: &mut WeeklyHours) {
    let opening = check.take(field, Opening::parse(&shift.start, &shift.end));
    if shift.days.is_empty() {
        check.fail(format!("{field}.days"), Fault::missing(Expected::Weekday));
    }
    for name in &shift.days {
        match (weekday(name), opening) {
            (Some(day), Some(opening)) => weekly.open(day, opening),
            (None, _) => {
                check.fail(format!("{field}.days"), Fault::text(Expected::Weekday, name));
            }
            (Some(_), None) => {}
        }
    }
}

/// Dated shifts with the path of their list.
pub(crate) fn shifts(check: &mut Check, field: &str, shifts: &[pb::Interval]) -> Vec<Interval> {
    check.at_most(field, shifts, SHIFTS_MAX);
    let shifts = shifts.iter().take(SHIFTS_MAX).enumerate();
    shifts.filter_map(|(i, one)| interval(check, &format!("{field}[{i}]"), one)).collect()
}

fn interval(check: &mut Check, field: &str, interval: &pb::Interval) -> Option<Interval> {
    let start =
        check.required_instant(&format!("{field}.start_time"), interval.start_time.as_ref());
    let end = check.required_instant(&format!("{field}.end_time"), interval.end_time.as_ref());
    let (start, end) = (start?, end?);
    if start >= end {
        check.fail(format!("{field}.end_time"), Fault::value(Expected::EndAfter(start), &end));
        return None;
    }
    Some(Interval { start, end })
}

/// A presence; unspecified follows the schedule.
pub(crate) fn presence(presence: pb::Presence) -> Option<Presence> {
    match presence {
        pb::Presence::Unspecified => None,
        pb::Presence::Online => Some(Presence::Online),
        pb::Presence::Away => Some(Presence::Away),
        pb::Presence::Offline => Some(Presence::Offline),
    }
}

fn seniority(seniority: pb::Seniority) -> Seniority {
    match seniority {
        pb::Seniority::Junior => Seniority::Junior,
        pb::Seniority::Unspecified | pb::Seniority::Regular => Seniority::Regular,
        pb::Seniority::Senior => Seniority::Senior,
    }
}
