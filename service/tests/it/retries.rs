//! The same request id: the same answer, however often it is asked and whatever came between.

use switchyard_proto::v1 as pb;
use switchyard_proto::v1::activity::Kind;
use tonic::Code;

use crate::harness::Harness;
use crate::refusal::refused;
use crate::samples::{report, ticket, triage_once};

async fn once(harness: &Harness, request: &pb::TriageRequest) -> pb::TriageResponse {
    harness.triage().triage(request.clone()).await.expect("triaged").into_inner()
}

#[tokio::test]
async fn a_retried_triage_gives_the_same_decision_also_after_a_restart() {
    let mut harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    let request = triage_once(ticket("T-1"), "request-1");
    let first = once(&harness, &request).await;
    assert!(!first.replayed);
    let events = harness.events().await;
    for _ in 0..2 {
        harness.pass_minutes(90);
        let again = once(&harness, &request).await;
        assert!(again.replayed && !again.stale);
        assert_eq!((&again.decision, &again.assessment), (&first.decision, &first.assessment));
        assert_eq!(again.timings, None);
        assert_eq!(harness.events().await, events, "nothing is done twice");
        harness.restart().await;
    }
}

#[tokio::test]
async fn a_retried_triage_gives_its_own_decision_after_the_ticket_went_on() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    let request = triage_once(ticket("T-1"), "request-1");
    let first = once(&harness, &request).await;
    harness.decide("T-1").await;
    harness.complete("T-1").await;
    let again = once(&harness, &request).await;
    assert_eq!((again.replayed, again.decision), (true, first.decision));
}

#[tokio::test]
async fn a_retry_gets_its_answer_also_when_what_it_names_is_gone() {
    let mut harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    let team = Some(pb::Team { id: "night".to_owned(), display_name: String::new() });
    let upsert = pb::UpsertTeamRequest { team, actor: None };
    harness.roster().upsert_team(upsert).await.expect("a team");
    let wishes = pb::RoutingWishes { team: "night".to_owned(), ..pb::RoutingWishes::default() };
    let named = |id: &str| pb::Ticket { routing: Some(wishes.clone()), ..ticket(id) };
    let request = triage_once(named("T-1"), "request-1");
    let first = once(&harness, &request).await;
    harness.complete("T-1").await;
    let removal =
        pb::DeleteTeamRequest { id: "night".to_owned(), ..pb::DeleteTeamRequest::default() };
    harness.roster().delete_team(removal).await.expect("removed");
    for _ in 0..2 {
        let again = once(&harness, &request).await;
        assert_eq!((again.replayed, again.decision), (true, first.decision.clone()));
        let new = harness.triage().triage(triage_once(named("T-2"), "request-2")).await;
        refused(new, Code::InvalidArgument, "INVALID_FIELD", &["ticket.routing.team"]);
        harness.restart().await;
    }
}

#[tokio::test]
async fn callers_who_send_one_request_at_once_get_one_decision() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 9.0)]).await;
    let request = triage_once(ticket("T-1"), "request-1");
    let calls = (0..16).map(|_| once(&harness, &request));
    let answers = futures_util::future::join_all(calls).await;
    assert_eq!(answers.iter().filter(|answer| !answer.replayed).count(), 1);
    assert!(answers.iter().all(|answer| answer.decision == answers[0].decision));
    assert_eq!(harness.agent("li").await.load, 1.0);
}

#[tokio::test]
async fn another_body_under_the_same_id_is_refused() {
    let mut harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    once(&harness, &triage_once(ticket("T-1"), "request-1")).await;
    for _ in 0..2 {
        let other = triage_once(ticket("T-2"), "request-1");
        let answer = harness.triage().triage(other).await;
        refused(answer, Code::InvalidArgument, "REQUEST_ID_REUSED", &["request_id"]);
        harness.restart().await;
    }
    let request = pb::GetTicketRequest { id: "T-2".to_owned(), ..pb::GetTicketRequest::default() };
    refused(harness.desk().get_ticket(request).await, Code::NotFound, "NOT_FOUND", &[]);
}

#[tokio::test]
async fn a_request_id_belongs_to_its_method() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    once(&harness, &triage_once(ticket("T-1"), "same")).await;
    let request = pb::CompleteRequest {
        ticket_id: "T-1".to_owned(),
        request_id: "same".to_owned(),
        actor: None,
        ..pb::CompleteRequest::default()
    };
    for replayed in [false, true, true] {
        let answer = harness.desk().complete(request.clone()).await.expect("completed");
        assert_eq!(answer.into_inner().replayed, replayed);
    }
}

#[tokio::test]
async fn a_refused_request_may_be_sent_again_once_its_reason_is_gone() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    let request = pb::CompleteRequest {
        ticket_id: "T-1".to_owned(),
        request_id: "early".to_owned(),
        actor: None,
        ..pb::CompleteRequest::default()
    };
    let answer = harness.desk().complete(request.clone()).await;
    refused(answer, Code::NotFound, "UNKNOWN_TICKET", &[]);
    harness.decide("T-1").await;
    let answer = harness.desk().complete(request).await.expect("completed").into_inner();
    assert!(!answer.replayed);
}

#[tokio::test]
async fn reports_assignments_and_cancellations_are_done_once() {
    let mut harness = Harness::start().await;
    harness.seat(&[("li", 3.0), ("ann", 3.0)]).await;
    harness.decide("T-1").await;
    let reply = Kind::AgentReply(pb::activity::AgentReply {});
    let request_id = || "r".to_owned();
    let report = pb::ReportActivityRequest { request_id: request_id(), ..report("T-1", reply) };
    let assign = pb::AssignRequest {
        ticket_id: "T-1".to_owned(),
        agent: "ann".to_owned(),
        request_id: request_id(),
        actor: None,
        ..pb::AssignRequest::default()
    };
    let cancel = pb::CancelRequest {
        ticket_id: "T-1".to_owned(),
        request_id: request_id(),
        actor: None,
        ..pb::CancelRequest::default()
    };
    for replayed in [false, true] {
        let mut desk = harness.desk();
        let reported = desk.report_activity(report.clone()).await.expect("reported").into_inner();
        assert_eq!((reported.replayed, reported.applied), (replayed, true));
        let assigned = desk.assign(assign.clone()).await.expect("assigned").into_inner();
        assert_eq!(assigned.replayed, replayed);
        let cancelled = desk.cancel(cancel.clone()).await.expect("cancelled").into_inner();
        assert_eq!(cancelled.replayed, replayed);
        assert_eq!(cancelled.ticket.expect("a ticket").state(), pb::TicketState::Cancelled);
        harness.restart().await;
    }
}

#[tokio::test]
async fn a_request_id_is_forgotten_after_seven_days() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    let request = triage_once(ticket("T-1"), "request-1");
    once(&harness, &request).await;
    harness.pass_minutes(7 * 24 * 60 - 1);
    assert!(once(&harness, &request).await.replayed);
    harness.pass_minutes(62);
    harness.decide("T-2").await;
    assert!(!once(&harness, &request).await.replayed);
}

#[tokio::test]
async fn a_retried_policy_answers_with_the_revision_it_made() {
    let harness = Harness::start().await;
    let apply = |request_id: &str| pb::ApplyRequest {
        source: switchyard_policy::DEFAULT.to_owned(),
        request_id: request_id.to_owned(),
        ..pb::ApplyRequest::default()
    };
    for (request_id, revision) in [("first", 1), ("second", 2), ("first", 1), ("second", 2)] {
        let answer = harness.policies().apply(apply(request_id)).await.expect("applied");
        let policy = answer.into_inner().policy.expect("a policy");
        assert_eq!(policy.revision, revision, "{request_id}");
    }
}
