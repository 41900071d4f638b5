//! One call over a connection of its own, so that what one breaks is nobody else's.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use h2::client::{ResponseFuture, SendRequest};
use h2::{RecvStream, SendStream};
use http::{HeaderMap, Response};
use prost::bytes::Bytes;
use tonic::Status;

use super::request::{Listens, Request};
use super::wire::unframed;

/// How long an answer may take; longer is a hang. So many ticks, and not until an instant: where the
/// whole machine stops for a while, as a shared one does, that is one tick.
const PATIENCE: u32 = 100;
const TICK: Duration = Duration::from_millis(100);

/// How long streams without an end are listened to.
const MOMENT: Duration = Duration::from_millis(150);

/// What came of a call.
#[derive(Debug)]
pub(super) enum Heard {
    /// OK, with these frames.
    Answered(Vec<u8>),
    /// A status, with the bytes of the trailers that told it.
    Refused(Box<Status>, usize),
    /// The caller went away, or stays without reading.
    Left(Vec<u8>),
    /// Neither an answer nor a status.
    Cut(String),
    /// Nothing, for as long as anybody waits.
    Hung,
}

/// A stream that nobody reads; ended when dropped.
#[derive(Debug)]
pub(super) struct Unread {
    _answer: ResponseFuture,
    _body: SendStream<Bytes>,
    _client: SendRequest<Bytes>,
}

/// What comes in time.
pub(super) async fn in_time<T>(coming: impl Future<Output = T>) -> Option<T> {
    let mut coming = pin!(coming);
    for _ in 0..PATIENCE {
        if let Ok(come) = tokio::time::timeout(TICK, &mut coming).await {
            return Some(come);
        }
    }
    None
}

/// Makes the call; what is never read comes back to be kept.
pub(super) async fn call(at: SocketAddr, request: &Request) -> (Heard, Option<Unread>) {
    match in_time(begin(at, request)).await {
        Some(Ok(heard)) => heard,
        Some(Err(error)) => (Heard::Cut(error.to_string()), None),
        None => (Heard::Hung, None),
    }
}

async fn begin(at: SocketAddr, request: &Request) -> Result<(Heard, Option<Unread>), h2::Error> {
    let stream = tokio::net::TcpStream::connect(at).await.expect("a connection");
    let mut builder = h2::client::Builder::new();
    let connecting = builder.initial_window_size(1 << 20).handshake::<_, Bytes>(stream);
    let (client, connection) = connecting.await?;
    tokio::spawn(connection);
    let mut client = client.ready().await?;
    let mut head = http::Request::post(format!("http://switchyard{}", request.method.path));
    *head.headers_mut().expect("a sound path") = request.head.iter().cloned().collect();
    let head = head.body(()).expect("a sound path");
    let (answer, mut body) = client.send_request(head, false)?;
    let ends = !request.method.takes_stream || request.listens == Listens::Properly;
    // A call that is refused before its message is read is over by now.
    let _ = body.send_data(request.body.clone().into(), ends);
    match request.listens {
        Listens::Properly => Ok((read(answer.await?, request.method.gives_stream).await?, None)),
        Listens::Briefly => match tokio::time::timeout(MOMENT, answer).await {
            Ok(answer) => Ok((read(answer?, true).await?, None)),
            Err(_) => Ok((Heard::Left(Vec::new()), None)),
        },
        Listens::Never => {
            let unread = Unread { _answer: answer, _body: body, _client: client };
            Ok((Heard::Left(Vec::new()), Some(unread)))
        }
    }
}

/// Reads to the end; of what may go on for ever, what comes in a moment or a few messages.
async fn read(answer: Response<RecvStream>, is_stream: bool) -> Result<Heard, h2::Error> {
    let (head, mut stream) = answer.into_parts();
    if let Some(refused) = refused(&head.headers) {
        return Ok(refused);
    }
    if !head.status.is_success() {
        return Ok(Heard::Cut(format!("HTTP {}", head.status)));
    }
    let mut body = Vec::new();
    while !is_stream || unframed(&body).len() < 3 {
        let next = stream.data();
        let next = if is_stream {
            let Ok(next) = tokio::time::timeout(MOMENT, next).await else { break };
            next
        } else {
            next.await
        };
        let Some(data) = next else { return ended(stream, body).await };
        let data = data?;
        stream.flow_control().release_capacity(data.len())?;
        body.extend(data);
    }
    Ok(Heard::Left(body))
}

async fn ended(mut stream: RecvStream, body: Vec<u8>) -> Result<Heard, h2::Error> {
    let trailers = stream.trailers().await?.unwrap_or_default();
    Ok(match refused(&trailers) {
        Some(refused) => refused,
        None if trailers.contains_key("grpc-status") => Heard::Answered(body),
        None => Heard::Cut("no status at the end".to_owned()),
    })
}

/// The status told by headers, unless it is OK or none.
fn refused(headers: &HeaderMap) -> Option<Heard> {
    let status = Status::from_header_map(headers)?;
    let n_bytes = headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    (status.code() != tonic::Code::Ok).then(|| Heard::Refused(Box::new(status), n_bytes))
}
