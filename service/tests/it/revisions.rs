//! Revisions of the policy: listed, rolled back, guarded by etags, and made to hold for open tickets.

use switchyard_proto::v1 as pb;
use switchyard_proto::v1::operation_service_client::OperationServiceClient;
use tonic::Code;

use crate::harness::{Harness, eventually};
use crate::refusal::refused;

/// The default policy with another first response for the calmest tickets.
fn source(first_response: &str) -> String {
    let was = "p4 = { first_response = \"8h\"";
    assert!(switchyard_policy::DEFAULT.contains(was), "the default policy has changed");
    let now = format!("p4 = {{ first_response = \"{first_response}\"");
    switchyard_policy::DEFAULT.replace(was, &now)
}

fn apply(first_response: &str) -> pb::ApplyRequest {
    pb::ApplyRequest { source: source(first_response), ..pb::ApplyRequest::default() }
}

async fn first_response_hours(harness: &Harness, ticket: &str) -> i64 {
    let sla = harness.ticket(ticket).await.sla.expect("promises");
    sla.first_response.expect("a clock").target.expect("a running clock").seconds / 3_600
}

#[tokio::test]
async fn an_earlier_revision_comes_into_force_again_as_a_new_one() {
    let harness = Harness::start().await;
    let mut policies = harness.policies();
    for hours in ["4h", "2h"] {
        policies.apply(apply(hours)).await.expect("applied");
    }
    let request = pb::RollBackRequest { revision: 1, ..pb::RollBackRequest::default() };
    let rolled = policies.roll_back(request).await.expect("rolled back").into_inner();
    let policy = rolled.policy.expect("a policy");
    assert_eq!((policy.revision, policy.comment.as_str()), (3, "revision 1 again"));
    let in_force = policies.get(pb::GetRequest::default()).await.expect("a policy").into_inner();
    assert_eq!(in_force.policy.expect("a policy").source, source("4h"));
    let second = pb::GetRequest { revision: Some(2) };
    let second = policies.get(second).await.expect("a policy").into_inner().policy;
    let second = second.expect("a policy");
    assert_eq!((second.source, second.in_force), (source("2h"), false));
    let unknown = pb::RollBackRequest { revision: 9, ..pb::RollBackRequest::default() };
    refused(policies.roll_back(unknown).await, Code::NotFound, "NOT_FOUND", &[]);
}

#[tokio::test]
async fn revisions_are_listed_newest_first_in_pages() {
    let harness = Harness::start().await;
    let mut policies = harness.policies();
    for hours in ["4h", "2h", "1h"] {
        policies.apply(apply(hours)).await.expect("applied");
    }
    let (mut seen, mut page_token) = (Vec::new(), String::new());
    loop {
        let request = pb::ListRevisionsRequest { page_size: 2, page_token };
        let page = policies.list_revisions(request).await.expect("a page").into_inner();
        assert!(page.revisions.iter().all(|revision| revision.source.is_empty()));
        seen.extend(page.revisions.iter().map(|revision| (revision.revision, revision.in_force)));
        page_token = page.next_page_token;
        if page_token.is_empty() {
            break;
        }
    }
    assert_eq!(seen, [(3, true), (2, false), (1, false), (0, false)]);
}

#[tokio::test]
async fn a_policy_that_rests_on_another_revision_is_not_applied() {
    let harness = Harness::start().await;
    let mut policies = harness.policies();
    let first = policies.apply(apply("4h")).await.expect("applied").into_inner();
    let etag = first.policy.expect("a policy").etag;
    let on_first = pb::ApplyRequest { etag: etag.clone(), ..apply("2h") };
    policies.apply(on_first).await.expect("nothing came between");
    let late = pb::ApplyRequest { etag, ..apply("1h") };
    refused(policies.apply(late).await, Code::Aborted, "ETAG_MISMATCH", &[]);
}

#[tokio::test]
async fn promises_of_open_tickets_are_kept_or_made_again_as_asked() {
    let harness = Harness::start().await;
    harness.decide("T-1").await;
    let kept = harness.policies().apply(apply("4h")).await.expect("applied").into_inner();
    assert_eq!(kept.operation, "");
    assert_eq!(first_response_hours(&harness, "T-1").await, 8, "kept as it was made");
    let again = pb::ApplyRequest { open_tickets: pb::OpenTickets::Recompute as i32, ..apply("2h") };
    let applied = harness.policies().apply(again).await.expect("applied").into_inner();
    let mut operations = OperationServiceClient::new(harness.channel());
    let done = eventually(async || {
        let request = pb::GetOperationRequest { name: applied.operation.clone() };
        let operation = operations.clone().get_operation(request).await.expect("it is known");
        operation.into_inner().operation.filter(|operation| operation.done)
    });
    let done = done.await;
    assert_eq!((done.n_done, done.n_total), (1, 1));
    assert_eq!(first_response_hours(&harness, "T-1").await, 2, "made again");
    let request = pb::GetOperationRequest { name: "policy/9/recompute".to_owned() };
    refused(operations.get_operation(request).await, Code::NotFound, "NOT_FOUND", &[]);
}
