//! What the transport refuses by itself carries a reason like everything else.

use std::time::Duration;

use prost::bytes::{Buf, BufMut, Bytes};
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::desk_service_client::DeskServiceClient;
use switchyard_proto::v1::roster_service_client::RosterServiceClient;
use tonic::client::Grpc;
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::{Code, Request, Response, Status};

use crate::bare_call::BareCall;
use crate::changing::{as_if_compressed, as_if_json, changing, in_chinese, sent};
use crate::harness::{Harness, eventually};
use crate::refusal::{refusal, refused};
use crate::samples::{agent, message, ticket, triage};

/// Sends and reads bytes as they are.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct RawCodec;

impl Codec for RawCodec {
    type Encode = Bytes;
    type Decode = Bytes;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        *self
    }

    fn decoder(&mut self) -> Self {
        *self
    }
}

impl Encoder for RawCodec {
    type Item = Bytes;
    type Error = Status;

    fn encode(&mut self, item: Bytes, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        buffer.put(item);
        Ok(())
    }
}

impl Decoder for RawCodec {
    type Item = Bytes;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<Bytes>, Status> {
        Ok(Some(buffer.copy_to_bytes(buffer.remaining())))
    }
}

async fn send(
    harness: &Harness,
    path: &'static str,
    body: &'static [u8],
) -> Result<Response<Bytes>, Status> {
    let mut client = Grpc::new(harness.channel());
    client.ready().await.expect("a connection");
    let path = http::uri::PathAndQuery::from_static(path);
    client.unary(Request::new(Bytes::from_static(body)), path, RawCodec).await
}

#[tokio::test]
async fn text_that_is_not_utf8_is_an_invalid_argument() {
    let harness = Harness::start().await;
    // TriageRequest { ticket: { subject: FF FE } }
    let body = b"\x0a\x04\x1a\x02\xff\xfe";
    let answer = send(&harness, "/switchyard.v1.TriageService/Triage", body).await;
    let refusal =
        refused(answer, Code::InvalidArgument, "UNDECODABLE_MESSAGE", &["ticket.subject"]);
    assert!(refusal.message.contains("UTF-8"), "{refusal:?}");
}

#[tokio::test]
async fn bytes_that_are_no_message_are_an_invalid_argument() {
    let harness = Harness::start().await;
    let answer = send(&harness, "/switchyard.v1.DeskService/Complete", b"\xff\xff\xff").await;
    refused(answer, Code::InvalidArgument, "UNDECODABLE_MESSAGE", &[""]);
}

#[tokio::test]
async fn an_unknown_method_is_unimplemented() {
    let harness = Harness::start().await;
    for path in ["/switchyard.v1.DeskService/Juggle", "/switchyard.v2.DeskService/Assign"] {
        let answer = send(&harness, path, b"").await;
        let refusal = refused(answer, Code::Unimplemented, "UNKNOWN_METHOD", &[]);
        assert!(!refusal.message.is_empty());
    }
}

#[tokio::test]
async fn a_message_that_is_too_large_is_refused_with_its_reason() {
    let harness = Harness::start().await;
    let large = pb::Ticket { messages: vec![message(&"x".repeat(17 << 20))], ..ticket("T-1") };
    let answer = harness.triage().triage(triage(large)).await;
    let refusal = refusal(answer);
    assert_eq!(
        (refusal.code, refusal.reason.as_str()),
        (Code::ResourceExhausted, "MESSAGE_TOO_LARGE")
    );
}

#[tokio::test]
async fn a_message_that_is_too_large_is_told_with_its_size_and_the_limit() {
    let harness = Harness::start().await;
    let body = vec![0; 5 << 20].leak();
    let path = "/switchyard.v1.PolicyService/Apply";
    let answer = sent(changing(&harness, in_chinese), path, &[body]).await;
    let refusal = refused(answer, Code::ResourceExhausted, "MESSAGE_TOO_LARGE", &[]);
    assert_eq!(refusal.message, "expected a message of at most 4194304 bytes, got 5242880");
    let zh = refusal.localized.expect("Chinese");
    assert_eq!(zh, "请求消息应不超过 4194304 字节，实际为 5242880 字节");
}

#[tokio::test]
async fn lists_that_would_fill_the_memory_are_refused_before_they_are_read() {
    let harness = Harness::start().await;
    // 8,000,000 empty requests, some hundred bytes each once they are decoded.
    let body = b"\x0a\x00".repeat(8_000_000).leak();
    let path = "/switchyard.v1.TriageService/BatchTriage";
    let answer = sent(changing(&harness, in_chinese), path, &[body]).await;
    let refusal = refused(answer, Code::ResourceExhausted, "MESSAGE_TOO_LARGE", &[]);
    assert!(refusal.message.contains("lists that take at most 33554432 bytes"), "{refusal:?}");
    assert!(refusal.localized.expect("Chinese").contains("列表"));
}

#[tokio::test]
async fn messages_that_would_fill_the_memory_together_are_told_to_come_back() {
    let harness = Harness::start().await;
    // Each stays at work: its message has no end.
    let text = vec![b'x'; 16 << 20];
    let frame = [&[0], &(text.len() as u32).to_be_bytes()[..]].concat();
    let mut held = Vec::new();
    let refusal = loop {
        assert!(held.len() < 20, "expected a refusal by now");
        let mut call = BareCall::begin(harness.address(), &[]).await;
        call.send_part(Bytes::from([&frame, &text[1..]].concat())).await;
        let refused = call.refused_within(Duration::from_millis(50)).await;
        held.push(call);
        if let Some(refused) = refused {
            break refused;
        }
    };
    assert!(held.len() > 14, "expected room for large messages, got {}", held.len());
    let refusal =
        refused(Err::<Response<()>, _>(refusal), Code::ResourceExhausted, "OVERLOADED", &[]);
    assert!(refusal.retry, "RetryInfo tells when to come back");
    drop(held);
    eventually(async || harness.triage().triage(triage(ticket("T-1"))).await.ok()).await;
}

#[tokio::test]
async fn a_compressed_message_is_told_what_would_be_read() {
    let harness = Harness::start().await;
    let path = "/switchyard.v1.DeskService/Complete";
    let status = sent(changing(&harness, as_if_compressed), path, &[b""]).await;
    let status = status.expect_err("expected a refusal");
    assert_eq!(status.metadata().get("grpc-accept-encoding").expect("kept"), "identity");
    let answer = Err::<Response<()>, _>(status);
    let refusal = refused(answer, Code::Unimplemented, "UNSUPPORTED_COMPRESSION", &[]);
    assert_eq!(refusal.message, "expected a message as it is, got one compressed as \"zstd\"");
}

#[tokio::test]
async fn a_call_that_is_none_of_grpc_is_told_so() {
    let harness = Harness::start().await;
    let path = "/switchyard.v1.DeskService/Complete";
    let answer = sent(changing(&harness, as_if_json), path, &[b""]).await;
    let refusal = refused(answer, Code::InvalidArgument, "UNSUPPORTED_CONTENT_TYPE", &[]);
    assert!(refusal.message.contains("application/json"), "{refusal:?}");
}

#[tokio::test]
async fn a_call_without_a_message_breaks_the_framing() {
    let harness = Harness::start().await;
    let path = "/switchyard.v1.DeskService/Complete";
    let answer = sent(changing(&harness, in_chinese), path, &[]).await;
    let refusal = refused(answer, Code::Internal, "TRANSPORT", &[]);
    assert_eq!(refusal.message, "expected a message, got none");
    assert_eq!(refusal.localized.as_deref(), Some("应有请求消息，实际没有"));
}

#[tokio::test]
async fn a_frame_that_is_cut_or_flagged_breaks_the_framing() {
    let harness = Harness::start().await;
    // A flag that is none, a compressed message of no encoding, and the half of a frame.
    for frame in [&b"\x07\0\0\0\0"[..], b"\x01\0\0\0\0", b"\0\0\0\0\x09half"] {
        let call = BareCall::begin(harness.address(), &[("accept-language", "zh")]).await;
        let (head, _) = call.send_bytes(Bytes::from_static(frame)).await;
        let status = Status::from_header_map(head.headers()).expect("a refusal without a body");
        let refusal = refused(Err::<Response<()>, _>(status), Code::Internal, "TRANSPORT", &[]);
        assert!(refusal.message.starts_with("expected "), "{refusal:?}");
        assert!(refusal.localized.expect("Chinese").contains('应'));
    }
}

/// What ends a stream to which these messages are sent.
async fn end_of_stream(
    harness: &Harness,
    path: &'static str,
    messages: &[&'static [u8]],
) -> Result<Response<()>, Status> {
    let mut client = Grpc::new(changing(harness, in_chinese));
    client.ready().await.expect("a connection");
    let messages: Vec<_> = messages.iter().map(|message| Bytes::from_static(message)).collect();
    let request = Request::new(tokio_stream::iter(messages));
    let path = http::uri::PathAndQuery::from_static(path);
    let mut stream = client.streaming(request, path, RawCodec).await?.into_inner();
    while stream.message().await?.is_some() {}
    Ok(Response::new(()))
}

#[tokio::test]
async fn a_stream_that_ends_at_a_message_of_no_sense_tells_the_reason() {
    let harness = Harness::start().await;
    let path = "/switchyard.v1.TriageService/StreamTriage";
    // An empty request is answered by itself; { request: { ticket: { id: FF } } } ends the stream.
    let answer = end_of_stream(&harness, path, &[b"", b"\x0a\x05\x0a\x03\x0a\x01\xff"]).await;
    let refusal =
        refused(answer, Code::InvalidArgument, "UNDECODABLE_MESSAGE", &["request.ticket.id"]);
    assert!(refusal.localized.expect("Chinese").contains("request.ticket.id"));
}

#[tokio::test]
async fn reflection_tells_the_reason_of_what_it_does_not_show() {
    let harness = Harness::start().await;
    let path = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo";
    // { file_containing_symbol: "no" }
    let answer = end_of_stream(&harness, path, &[b"\x22\x02no"]).await;
    let refusal = refused(answer, Code::NotFound, "NOT_FOUND", &[]);
    assert!(refusal.message.contains("reflection"), "{refusal:?}");
    let answer = end_of_stream(&harness, path, &[b""]).await;
    refused(answer, Code::InvalidArgument, "UNDECODABLE_MESSAGE", &[""]);
}

#[tokio::test]
async fn the_health_of_an_unknown_service_is_not_found() {
    let harness = Harness::start().await;
    let mut health = tonic_health::pb::health_client::HealthClient::new(harness.channel());
    let request = tonic_health::pb::HealthCheckRequest { service: "juggling".to_owned() };
    refused(health.check(request).await, Code::NotFound, "NOT_FOUND", &[]);
}

#[tokio::test]
async fn what_callers_send_never_makes_a_refusal_too_long_to_be_heard() {
    let harness = Harness::start().await;
    let long = || "名".repeat(1 << 18);
    let mut desk = DeskServiceClient::new(changing(&harness, in_chinese));
    let answer = desk
        .get_ticket(pb::GetTicketRequest { id: long(), ..pb::GetTicketRequest::default() })
        .await;
    refused(answer, Code::NotFound, "NOT_FOUND", &[]);
    let agents: Vec<_> = (0..1_000)
        .map(|_| pb::Agent { teams: vec![long()[..300].into()], ..agent("a b", -1.0) })
        .collect();
    let mut roster = RosterServiceClient::new(changing(&harness, in_chinese));
    let request = pb::BatchUpsertAgentsRequest {
        agents,
        actor: None,
        ..pb::BatchUpsertAgentsRequest::default()
    };
    let answer = roster.batch_upsert_agents(request).await;
    let status = answer.as_ref().expect_err("expected a refusal");
    // Details travel in base64, and what is not ASCII in a message as three characters a byte.
    let n_bytes = status.details().len() * 4 / 3 + status.message().len() * 3;
    assert!(n_bytes < 8_192, "clients in C++ and Python refuse more than 8 KiB, got {n_bytes}");
    let refusal = refusal(answer);
    assert_eq!(refusal.reason, "INVALID_FIELD");
    assert!(refusal.fields.len() > 2, "{refusal:?}");
    assert!(refusal.message.ends_with(" more"), "{refusal:?}");
    let zh = refusal.localized.expect("Chinese");
    assert!(zh.starts_with("请求中有 ") && zh.ends_with(" 处"), "{zh}");
}
