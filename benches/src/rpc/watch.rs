//! What goes on within the window: the queue, the writer, the cores.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use switchyard_proto::v1 as pb;
use switchyard_proto::v1::desk_service_client::DeskServiceClient;
use tokio::time::sleep_until;
use tonic::transport::Channel;

use super::cpu::Used;
use super::load::Window;
use super::metrics::{Inside, Samples};
use super::process;
use super::target::request;

/// Between two looks at the queue.
const EVERY: Duration = Duration::from_millis(100);

/// What was seen.
#[derive(Debug, Default)]
pub struct Watched {
    /// The most tickets that waited.
    pub queue_max: u64,
    /// The server's own account.
    pub inside: Option<Inside>,
    /// Bytes this process had written to disks, if the kernel tells.
    pub disk_bytes: Option<u64>,
    /// Cores busy by thread name.
    pub cores: BTreeMap<String, f64>,
}

/// Watches until the window closes.
pub async fn watch(
    channel: Channel,
    metrics: Option<SocketAddr>,
    window: Window,
) -> anyhow::Result<Watched> {
    let mut client = DeskServiceClient::new(channel);
    sleep_until(window.from.into()).await;
    let (before, used, written) = (samples(metrics).await?, Used::now(), process::disk_bytes());
    let mut queue_max = 0;
    while !window.is_over() {
        let message = pb::ListQueueRequest { page_size: 1, ..pb::ListQueueRequest::default() };
        let answer = client.list_queue(request(message)).await?;
        queue_max = queue_max.max(answer.get_ref().n_queued);
        tokio::time::sleep(EVERY).await;
    }
    let cores = Used::now().since(&used);
    let disk_bytes = process::disk_bytes().zip(written).map(|(after, before)| after - before);
    let after = samples(metrics).await?;
    let inside = before.zip(after).map(|(before, after)| after.since(&before, window.length()));
    Ok(Watched { queue_max, inside, disk_bytes, cores })
}

async fn samples(metrics: Option<SocketAddr>) -> anyhow::Result<Option<Samples>> {
    let Some(at) = metrics else { return Ok(None) };
    Ok(Some(tokio::task::spawn_blocking(move || Samples::read(at)).await??))
}
