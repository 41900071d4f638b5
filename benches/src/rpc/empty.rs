//! Mode `empty`: what a call costs before it does anything.

use anyhow::{Context as _, ensure};
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::server_service_client::ServerServiceClient;

use super::args::Args;
use super::report::{Figures, Report};
use super::target::{Target, connect, listen, request};
use super::{floor, load};

/// The empty call over bare tonic, for no longer than it takes to know it.
pub async fn floor(args: &Args) -> anyhow::Result<Figures> {
    let (listener, at) = listen().await?;
    let serving = tokio::spawn(floor::serve(listener));
    let channels = connect(&format!("http://{at}"), args.connections).await?;
    let call = move |caller: usize, _| floor::call(channels[caller % channels.len()].clone());
    let figures = load::repeat("floor", &args.for_the_floor(), call).await;
    serving.abort();
    figures
}

/// `GetServerInfo` through all our layers, beside the floor.
pub async fn run(args: &Args) -> anyhow::Result<Report> {
    let floor = floor(args).await.context("the floor")?;
    let target = Target::of(args).await?;
    let clients: Vec<_> =
        target.channels.iter().map(|channel| ServerServiceClient::new(channel.clone())).collect();
    let call = move |caller: usize, _| {
        let mut client = clients[caller % clients.len()].clone();
        async move {
            let info = client.get_server_info(request(pb::GetServerInfoRequest {})).await?;
            ensure!(!info.get_ref().version.is_empty(), "expected a version, got none");
            Ok(())
        }
    };
    let figures = load::repeat("empty", args, call).await?;
    let report = Report::beside("empty", figures, floor, &target);
    target.stop().await?;
    Ok(report)
}
