//! `GetAgreement`: how often people gave tickets to whom the desk had advised.

use switchyard_proto::v1 as pb;
use switchyard_proto::v1::activity::Kind;
use tonic::Code;

use crate::harness::Harness;
use crate::refusal::refused;
use crate::samples::{agent, at, ticket, triage};

/// Whom the desk lists for a ticket on which only advice is asked, the advised one first.
async fn advise(harness: &Harness, ticket: pb::Ticket) -> Vec<String> {
    let request = pb::TriageRequest { mode: pb::Mode::Advise as i32, ..triage(ticket) };
    let answer = harness.triage().triage(request).await.expect("advised").into_inner();
    let candidates = answer.decision.expect("a decision").candidates;
    candidates.into_iter().map(|candidate| candidate.agent).collect()
}

fn given_to(agent: &str) -> Kind {
    Kind::AssignedByPerson(pb::activity::AssignedByPerson { agent: agent.to_owned() })
}

/// A person gives a ticket to somebody.
async fn give(harness: &Harness, id: &str, agent: &str) {
    assert_eq!(harness.report(id, given_to(agent)).await.agent, agent);
}

async fn asked(harness: &Harness, request: pb::GetAgreementRequest) -> pb::GetAgreementResponse {
    harness.desk().get_agreement(request).await.expect("an answer").into_inner()
}

async fn all(harness: &Harness) -> pb::GetAgreementResponse {
    asked(harness, pb::GetAgreementRequest::default()).await
}

/// Given, to the advised, to one of those listed, where nobody was free.
fn counts(of: &pb::Agreement) -> [u64; 4] {
    [of.n_taken, of.n_first, of.n_listed, of.n_nobody]
}

async fn total(harness: &Harness) -> [u64; 4] {
    counts(&all(harness).await.total.expect("a total"))
}

/// Two who are listed, and one who has no room.
async fn staffed() -> Harness {
    let harness = Harness::start().await;
    harness.seat(&[("li", 9.0), ("ann", 3.0), ("gus", 0.0)]).await;
    assert_eq!(advise(&harness, ticket("T-1")).await, ["li", "ann"]);
    harness
}

#[tokio::test]
async fn a_ticket_given_to_whom_was_advised_counts_as_first_and_listed() {
    let harness = staffed().await;
    assert_eq!(total(&harness).await, [0, 0, 0, 0], "advice alone is not counted");
    give(&harness, "T-1", "li").await;
    assert_eq!(total(&harness).await, [1, 1, 1, 0]);
}

#[tokio::test]
async fn a_ticket_given_to_another_candidate_counts_as_listed_only() {
    let harness = staffed().await;
    give(&harness, "T-1", "ann").await;
    assert_eq!(total(&harness).await, [1, 0, 1, 0]);
}

#[tokio::test]
async fn a_ticket_given_to_somebody_not_listed_counts_as_given_only() {
    let harness = staffed().await;
    give(&harness, "T-1", "gus").await;
    assert_eq!(total(&harness).await, [1, 0, 0, 0]);
}

#[tokio::test]
async fn a_ticket_for_which_nobody_was_free_counts_as_such() {
    let harness = Harness::start().await;
    harness.seat(&[("gus", 0.0)]).await;
    assert_eq!(advise(&harness, ticket("T-1")).await, [""; 0]);
    give(&harness, "T-1", "gus").await;
    assert_eq!(total(&harness).await, [1, 0, 0, 1]);
}

#[tokio::test]
async fn the_sixth_best_is_not_listed() {
    let harness = Harness::start().await;
    let room = |n: u8| (format!("a-{n}"), 10.0 - f64::from(n));
    let agents = (1..=6).map(room).map(|(id, units)| agent(&id, units)).collect();
    harness.seat_as(agents).await;
    let listed = advise(&harness, ticket("T-1")).await;
    assert_eq!(listed, ["a-1", "a-2", "a-3", "a-4", "a-5"]);
    give(&harness, "T-1", "a-6").await;
    assert_eq!(total(&harness).await, [1, 0, 0, 0]);
}

#[tokio::test]
async fn an_assignment_by_call_counts_as_a_report_of_one_does() {
    let harness = staffed().await;
    let request = pb::AssignRequest {
        ticket_id: "T-1".to_owned(),
        agent: "li".to_owned(),
        ..pb::AssignRequest::default()
    };
    harness.desk().assign(request).await.expect("assigned");
    assert_eq!(total(&harness).await, [1, 1, 1, 0]);
}

#[tokio::test]
async fn advice_is_taken_once_and_what_the_desk_gave_is_no_advice() {
    let harness = staffed().await;
    give(&harness, "T-1", "li").await;
    give(&harness, "T-1", "ann").await;
    assert_eq!(harness.decide("T-2").await.agent, "li");
    give(&harness, "T-2", "ann").await;
    assert_eq!(total(&harness).await, [1, 1, 1, 0]);
}

#[tokio::test]
async fn the_latest_advice_is_what_counts() {
    let harness = staffed().await;
    let without_li = pb::RoutingWishes {
        excluded_agents: vec!["li".to_owned()],
        ..pb::RoutingWishes::default()
    };
    let told_again = pb::Ticket { routing: Some(without_li), ..ticket("T-1") };
    assert_eq!(advise(&harness, told_again).await, ["ann"]);
    give(&harness, "T-1", "li").await;
    assert_eq!(total(&harness).await, [1, 0, 0, 0]);
}

fn for_team(id: &str, team: &str) -> pb::Ticket {
    let routing = pb::RoutingWishes { team: team.to_owned(), ..pb::RoutingWishes::default() };
    pb::Ticket { routing: Some(routing), ..ticket(id) }
}

/// On the 3rd `li` was given one of care and one of any team, on the 4th one of care.
async fn over_two_days() -> Harness {
    let harness = Harness::start().await;
    let team = Some(pb::Team { id: "care".to_owned(), display_name: String::new() });
    let request = pb::UpsertTeamRequest { team, actor: None };
    harness.roster().upsert_team(request).await.expect("a team");
    let teams = vec!["care".to_owned()];
    harness.seat_as(vec![pb::Agent { teams, ..agent("li", 9.0) }]).await;
    for (minutes, id, team) in [(0, "T-1", "care"), (0, "T-2", ""), (24 * 60, "T-3", "care")] {
        harness.pass_minutes(minutes);
        assert_eq!(advise(&harness, for_team(id, team)).await, ["li"]);
        give(&harness, id, "li").await;
    }
    harness
}

fn rows(answer: &pb::GetAgreementResponse) -> Vec<(&str, &str, u64)> {
    answer.rows.iter().map(|row| (&*row.team, &*row.date, row.n_taken)).collect()
}

#[tokio::test]
async fn rows_are_by_team_and_day_with_their_sum_also_after_a_restart() {
    let mut harness = over_two_days().await;
    for _ in 0..2 {
        let answer = all(&harness).await;
        let any = ("", "2026-06-03", 1);
        let care = ["2026-06-03", "2026-06-04"].map(|day| ("care", day, 1));
        assert_eq!(rows(&answer), [any, care[0], care[1]]);
        let total = answer.total.expect("a total");
        assert_eq!((counts(&total), &*total.team, &*total.date), ([3, 3, 3, 0], "", ""));
        harness.restart().await;
    }
}

#[tokio::test]
async fn only_the_team_and_the_days_asked_for_are_told() {
    let harness = over_two_days().await;
    let (third, fourth) = (("care", "2026-06-03", 1), ("care", "2026-06-04", 1));
    let fourth_at_noon = Some(at("2026-06-04T12:00:00Z"));
    for (start_time, end_time, told) in [
        (None, None, vec![third, fourth]),
        (fourth_at_noon, None, vec![fourth]),
        (None, fourth_at_noon, vec![third]),
        (fourth_at_noon, fourth_at_noon, vec![]),
    ] {
        let request = pb::GetAgreementRequest { team: "care".to_owned(), start_time, end_time };
        let answer = asked(&harness, request).await;
        assert_eq!(rows(&answer), told);
        assert_eq!(answer.total.expect("a total").n_taken, told.len() as u64);
    }
}

#[tokio::test]
async fn what_is_long_past_is_not_told_unless_asked_for() {
    let harness = over_two_days().await;
    harness.pass_minutes(100 * 24 * 60);
    assert_eq!(total(&harness).await, [0, 0, 0, 0]);
    let start_time = Some(at("2026-06-03T00:00:00Z"));
    let request = pb::GetAgreementRequest { start_time, ..pb::GetAgreementRequest::default() };
    assert_eq!(rows(&asked(&harness, request).await).len(), 3);
}

#[tokio::test]
async fn a_team_that_is_none_is_an_invalid_field() {
    let harness = Harness::start().await;
    let request = pb::GetAgreementRequest { team: "two words".to_owned(), ..Default::default() };
    let answer = harness.desk().get_agreement(request).await;
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["team"]);
}
