//! A call over bare HTTP/2: sent piece by piece, and without the timeouts of tonic's own client.

use std::future::poll_fn;
use std::net::SocketAddr;
use std::time::Duration;

use h2::SendStream;
use h2::client::ResponseFuture;
use http::{HeaderMap, Response};
use prost::bytes::{BufMut as _, Bytes, BytesMut};
use tonic::Status;

/// A call whose message is still to come.
pub(crate) struct BareCall {
    answer: ResponseFuture,
    body: SendStream<Bytes>,
}

/// A message as gRPC frames it.
fn framed(message: &impl prost::Message) -> Bytes {
    let mut frame = BytesMut::new();
    frame.put_u8(0);
    frame.put_u32(message.encoded_len() as u32);
    message.encode(&mut frame).expect("room for it");
    frame.freeze()
}

impl BareCall {
    /// Sends the head of a call of `Triage` with these headers.
    pub(crate) async fn begin(at: SocketAddr, headers: &[(&str, &str)]) -> Self {
        Self::begin_at("/switchyard.v1.TriageService/Triage", at, headers).await
    }

    /// Sends the head of a call of any method.
    pub(crate) async fn begin_at(path: &str, at: SocketAddr, headers: &[(&str, &str)]) -> Self {
        let stream = tokio::net::TcpStream::connect(at).await.expect("a connection");
        let (client, connection) = h2::client::handshake(stream).await.expect("HTTP/2");
        tokio::spawn(connection);
        let mut head = http::Request::post(format!("http://switchyard{path}"))
            .header("content-type", "application/grpc")
            .header("te", "trailers");
        for (name, value) in headers {
            head = head.header(*name, *value);
        }
        let mut client = client.ready().await.expect("room for a call");
        let (answer, body) =
            client.send_request(head.body(()).expect("a request"), false).expect("sent");
        Self { answer, body }
    }

    /// Sends a part of a message, as far as the server takes it.
    pub(crate) async fn send_part(&mut self, mut bytes: Bytes) {
        self.body.reserve_capacity(bytes.len());
        while !bytes.is_empty() {
            let room = poll_fn(|context| self.body.poll_capacity(context));
            let room = tokio::time::timeout(Duration::from_millis(300), room).await;
            // A call that is refused gets no room for the rest.
            let Ok(Some(Ok(room))) = room else { return };
            let part = bytes.split_to(room.min(bytes.len()));
            if self.body.send_data(part, false).is_err() {
                return;
            }
        }
    }

    /// The refusal, if it comes within a time.
    pub(crate) async fn refused_within(&mut self, time: Duration) -> Option<Status> {
        let answer = tokio::time::timeout(time, &mut self.answer).await.ok()?;
        Status::from_header_map(answer.expect("an answer").headers())
    }

    /// Sends the message; the head of the answer, and its trailers unless they are its head.
    pub(crate) async fn send(
        self,
        message: &impl prost::Message,
    ) -> (Response<()>, Option<HeaderMap>) {
        self.send_bytes(framed(message)).await
    }

    /// The same with a frame of any bytes.
    pub(crate) async fn send_bytes(mut self, frame: Bytes) -> (Response<()>, Option<HeaderMap>) {
        // A call refused before its message is read is over by now.
        let _ = self.body.send_data(frame, true);
        let (head, mut body) = self.answer.await.expect("an answer").into_parts();
        while let Some(data) = body.data().await {
            let n_bytes = data.expect("data").len();
            body.flow_control().release_capacity(n_bytes).expect("as much as came");
        }
        let trailers = body.trailers().await.expect("an end");
        (Response::from_parts(head, ()), trailers)
    }
}
