//! What was asked and answered, and whether the desk says the same in the end.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock};
use std::time::Instant;

use anyhow::{Context as _, ensure};
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::desk_service_client::DeskServiceClient;
use switchyard_proto::v1::roster_service_client::RosterServiceClient;
use tonic::transport::Channel;

use super::load::Window;
use super::roster::agent_id;
use super::target::request;

/// Items of a listing's page.
const PAGE: i32 = 1_000;

/// The load generator's own account of the run.
#[derive(Debug, Default)]
pub struct Books {
    window: OnceLock<Window>,
    /// The sequences of all decisions answered: eight bytes for each is all a run adds up to.
    decisions: Mutex<Vec<u64>>,
    completed: AtomicU64,
    completed_in_window: AtomicU64,
}

/// The account after it was found to agree with the desk's.
#[derive(Debug, Clone, Copy)]
pub struct Balance {
    /// Tickets triaged.
    pub triaged: u64,
    /// Tickets completed.
    pub completed: u64,
    /// Those of them within the window.
    pub completed_in_window: u64,
    /// Tickets active or queued in the end.
    pub open: u64,
}

/// What the desk lists.
#[derive(Debug, Default)]
struct Listed {
    completed: u64,
    active: u64,
    queued: u64,
}

impl Books {
    /// Tells when calls count.
    pub fn open(&self, window: Window) {
        let _ = self.window.set(window);
    }

    /// Notes the decisions of a caller.
    pub fn note_triaged(&self, sequences: Vec<u64>) {
        self.decisions.lock().expect("nobody panics with it").extend(sequences);
    }

    /// Notes a completion answered now.
    pub fn note_completed(&self) {
        self.completed.fetch_add(1, Ordering::Relaxed);
        if self.window.get().is_some_and(|window| window.has(Instant::now())) {
            self.completed_in_window.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Whether an answer names nobody or an agent of the roster.
    pub fn check_agent(&self, agent: &str) -> anyhow::Result<()> {
        let number = agent.rsplit_once('-').and_then(|(_, number)| number.parse::<u64>().ok());
        let place = number.and_then(|number| number.checked_sub(1));
        let is_known = agent.is_empty() || place.is_some_and(|place| agent_id(place) == agent);
        ensure!(is_known, "expected an agent of the roster, got {agent:?}");
        Ok(())
    }

    /// Compares with the desk: every ticket once, none lost, nobody above capacity.
    pub async fn balance(&self, channel: Channel, n_agents: u32) -> anyhow::Result<Balance> {
        let triaged = self.n_decisions()?;
        let completed = self.completed.load(Ordering::Relaxed);
        let listed = list_tickets(channel.clone()).await?;
        ensure!(listed.completed == completed, "completed {completed}, the desk says {listed:?}");
        let open = listed.active + listed.queued;
        ensure!(completed + open == triaged, "triaged {triaged}, the desk says {listed:?}");
        let load = list_loads(channel, n_agents).await?;
        let owned = listed.active as f64;
        ensure!((load - owned).abs() < 1e-6, "active {owned}, but agents have {load} units");
        let completed_in_window = self.completed_in_window.load(Ordering::Relaxed);
        Ok(Balance { triaged, completed, completed_in_window, open })
    }

    /// How many decisions were answered; each has a sequence of its own.
    fn n_decisions(&self) -> anyhow::Result<u64> {
        // Taken, not copied: after minutes they are millions, and nobody asks again.
        let mut sequences =
            std::mem::take(&mut *self.decisions.lock().expect("nobody panics with it"));
        let n_answers = sequences.len();
        sequences.sort_unstable();
        sequences.dedup();
        ensure!(sequences.len() == n_answers, "expected {n_answers} decisions, some came twice");
        Ok(n_answers as u64)
    }
}

async fn list_tickets(channel: Channel) -> anyhow::Result<Listed> {
    let mut client = DeskServiceClient::new(channel).max_decoding_message_size(64 * 1024 * 1024);
    let mut listed = Listed::default();
    let mut page_token = String::new();
    loop {
        let message = pb::ListTicketsRequest {
            page_size: PAGE,
            page_token,
            ..pb::ListTicketsRequest::default()
        };
        let page = client.list_tickets(request(message)).await?.into_inner();
        for ticket in &page.tickets {
            listed.note(ticket)?;
        }
        page_token = page.next_page_token;
        if page_token.is_empty() {
            return Ok(listed);
        }
    }
}

impl Listed {
    fn note(&mut self, ticket: &pb::TicketStatus) -> anyhow::Result<()> {
        use pb::TicketState as State;
        match ticket.state() {
            State::Completed => self.completed += 1,
            State::Active => self.active += 1,
            State::Queued => self.queued += 1,
            State::Unspecified
            | State::Solved
            | State::Cancelled
            | State::Merged
            | State::Advised => {
                anyhow::bail!("{}: expected no {:?}", ticket.id, ticket.state())
            }
        }
        Ok(())
    }
}

/// The units of work of all agents together; each is one of ours and within capacity.
async fn list_loads(channel: Channel, n_agents: u32) -> anyhow::Result<f64> {
    let mut client = RosterServiceClient::new(channel);
    let (mut n_listed, mut total, mut page_token) = (0, 0.0, String::new());
    loop {
        let message = pb::ListAgentsRequest { page_size: PAGE, page_token };
        let page = client.list_agents(request(message)).await?.into_inner();
        for status in &page.agents {
            let agent = status.agent.as_ref().context("no agent")?;
            let (id, expected) = (&agent.id, agent_id(n_listed));
            ensure!(*id == expected, "expected {expected}, got {id}");
            let capacity =
                agent.capacity.as_ref().and_then(|it| it.total).context("no capacity")?;
            ensure!(status.load <= capacity, "{id}: {} units are above {capacity}", status.load);
            total += status.load;
            n_listed += 1;
        }
        page_token = page.next_page_token;
        if page_token.is_empty() {
            ensure!(n_listed == u64::from(n_agents), "expected {n_agents}, got {n_listed}");
            return Ok(total);
        }
    }
}
