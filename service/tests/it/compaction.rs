//! Journal that need not be kept is dropped up to a snapshot, and nobody misses an event unknowingly.

use switchyard_proto::v1 as pb;
use tonic::Code;

use crate::harness::{Harness, eventually};
use crate::refusal::refused;
use crate::samples::{ticket, triage};
use crate::tenants::for_tenant;

/// Journal is kept so long, in days.
const KEPT: i64 = 8;

/// A desk whose first day was dropped: `T-0` to `T-19` wait since then, `T-20` since now.
pub(crate) async fn compacted() -> Harness {
    let settings = [("store.snapshot_every", "10"), ("store.journal_kept_days", "8")];
    let harness = Harness::with(&settings).await;
    for n in 0..20 {
        harness.decide(&format!("T-{n}")).await;
    }
    eventually(async || snapshots(&harness).await.filter(|n| *n > 0)).await;
    harness.pass_minutes((KEPT + 1) * 24 * 60);
    harness.decide("T-20").await;
    let is_refused = async || {
        let request = pb::ListEventsRequest::default();
        harness.desk().list_events(request).await.is_err().then_some(())
    };
    eventually(is_refused).await;
    harness
}

async fn snapshots(harness: &Harness) -> Option<i64> {
    use sqlx::Connection as _;
    let url = format!("sqlite://{}", harness.store().display());
    let mut other = sqlx::SqliteConnection::connect(&url).await.ok()?;
    sqlx::query_scalar("SELECT count(*) FROM snapshot").fetch_one(&mut other).await.ok()
}

#[tokio::test]
async fn who_reads_from_dropped_journal_is_told_and_recovers_by_a_listing() {
    let harness = compacted().await;
    let listed = harness.desk().list_events(pb::ListEventsRequest::default()).await;
    refused(listed, Code::OutOfRange, "SEQUENCE_COMPACTED", &[]);
    let mut watched =
        harness.desk().watch(pb::WatchRequest::default()).await.expect("a stream").into_inner();
    let told = watched.message().await.expect_err("the first message is the refusal");
    assert_eq!(told.code(), Code::OutOfRange);
    let tickets = harness.desk().list_tickets(pb::ListTicketsRequest::default()).await;
    let tickets = tickets.expect("a listing").into_inner();
    assert_eq!(tickets.tickets.len(), 21, "no ticket is lost");
    let next = harness.decide("T-21").await;
    let after_sequence = tickets.sequence;
    let request = pb::ListEventsRequest { after_sequence, ..pb::ListEventsRequest::default() };
    let events = harness.desk().list_events(request).await.expect("events").into_inner();
    assert_eq!(events.events.last().map(|event| event.sequence), Some(next.sequence));
}

#[tokio::test]
async fn open_tickets_go_on_as_if_nothing_had_been_dropped() {
    let mut harness = compacted().await;
    for _ in 0..2 {
        let request = pb::GetTicketRequest {
            id: "T-0".to_owned(),
            include_history: true,
            ..pb::GetTicketRequest::default()
        };
        let told = harness.desk().get_ticket(request).await.expect("a ticket").into_inner();
        assert_eq!(told.ticket.expect("a ticket").state(), pb::TicketState::Queued);
        assert_eq!((told.history, told.history_goes_on), (Vec::new(), false));
        harness.restart().await;
    }
    harness.seat(&[("li", 1.0)]).await;
    let given = harness.ticket("T-0").await;
    assert_eq!(given.agent, "li", "the oldest waits no longer");
    let explained = harness.explain(&given.decision_id).await;
    assert!(explained.reproduced, "though the event that brought the ticket is gone");
}

#[tokio::test]
async fn a_tenant_who_was_idle_for_longer_than_journal_is_kept_is_still_there() {
    let mut harness = Harness::with(&[("store.journal_kept_days", "8")]).await;
    let request = for_tenant("idle", triage(ticket("T-1")));
    harness.triage().triage(request).await.expect("triaged");
    // A stop writes a snapshot of the very last event.
    harness.restart().await;
    harness.pass_minutes((KEPT + 1) * 24 * 60);
    harness.decide("T-2").await;
    // Two looks and two drops, a twentieth of a second apart each.
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    harness.restart().await;
    let request = for_tenant("idle", pb::ListTicketsRequest::default());
    let listed = harness.desk().list_tickets(request).await.expect("a listing").into_inner();
    assert_eq!(listed.tickets.len(), 1, "an open ticket was lost with its journal");
}
