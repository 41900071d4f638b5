//! What each kind of report does, row by row of the contract's table; a column that a row does not
//! name stays as it was.

mod acknowledged;
mod endings;
mod owners;
mod work;

use std::sync::Arc;

use switchyard_domain::agent::{Agent, Team};
use switchyard_domain::desk::event::Decision;
use switchyard_domain::desk::{Action, Activity, Brought, Event, Report, Transferral};
use switchyard_domain::ids::AgentId;
use switchyard_domain::priority::Priority;
use switchyard_domain::sla::{Clock, Clocks};
use switchyard_domain::ticket::Ticket;
use switchyard_domain::time::Span;

use crate::fixture::{Scene, agent_id, desk, has_room, minute, team_id, ticket_id, units};

/// What a calm question is promised, in minutes.
const ANSWER: i64 = 8 * 60;
const SOLUTION: i64 = 72 * 60;

/// The columns of the table, for `t1`.
#[derive(Debug, Clone, PartialEq)]
struct Columns {
    clocks: Clocks,
    /// Of `a1`, `a2` and `b1`, in thousandths of a unit.
    capacity: [u32; 3],
    /// When it was last computed.
    priority: Priority,
    /// Every open ticket with who has it.
    queue: String,
}

fn columns(desk: &Scene) -> Columns {
    let case = desk.case("t1");
    let capacity = ["a1", "a2", "b1"].map(|agent| desk.load(agent));
    let open = desk.desk.cases().values().filter(|case| case.is_open());
    let owned = open.map(|case| {
        let owner = case.owner().map_or("waits", AgentId::as_str);
        format!("{} {owner}", case.ticket.id.as_str())
    });
    let queue = owned.collect::<Vec<_>>().join(", ");
    Columns { clocks: case.clocks, capacity, priority: case.priority.clone(), queue }
}

/// A member of a team with room for so much.
fn of_team(team: &'static str, room: f64) -> impl Fn(&mut Agent) {
    move |agent| {
        agent.teams = [team_id(team)].into();
        has_room(agent, room);
    }
}

/// An hour after `a1` was given `t1` and was full with it; half a unit waits for them alone.
/// `a2` works beside them, `b1` in the back.
fn at_work() -> Scene {
    let mut desk = desk().policy(|policy| policy.default_team = Some(team_id("front")));
    for id in ["front", "back"] {
        desk.act(Action::UpsertTeam(Team { id: team_id(id), display_name: String::new() }));
    }
    let desk = desk.agent_with("a1", of_team("front", 1.0)).ticket("t1");
    let desk = desk.agent_with("a2", of_team("front", 5.0)).agent_with("b1", of_team("back", 5.0));
    let desk = desk.ticket_with("w1", |ticket| {
        ticket.wishes.excluded = [agent_id("a2")].into();
        ticket.wishes.weight = Some(units(0.5));
    });
    desk.at(60)
}

/// The same, answered after five minutes and asked again after ten.
fn asked_again() -> Scene {
    let mut desk = at_work().at(5);
    desk.report("t1", Activity::AgentReply);
    desk.now = minute(10);
    desk.report("t1", Activity::CustomerMessage);
    desk.at(60)
}

fn running(target: i64, due: i64) -> Clock {
    Clock::Running { target: Span::from_minutes(target), due: minute(due) }
}

fn paused(target: i64, left: i64) -> Clock {
    Clock::Paused { target: Span::from_minutes(target), left: Span::from_minutes(left) }
}

fn met(at: i64, in_time: bool) -> Clock {
    Clock::Met { at: minute(at), in_time }
}

fn queue(line: &str) -> String {
    line.to_owned()
}

fn transferred(agent: Option<&str>) -> Activity {
    let (team, agent) = (team_id("back"), agent.map(agent_id));
    Activity::Transferred(Box::new(Transferral {
        team,
        agent,
        returns: true,
        requirements: vec![],
    }))
}

/// A report of `t1` that brings a ticket.
fn bringing(activity: Activity, ticket: Ticket) -> Action {
    let brought = Some(Brought { ticket: Arc::new(ticket), source_revision: 0 });
    let report = Report::now(ticket_id("t1"), activity, 0);
    Action::Report(Report { brought, ..report }.into())
}

fn decision_on<'a>(events: &'a [Event], id: &str) -> &'a Decision {
    let mut decisions = events.iter().filter_map(|event| match event {
        Event::Decided(decision) => Some(decision.as_ref()),
        _ => None,
    });
    decisions.rfind(|decision| decision.ticket == ticket_id(id)).expect("a decision")
}

/// The columns with the priority as time alone has it by now, which a decision takes note of.
fn columns_by_now(desk: &Scene) -> Columns {
    let priority = desk.case("t1").priority_at(desk.desk.policy(), desk.now);
    Columns { priority, ..columns(desk) }
}
