//! Ten times more than a server can do: what is answered, how soon, and what the rest are told.
//!
//! As many callers as a server admits ask as fast as it answers. Then others ask ten times that
//! often beside them, whatever it answers; then they ask by themselves again. In reading order:
//! - [`life`]: a ticket triaged and completed, and what each call came to
//! - [`storm`]: lives begun at a rate that nothing slows down, beside callers who wait when told to

pub mod life;
pub mod storm;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use serde::Serialize;
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::server_service_client::ServerServiceClient;
use tokio::task::JoinSet;
use tonic::transport::Channel;

use self::life::{Life, Tally};
use self::storm::Storm;
use crate::rpc::report::rounded;
use crate::rpc::target::{connect, request};
use crate::rpc::{roster, tickets};
use crate::served::Served;

/// Tickets of the storm are numbered from here on.
const FIRST_OF_STORM: u64 = 1 << 32;

/// Connections of each kind of caller; each carries at most 200 calls at a time, as servers tell their clients.
const CONNECTIONS: u32 = 32;

/// What is asked for.
#[derive(Debug)]
pub struct Plan {
    /// How many times more than can be done is asked.
    pub times: u32,
    /// How long.
    pub length: Duration,
    /// How long before and after, at most what can be done.
    pub beside: Duration,
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
    /// As many as the server admits calls at a time.
    callers: u32,
    at_capacity: Stretch,
    /// The same callers under overload: they wait when they are told to.
    overloaded: Stretch,
    /// Those who do not.
    storm: Stretch,
    /// Beginning with the first call after the overload.
    first_second_after: Stretch,
    after: Stretch,
    /// p99 of what was answered under overload over p99 at capacity.
    p99_ratio: f64,
    memory_before_mb: f64,
    /// Memory for each ticket that is remembered, in kB, as the stretch at capacity had it.
    kb_per_ticket_at_capacity: f64,
    kb_per_ticket_overloaded: f64,
    memory_at_most_mb: f64,
}

/// A stretch of calls.
#[derive(Debug, Serialize)]
pub struct Stretch {
    /// Calls made, a second.
    asked_per_s: f64,
    answered_per_s: f64,
    refused_per_s: f64,
    /// Lives that were due and not begun: this program had no room for more calls at work.
    not_begun: u64,
    p50_ms: f64,
    p99_ms: f64,
    max_ms: f64,
    /// How long a refusal took.
    refused_p50_ms: f64,
    refused_p99_ms: f64,
}

/// Capacity, overload, and what comes after it; checks every answer and every ticket.
pub async fn run(plan: &Plan) -> anyhow::Result<Figures> {
    let served = Served::start(plan.binary.as_deref(), &plan.store_in)?;
    let channels = connect(&served.url, CONNECTIONS).await?;
    roster::seat(channels[0].clone(), plan.agents).await?;
    let tickets = tickets::Tickets::load(&plan.texts)?;
    let lives = Arc::new(Life::new(channels.clone(), tickets.clone(), 0));
    let n_callers = admitted(&channels[0]).await?;
    closed_loop(&lives, n_callers, plan.beside / 4).await?;

    let stormy =
        Arc::new(Life::new(connect(&served.url, CONNECTIONS).await?, tickets, FIRST_OF_STORM));

    let n_tickets = || lives.n_triaged() + stormy.n_triaged();
    let memory = Memory::of(&served, n_tickets());
    let at_capacity = closed_loop(&lives, n_callers, plan.beside).await?;
    ensure!(
        at_capacity.n_refused() == 0,
        "refused {} of {n_callers} callers",
        at_capacity.n_refused()
    );
    let memory_at_capacity = Memory::of(&served, n_tickets());
    let rate = at_capacity.answered_per_s() * f64::from(plan.times);
    let storm = Storm::begin(&stormy, rate, (plan.times * n_callers) as usize, plan.length)?;
    let overloaded = closed_loop(&lives, n_callers, plan.length).await?;
    let first_second_after = closed_loop(&lives, n_callers, Duration::from_secs(1)).await?;
    let storm = storm.end().await?;
    let memory_overloaded = Memory::of(&served, n_tickets());
    let after = closed_loop(&lives, n_callers, plan.beside).await?;
    ensure!(after.n_refused() == 0, "refused {} calls after the overload", after.n_refused());
    check_tickets(&channels[0], n_tickets()).await?;

    let p99_ratio = overloaded.p99_us() / at_capacity.p99_us();
    let (_, memory_at_most_mb) = served.memory_mb().unwrap_or_default();
    Ok(Figures {
        callers: n_callers,
        at_capacity: at_capacity.into(),
        overloaded: overloaded.into(),
        storm: storm.into(),
        first_second_after: first_second_after.into(),
        after: after.into(),
        p99_ratio: (p99_ratio * 100.0).round() / 100.0,
        memory_before_mb: memory.mb,
        kb_per_ticket_at_capacity: memory_at_capacity.kb_per_ticket_since(&memory),
        kb_per_ticket_overloaded: memory_overloaded.kb_per_ticket_since(&memory_at_capacity),
        memory_at_most_mb,
    })
}

/// Calls that the server admits at a time.
async fn admitted(channel: &Channel) -> anyhow::Result<u32> {
    let mut server = ServerServiceClient::new(channel.clone());
    let info = server.get_server_info(request(pb::GetServerInfoRequest {})).await?.into_inner();
    Ok(info.limits.context("expected the server's limits")?.in_flight_max)
}

/// Callers who each begin a life when the last one has ended, and wait when they are told to.
async fn closed_loop(lives: &Arc<Life>, n_callers: u32, length: Duration) -> anyhow::Result<Tally> {
    let (begun, mut callers) = (Instant::now(), JoinSet::new());
    for _ in 0..n_callers {
        let lives = lives.clone();
        callers.spawn(async move {
            while begun.elapsed() < length {
                if let Some(told_to_wait) = lives.live().await? {
                    tokio::time::sleep(told_to_wait).await;
                }
            }
            anyhow::Ok(())
        });
    }
    while let Some(ended) = callers.join_next().await {
        ended??;
    }
    Ok(Tally { took: begun.elapsed(), ..lives.take_tally() })
}

/// What the server held after so many tickets.
struct Memory {
    mb: f64,
    n_tickets: u64,
}

impl Memory {
    fn of(served: &Served, n_tickets: u64) -> Self {
        let (mb, _) = served.memory_mb().unwrap_or_default();
        Self { mb, n_tickets }
    }

    fn kb_per_ticket_since(&self, before: &Self) -> f64 {
        rounded((self.mb - before.mb) * 1_000.0 / (self.n_tickets - before.n_tickets).max(1) as f64)
    }
}

/// Every ticket whose triage was answered is on the desk, and no other.
async fn check_tickets(channel: &Channel, n_triaged: u64) -> anyhow::Result<()> {
    let listed = crate::adoption::count(channel.clone()).await?;
    ensure!(listed == n_triaged, "answered {n_triaged} tickets, the desk has {listed}");
    Ok(())
}

impl From<Tally> for Stretch {
    fn from(tally: Tally) -> Self {
        let per_s = |n: u64| rounded(n as f64 / tally.took.as_secs_f64());
        let (answered, refused) = (&tally.answered, &tally.refused);
        Self {
            asked_per_s: per_s(answered.count() + refused.count()),
            answered_per_s: per_s(answered.count()),
            refused_per_s: per_s(refused.count()),
            not_begun: tally.not_begun,
            p50_ms: answered.quantile_us(0.5) / 1_000.0,
            p99_ms: answered.quantile_us(0.99) / 1_000.0,
            max_ms: answered.max_us() / 1_000.0,
            refused_p50_ms: refused.quantile_us(0.5) / 1_000.0,
            refused_p99_ms: refused.quantile_us(0.99) / 1_000.0,
        }
    }
}
