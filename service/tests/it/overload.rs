//! No room and no time: callers are told at once, and when to come back.

use std::time::Duration;

use http::uri::PathAndQuery;
use switchyard_proto::v1 as pb;
use tonic::client::Grpc;
use tonic::{Code, Request};

use crate::harness::{Harness, eventually};
use crate::refusal::{refusal, refused};
use crate::samples::{ticket, triage};
use crate::transport::RawCodec;

fn info() -> pb::GetServerInfoRequest {
    pb::GetServerInfoRequest {}
}

#[tokio::test]
async fn a_call_above_the_limit_is_told_to_come_back() {
    let harness = Harness::with(&[("server.in_flight_max", "1")]).await;
    // A call whose message never ends is at work until its caller leaves.
    let mut client = Grpc::new(harness.channel());
    let held = tokio::spawn(async move {
        client.ready().await.expect("a connection");
        let path = PathAndQuery::from_static("/switchyard.v1.TriageService/Triage");
        let endless = tokio_stream::pending();
        client.client_streaming(Request::new(endless), path, RawCodec).await
    });
    let refused = eventually(async || {
        let answer = harness.server().get_server_info(info()).await;
        answer.is_err().then(|| refusal(answer))
    })
    .await;
    assert_eq!((refused.code, refused.reason.as_str()), (Code::ResourceExhausted, "OVERLOADED"));
    assert!(refused.retry, "RetryInfo tells when to come back");
    held.abort();
    eventually(async || harness.server().get_server_info(info()).await.ok()).await;
}

#[tokio::test]
async fn probes_are_answered_whatever_the_load() {
    let harness = Harness::with(&[("server.in_flight_max", "1")]).await;
    let watched = harness.desk().watch(pb::WatchRequest::default()).await.expect("a stream");
    let info = harness.server().get_server_info(info()).await.expect("an open Watch takes no room");
    assert_eq!(info.into_inner().limits.expect("limits").in_flight_max, 1);
    drop(watched);
}

#[tokio::test]
async fn a_deadline_that_passes_changes_nothing() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    let mut request = Request::new(triage(ticket("T-1")));
    request.set_timeout(Duration::ZERO);
    let answer = harness.triage().triage(request).await;
    assert_eq!(answer.expect_err("too late").code(), Code::DeadlineExceeded);
    let request = pb::GetTicketRequest { id: "T-1".to_owned() };
    refused(harness.desk().get_ticket(request).await, Code::NotFound, "NOT_FOUND", &[]);
}
