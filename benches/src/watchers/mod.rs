//! Many who watch one desk: whether each gets every event in order, and what that costs the desk.
//!
//! In reading order:
//! - [`shift`]: tickets that live and end at a steady pace, and how long a decision takes meanwhile
//! - [`audience`]: the watchers: of everything, of one agent, and those who do not read
//! - [`skim`]: messages read no further than needed to check them

pub mod audience;
pub mod shift;
pub mod skim;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use serde::Serialize;
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::desk_service_client::DeskServiceClient;
use tonic::transport::Channel;

use self::audience::{Audience, Kind};
use self::shift::Shift;
use crate::rpc::report::rounded;
use crate::rpc::target::{connect, request};
use crate::rpc::{roster, tickets};
use crate::served::Served;

/// What is asked for.
#[derive(Debug)]
pub struct Plan {
    /// Who read everything.
    pub readers: u32,
    /// Who watch one agent each.
    pub filtered: u32,
    /// Who read nothing until the desk is quiet.
    pub unread: u32,
    /// Events a second.
    pub events_per_s: u32,
    /// How long.
    pub length: Duration,
    /// Agents on the roster.
    pub agents: u32,
    /// The server's binary; `None` for the one beside this program.
    pub binary: Option<PathBuf>,
    /// Where the store's folder is made.
    pub store_in: PathBuf,
    /// Labelled tickets whose texts are sent.
    pub texts: PathBuf,
}

/// What was measured.
#[derive(Debug, Serialize)]
pub struct Figures {
    readers: u32,
    filtered: u32,
    unread: u32,
    events: u64,
    events_per_s: f64,
    event_bytes_mean: f64,
    /// Events that all watchers together were given.
    delivered: u64,
    messages: u64,
    /// From an event's time to its arrival, of the last event of each message.
    delay_p50_ms: f64,
    delay_p99_ms: f64,
    delay_max_ms: f64,
    /// After the last change, until everybody who read all along had everything.
    readers_done_s: f64,
    /// The same for those who began to read only then.
    unread_done_s: f64,
    alone: Decisions,
    watched: Decisions,
    memory_at_first_mb: f64,
    memory_at_most_mb: f64,
}

/// How long decisions took.
#[derive(Debug, Serialize)]
pub struct Decisions {
    events_per_s: f64,
    /// Cores that the server was busy with.
    server_cores: f64,
    n: u64,
    p50_ms: f64,
    p99_ms: f64,
    max_ms: f64,
}

/// Works without watchers, then with them, and checks what each was given.
pub async fn run(plan: &Plan) -> anyhow::Result<Figures> {
    let served = Served::start(plan.binary.as_deref(), &plan.store_in)?;
    let channels = connect(&served.url, 4).await?;
    roster::seat(channels[0].clone(), plan.agents).await?;
    let tickets = tickets::Tickets::load(&plan.texts)?;
    let shift = Shift::new(channels.clone(), tickets, plan.events_per_s, plan.length);
    let alone = worked(&served, &shift, &channels[0], 0).await?;
    let first = head(&channels[0]).await?;
    let (memory_at_first_mb, _) = served.memory_mb().unwrap_or_default();

    let audience = Audience::seated(&served.url, first, &kinds(plan)).await?;
    let watched = worked(&served, &shift, &channels[0], 1).await?;
    let last = head(&channels[0]).await?;
    let ended = Instant::now();
    audience.readers_reach(last).await?;
    let readers_done_s = ended.elapsed().as_secs_f64();
    let reading = Instant::now();
    let mut seen = audience.all_reach(last).await?;
    let unread_done_s = reading.elapsed().as_secs_f64();
    seen.check(&channels[0], first, last).await?;

    let millis = |share| rounded(seen.delay.quantile_us(share) / 1_000.0);
    let (_, memory_at_most_mb) = served.memory_mb().unwrap_or_default();
    Ok(Figures {
        readers: plan.readers,
        filtered: plan.filtered,
        unread: plan.unread,
        events: last - first,
        events_per_s: watched.events_per_s,
        event_bytes_mean: rounded(seen.event_bytes as f64 / (last - first).max(1) as f64),
        delivered: seen.events,
        messages: seen.messages,
        delay_p50_ms: millis(0.5),
        delay_p99_ms: millis(0.99),
        delay_max_ms: rounded(seen.delay.max_us() / 1_000.0),
        readers_done_s,
        unread_done_s,
        alone,
        watched,
        memory_at_first_mb,
        memory_at_most_mb,
    })
}

fn kinds(plan: &Plan) -> Vec<Kind> {
    let of = |kind: Kind, n: u32| std::iter::repeat_n(kind, n as usize);
    let filtered = (0..plan.filtered).map(|n| Kind::OfAgent(n % plan.agents));
    of(Kind::Reader, plan.readers).chain(filtered).chain(of(Kind::Unread, plan.unread)).collect()
}

/// A stretch of work and how long its decisions took.
async fn worked(
    served: &Served,
    shift: &Shift,
    channel: &Channel,
    stretch: u64,
) -> anyhow::Result<Decisions> {
    let (before, used, begun) = (head(channel).await?, served.cpu_s(), Instant::now());
    let latency = shift.work(stretch).await?;
    let seconds = begun.elapsed().as_secs_f64();
    let used = used.zip(served.cpu_s()).map_or(0.0, |(before, after)| after - before);
    let events = head(channel).await? - before;
    let millis = |share| latency.quantile_us(share) / 1_000.0;
    Ok(Decisions {
        events_per_s: rounded(events as f64 / seconds),
        server_cores: (used / seconds * 100.0).round() / 100.0,
        n: latency.count(),
        p50_ms: millis(0.5),
        p99_ms: millis(0.99),
        max_ms: latency.max_us() / 1_000.0,
    })
}

/// How far the log reaches.
async fn head(channel: &Channel) -> anyhow::Result<u64> {
    let mut desk = DeskServiceClient::new(channel.clone());
    let message = pb::ListTicketsRequest { page_size: 1, ..pb::ListTicketsRequest::default() };
    let listed = desk.list_tickets(request(message)).await.context("the end of the log")?;
    let sequence = listed.into_inner().sequence;
    ensure!(sequence > 0, "expected a desk with events");
    Ok(sequence)
}
