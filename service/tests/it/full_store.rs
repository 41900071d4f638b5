//! A store without room: nothing that was acknowledged is lost, nothing refused is half done.

use switchyard_proto::v1 as pb;
use tonic::Code;

use crate::harness::Harness;
use crate::refusal::refused;
use crate::samples::{agent, daily, ticket, triage_once};

/// A ticket whose record is some kilobytes long.
pub(crate) fn large(n: usize) -> pb::TriageRequest {
    let excluded_agents = (0..200).map(|n| format!("agent-of-another-country-{n}")).collect();
    let routing = pb::RoutingWishes { excluded_agents, ..pb::RoutingWishes::default() };
    let large = pb::Ticket { routing: Some(routing), ..ticket(&format!("T-{n}")) };
    triage_once(large, &format!("request-{n}"))
}

#[tokio::test]
async fn a_full_store_refuses_and_loses_nothing() {
    let mut harness = Harness::with(&[("store.size_max_mib", "1")]).await;
    harness.seat(&[("li", 1_000.0)]).await;
    let mut acknowledged = Vec::new();
    let mut n = 0;
    let refusal = loop {
        match harness.triage().triage(large(n)).await {
            Ok(answer) => acknowledged.push(answer.into_inner().decision.expect("a decision")),
            refusal => break refusal,
        }
        n += 1;
        assert!(n < 2_000, "the store fills up");
    };
    let refusal = refused(refusal, Code::Unavailable, "STORE_FAILED", &[]);
    assert!(refusal.retry, "RetryInfo tells when to come back: {refusal:?}");
    assert!(acknowledged.len() > 20, "{} fitted", acknowledged.len());

    let events = harness.events().await;
    for decision in &acknowledged {
        assert_eq!(&harness.decision(&decision.id).await, decision);
    }
    let request = pb::GetTicketRequest { id: format!("T-{n}"), ..pb::GetTicketRequest::default() };
    refused(harness.desk().get_ticket(request).await, Code::NotFound, "NOT_FOUND", &[]);
    assert_eq!(harness.agent("li").await.load, acknowledged.len() as f64);

    harness.restart_with(&[("store.size_max_mib", "64")]).await;
    assert_eq!(harness.events().await, events);
    let answer = harness.triage().triage(large(0)).await.expect("replayed").into_inner();
    assert_eq!((answer.replayed, answer.decision.as_ref()), (true, acknowledged.first()));
    let answer = harness.triage().triage(large(n)).await.expect("now it fits").into_inner();
    let sequence = answer.decision.expect("a decision").sequence;
    assert!(!answer.replayed);
    assert_eq!(sequence, events.len() as u64 + 2, "no gap: its triage and its decision");
}

#[tokio::test]
async fn a_store_that_was_full_takes_changes_again_as_soon_as_there_is_room() {
    use sqlx::Connection as _;
    let harness = Harness::with(&[("store.size_max_mib", "1")]).await;
    harness.seat(&[("li", 1_000.0)]).await;
    let url = format!("sqlite://{}", harness.store().display());
    let mut other = sqlx::SqliteConnection::connect(&url).await.expect("opened");
    let fill = "CREATE TABLE filler (bytes BLOB); INSERT INTO filler VALUES (zeroblob(400000))";
    sqlx::raw_sql(fill).execute(&mut other).await.expect("filled");
    let mut n = 0;
    while harness.triage().triage(large(n)).await.is_ok() {
        n += 1;
    }
    for _ in 0..3 {
        let refusal = harness.triage().triage(large(n)).await;
        refused(refusal, Code::Unavailable, "STORE_FAILED", &[]);
    }
    sqlx::raw_sql("DELETE FROM filler").execute(&mut other).await.expect("room");
    let answer = harness.triage().triage(large(n)).await.expect("taken without a restart");
    assert!(!answer.into_inner().replayed);
    let events = harness.events().await;
    assert!(events.iter().map(|event| event.sequence).eq(1..=events.len() as u64), "no gap");
}

#[tokio::test]
async fn a_timer_that_cannot_be_stored_rings_again_once_there_is_room() {
    let mut harness = Harness::with(&[("store.size_max_mib", "1")]).await;
    let late = pb::Agent { schedule: Some(daily("11:00", "20:00")), ..agent("li", 1_000.0) };
    harness.seat_as(vec![late]).await;
    let mut n = 0;
    while harness.triage().triage(large(n)).await.is_ok() {
        n += 1;
    }
    let events = harness.events().await;
    harness.pass_minutes(60);
    // The whole queue would go to the agent; the store takes none of it, and calls go on.
    let refusal = harness.triage().triage(large(n)).await;
    refused(refusal, Code::Unavailable, "STORE_FAILED", &[]);
    assert_eq!(harness.ticket("T-0").await.state(), pb::TicketState::Queued);
    assert_eq!(harness.events().await, events);

    harness.restart_with(&[("store.size_max_mib", "64")]).await;
    harness.ticket_when("T-0", |ticket| ticket.agent == "li").await;
}
