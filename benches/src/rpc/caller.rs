//! One caller of `Triage` with its share of the tickets at work.
//!
//! Each ticket beyond its share sends the oldest to a completer of its own
//! through a short channel: completions keep pace with arrivals, few are under
//! way, and callers share no lock.

use std::collections::VecDeque;
use std::sync::Arc;

use anyhow::{Context as _, ensure};
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::triage_service_client::TriageServiceClient;
use tokio::sync::mpsc;
use tonic::transport::Channel;

use super::args::Args;
use super::books::Books;
use super::load::{Seen, Window};
use super::pace::{Pace, Turn};
use super::target::request;
use super::tickets::{Tickets, ticket_id};

/// Tickets triaged in one call while hands are filled.
const FILL_PAGE: usize = 500;

/// A caller and its tickets.
#[derive(Debug)]
pub struct Caller {
    client: TriageServiceClient<Channel>,
    tickets: Tickets,
    /// The number of its next ticket; callers share no number.
    next: u64,
    n_callers: u64,
    /// Tickets at work, oldest first, and how many are its share.
    at_work: VecDeque<String>,
    share: usize,
    orders: mpsc::Sender<String>,
    books: Arc<Books>,
    sequences: Vec<u64>,
}

impl Caller {
    /// A caller without tickets yet.
    pub fn new(
        idx: u32,
        args: &Args,
        channel: Channel,
        tickets: Tickets,
        orders: mpsc::Sender<String>,
        books: Arc<Books>,
    ) -> Self {
        Self {
            client: TriageServiceClient::new(channel),
            tickets,
            next: u64::from(idx),
            n_callers: u64::from(args.callers),
            at_work: VecDeque::new(),
            share: args.open.div_ceil(args.callers) as usize,
            orders,
            books,
            sequences: Vec::new(),
        }
    }

    /// Triages its share, many tickets a call.
    pub async fn fill(&mut self) -> anyhow::Result<()> {
        while self.at_work.len() < self.share {
            let n = FILL_PAGE.min(self.share - self.at_work.len());
            let asked: Vec<_> = (0..n).map(|_| self.take_number()).collect();
            let requests =
                asked.iter().map(|n| self.tickets.request(*n, pb::Mode::Assign)).collect();
            let message = request(pb::BatchTriageRequest { requests });
            let results = self.client.batch_triage(message).await?.into_inner().results;
            for (n, result) in asked.into_iter().zip(results) {
                let answer = result.response.with_context(|| format!("{:?}", result.status))?;
                self.take(ticket_id(n), &answer)?;
            }
        }
        Ok(())
    }

    /// Triages at a pace until the window closes.
    pub async fn work(
        mut self,
        window: Window,
        pace: Pace,
        mut seen: Seen,
    ) -> anyhow::Result<Seen> {
        while let Some(turn) = pace.next(&window).await {
            let n = self.take_number();
            let message = request(self.message(&turn, n));
            let answer = self.client.triage(message).await?;
            seen.note(&window, turn.since);
            self.take(ticket_id(n), answer.get_ref())?;
            if self.at_work.len() > self.share {
                let oldest = self.at_work.pop_front().context("more than its share is some")?;
                self.orders.send(oldest).await.context("expected the completer at work")?;
            }
        }
        self.books.note_triaged(self.sequences);
        Ok(seen)
    }

    fn message(&self, turn: &Turn, n: u64) -> pb::TriageRequest {
        match &turn.arrival {
            Some(arrival) => self.tickets.request_about(arrival, n, pb::Mode::Assign),
            None => self.tickets.request(n, pb::Mode::Assign),
        }
    }

    fn take_number(&mut self) -> u64 {
        let n = self.next;
        self.next += self.n_callers;
        n
    }

    /// Checks an answer and puts the ticket to the others.
    fn take(&mut self, id: String, answer: &pb::TriageResponse) -> anyhow::Result<()> {
        let decision = answer.decision.as_ref().context("expected a decision, got none")?;
        ensure!(decision.ticket_id == id, "expected {id}, got {}", decision.ticket_id);
        ensure!(!answer.replayed && !answer.stale, "expected a new decision of {id}");
        let is_assigned = decision.outcome() == pb::DecisionOutcome::Assigned;
        let is_queued = decision.outcome() == pb::DecisionOutcome::Queued;
        ensure!(is_assigned || is_queued, "{id}: got {:?}", decision.outcome());
        ensure!(is_assigned != decision.agent.is_empty(), "{id}: got agent {:?}", decision.agent);
        self.books.check_agent(&decision.agent)?;
        self.sequences.push(decision.sequence);
        self.at_work.push_back(id);
        Ok(())
    }
}
