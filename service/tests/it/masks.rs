//! Field masks: what is named is changed or returned, and nothing else.

use prost_types::FieldMask;
use switchyard_proto::v1 as pb;
use tonic::Code;

use crate::harness::Harness;
use crate::refusal::refused;
use crate::samples::agent;

fn mask(paths: &[&str]) -> FieldMask {
    FieldMask { paths: paths.iter().map(|path| (*path).to_owned()).collect() }
}

fn change(agent: pb::Agent, fields: &[&str]) -> pb::BatchUpsertAgentsRequest {
    let (agents, update_mask) = (vec![agent], Some(mask(fields)));
    pb::BatchUpsertAgentsRequest { agents, update_mask, ..Default::default() }
}

#[tokio::test]
async fn only_the_named_fields_of_an_agent_change() {
    let harness = Harness::start().await;
    let skill = pb::HeldSkill { skill: "returns".to_owned(), level: 3, expire_time: None };
    harness.seat_as(vec![pb::Agent { skills: vec![skill.clone()], ..agent("li", 3.0) }]).await;
    let loaded = pb::Agent { external_load: 2.0, ..agent("li", 9.0) };
    harness
        .roster()
        .batch_upsert_agents(change(loaded, &["external_load"]))
        .await
        .expect("changed");
    let known = harness.agent("li").await;
    let told = known.agent.expect("an agent");
    assert_eq!((told.external_load, known.headroom), (2.0, 1.0));
    assert_eq!((told.skills, told.capacity.expect("a capacity").total), (vec![skill], Some(3.0)));
}

#[tokio::test]
async fn an_unknown_field_or_agent_is_refused_and_changes_nothing() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    let mut roster = harness.roster();
    let answer = roster.batch_upsert_agents(change(agent("li", 9.0), &["salary"])).await;
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["update_mask"]);
    let answer = roster.batch_upsert_agents(change(agent("ann", 9.0), &["capacity"])).await;
    refused(answer, Code::NotFound, "UNKNOWN_AGENT", &[]);
    assert_eq!(harness.agent("li").await.headroom, 3.0);
}

#[tokio::test]
async fn an_agent_who_has_changed_since_is_not_overwritten() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    let etag = harness.agent("li").await.agent.expect("an agent").etag;
    harness.seat(&[("li", 4.0)]).await;
    let stale = pb::Agent { etag, ..agent("li", 5.0) };
    let answer = harness.roster().batch_upsert_agents(change(stale, &["capacity"])).await;
    refused(answer, Code::Aborted, "ETAG_MISMATCH", &[]);
    assert_eq!(harness.agent("li").await.headroom, 4.0);
}

#[tokio::test]
async fn only_the_named_fields_of_a_ticket_are_returned() {
    let harness = Harness::start().await;
    harness.decide("T-1").await;
    let read_mask = Some(mask(&["id", "state"]));
    let request = pb::ListTicketsRequest { read_mask, ..Default::default() };
    let listed = harness.desk().list_tickets(request).await.expect("a page").into_inner();
    let state = pb::TicketState::Queued as i32;
    let wanted = pb::TicketStatus { id: "T-1".to_owned(), state, ..Default::default() };
    assert_eq!(listed.tickets, [wanted]);
    let request =
        pb::ListTicketsRequest { read_mask: Some(mask(&["owner"])), ..Default::default() };
    let answer = harness.desk().list_tickets(request).await;
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["read_mask"]);
}
