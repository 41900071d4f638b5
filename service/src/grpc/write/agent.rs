//! Agents with what the desk knows of them.

use std::collections::BTreeMap;

use jiff::civil::Weekday;
use switchyard_domain::agent::{Agent, Place, Presence, Seniority, Team};
use switchyard_domain::desk::Event;
use switchyard_domain::desk::event::Outcome;
use switchyard_domain::hours::{DAY_MINUTES, Interval, Opening, weekday_name};
use switchyard_domain::ids::TicketId;
use switchyard_domain::roster::Seat;
use switchyard_domain::schedule::{Rota, Schedule};
use switchyard_domain::time::Timestamp;
use switchyard_proto::v1 as pb;

use super::{finite_instant, instant};
use crate::app::etag;

/// An agent's status at an instant.
pub(crate) fn status(seat: &Seat, now: Timestamp) -> pb::AgentStatus {
    let window = seat.agent().schedule.window_at(now);
    pb::AgentStatus {
        agent: Some(agent(seat.agent())),
        load: seat.load().units(),
        headroom: headroom(seat),
        on_shift: window.on,
        on_shift_until_time: finite_instant(window.until),
        last_assigned_time: seat.last_assigned_at().map(instant),
        intake_paused: seat.agent().intake_paused,
        n_open: seat.n_owned(),
    }
}

/// The tickets that an agent was released from, with whom each is after it.
pub(crate) fn released(events: &[Event]) -> Vec<pb::ReleasedTicket> {
    let mut tickets: BTreeMap<&TicketId, String> = BTreeMap::new();
    for event in events {
        match event {
            Event::Released { ticket, .. } => drop(tickets.insert(ticket, String::new())),
            Event::Decided(decision) if tickets.contains_key(&decision.ticket) => {
                if let Outcome::Assigned(agent) = &decision.outcome {
                    tickets.insert(&decision.ticket, agent.to_string());
                }
            }
            _ => {}
        }
    }
    let ticket = |(ticket, agent): (&TicketId, String)| pb::ReleasedTicket {
        ticket_id: ticket.to_string(),
        agent,
    };
    tickets.into_iter().map(ticket).collect()
}

/// Units left below the limit; negative when above it.
pub(crate) fn headroom(seat: &Seat) -> f64 {
    seat.headroom_milli() as f64 / 1_000.0
}

/// A team.
pub(crate) fn team(team: &Team) -> pb::Team {
    pb::Team { id: team.id.to_string(), display_name: team.display_name.clone() }
}

/// An agent.
pub(crate) fn agent(agent: &Agent) -> pb::Agent {
    pb::Agent {
        id: agent.id.to_string(),
        display_name: agent.display_name.clone(),
        teams: agent.teams.iter().map(ToString::to_string).collect(),
        skills: skills(agent),
        languages: agent.languages.tags().map(str::to_owned).collect(),
        capacity: Some(capacity(agent)),
        external_load: agent.external_load.units(),
        schedule: schedule(&agent.schedule),
        presence: presence(agent.presence) as i32,
        seniority: seniority(agent.seniority) as i32,
        place: agent.place.map(place),
        etag: etag::of_agent(agent),
    }
}

fn skills(agent: &Agent) -> Vec<pb::HeldSkill> {
    let skill = agent.skills.iter().map(|(id, held)| pb::HeldSkill {
        skill: id.to_string(),
        level: u32::from(held.level.get()),
        expire_time: held.expires.map(instant),
    });
    skill.collect()
}

fn capacity(agent: &Agent) -> pb::Capacity {
    let limits = agent.capacity.per_channel.iter();
    pb::Capacity {
        total: agent.capacity.total.map(switchyard_domain::load::Load::units),
        per_channel: limits.map(|(channel, limit)| (channel.to_string(), limit.units())).collect(),
    }
}

fn schedule(schedule: &Schedule) -> Option<pb::agent::Schedule> {
    match schedule {
        Schedule::Always => None,
        Schedule::Rota(rota) => Some(pb::agent::Schedule::Rota(self::rota(rota))),
        Schedule::Dated(shifts) => Some(pb::agent::Schedule::DatedShifts(pb::DatedShifts {
            shifts: shifts.iter().map(interval).collect(),
        })),
    }
}

fn rota(rota: &Rota) -> pb::Rota {
    let days = Weekday::Monday.cycle_forward().take(7);
    let shifts = days.flat_map(|day| rota.weekly.on(day).iter().map(move |o| weekly(day, *o)));
    pb::Rota {
        time_zone: rota.zone.name().to_owned(),
        shifts: shifts.collect(),
        days_off: rota.days_off.iter().map(ToString::to_string).collect(),
    }
}

fn weekly(day: Weekday, opening: Opening) -> pb::WeeklyShift {
    pb::WeeklyShift {
        days: vec![weekday_name(day).to_owned()],
        start: time_of_day(opening.start_minute()),
        end: time_of_day(opening.end_minute()),
    }
}

fn time_of_day(minute: u16) -> String {
    debug_assert!(minute <= DAY_MINUTES, "an opening lies within a day");
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn interval(interval: &Interval) -> pb::Interval {
    pb::Interval {
        start_time: Some(instant(interval.start)),
        end_time: Some(instant(interval.end)),
    }
}

/// Whether an agent takes tickets.
pub(super) fn presence(presence: Option<Presence>) -> pb::Presence {
    match presence {
        None => pb::Presence::Unspecified,
        Some(Presence::Online) => pb::Presence::Online,
        Some(Presence::Away) => pb::Presence::Away,
        Some(Presence::Offline) => pb::Presence::Offline,
    }
}

fn seniority(seniority: Seniority) -> pb::Seniority {
    match seniority {
        Seniority::Junior => pb::Seniority::Junior,
        Seniority::Regular => pb::Seniority::Regular,
        Seniority::Senior => pb::Seniority::Senior,
    }
}

fn place(place: Place) -> pb::Place {
    pb::Place { latitude: place.latitude(), longitude: place.longitude() }
}
