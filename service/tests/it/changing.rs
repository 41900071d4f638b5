//! Calls of tonic's own client that are changed on their way out, and messages of any bytes.

use http::HeaderValue;
use http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE};
use prost::bytes::Bytes;
use tonic::body::Body;
use tonic::client::Grpc;
use tonic::transport::Channel;
use tonic::{Request, Response, Status};
use tower::ServiceExt as _;
use tower::util::MapRequest;

use crate::harness::Harness;
use crate::transport::RawCodec;

/// A change of every request that goes out.
type Change = fn(http::Request<Body>) -> http::Request<Body>;

/// A channel that changes every request.
pub(crate) type Changing = MapRequest<Channel, Change>;

/// A channel to a server that changes every request so.
pub(crate) fn changing(harness: &Harness, change: Change) -> Changing {
    harness.channel().map_request(change)
}

/// Asks to be answered in Chinese.
pub(crate) fn in_chinese(mut request: http::Request<Body>) -> http::Request<Body> {
    request.headers_mut().insert(ACCEPT_LANGUAGE, HeaderValue::from_static("zh-CN,zh;q=0.9"));
    request
}

/// Says that the message is compressed.
pub(crate) fn as_if_compressed(request: http::Request<Body>) -> http::Request<Body> {
    let mut request = in_chinese(request);
    request.headers_mut().insert("grpc-encoding", HeaderValue::from_static("zstd"));
    request
}

/// Says that the call is none of gRPC.
pub(crate) fn as_if_json(request: http::Request<Body>) -> http::Request<Body> {
    let mut request = in_chinese(request);
    request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    request
}

/// Sends messages as they are, also none.
pub(crate) async fn sent(
    channel: Changing,
    path: &'static str,
    messages: &[&'static [u8]],
) -> Result<Response<Bytes>, Status> {
    let mut client = Grpc::new(channel);
    client.ready().await.map_err(|error| Status::unknown(error.to_string()))?;
    let messages: Vec<_> = messages.iter().map(|message| Bytes::from_static(message)).collect();
    let request = Request::new(tokio_stream::iter(messages));
    let path = http::uri::PathAndQuery::from_static(path);
    client.client_streaming(request, path, RawCodec).await
}
