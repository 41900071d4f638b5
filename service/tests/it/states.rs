//! What the desk refuses: what it does not know, and what its state forbids.

use switchyard_proto::v1 as pb;
use switchyard_proto::v1::activity::Kind;
use tonic::Code;

use crate::harness::Harness;
use crate::refusal::refused;
use crate::samples::{agent, daily, report, ticket, triage, triage_once};

fn assign(ticket_id: &str, agent: &str) -> pb::AssignRequest {
    let (ticket_id, agent) = (ticket_id.to_owned(), agent.to_owned());
    pb::AssignRequest { ticket_id, agent, ..pb::AssignRequest::default() }
}

fn complete(ticket_id: &str) -> pb::CompleteRequest {
    pb::CompleteRequest { ticket_id: ticket_id.to_owned(), ..pb::CompleteRequest::default() }
}

fn cancel(ticket_id: &str) -> pb::CancelRequest {
    pb::CancelRequest { ticket_id: ticket_id.to_owned(), ..pb::CancelRequest::default() }
}

fn replied() -> Kind {
    Kind::AgentReply(pb::activity::AgentReply {})
}

#[tokio::test]
async fn an_unknown_ticket_is_not_found() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    let mut desk = harness.desk();
    refused(desk.complete(complete("T-9")).await, Code::NotFound, "UNKNOWN_TICKET", &[]);
    refused(desk.cancel(cancel("T-9")).await, Code::NotFound, "UNKNOWN_TICKET", &[]);
    refused(desk.assign(assign("T-9", "li")).await, Code::NotFound, "UNKNOWN_TICKET", &[]);
    let answer = desk.report_activity(report("T-9", replied())).await;
    refused(answer, Code::NotFound, "UNKNOWN_TICKET", &[]);
    for id in ["T-9", "", "two words"] {
        let answer = desk
            .get_ticket(pb::GetTicketRequest {
                id: id.to_owned(),
                ..pb::GetTicketRequest::default()
            })
            .await;
        refused(answer, Code::NotFound, "NOT_FOUND", &[]);
    }
}

#[tokio::test]
async fn an_unknown_agent_is_not_found() {
    let harness = Harness::start().await;
    harness.decide("T-1").await;
    let answer = harness.desk().assign(assign("T-1", "nobody")).await;
    refused(answer, Code::NotFound, "UNKNOWN_AGENT", &[]);
    let kind = Kind::AssignedByPerson(pb::activity::AssignedByPerson { agent: "nobody".into() });
    let answer = harness.desk().report_activity(report("T-1", kind)).await;
    refused(answer, Code::NotFound, "UNKNOWN_AGENT", &[]);
    let mut roster = harness.roster();
    let nobody = || "nobody".to_owned();
    let answer = roster.get_agent(pb::GetAgentRequest { id: nobody() }).await;
    refused(answer, Code::NotFound, "NOT_FOUND", &[]);
    let answer = roster
        .delete_agent(pb::DeleteAgentRequest {
            id: nobody(),
            actor: None,
            ..pb::DeleteAgentRequest::default()
        })
        .await;
    refused(answer, Code::NotFound, "UNKNOWN_AGENT", &[]);
    let request = pb::SetPresenceRequest { agent: nobody(), ..pb::SetPresenceRequest::default() };
    refused(roster.set_presence(request).await, Code::NotFound, "UNKNOWN_AGENT", &[]);
    let request = pb::ReplaceShiftsRequest { agent: nobody(), ..Default::default() };
    refused(roster.replace_shifts(request).await, Code::NotFound, "UNKNOWN_AGENT", &[]);
    let owned = pb::AdoptedTicket {
        ticket: Some(ticket("T-2")),
        agent: nobody(),
        ..pb::AdoptedTicket::default()
    };
    let request = pb::BatchAdoptTicketsRequest { tickets: vec![owned], actor: None };
    let answer = harness.desk().batch_adopt_tickets(request).await.expect("a batch").into_inner();
    let status = answer.results[0].status.clone().expect("a status");
    assert_eq!((status.code, status.reason.as_str()), (Code::NotFound as i32, "UNKNOWN_AGENT"));
}

#[tokio::test]
async fn an_unknown_team_is_not_found() {
    let harness = Harness::start().await;
    let mut roster = harness.roster();
    let team = || "nowhere".to_owned();
    let answer = roster.get_team(pb::GetTeamRequest { id: team() }).await;
    refused(answer, Code::NotFound, "NOT_FOUND", &[]);
    let answer = roster.delete_team(pb::DeleteTeamRequest { id: team(), actor: None }).await;
    refused(answer, Code::NotFound, "UNKNOWN_TEAM", &[]);
    let agents = vec![pb::Agent { teams: vec![team()], ..agent("li", 3.0) }];
    let request = pb::BatchUpsertAgentsRequest {
        agents,
        actor: None,
        ..pb::BatchUpsertAgentsRequest::default()
    };
    refused(roster.batch_upsert_agents(request).await, Code::NotFound, "UNKNOWN_TEAM", &[]);
}

#[tokio::test]
async fn an_unknown_decision_is_not_found() {
    let harness = Harness::start().await;
    harness.decide("T-1").await;
    // Sequence 1 is there, but it is no decision; the rest was never given out.
    for id in ["d1", "d99", "2", "", "d-1", "d18446744073709551615", "d9223372036854775808"] {
        let request = pb::GetDecisionRequest { id: id.to_owned() };
        let answer = harness.triage().get_decision(request).await;
        refused(answer, Code::NotFound, "NOT_FOUND", &[]);
        let request = pb::ExplainDecisionRequest { id: id.to_owned() };
        let answer = harness.triage().explain_decision(request).await;
        refused(answer, Code::NotFound, "NOT_FOUND", &[]);
    }
}

#[tokio::test]
async fn a_closed_ticket_takes_nothing_but_its_reopening() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    harness.decide("T-1").await;
    harness.complete("T-1").await;
    let closed = (Code::FailedPrecondition, "TICKET_CLOSED");
    let mut desk = harness.desk();
    refused(desk.complete(complete("T-1")).await, closed.0, closed.1, &[]);
    refused(desk.cancel(cancel("T-1")).await, closed.0, closed.1, &[]);
    refused(desk.assign(assign("T-1", "li")).await, closed.0, closed.1, &[]);
    refused(desk.report_activity(report("T-1", replied())).await, closed.0, closed.1, &[]);
    refused(harness.triage().triage(triage(ticket("T-1"))).await, closed.0, closed.1, &[]);
    let reopened = harness.report("T-1", Kind::Reopened(pb::activity::Reopened {})).await;
    assert_eq!(reopened.state(), pb::TicketState::Active);
}

#[tokio::test]
async fn opening_an_open_ticket_again_changes_nothing() {
    let harness = Harness::start().await;
    harness.decide("T-1").await;
    let reopened = Kind::Reopened(pb::activity::Reopened {});
    let answer = harness.desk().report_activity(report("T-1", reopened)).await;
    assert!(!answer.expect("acknowledged").into_inner().applied);
}

#[tokio::test]
async fn an_agent_who_owns_tickets_cannot_be_removed() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    harness.decide("T-1").await;
    let request = || pb::DeleteAgentRequest {
        id: "li".to_owned(),
        actor: None,
        ..pb::DeleteAgentRequest::default()
    };
    let answer = harness.roster().delete_agent(request()).await;
    refused(answer, Code::FailedPrecondition, "AGENT_OWNS_TICKETS", &[]);
    harness.complete("T-1").await;
    harness.roster().delete_agent(request()).await.expect("removed");
}

#[tokio::test]
async fn a_team_that_has_agents_cannot_be_removed() {
    let harness = Harness::start().await;
    let team = pb::Team { id: "billing".to_owned(), display_name: String::new() };
    let request = pb::UpsertTeamRequest { team: Some(team), actor: None };
    harness.roster().upsert_team(request).await.expect("a team");
    harness.seat_as(vec![pb::Agent { teams: vec!["billing".into()], ..agent("li", 3.0) }]).await;
    let request = pb::DeleteTeamRequest { id: "billing".to_owned(), actor: None };
    let answer = harness.roster().delete_team(request).await;
    refused(answer, Code::FailedPrecondition, "TEAM_HAS_AGENTS", &[]);
}

#[tokio::test]
async fn an_older_source_revision_is_acknowledged_and_changes_nothing() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    let revised = |source_revision| pb::Ticket { source_revision, ..ticket("T-1") };
    let first = harness.assign(revised(7)).await;
    let before = (harness.ticket("T-1").await, harness.events().await);

    let again = harness.assign(revised(6)).await;
    assert!(again.stale && !again.replayed);
    assert_eq!(again.decision, first.decision, "the latest decision is shown");

    let solved = Kind::Solved(pb::activity::Solved {});
    let late = pb::ReportActivityRequest { source_revision: 6, ..report("T-1", solved) };
    let answer = harness.desk().report_activity(late).await.expect("acknowledged").into_inner();
    assert!(!answer.applied);
    assert_eq!((harness.ticket("T-1").await, harness.events().await), before);

    let newer = pb::ReportActivityRequest { source_revision: 8, ..report("T-1", replied()) };
    let answer = harness.desk().report_activity(newer).await.expect("applied").into_inner();
    assert!(answer.applied);
    assert_eq!(answer.ticket.expect("a ticket").source_revision, 8);
}

#[tokio::test]
async fn a_stale_triage_of_a_ticket_adopted_with_its_owner_has_no_decision_to_show() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    let adopted = pb::AdoptedTicket {
        ticket: Some(pb::Ticket { source_revision: 5, ..ticket("T-1") }),
        agent: "li".to_owned(),
        ..pb::AdoptedTicket::default()
    };
    let request = pb::BatchAdoptTicketsRequest { tickets: vec![adopted], actor: None };
    harness.desk().batch_adopt_tickets(request).await.expect("adopted");
    let stale = harness.assign(pb::Ticket { source_revision: 3, ..ticket("T-1") }).await;
    assert!(stale.stale && stale.decision.is_none() && stale.assessment.is_some());
}

#[tokio::test]
async fn a_stale_triage_sent_again_gets_the_decision_that_was_there_the_first_time() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    let revised = |source_revision| pb::Ticket { source_revision, ..ticket("T-1") };
    let first = harness.assign(revised(7)).await.decision.expect("a decision");
    let stale = triage_once(revised(6), "late");
    let shown = harness.triage().triage(stale.clone()).await.expect("stale").into_inner();
    assert_eq!((shown.stale, shown.decision.as_ref()), (true, Some(&first)));
    harness.assign(revised(8)).await;
    let again = harness.triage().triage(stale).await.expect("replayed").into_inner();
    assert_eq!((again.replayed, again.stale, again.decision), (true, true, Some(first)));
}

#[tokio::test]
async fn a_report_counts_as_applied_by_itself_not_by_what_time_did() {
    let harness = Harness::start().await;
    let late = pb::Agent { schedule: Some(daily("11:00", "20:00")), ..agent("li", 1.0) };
    harness.seat_as(vec![late]).await;
    harness.assign(pb::Ticket { source_revision: 7, ..ticket("T-1") }).await;
    harness.assign(ticket("T-2")).await;
    harness.pass_minutes(60);
    let stale = pb::ReportActivityRequest { source_revision: 6, ..report("T-1", replied()) };
    let answer = harness.desk().report_activity(stale).await.expect("acknowledged").into_inner();
    assert!(!answer.applied);
}

#[tokio::test]
async fn a_sequence_never_given_out_is_out_of_range() {
    let harness = Harness::start().await;
    harness.decide("T-1").await;
    let head = harness.events().await.len() as u64;
    let after_sequence = head + 1;
    let request = pb::ListEventsRequest { after_sequence, ..pb::ListEventsRequest::default() };
    let answer = harness.desk().list_events(request).await;
    refused(answer, Code::OutOfRange, "SEQUENCE_AHEAD", &[]);
    let answer = harness
        .desk()
        .watch(pb::WatchRequest { after_sequence, ..pb::WatchRequest::default() })
        .await;
    refused(answer.map(|answer| answer.map(|_| ())), Code::OutOfRange, "SEQUENCE_AHEAD", &[]);
}

#[tokio::test]
async fn a_refusal_of_an_unknown_tenant_leaves_its_desk_usable() {
    let mut harness = Harness::start().await;
    let answer = harness.desk().complete(complete("T-1")).await;
    refused(answer, Code::NotFound, "UNKNOWN_TICKET", &[]);
    harness.restart().await;
    harness.seat(&[("li", 3.0)]).await;
    assert_eq!(harness.decide("T-1").await.agent, "li");
}
