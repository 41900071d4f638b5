//! A first integration at size: a backend's open tickets are adopted while others are decided,
//! and the server comes back after it.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use serde::Serialize;
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::desk_service_client::DeskServiceClient;
use switchyard_proto::v1::roster_service_client::RosterServiceClient;
use switchyard_proto::v1::triage_service_client::TriageServiceClient;
use tokio::task::JoinSet;
use tonic::transport::Channel;

use crate::latency::Latency;
use crate::rpc::roster::{self, agent_id};
use crate::rpc::target::{Target, request};
use crate::rpc::tickets::Tickets;

/// Tickets in one call: the most the server takes.
const PAGE: u64 = 1_000;

/// Calls of adoption at work at a time.
const ADOPTERS: u64 = 2;

/// How often a ticket comes in meanwhile.
const DECIDED_EVERY: Duration = Duration::from_millis(10);

/// Numbers of tickets that come in meanwhile begin here.
const FIRST_DECIDED: u64 = 10_000_000;

/// What was measured.
#[derive(Debug, Serialize)]
pub struct Adoption {
    adopted: u64,
    agents: u32,
    adopted_s: f64,
    decided_meanwhile: u64,
    decision_p50_ms: f64,
    decision_p99_ms: f64,
    decision_max_ms: f64,
    restart_after_a_stop_s: f64,
    restart_after_a_kill_s: f64,
}

/// Adopts, decides meanwhile, and starts again on the store twice.
pub async fn run(
    n_tickets: u64,
    n_agents: u32,
    store_in: &Path,
    texts: &Path,
) -> anyhow::Result<Adoption> {
    let folder = crate::rpc::target::fresh_folder(store_in)?;
    let target = Target::on(folder.path(), 3).await?;
    roster::seat(target.channel(0), n_agents).await?;
    seat_the_free(target.channel(0)).await?;
    let tickets = Tickets::load(texts)?;
    let is_over = Arc::new(AtomicBool::new(false));
    let deciding = tokio::spawn(decide(target.channel(2), tickets.clone(), is_over.clone()));
    let started = Instant::now();
    adopt_all(&target, &tickets, n_tickets, n_agents).await?;
    let adopted_s = started.elapsed().as_secs_f64();
    is_over.store(true, Ordering::Relaxed);
    let latency = deciding.await??;
    let copy = crate::rpc::target::fresh_folder(store_in)?;
    copy_store(folder.path(), copy.path())?;
    target.stop().await?;
    let restart_after_a_stop_s = restart(folder.path(), n_tickets + latency.count()).await?;
    let restart_after_a_kill_s = restart(copy.path(), n_tickets + latency.count()).await?;
    let millis = |share| latency.quantile_us(share) / 1_000.0;
    Ok(Adoption {
        adopted: n_tickets,
        agents: n_agents,
        adopted_s,
        decided_meanwhile: latency.count(),
        decision_p50_ms: millis(0.5),
        decision_p99_ms: millis(0.99),
        decision_max_ms: latency.max_us() / 1_000.0,
        restart_after_a_stop_s,
        restart_after_a_kill_s,
    })
}

/// Agents whom no adopted ticket loads: those that come in meanwhile find somebody.
async fn seat_the_free(channel: Channel) -> anyhow::Result<()> {
    let mut roster = RosterServiceClient::new(channel);
    let team = pb::Team { id: "free".to_owned(), display_name: String::new() };
    roster.upsert_team(request(pb::UpsertTeamRequest { team: Some(team), actor: None })).await?;
    let agent = |n: u32| pb::Agent {
        id: format!("free-{n}"),
        teams: vec!["free".to_owned()],
        capacity: Some(pb::Capacity { total: Some(100_000.0), ..pb::Capacity::default() }),
        ..pb::Agent::default()
    };
    let agents = (0..10).map(agent).collect();
    let message =
        pb::BatchUpsertAgentsRequest { agents, ..pb::BatchUpsertAgentsRequest::default() };
    roster.batch_upsert_agents(request(message)).await?;
    Ok(())
}

async fn adopt_all(
    target: &Target,
    tickets: &Tickets,
    n_tickets: u64,
    n_agents: u32,
) -> anyhow::Result<()> {
    let mut adopters = JoinSet::new();
    for adopter in 0..ADOPTERS {
        let (channel, tickets) = (target.channel(adopter as usize), tickets.clone());
        let pages = (adopter..n_tickets.div_ceil(PAGE)).step_by(ADOPTERS as usize);
        adopters.spawn(async move {
            let mut desk = DeskServiceClient::new(channel);
            for page in pages {
                let numbers = page * PAGE..((page + 1) * PAGE).min(n_tickets);
                adopt(&mut desk, &tickets, numbers, n_agents).await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(done) = adopters.join_next().await {
        done??;
    }
    Ok(())
}

/// One page; every ticket must be taken.
async fn adopt(
    desk: &mut DeskServiceClient<Channel>,
    tickets: &Tickets,
    numbers: std::ops::Range<u64>,
    n_agents: u32,
) -> anyhow::Result<()> {
    let adopted = |n: u64| pb::AdoptedTicket {
        ticket: tickets.request(n, pb::Mode::Assign).ticket,
        agent: agent_id(n % u64::from(n_agents)),
        ..pb::AdoptedTicket::default()
    };
    let tickets = numbers.map(adopted).collect();
    let message = pb::BatchAdoptTicketsRequest { tickets, actor: None };
    for result in desk.batch_adopt_tickets(request(message)).await?.into_inner().results {
        let status = result.status.unwrap_or_default();
        ensure!(status.code == 0, "expected a ticket adopted, got {}", status.message);
    }
    Ok(())
}

/// Has a ticket decided every little while, each for somebody who is free.
async fn decide(
    channel: Channel,
    tickets: Tickets,
    is_over: Arc<AtomicBool>,
) -> anyhow::Result<Latency> {
    let mut triage = TriageServiceClient::new(channel);
    let mut latency = Latency::default();
    let mut ticks = tokio::time::interval(DECIDED_EVERY);
    for n in FIRST_DECIDED.. {
        ticks.tick().await;
        if is_over.load(Ordering::Relaxed) {
            break;
        }
        let message = for_the_free(tickets.request(n, pb::Mode::Assign));
        let started = Instant::now();
        let answer = triage.triage(request(message)).await?.into_inner();
        latency.record(started.elapsed());
        let decision = answer.decision.context("a decision")?;
        ensure!(decision.agent.starts_with("free-"), "expected one who is free: {decision:?}");
    }
    Ok(latency)
}

fn for_the_free(mut message: pb::TriageRequest) -> pb::TriageRequest {
    if let Some(ticket) = &mut message.ticket {
        ticket.routing = Some(pb::RoutingWishes {
            team: "free".to_owned(),
            replace_requirements: true,
            ..pb::RoutingWishes::default()
        });
    }
    message
}

/// The store as a killed server leaves it.
fn copy_store(from: &Path, to: &Path) -> anyhow::Result<()> {
    for file in std::fs::read_dir(from)? {
        let file = file?;
        if !file.file_name().to_string_lossy().ends_with(".lock") {
            std::fs::copy(file.path(), to.join(file.file_name()))?;
        }
    }
    Ok(())
}

/// Starts on a store until the first answer; every ticket must be there.
async fn restart(folder: &Path, n_tickets: u64) -> anyhow::Result<f64> {
    let started = Instant::now();
    let target = Target::on(folder, 1).await?;
    let mut desk = DeskServiceClient::new(target.channel(0));
    desk.list_tickets(request(pb::ListTicketsRequest::default())).await?;
    let took = started.elapsed().as_secs_f64();
    let n_there = count(target.channel(0)).await?;
    ensure!(n_there == n_tickets, "expected {n_tickets} tickets after a restart, got {n_there}");
    target.stop().await?;
    Ok(took)
}

/// How many tickets the desk has.
pub async fn count(channel: Channel) -> anyhow::Result<u64> {
    let mut desk = DeskServiceClient::new(channel);
    let (mut n, mut page_token) = (0, String::new());
    loop {
        let read_mask = Some(prost_types::FieldMask { paths: vec!["id".to_owned()] });
        let page_size = 1_000;
        let message =
            pb::ListTicketsRequest { page_size, page_token, read_mask, ..Default::default() };
        let page = desk.list_tickets(request(message)).await?.into_inner();
        n += page.tickets.len() as u64;
        page_token = page.next_page_token;
        if page_token.is_empty() {
            return Ok(n);
        }
    }
}
