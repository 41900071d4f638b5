//! No room: callers are told at once, and when to come back.

use std::time::Duration;

use http::uri::PathAndQuery;
use prost::bytes::Bytes;
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::server_service_client::ServerServiceClient;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_stream::wrappers::ReceiverStream;
use tonic::client::Grpc;
use tonic::transport::Channel;
use tonic::{Code, Request, Response, Status};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

use crate::bare_call::BareCall;
use crate::harness::{Harness, eventually};
use crate::refusal::{refusal, refused};
use crate::transport::RawCodec;

fn info() -> pb::GetServerInfoRequest {
    pb::GetServerInfoRequest {}
}

/// A call whose message is still to come: it is at work until that is sent or its caller leaves.
pub(crate) struct AtWork {
    pub(crate) message: mpsc::Sender<Bytes>,
    pub(crate) answer: JoinHandle<Result<Response<Bytes>, Status>>,
}

/// Takes all the room of a server with `in_flight_max = 1` by a call of `Triage`.
///
/// The probe that tells takes room as well; a call that came just then was refused and is begun anew.
pub(crate) async fn take_all_room(channel: Channel) -> AtWork {
    let mut probe = ServerServiceClient::new(channel.clone());
    loop {
        let (message, messages) = mpsc::channel(1);
        let mut client = Grpc::new(channel.clone());
        let answer = tokio::spawn(async move {
            client.ready().await.expect("a connection");
            let path = PathAndQuery::from_static("/switchyard.v1.TriageService/Triage");
            client
                .client_streaming(Request::new(ReceiverStream::new(messages)), path, RawCodec)
                .await
        });
        while !answer.is_finished() {
            if probe.get_server_info(info()).await.is_err() {
                return AtWork { message, answer };
            }
        }
    }
}

#[tokio::test]
async fn a_call_above_the_limit_is_told_to_come_back() {
    let harness = Harness::with(&[("server.in_flight_max", "1")]).await;
    let held = take_all_room(harness.channel()).await;
    let refused = refusal(harness.server().get_server_info(info()).await);
    assert_eq!((refused.code, refused.reason.as_str()), (Code::ResourceExhausted, "OVERLOADED"));
    assert!(refused.retry, "RetryInfo tells when to come back");
    held.answer.abort();
    eventually(async || harness.server().get_server_info(info()).await.ok()).await;
}

#[tokio::test]
async fn who_sends_nothing_or_too_slowly_gives_the_place_back() {
    let limits = [("server.in_flight_max", "1"), ("server.message_seconds", "1")];
    let harness = Harness::with(&limits).await;
    for part in [&b""[..], b"\0\0\0\0\x09\x0a"] {
        let mut slow = BareCall::begin(harness.address(), &[]).await;
        slow.send_part(Bytes::from_static(part)).await;
        let status = slow.refused_within(Duration::from_mins(1)).await.expect("a refusal");
        refused(Err::<Response<()>, _>(status), Code::DeadlineExceeded, "MESSAGE_TOO_SLOW", &[]);
        harness.server().get_server_info(info()).await.expect("room again");
    }
}

#[tokio::test]
async fn probes_are_answered_whatever_the_load() {
    let harness = Harness::with(&[("server.in_flight_max", "1")]).await;
    let watched = harness.desk().watch(pb::WatchRequest::default()).await.expect("a stream");
    let info = harness.server().get_server_info(info()).await.expect("an open Watch takes no room");
    assert_eq!(info.into_inner().limits.expect("limits").in_flight_max, 1);
    let held = take_all_room(harness.channel()).await;
    let mut health = HealthClient::new(harness.channel());
    let serving = health.check(HealthCheckRequest::default()).await.expect("an answer under load");
    assert_eq!(serving.into_inner().status(), ServingStatus::Serving);
    held.answer.abort();
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
    let held = take_all_room(harness.channel()).await;
    let stopping = tokio::spawn(async move { harness.stop().await });
    let last = told.message().await.expect("no error").expect("a status");
    assert_eq!(last.status(), ServingStatus::NotServing);
    assert!(!stopping.is_finished(), "a call is still at work");
    held.answer.abort();
    drop((told, health));
    stopping.await.expect("stopped");
}
