//! No room: callers are told at once, and when to come back.

use http::uri::PathAndQuery;
use switchyard_proto::v1 as pb;
use tokio::task::JoinHandle;
use tonic::client::Grpc;
use tonic::{Code, Request};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

use crate::harness::{Harness, eventually};
use crate::refusal::refusal;
use crate::transport::RawCodec;

fn info() -> pb::GetServerInfoRequest {
    pb::GetServerInfoRequest {}
}

/// A call whose message never ends is at work until its caller leaves; returns once it is.
async fn hold_all_room(harness: &Harness) -> JoinHandle<()> {
    let mut client = Grpc::new(harness.channel());
    let held = tokio::spawn(async move {
        client.ready().await.expect("a connection");
        let path = PathAndQuery::from_static("/switchyard.v1.TriageService/Triage");
        let endless = tokio_stream::pending();
        let _ = client.client_streaming(Request::new(endless), path, RawCodec).await;
    });
    eventually(async || harness.server().get_server_info(info()).await.err()).await;
    held
}

#[tokio::test]
async fn a_call_above_the_limit_is_told_to_come_back() {
    let harness = Harness::with(&[("server.in_flight_max", "1")]).await;
    let held = hold_all_room(&harness).await;
    let refused = refusal(harness.server().get_server_info(info()).await);
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
    let held = hold_all_room(&harness).await;
    let mut health = HealthClient::new(harness.channel());
    let serving = health.check(HealthCheckRequest::default()).await.expect("an answer under load");
    assert_eq!(serving.into_inner().status(), ServingStatus::Serving);
    held.abort();
    drop(watched);
}

#[tokio::test]
async fn health_says_not_serving_while_the_last_calls_are_waited_for() {
    let mut harness = Harness::with(&[("server.in_flight_max", "1")]).await;
    let mut health = HealthClient::new(harness.channel());
    let request = HealthCheckRequest { service: "switchyard.v1.DeskService".to_owned() };
    let mut told = health.watch(request).await.expect("a stream").into_inner();
    let first = told.message().await.expect("no error").expect("a status");
    assert_eq!(first.status(), ServingStatus::Serving);
    let held = hold_all_room(&harness).await;
    let stopping = tokio::spawn(async move { harness.stop().await });
    let last = told.message().await.expect("no error").expect("a status");
    assert_eq!(last.status(), ServingStatus::NotServing);
    assert!(!stopping.is_finished(), "a call is still at work");
    held.abort();
    drop((told, health));
    stopping.await.expect("stopped");
}
