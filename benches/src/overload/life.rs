//! A ticket triaged and completed, and what each call came to.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::desk_service_client::DeskServiceClient;
use switchyard_proto::v1::triage_service_client::TriageServiceClient;
use tonic::transport::Channel;
use tonic::{Code, Response, Status};
use tonic_types::StatusExt as _;

use crate::latency::Latency;
use crate::rpc::target::request;
use crate::rpc::tickets::{Tickets, ticket_id};

/// What begins tickets' lives.
#[derive(Debug)]
pub struct Life {
    channels: Vec<Channel>,
    tickets: Tickets,
    next: AtomicU64,
    triaged: AtomicU64,
    under_way: AtomicUsize,
    tally: Mutex<Tally>,
}

/// What calls came to.
#[derive(Debug, Default)]
pub struct Tally {
    /// Those that were done.
    pub answered: Latency,
    /// Those that were told to come back.
    pub refused: Latency,
    /// Lives that were due and not begun.
    pub not_begun: u64,
    /// Over how long.
    pub took: Duration,
}

/// What one call came to.
enum Outcome<T> {
    Answered(T),
    /// After so long to come back.
    Refused(Duration),
}

impl Life {
    /// Lives over these connections, in turn, of tickets from a number on.
    pub fn new(channels: Vec<Channel>, tickets: Tickets, first: u64) -> Self {
        let (next, triaged) = (AtomicU64::new(first), AtomicU64::new(0));
        let under_way = AtomicUsize::new(0);
        Self { channels, tickets, next, triaged, under_way, tally: Mutex::default() }
    }

    /// Tickets whose triage was answered.
    pub fn n_triaged(&self) -> u64 {
        self.triaged.load(Ordering::Relaxed)
    }

    /// Calls that are sent and not answered.
    pub fn n_under_way(&self) -> usize {
        self.under_way.load(Ordering::Relaxed)
    }

    /// What calls came to since this was asked last.
    pub fn take_tally(&self) -> Tally {
        std::mem::take(&mut *self.tally.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// One life: a ticket that is refused is given up, one that is taken is completed in the end.
    ///
    /// Gives how long callers are told to wait, if they are.
    pub async fn live(&self) -> anyhow::Result<Option<Duration>> {
        let n = self.next.fetch_add(1, Ordering::Relaxed);
        let channel = self.channels[n as usize % self.channels.len()].clone();
        let mut triage = TriageServiceClient::new(channel.clone());
        let asked = request(self.tickets.request(n, pb::Mode::Assign));
        let answer = match self.note(triage.triage(asked)).await? {
            Outcome::Answered(answer) => answer,
            Outcome::Refused(after) => return Ok(Some(after)),
        };
        self.triaged.fetch_add(1, Ordering::Relaxed);
        let decision = answer.decision.context("expected a decision, got none")?;
        let is_ours = decision.ticket_id == ticket_id(n) && !answer.replayed;
        ensure!(is_ours, "expected a new decision of {}, got {decision:?}", ticket_id(n));
        self.complete(channel, n).await?;
        Ok(None)
    }

    async fn complete(&self, channel: Channel, n: u64) -> anyhow::Result<()> {
        let mut desk = DeskServiceClient::new(channel);
        loop {
            let ticket_id = ticket_id(n);
            let message = pb::CompleteRequest { ticket_id, ..pb::CompleteRequest::default() };
            match self.note(desk.complete(request(message))).await? {
                Outcome::Answered(_) => return Ok(()),
                Outcome::Refused(after) => tokio::time::sleep(after).await,
            }
        }
    }

    /// Has a call made, and notes how long it took.
    async fn note<T>(
        &self,
        call: impl Future<Output = Result<Response<T>, Status>>,
    ) -> anyhow::Result<Outcome<T>> {
        let begun = Instant::now();
        self.under_way.fetch_add(1, Ordering::Relaxed);
        let answer = call.await;
        self.under_way.fetch_sub(1, Ordering::Relaxed);
        let took = begun.elapsed();
        let mut tally = self.tally.lock().unwrap_or_else(PoisonError::into_inner);
        match answer {
            Ok(answer) => {
                tally.answered.record(took);
                Ok(Outcome::Answered(answer.into_inner()))
            }
            Err(status) => {
                tally.refused.record(took);
                Ok(Outcome::Refused(told_to_wait(&status)?))
            }
        }
    }
}

impl Tally {
    /// Calls that were told to come back.
    pub fn n_refused(&self) -> u64 {
        self.refused.count()
    }

    /// Calls done in a second.
    pub fn answered_per_s(&self) -> f64 {
        self.answered.count() as f64 / self.took.as_secs_f64()
    }

    /// 99 of 100 calls that were done took no longer, in microseconds.
    pub fn p99_us(&self) -> f64 {
        self.answered.quantile_us(0.99)
    }
}

/// How long a refusal says to wait; any other failure ends the run.
fn told_to_wait(status: &Status) -> anyhow::Result<Duration> {
    if status.code() != Code::ResourceExhausted {
        bail!("expected an answer or RESOURCE_EXHAUSTED, got {status:?}");
    }
    let reason = status.get_details_error_info().context("expected ErrorInfo")?.reason;
    ensure!(reason == "OVERLOADED", "expected OVERLOADED, got {reason}");
    let retry = status.get_details_retry_info().context("expected RetryInfo")?;
    retry.retry_delay.context("expected a time to wait")
}
