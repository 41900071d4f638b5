//! Every refusal has a test that provokes it; that it leaves no trace is checked by the scene.

use std::sync::Arc;
use switchyard_domain::desk::Reach;
use switchyard_domain::desk::Report;

use switchyard_domain::agent::Team;
use switchyard_domain::desk::{Action, Activity, Adoption, Closing, PresenceSource, Refusal};
use switchyard_domain::ids::{AgentId, TeamId, TicketId};

use crate::fixture::{Scene, agent, agent_id, desk, team_id, ticket, ticket_id};

fn team(id: &str) -> Team {
    Team { id: team_id(id), display_name: String::new() }
}

/// `open` is owned by `a1`, `closed` is closed, `a1` works for `front`; an agent would be free.
fn busy_desk() -> Scene {
    let mut desk = desk();
    desk.act(Action::UpsertTeam(team("front")));
    let mut desk = desk
        .agent_with("a1", |agent| {
            agent.teams.insert(team_id("front"));
        })
        .ticket("open")
        .ticket("closed");
    desk.complete("closed");
    desk
}

fn report(ticket: &str, activity: Activity) -> Action {
    Action::Report(Report::now(ticket_id(ticket), activity, 3).into())
}

fn triage(id: &str) -> Action {
    Action::Triage { ticket: Arc::new(ticket(id)), source_revision: 3, reach: Reach::Assign }
}

fn adopt(id: &str, owner: Option<AgentId>) -> Action {
    Action::Adopt(Box::new(Adoption {
        ticket: Arc::new(ticket(id)),
        owner,
        first_replied_at: None,
        hold: None,
        source_revision: 0,
        asked_at: None,
        held_at: None,
    }))
}

fn presence(agent: &str) -> Action {
    let source = PresenceSource::Manual;
    Action::SetPresence { agent: agent_id(agent), presence: None, source }
}

#[track_caller]
fn check(action: Action, wanted: &Refusal) {
    assert_eq!(busy_desk().refused(action), *wanted);
}

#[test]
fn an_unknown_ticket_is_refused() {
    let unknown = Refusal::UnknownTicket(ticket_id("x"));
    let agent = agent_id("a1");
    check(report("x", Activity::CustomerMessage), &unknown);
    check(report("x", Activity::Reopened), &unknown);
    check(Action::Assign { ticket: ticket_id("x"), agent }, &unknown);
    check(Action::Close { ticket: ticket_id("x"), closing: Closing::Cancelled }, &unknown);
}

#[test]
fn an_unknown_agent_is_refused() {
    let unknown = Refusal::UnknownAgent(agent_id("x"));
    check(Action::Assign { ticket: ticket_id("open"), agent: agent_id("x") }, &unknown);
    check(report("open", Activity::AssignedTo(agent_id("x"))), &unknown);
    check(adopt("new", Some(agent_id("x"))), &unknown);
    check(Action::RemoveAgent(agent_id("x")), &unknown);
    check(Action::ReplaceShifts { agent: agent_id("x"), shifts: Vec::new() }, &unknown);
    check(presence("x"), &unknown);
}

#[test]
fn an_unknown_team_is_refused_and_with_it_every_agent_of_the_command() {
    let unknown = Refusal::UnknownTeam(TeamId::new("x").expect("valid"));
    let mut stranger = agent("a3");
    stranger.teams.insert(team_id("x"));
    check(Action::UpsertAgents(vec![Arc::new(agent("a2")), Arc::new(stranger)]), &unknown);
    check(Action::RemoveTeam(team_id("x")), &unknown);
}

#[test]
fn a_closed_ticket_is_refused() {
    let closed = Refusal::TicketClosed(ticket_id("closed"));
    check(triage("closed"), &closed);
    check(report("closed", Activity::AgentReply), &closed);
    check(report("closed", Activity::AssignedTo(agent_id("a1"))), &closed);
    check(Action::Close { ticket: ticket_id("closed"), closing: Closing::Completed }, &closed);
}

#[test]
fn a_known_ticket_is_not_adopted_again() {
    check(adopt("open", None), &Refusal::AlreadyAdopted(ticket_id("open")));
    check(adopt("closed", None), &Refusal::AlreadyAdopted(ticket_id("closed")));
}

#[test]
fn an_agent_who_owns_tickets_stays() {
    let agent = agent_id("a1");
    check(Action::RemoveAgent(agent.clone()), &Refusal::AgentOwnsTickets { agent, n_open: 1 });
    let mut desk = busy_desk();
    desk.complete("open");
    desk.act(Action::RemoveAgent(agent_id("a1")));
    assert!(desk.desk.roster().seats().is_empty());
}

#[test]
fn a_team_with_agents_stays() {
    let front = team_id("front");
    let wanted = Refusal::TeamHasAgents { team: front.clone(), n_agents: 1 };
    check(Action::RemoveTeam(front.clone()), &wanted);
    let mut desk = busy_desk();
    desk.upsert("a1", |_| {});
    desk.act(Action::RemoveTeam(front));
    assert!(desk.desk.roster().teams().is_empty());
}

#[test]
fn a_refusal_tells_what_was_expected_and_what_came() {
    let refusal = Refusal::UnknownTicket(TicketId::new("t9").expect("valid"));
    assert_eq!(refusal.to_string(), "expected a ticket the desk knows, got t9");
}
