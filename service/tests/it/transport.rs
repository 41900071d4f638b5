//! What the transport refuses by itself carries a reason like everything else.

use prost::bytes::{Buf, BufMut, Bytes};
use switchyard_proto::v1 as pb;
use tonic::client::Grpc;
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::{Code, Request, Response, Status};

use crate::harness::Harness;
use crate::refusal::{refusal, refused};
use crate::samples::{message, ticket, triage};

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
