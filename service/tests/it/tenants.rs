//! Tenants share a server and see nothing of each other.

use switchyard_proto::v1 as pb;
use tonic::{Code, Request};

use crate::harness::Harness;
use crate::refusal::refused;
use crate::samples::{agent, ticket, triage_once};

pub(crate) fn for_tenant<T>(tenant: &str, message: T) -> Request<T> {
    let mut request = Request::new(message);
    request.metadata_mut().insert("switchyard-tenant", tenant.parse().expect("ASCII"));
    request
}

#[tokio::test]
async fn tenants_do_not_see_each_other_also_after_a_restart() {
    let mut harness = Harness::start().await;
    for (tenant, agent_id) in [("acme", "ann"), ("globex", "gus")] {
        let agents = vec![agent(agent_id, 3.0)];
        let request = pb::BatchUpsertAgentsRequest {
            agents,
            actor: None,
            ..pb::BatchUpsertAgentsRequest::default()
        };
        harness.roster().batch_upsert_agents(for_tenant(tenant, request)).await.expect("seated");
    }
    // The same ticket and request id of two tenants are two of each.
    let request = triage_once(ticket("T-1"), "request-1");
    let mut made = Vec::new();
    for (tenant, agent_id) in [("acme", "ann"), ("globex", "gus")] {
        let answer = harness.triage().triage(for_tenant(tenant, request.clone())).await;
        let answer = answer.expect("triaged").into_inner();
        assert!(!answer.replayed);
        let decision = answer.decision.expect("a decision");
        assert_eq!(decision.agent, agent_id);
        made.push(decision);
    }
    for _ in 0..2 {
        for (tenant, decision) in ["acme", "globex"].into_iter().zip(&made) {
            let listed = harness
                .roster()
                .list_agents(for_tenant(tenant, pb::ListAgentsRequest::default()))
                .await;
            let agents = listed.expect("a list").into_inner().agents;
            assert_eq!(agents.len(), 1);
            let again = harness.triage().triage(for_tenant(tenant, request.clone())).await;
            let again = again.expect("replayed").into_inner();
            assert_eq!((again.replayed, again.decision.as_ref()), (true, Some(decision)));
            let events = harness
                .desk()
                .list_events(for_tenant(tenant, pb::ListEventsRequest::default()))
                .await;
            let events = events.expect("events").into_inner().events;
            let sequences: Vec<_> = events.iter().map(|event| event.sequence).collect();
            assert_eq!(sequences, [1, 2, 3], "a log of its own");
        }
        let request =
            pb::GetTicketRequest { id: "T-1".to_owned(), ..pb::GetTicketRequest::default() };
        refused(harness.desk().get_ticket(request).await, Code::NotFound, "NOT_FOUND", &[]);
        let request = pb::GetDecisionRequest { id: made[0].id.clone() };
        let answer = harness.triage().get_decision(for_tenant("initech", request)).await;
        refused(answer, Code::NotFound, "NOT_FOUND", &[]);
        harness.restart().await;
    }
}

#[tokio::test]
async fn a_policy_is_the_tenants_own() {
    let harness = Harness::start().await;
    let source = switchyard_policy::DEFAULT.to_owned();
    let request = pb::ApplyRequest { source, ..pb::ApplyRequest::default() };
    harness.policies().apply(for_tenant("acme", request)).await.expect("applied");
    for (tenant, revision) in [("acme", 1), ("globex", 0)] {
        let request = for_tenant(tenant, pb::GetServerInfoRequest {});
        let info = harness.server().get_server_info(request).await.expect("info").into_inner();
        assert_eq!((info.tenant.as_str(), info.policy_revision), (tenant, revision));
    }
}
