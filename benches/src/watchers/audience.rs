//! The watchers, each on a connection of its own, and what they were given.
//!
//! They run on threads of their own and give way to everything else: users' watchers run on other
//! machines, and take no core from the server.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context as _, ensure};
use http::uri::PathAndQuery;
use prost::Message as _;
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::desk_service_client::DeskServiceClient;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tonic::Streaming;
use tonic::client::Grpc;
use tonic::transport::Channel;
use tonic_prost::ProstCodec;

use super::skim::Skimmed;
use crate::latency::Latency;
use crate::rpc::roster::agent_id;
use crate::rpc::target::{connect, request};

const PATH: &str = "/switchyard.v1.DeskService/Watch";

/// The largest page of a listing.
const PAGE_BYTES: usize = 64 * 1024 * 1024;

/// How long the last event may take to arrive.
const PATIENCE: Duration = Duration::from_mins(2);

/// Who watches what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Everything, as it comes.
    Reader,
    /// What names one agent, as it comes.
    OfAgent(u32),
    /// Everything, but reads nothing until the desk is quiet.
    Unread,
}

/// Everybody who watches.
#[derive(Debug)]
pub struct Audience {
    watching: JoinSet<anyhow::Result<Given>>,
    threads: Runtime,
    kinds: Vec<Kind>,
    reached: Arc<Vec<AtomicU64>>,
    /// Where the log ends, once it does.
    end: watch::Sender<Option<u64>>,
}

/// What all were given together.
#[derive(Debug, Default)]
pub struct Seen {
    /// Events.
    pub events: u64,
    /// Messages.
    pub messages: u64,
    /// From the last event of a message to its arrival, of those who read all along.
    pub delay: Latency,
    /// Bytes of all events, once.
    pub event_bytes: u64,
    of_agents: Vec<(u32, Vec<u64>)>,
}

/// What one was given.
#[derive(Debug)]
struct Given {
    kind: Kind,
    events: u64,
    messages: u64,
    delay: Latency,
    /// Of who watches one agent: all of them.
    sequences: Vec<u64>,
}

/// One who watches.
struct Watcher {
    kind: Kind,
    stream: Streaming<Skimmed>,
    /// The last event given, or where the log began for this one.
    after: u64,
    idx: usize,
    reached: Arc<Vec<AtomicU64>>,
    end: watch::Receiver<Option<u64>>,
}

impl Audience {
    /// Seats everybody after a sequence.
    pub async fn seated(url: &str, after: u64, kinds: &[Kind]) -> anyhow::Result<Self> {
        let reached: Arc<Vec<_>> = Arc::new(kinds.iter().map(|_| AtomicU64::new(0)).collect());
        let (end, ended) = watch::channel(None);
        let threads = giving_way()?;
        let mut watching = JoinSet::new();
        for (idx, kind) in kinds.iter().copied().enumerate() {
            let (url, reached, end) = (url.to_owned(), reached.clone(), ended.clone());
            // The connection's own work is done where it was opened.
            let stream = threads.spawn(async move { open(&url, after, kind).await }).await??;
            let watcher = Watcher { kind, stream, after, idx, reached, end };
            watching.spawn_on(watcher.watch(), threads.handle());
        }
        Ok(Self { watching, threads, kinds: kinds.to_vec(), reached, end })
    }

    /// Waits until those who read everything were given it up to a sequence.
    pub async fn readers_reach(&self, last: u64) -> anyhow::Result<()> {
        let n_reading = self.kinds.iter().filter(|kind| **kind == Kind::Reader).count();
        let wait = async {
            while self.n_at(last) < n_reading {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let in_time = tokio::time::timeout(PATIENCE, wait).await;
        in_time.with_context(|| {
            let n = self.n_at(last);
            format!("expected {n_reading} to reach {last} in {PATIENCE:?}, got {n}")
        })
    }

    fn n_at(&self, last: u64) -> usize {
        let readers =
            self.kinds.iter().zip(&*self.reached).filter(|(kind, _)| **kind == Kind::Reader);
        readers.filter(|(_, reached)| reached.load(Ordering::Relaxed) >= last).count()
    }

    /// Tells everybody where the log ends, and waits until they are there.
    pub async fn all_reach(mut self, last: u64) -> anyhow::Result<Seen> {
        let _ = self.end.send(Some(last));
        let mut seen = Seen::default();
        while let Some(given) = self.watching.join_next().await {
            seen.add(given??);
        }
        self.threads.shutdown_background();
        Ok(seen)
    }
}

/// Threads that run when nobody else wants a core.
fn giving_way() -> std::io::Result<Runtime> {
    Builder::new_multi_thread()
        .worker_threads(2)
        .on_thread_start(|| {
            // On Linux a thread's own; where it fails the figures are only worse.
            let _ = rustix::process::nice(19);
        })
        .enable_all()
        .build()
}

async fn open(url: &str, after: u64, kind: Kind) -> anyhow::Result<Streaming<Skimmed>> {
    let agent = match kind {
        Kind::OfAgent(n) => agent_id(u64::from(n)),
        Kind::Reader | Kind::Unread => String::new(),
    };
    let filter = Some(pb::EventFilter { agent, ..pb::EventFilter::default() });
    let message = pb::WatchRequest { after_sequence: after, filter };
    let mut grpc = Grpc::new(connect(url, 1).await?.remove(0));
    grpc.ready().await?;
    let codec = ProstCodec::<pb::WatchRequest, Skimmed>::default();
    let path = PathAndQuery::from_static(PATH);
    Ok(grpc.server_streaming(request(message), path, codec).await?.into_inner())
}

impl Watcher {
    async fn watch(mut self) -> anyhow::Result<Given> {
        let mut given = Given::new(self.kind);
        if self.kind == Kind::Unread {
            self.end.wait_for(Option::is_some).await.context("an end")?;
        }
        while !self.is_at_end() {
            let message = tokio::select! {
                message = self.stream.message() => message?.context("the stream ended")?,
                _ = self.end.changed() => continue,
            };
            self.take(&message, &mut given)?;
        }
        Ok(given)
    }

    fn is_at_end(&self) -> bool {
        let reached = self.reached[self.idx].load(Ordering::Relaxed);
        self.end.borrow().is_some_and(|end| reached >= end)
    }

    /// Checks that nothing is missing, doubled or out of order.
    fn take(&mut self, message: &Skimmed, given: &mut Given) -> anyhow::Result<()> {
        for event in &message.events {
            let is_next = match self.kind {
                Kind::OfAgent(_) => event.sequence > self.after,
                Kind::Reader | Kind::Unread => event.sequence == self.after + 1,
            };
            ensure!(is_next, "expected what follows {}, got {}", self.after, event.sequence);
            self.after = event.sequence;
        }
        ensure!(message.sequence >= self.after, "a message ends at {}", message.sequence);
        self.reached[self.idx].store(message.sequence, Ordering::Relaxed);
        given.note(message);
        Ok(())
    }
}

impl Given {
    fn new(kind: Kind) -> Self {
        let (delay, sequences) = (Latency::default(), Vec::new());
        Self { kind, events: 0, messages: 0, delay, sequences }
    }

    fn note(&mut self, message: &Skimmed) {
        self.messages += 1;
        self.events += message.events.len() as u64;
        if self.kind != Kind::Unread
            && let Some(age) = message.events.last().and_then(super::skim::SkimmedEvent::age)
        {
            self.delay.record(age);
        }
        if let Kind::OfAgent(_) = self.kind {
            self.sequences.extend(message.events.iter().map(|event| event.sequence));
        }
    }
}

impl Seen {
    fn add(&mut self, given: Given) {
        self.events += given.events;
        self.messages += given.messages;
        self.delay.add(&given.delay);
        if let Kind::OfAgent(agent) = given.kind {
            self.of_agents.push((agent, given.sequences));
        }
    }

    /// Compares what those who watch one agent were given with what the log lists of it.
    pub async fn check(&mut self, channel: &Channel, first: u64, last: u64) -> anyhow::Result<()> {
        for (agent, given) in &self.of_agents {
            let agent = agent_id(u64::from(*agent));
            let listed = list(channel, &agent, first, last).await?;
            let (n_given, n_listed) = (given.len(), listed.sequences.len());
            ensure!(*given == listed.sequences, "{agent}: given {n_given} of {n_listed} events");
        }
        let all = list(channel, "", first, last).await?;
        ensure!(all.sequences.len() as u64 == last - first, "the listing is not whole");
        self.event_bytes = all.bytes;
        Ok(())
    }
}

/// What the log has between two sequences.
#[derive(Debug, Default)]
struct Listed {
    sequences: Vec<u64>,
    bytes: u64,
}

async fn list(channel: &Channel, agent: &str, first: u64, last: u64) -> anyhow::Result<Listed> {
    let mut desk = DeskServiceClient::new(channel.clone()).max_decoding_message_size(PAGE_BYTES);
    let (mut listed, mut after_sequence) = (Listed::default(), first);
    while after_sequence < last {
        let filter = Some(pb::EventFilter { agent: agent.to_owned(), ..Default::default() });
        let message = pb::ListEventsRequest { after_sequence, page_size: 1_000, filter };
        let page = desk.list_events(request(message)).await?.into_inner();
        ensure!(page.last_sequence > after_sequence, "the listing stops at {after_sequence}");
        let events = page.events.iter().filter(|event| event.sequence <= last);
        for event in events {
            listed.sequences.push(event.sequence);
            listed.bytes += event.encoded_len() as u64;
        }
        after_sequence = page.last_sequence;
    }
    Ok(listed)
}
