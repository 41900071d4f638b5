//! Deadlines: what is not begun in time never happens, what is begun stands.

use std::future::Future as _;
use std::time::{Duration, Instant};

use switchyard::app::{Call, RequestId, SubmitError, Work};
use switchyard_domain::agent::Team;
use switchyard_domain::desk::{Action, Actor, Desk};
use switchyard_domain::ids::{TeamId, TenantId};
use switchyard_proto::v1 as pb;
use tonic::{Code, Status};

use crate::bare_call::BareCall;
use crate::harness::Harness;
use crate::refusal::refused;
use crate::samples::{ticket, triage};

#[tokio::test]
async fn a_call_that_comes_too_late_is_told_why_and_changes_nothing() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    let events = harness.events().await;
    for timeout in ["0n", "1n"] {
        let call = BareCall::begin(harness.address(), &[("grpc-timeout", timeout)]).await;
        let (head, _) = call.send(&triage(ticket("T-1"))).await;
        let status = Status::from_header_map(head.headers()).expect("a refusal without a body");
        refused(
            Err::<tonic::Response<()>, _>(status),
            Code::DeadlineExceeded,
            "DEADLINE_PASSED",
            &[],
        );
    }
    let request = pb::GetTicketRequest { id: "T-1".to_owned(), ..pb::GetTicketRequest::default() };
    refused(harness.desk().get_ticket(request).await, Code::NotFound, "NOT_FOUND", &[]);
    assert_eq!(harness.events().await, events);
}

#[tokio::test]
async fn a_watch_or_probe_that_comes_too_late_is_told_why() {
    let harness = Harness::start().await;
    for path in ["/switchyard.v1.DeskService/Watch", "/grpc.health.v1.Health/Check"] {
        let call = BareCall::begin_at(path, harness.address(), &[("grpc-timeout", "1n")]).await;
        let (head, _) = call.send(&()).await;
        let status = Status::from_header_map(head.headers()).expect("a refusal without a body");
        let answer = Err::<tonic::Response<()>, _>(status);
        refused(answer, Code::DeadlineExceeded, "DEADLINE_PASSED", &[]);
    }
}

fn tenant() -> TenantId {
    TenantId::new("acme").expect("a valid id")
}

fn team(id: &str) -> Action {
    let id = TeamId::new(id).expect("a valid id");
    Action::UpsertTeam(Team { id, display_name: String::new() })
}

fn call(request_id: &str, deadline: Option<Instant>) -> Call {
    let request = RequestId::new(&tenant(), "UpsertTeam", request_id, b"the same body");
    Call {
        tenant: tenant(),
        actor: Actor::System,
        request: Some(request),
        deadline,
        expected: Vec::new(),
        named: Vec::new(),
    }
}

#[tokio::test]
async fn a_change_that_waited_past_its_deadline_is_dropped() {
    let harness = Harness::start().await;
    let desks = &harness.app().desks;
    let late = Instant::now().checked_sub(Duration::from_millis(1));
    let answer = desks.submit(call("r-1", late).with(Work::Act(team("care")))).await;
    assert_eq!(answer, Err(SubmitError::DeadlinePassed));
    assert_eq!(desks.committed.read(&tenant(), |desk| desk.roster().teams().len()), 0);
    let answer = desks.submit(call("r-1", None).with(Work::Act(team("care")))).await;
    assert!(!answer.expect("done").replayed, "the id is not used up");
}

#[tokio::test]
async fn a_change_whose_caller_left_stands_and_the_retry_gets_it() {
    let harness = Harness::start().await;
    let desks = &harness.app().desks;
    {
        let mut left =
            std::pin::pin!(desks.submit(call("r-1", None).with(Work::Act(team("care")))));
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        // Handed in by now; nearly always its commit is still to come.
        let _ = left.as_mut().poll(&mut context);
    }
    let again = desks.submit(call("r-1", None).with(Work::Act(team("care")))).await;
    let receipt = again.expect("done");
    assert!(receipt.replayed);
    assert_eq!(receipt.events.len(), 1);
    assert_eq!(desks.committed.read(&tenant(), Desk::sequence), 1);
}
