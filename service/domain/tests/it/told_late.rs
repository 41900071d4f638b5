//! What is heard of in another order than it happened.

use std::sync::Arc;

use switchyard_domain::agent::{Agent, Team};
use switchyard_domain::desk::{Action, Activity, HoldReason, Report, Transferral};
use switchyard_domain::priority::Band;
use switchyard_domain::skill::RequirementKind;
use switchyard_domain::sla::Clock;
use switchyard_domain::ticket::Ticket;
use switchyard_domain::time::Span;

use crate::fixture::{
    Scene, desk, held, minute, requirement, skill_id, team_id, ticket, ticket_id,
};

/// First and next response within 15 minutes.
fn p1(ticket: &mut Ticket) {
    ticket.wishes.priority = Some(Band::P1);
}

fn one_p1() -> Scene {
    desk().agent("a1").ticket_with("t1", p1)
}

/// Reports at one minute what happened at another.
fn hear(desk: &mut Scene, now: i64, activity: Activity, happened: i64) {
    desk.now = minute(now);
    let happened_at = Some(minute(happened));
    let report = Report { happened_at, ..Report::now(ticket_id("t1"), activity, 0) };
    desk.act(Action::Report(report.into()));
}

#[test]
fn the_earliest_reply_is_the_first_response_whenever_it_is_heard_of() {
    for (earlier, in_time) in [(15, true), (16, false)] {
        let mut desk = one_p1();
        hear(&mut desk, 40, Activity::AgentReply, 40);
        hear(&mut desk, 41, Activity::AgentReply, earlier);
        let met = Clock::Met { at: minute(earlier), in_time };
        assert_eq!(desk.case("t1").clocks.first_response, met);
    }
}

#[test]
fn a_message_from_before_a_hold_is_due_its_answer_after_it() {
    let mut desk = one_p1();
    hear(&mut desk, 1, Activity::AgentReply, 1);
    hear(&mut desk, 20, Activity::Held(HoldReason::ThirdParty), 20);
    hear(&mut desk, 30, Activity::CustomerMessage, 10);
    let left = Span::from_minutes(5);
    let paused = Clock::Paused { target: Span::from_minutes(15), left };
    assert_eq!(desk.case("t1").clocks.next_response, paused);
    hear(&mut desk, 60, Activity::Resumed, 60);
    assert_eq!(desk.case("t1").clocks.next_response.due(), Some(minute(65)));
}

#[test]
fn a_reopened_ticket_is_not_closed_by_what_happened_before_it_was() {
    let mut desk = one_p1();
    hear(&mut desk, 10, Activity::Solved, 9);
    desk.report("t1", Activity::Reopened);
    for activity in [Activity::Solved, Activity::Held(HoldReason::Customer), Activity::AgentReply] {
        let before = desk.case("t1").clone();
        hear(&mut desk, 12, activity, 9);
        assert_eq!(*desk.case("t1"), before);
    }
    hear(&mut desk, 14, Activity::Solved, 13);
    assert!(!desk.case("t1").is_open());
}

#[test]
fn a_reopening_is_after_the_close_whenever_that_was_heard_of() {
    let mut desk = one_p1();
    hear(&mut desk, 60, Activity::Solved, 10);
    hear(&mut desk, 90, Activity::Reopened, 30);
    assert!(desk.case("t1").is_open());
    let due = desk.case("t1").clocks.resolution.due();
    assert_eq!(due, Some(minute(30 + 4 * 60)), "counted from when the customer wanted it");
}

#[test]
fn the_same_hold_told_twice_with_its_time_is_one() {
    let mut desk = one_p1();
    hear(&mut desk, 20, Activity::Held(HoldReason::ThirdParty), 10);
    let before = desk.case("t1").clone();
    hear(&mut desk, 21, Activity::Held(HoldReason::ThirdParty), 10);
    assert_eq!(*desk.case("t1"), before);
}

#[test]
fn what_a_brought_ticket_heard_before_it_came_is_told_from_what_is_new() {
    let mut desk = desk().agent("a1").at(60);
    desk.adopt("t1", |adoption| {
        p1(Arc::make_mut(&mut adoption.ticket));
        (adoption.first_replied_at, adoption.asked_at) = (Some(minute(30)), Some(minute(50)));
    });
    let due = desk.case("t1").clocks.next_response.due();
    assert_eq!(due, Some(minute(65)));
    hear(&mut desk, 61, Activity::AgentReply, 40);
    assert_eq!(desk.case("t1").clocks.next_response.due(), due, "it answers what was before");
    hear(&mut desk, 62, Activity::Held(HoldReason::Customer), 45);
    assert_eq!(desk.case("t1").hold, None, "the customer wrote since");
}

#[test]
fn advice_is_not_given_on_an_older_text() {
    let mut desk = desk().agent("a1");
    let advise =
        |source_revision, id| Action::Advise { ticket: Arc::new(ticket(id)), source_revision };
    desk.act(advise(2, "t1"));
    assert_eq!(desk.act(advise(1, "t1")), []);
    assert_eq!(desk.act(advise(2, "t1")).len(), 1);
    assert_eq!(desk.act(advise(0, "t1")).len(), 1);
}

#[test]
fn a_forgotten_ticket_that_comes_in_again_has_a_version_it_never_had() {
    let mut desk = desk().agent("a1").ticket("t1");
    desk.report("t1", Activity::Solved);
    let last = desk.case("t1").version;
    let kept = desk.desk.policy().closed_kept;
    desk.now = desk.now + kept + Span::from_minutes(1);
    desk.triage("t1", |_| {});
    assert!(desk.case("t1").version > last);
}

/// `b1` and `b2` work in the back, `b2` can solder.
fn back() -> Scene {
    let of_back = |agent: &mut Agent| agent.teams = [team_id("back")].into();
    let mut desk = desk().agent("f1").ticket("t1");
    desk.act(Action::UpsertTeam(Team { id: team_id("back"), display_name: String::new() }));
    desk.agent_with("b1", of_back).agent_with("b2", |agent| {
        of_back(agent);
        agent.external_load = crate::fixture::units(2.0);
        agent.skills.insert(skill_id("solder"), held(3));
    })
}

fn to_back(desk: &mut Scene, returns: bool, skill: Option<&str>) -> usize {
    let needs = |skill: &str| requirement(skill, RequirementKind::Required, 1);
    let asked = Transferral {
        team: team_id("back"),
        agent: None,
        returns,
        requirements: skill.map(needs).into_iter().collect(),
    };
    desk.report("t1", Activity::Transferred(Box::new(asked))).len()
}

#[test]
fn a_transfer_within_the_team_changes_what_it_needs_and_nothing_else() {
    let mut desk = back();
    to_back(&mut desk, true, None);
    assert_eq!(desk.owner("t1"), Some("b1"));
    assert_eq!(to_back(&mut desk, true, None), 0, "it is there already");
    to_back(&mut desk, true, Some("solder"));
    assert_eq!(desk.owner("t1"), Some("b2"));
    to_back(&mut desk, false, Some("solder"));
    assert_eq!(desk.owner("t1"), Some("b2"), "who has it may have it still");
    let transfer = desk.case("t1").transfer.as_deref().expect("it is away");
    assert_eq!(
        (
            transfer.returns,
            transfer.home.agent.as_ref().map(switchyard_domain::ids::AgentId::as_str)
        ),
        (false, Some("f1"))
    );
}
