//! The floor: a unary call of nothing, answered by nothing, over bare tonic.
//!
//! Written by hand, as generated code would have it: one empty message is no
//! contract worth a `.proto` file.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::pin::Pin;
use std::task::{Context, Poll};

use http::uri::PathAndQuery;
use tokio::net::TcpListener;
use tonic::body::Body;
use tonic::server::{NamedService, UnaryService};
use tonic::transport::server::TcpIncoming;
use tonic::transport::{Channel, Server};
use tonic::{Request, Response, Status};
use tonic_prost::ProstCodec;
use tower::Service;

const PATH: &str = "/switchyard.bench.Floor/Nothing";

/// Answers every call with nothing.
#[derive(Debug, Clone, Copy)]
struct Floor;

impl NamedService for Floor {
    const NAME: &'static str = "switchyard.bench.Floor";
}

impl Service<http::Request<Body>> for Floor {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let mut grpc = tonic::server::Grpc::new(ProstCodec::<(), ()>::default());
        Box::pin(async move { Ok(grpc.unary(Self, request).await) })
    }
}

impl UnaryService<()> for Floor {
    type Response = ();
    type Future = Ready<Result<Response<()>, Status>>;

    fn call(&mut self, _: Request<()>) -> Self::Future {
        ready(Ok(Response::new(())))
    }
}

/// Serves for as long as the process lives.
pub async fn serve(listener: TcpListener) -> Result<(), tonic::transport::Error> {
    // The builder's own setting does not reach a listener that was bound before.
    let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
    Server::builder().add_service(Floor).serve_with_incoming(incoming).await
}

/// Calls it once.
pub async fn call(channel: Channel) -> anyhow::Result<()> {
    let mut grpc = tonic::client::Grpc::new(channel);
    grpc.ready().await?;
    let codec = ProstCodec::<(), ()>::default();
    grpc.unary(Request::new(()), PathAndQuery::from_static(PATH), codec).await?;
    Ok(())
}
