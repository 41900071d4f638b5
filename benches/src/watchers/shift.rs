//! Tickets that come in, are answered, held, resumed and completed at a steady pace.

use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::activity::{self, Kind};
use switchyard_proto::v1::desk_service_client::DeskServiceClient;
use switchyard_proto::v1::triage_service_client::TriageServiceClient;
use tokio::task::JoinSet;
use tokio::time::MissedTickBehavior;
use tonic::transport::Channel;

use crate::latency::Latency;
use crate::rpc::target::request;
use crate::rpc::tickets::{Tickets, ticket_id};

/// Backends that work side by side, each on one ticket at a time.
const BACKENDS: u32 = 64;

/// Events of a ticket's life: triaged, decided, answered, held, resumed, completed.
const EVENTS_EACH: u32 = 6;

/// Numbers of tickets of one stretch of work.
const STRETCH: u64 = 1 << 32;

/// A steady pace of work.
#[derive(Debug)]
pub struct Shift {
    channels: Vec<Channel>,
    tickets: Tickets,
    /// How often a backend begins a ticket.
    every: Duration,
    length: Duration,
}

impl Shift {
    /// So many events a second for so long.
    pub fn new(channels: Vec<Channel>, tickets: Tickets, per_s: u32, length: Duration) -> Self {
        let every = Duration::from_secs(1) * BACKENDS * EVENTS_EACH / per_s;
        Self { channels, tickets, every, length }
    }

    /// Works once through; gives how long decisions took.
    pub async fn work(&self, stretch: u64) -> anyhow::Result<Latency> {
        let ends = Instant::now() + self.length;
        let mut backends = JoinSet::new();
        for idx in 0..BACKENDS {
            let channel = self.channels[idx as usize % self.channels.len()].clone();
            let backend = Backend::new(channel, self.tickets.clone());
            let (first, every) = (stretch * STRETCH + u64::from(idx), self.every);
            backends.spawn(backend.work(first, every * idx / BACKENDS, every, ends));
        }
        let mut all = Latency::default();
        while let Some(latency) = backends.join_next().await {
            all.add(&latency??);
        }
        Ok(all)
    }
}

struct Backend {
    triage: TriageServiceClient<Channel>,
    desk: DeskServiceClient<Channel>,
    tickets: Tickets,
    decisions: Latency,
}

impl Backend {
    fn new(channel: Channel, tickets: Tickets) -> Self {
        let triage = TriageServiceClient::new(channel.clone());
        let decisions = Latency::default();
        Self { triage, desk: DeskServiceClient::new(channel), tickets, decisions }
    }

    /// Begins a ticket every so often; one that takes longer holds up the next.
    async fn work(
        mut self,
        first: u64,
        after: Duration,
        every: Duration,
        ends: Instant,
    ) -> anyhow::Result<Latency> {
        tokio::time::sleep(after).await;
        let mut ticks = tokio::time::interval(every);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
        for n in (first..).step_by(BACKENDS as usize) {
            ticks.tick().await;
            if Instant::now() >= ends {
                break;
            }
            self.live_through(n).await?;
        }
        Ok(self.decisions)
    }

    async fn live_through(&mut self, n: u64) -> anyhow::Result<()> {
        let asked = request(self.tickets.request(n, pb::Mode::Assign));
        let begun = Instant::now();
        let answer = self.triage.triage(asked).await?.into_inner();
        self.decisions.record(begun.elapsed());
        let decision = answer.decision.context("a decision")?;
        let is_assigned = decision.outcome() == pb::DecisionOutcome::Assigned;
        ensure!(
            is_assigned,
            "{}: expected it assigned, got {:?}",
            ticket_id(n),
            decision.outcome()
        );
        let hold = activity::Hold { reason: pb::HoldReason::Customer as i32 };
        let reply = Kind::AgentReply(activity::AgentReply {});
        let reports = [reply, Kind::Hold(hold), Kind::Resume(activity::Resume {})];
        for kind in reports {
            self.report(n, kind).await?;
        }
        let message =
            pb::CompleteRequest { ticket_id: ticket_id(n), ..pb::CompleteRequest::default() };
        self.desk.complete(request(message)).await?;
        Ok(())
    }

    async fn report(&mut self, n: u64, kind: Kind) -> anyhow::Result<()> {
        let message = pb::ReportActivityRequest {
            ticket_id: ticket_id(n),
            activity: Some(pb::Activity { kind: Some(kind) }),
            ..pb::ReportActivityRequest::default()
        };
        self.desk.report_activity(request(message)).await?;
        Ok(())
    }
}
