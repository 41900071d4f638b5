//! Tickets that serve another team for a while, and what they come back to.

use std::sync::Arc;

use switchyard_domain::agent::{Agent, Team};
use switchyard_domain::desk::{Action, Activity, Phase, Reach, Transferral};
use switchyard_domain::policy::{TeamMode, TeamPolicy};
use switchyard_domain::skill::RequirementKind;

use crate::fixture::{Scene, agent_id, desk, requirement, team_id, ticket, ticket_id};

fn of_team(team: &'static str) -> impl Fn(&mut Agent) {
    move |agent| agent.teams = [team_id(team)].into()
}

/// `f1` and `f2` work in front; in the back nobody does.
fn two_teams() -> Scene {
    let mut desk = desk().policy(|policy| policy.default_team = Some(team_id("front")));
    for id in ["front", "back", "hint"] {
        desk.act(Action::UpsertTeam(Team { id: team_id(id), display_name: String::new() }));
    }
    desk.agent_with("f1", of_team("front")).ticket("t1").agent_with("f2", of_team("front"))
}

fn to(team: &str) -> Activity {
    let (team, requirements) = (team_id(team), Vec::new());
    Activity::Transferred(Box::new(Transferral { team, agent: None, returns: true, requirements }))
}

fn transfer(desk: &mut Scene, team: &str) {
    desk.report("t1", to(team));
}

#[test]
fn what_its_caller_says_of_it_while_it_is_away_holds_when_it_is_back() {
    let mut desk = two_teams();
    transfer(&mut desk, "back");
    let asked = requirement("invoice", RequirementKind::Required, 3);
    desk.triage("t1", |ticket| {
        ticket.wishes.requirements = Some(vec![asked.clone()]);
        ticket.wishes.excluded.insert(agent_id("f1"));
    });
    let away = &desk.case("t1").ticket.wishes;
    assert_eq!((&away.team, &away.requirements), (&Some(team_id("back")), &Some(vec![])));
    desk.report("t1", Activity::Returned);
    let back = &desk.case("t1").ticket.wishes;
    assert_eq!((&back.team, &back.requirements), (&None, &Some(vec![asked])));
    assert_eq!(back.excluded, [agent_id("f1")].into());
}

#[test]
fn a_caller_who_names_the_team_where_it_is_does_not_make_it_belong_there() {
    let mut desk = two_teams();
    transfer(&mut desk, "back");
    desk.triage("t1", |ticket| ticket.wishes.team = Some(team_id("back")));
    desk.report("t1", Activity::Returned);
    assert_eq!(desk.case("t1").team, Some(team_id("front")));
    assert_eq!(desk.owner("t1"), Some("f1"));
}

#[test]
fn handed_on_and_handed_on_only_the_last_owner_does_not_get_it() {
    let mut desk = two_teams().agent_with("b1", of_team("back"));
    transfer(&mut desk, "back");
    assert_eq!(desk.owner("t1"), Some("b1"));
    transfer(&mut desk, "front");
    assert_eq!(desk.case("t1").ticket.wishes.excluded, [agent_id("b1")].into());
    let before = desk.case("t1").ticket.wishes.clone();
    desk.triage("t1", |_| {});
    assert_eq!(desk.case("t1").ticket.wishes.excluded, before.excluded, "told again, as before");
}

fn only_advised(desk: &mut Scene, team: &str) {
    let advised = TeamPolicy { mode: TeamMode::Advise, ..TeamPolicy::default() };
    desk.change_policy(|policy| policy.teams = [(team_id(team), advised)].into());
}

#[test]
fn a_ticket_comes_back_to_its_owner_from_a_team_that_is_only_advised() {
    let mut desk = two_teams();
    only_advised(&mut desk, "hint");
    transfer(&mut desk, "hint");
    assert!(matches!(desk.case("t1").phase, Phase::Advised { .. }));
    desk.complete("t1");
    assert_eq!(desk.owner("t1"), Some("f1"), "or it would be forgotten with old advice");
}

#[test]
fn a_ticket_that_waited_waits_again_when_it_is_back() {
    let mut desk = two_teams();
    only_advised(&mut desk, "hint");
    desk.assign("t1", "f1");
    let mut waiting = ticket("t2");
    waiting.wishes.requirements = Some(vec![requirement("unheard", RequirementKind::Required, 1)]);
    let (ticket, reach) = (Arc::new(waiting), Reach::Assign);
    desk.act(Action::Triage { ticket, source_revision: 0, reach });
    desk.report("t2", to("hint"));
    desk.report("t2", Activity::Returned);
    assert!(matches!(desk.case("t2").phase, Phase::Queued { .. }));
}

#[test]
fn advice_that_was_transferred_is_advice_again_when_it_is_back() {
    let mut desk = two_teams();
    let advised = Arc::new(ticket("t3"));
    desk.act(Action::Advise { ticket: advised, source_revision: 0 });
    for activity in [to("back"), Activity::Returned] {
        desk.report("t3", activity);
        assert!(matches!(desk.case("t3").phase, Phase::Advised { .. }));
    }
}

#[test]
fn advice_on_a_ticket_that_is_away_goes_by_the_team_where_it_is() {
    let mut desk = two_teams();
    only_advised(&mut desk, "front");
    let id = ticket_id("t4");
    let by_policy = |desk: &mut Scene| {
        let ticket = Arc::new(ticket("t4"));
        desk.act(Action::Triage { ticket, source_revision: 0, reach: Reach::ByPolicy });
    };
    by_policy(&mut desk);
    desk.report("t4", to("back"));
    by_policy(&mut desk);
    let case = desk.desk.case(&id).expect("known");
    assert!(matches!(case.phase, Phase::Queued { .. }), "the back is given its tickets");
}
