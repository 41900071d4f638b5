//! A caller among the hostile ones whom nothing of it may touch.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use switchyard_proto::v1 as pb;
use switchyard_proto::v1::desk_service_client::DeskServiceClient;
use switchyard_proto::v1::roster_service_client::RosterServiceClient;
use switchyard_proto::v1::triage_service_client::TriageServiceClient;
use tokio::task::JoinHandle;
use tonic::Request;
use tonic::transport::Channel;

use super::call::in_time;
use crate::samples;

/// Nobody else names it.
const TENANT: &str = "control";

/// Between two tickets.
const PAUSE: Duration = Duration::from_millis(25);

/// The caller and what it was told.
#[derive(Debug)]
pub(super) struct Control {
    channel: Channel,
    told: Vec<(pb::TriageRequest, pb::TriageResponse)>,
    slowest: Duration,
}

/// The message as this tenant's.
fn ours<T>(message: T) -> Request<T> {
    let mut request = Request::new(message);
    request.metadata_mut().insert("switchyard-tenant", TENANT.parse().expect("ASCII"));
    request
}

/// Every third ticket is closed at once.
fn is_completed(n: usize) -> bool {
    n.is_multiple_of(3)
}

impl Control {
    /// Seats agents with room for every ticket.
    pub(super) async fn begin(channel: Channel) -> Self {
        let agents = ["one", "two", "three"].map(|id| samples::agent(id, 10_000.0)).to_vec();
        let request = pb::BatchUpsertAgentsRequest { agents, ..Default::default() };
        let mut roster = RosterServiceClient::new(channel.clone());
        roster.batch_upsert_agents(ours(request)).await.expect("seated");
        Self { channel, told: Vec::new(), slowest: Duration::ZERO }
    }

    /// Triages on until told to stop.
    pub(super) fn go_on(mut self, stop: Arc<AtomicBool>) -> JoinHandle<Self> {
        tokio::spawn(async move {
            while !stop.load(Ordering::Relaxed) {
                self.triage().await;
                tokio::time::sleep(PAUSE).await;
            }
            self
        })
    }

    async fn triage(&mut self) {
        let id = format!("control-{}", self.told.len());
        let request = samples::triage_once(samples::ticket(&id), &format!("triage-{id}"));
        let began = Instant::now();
        let mut triage = TriageServiceClient::new(self.channel.clone());
        let answer =
            in_time(triage.triage(ours(request.clone()))).await.expect("an answer in time");
        let answer = answer.unwrap_or_else(|status| panic!("{id}: {status:?}")).into_inner();
        self.slowest = self.slowest.max(began.elapsed());
        let decision = answer.decision.as_ref().expect("a decision");
        assert_eq!(decision.outcome(), pb::DecisionOutcome::Assigned, "{decision:?}");
        assert!(answer.assessment.as_ref().is_some_and(|read| read.category.is_some()), "{id}");
        if is_completed(self.told.len()) {
            let request = pb::CompleteRequest { ticket_id: id, ..Default::default() };
            let mut desk = DeskServiceClient::new(self.channel.clone());
            let answer = in_time(desk.complete(ours(request))).await.expect("an answer in time");
            answer.expect("completed");
        }
        self.told.push((request, answer));
    }

    /// Everything told is so on another channel, and is not done a second time.
    pub(super) async fn check(&self, channel: &Channel) {
        for (n, (request, answer)) in self.told.iter().enumerate() {
            self.check_one(channel, n, request, answer).await;
        }
        self.check_listed(channel).await;
        self.check_load(channel).await;
        let (n, slowest) = (self.told.len(), self.slowest);
        println!("{n} tickets of the control caller are all there; its slowest took {slowest:?}");
        assert!(n > 10, "expected the control caller to be served, got {n} tickets");
    }

    async fn check_one(
        &self,
        channel: &Channel,
        n: usize,
        request: &pb::TriageRequest,
        answer: &pb::TriageResponse,
    ) {
        let mut triage = TriageServiceClient::new(channel.clone());
        let mut desk = DeskServiceClient::new(channel.clone());
        let decision = answer.decision.clone().expect("a decision");
        let asked = pb::GetDecisionRequest { id: decision.id.clone() };
        let kept = triage.get_decision(ours(asked)).await.expect("still there").into_inner();
        assert_eq!((kept.decision, &kept.assessment), (Some(decision.clone()), &answer.assessment));
        let asked = pb::GetTicketRequest { id: decision.ticket_id.clone(), ..Default::default() };
        let ticket = desk.get_ticket(ours(asked)).await.expect("still there").into_inner();
        let ticket = ticket.ticket.expect("a ticket");
        let state =
            if is_completed(n) { pb::TicketState::Completed } else { pb::TicketState::Active };
        assert_eq!((ticket.state(), ticket.agent), (state, decision.agent.clone()));
        let again = triage.triage(ours(request.clone())).await.expect("a retry").into_inner();
        assert_eq!((again.replayed, again.decision), (true, Some(decision)));
    }

    /// The listing has every decision once.
    async fn check_listed(&self, channel: &Channel) {
        let mut triage = TriageServiceClient::new(channel.clone());
        let (mut listed, mut page_token) = (BTreeMap::new(), String::new());
        loop {
            let asked = pb::ListDecisionsRequest { page_size: 1_000, page_token, filter: None };
            let page = triage.list_decisions(ours(asked)).await.expect("listed").into_inner();
            listed.extend(page.decisions.into_iter().map(|one| (one.id.clone(), one)));
            page_token = page.next_page_token;
            if page_token.is_empty() {
                break;
            }
        }
        let told = self.told.iter().filter_map(|(_, answer)| answer.decision.clone());
        assert_eq!(listed, told.map(|one| (one.id.clone(), one)).collect());
    }

    async fn check_load(&self, channel: &Channel) {
        let mut roster = RosterServiceClient::new(channel.clone());
        let listed = roster.list_agents(ours(pb::ListAgentsRequest::default())).await;
        let listed = listed.expect("a list").into_inner().agents;
        let n_open = (0..self.told.len()).filter(|n| !is_completed(*n)).count();
        assert_eq!(listed.len(), 3);
        assert_eq!(listed.iter().map(|agent| agent.n_open as usize).sum::<usize>(), n_open);
    }
}
