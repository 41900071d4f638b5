//! kill -9 under load, again and again on one store: nothing acknowledged is lost, nothing done twice.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use futures_util::future::join_all;
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::desk_service_client::DeskServiceClient;
use switchyard_proto::v1::event::Kind;
use switchyard_proto::v1::roster_service_client::RosterServiceClient;
use switchyard_proto::v1::triage_service_client::TriageServiceClient;
use tempfile::TempDir;
use tonic::transport::Channel;

use crate::process::Served;
use crate::samples::{agent, ticket, triage_once};

/// How often the server is killed; `SWITCHYARD_CRASH_ROUNDS` lowers or raises it.
const ROUNDS: u64 = 50;

/// When it is killed within a round, from this seed.
const KILL_SEED: u64 = 20_260_603;

/// Callers at a time, each keeping so many tickets open: more than the agents have room for.
const CALLERS: usize = 64;
const OPEN_PER_CALLER: usize = 3;

/// A desk whose agents are always full, and one as large as the load of the benches has.
const SMALL: usize = 60;
const LARGE: usize = 1_000;

/// Kills of the large desk.
const LARGE_ROUNDS: u64 = 10;

/// Agents have room for so many tickets.
const CAPACITY: u32 = 3;

/// Calls at a time while answers are checked.
const CHECKS_AT_A_TIME: usize = 64;

/// What one caller was told before the server died, and what it never heard of.
#[derive(Debug, Default)]
struct Record {
    triaged: Vec<(pb::TriageRequest, pb::TriageResponse)>,
    completed: Vec<pb::CompleteRequest>,
    unheard_triage: Option<pb::TriageRequest>,
    unheard_completion: Option<pb::CompleteRequest>,
}

#[derive(Clone)]
struct Clients {
    triage: TriageServiceClient<Channel>,
    desk: DeskServiceClient<Channel>,
    roster: RosterServiceClient<Channel>,
}

impl Clients {
    async fn of(served: &Served) -> Self {
        let channel = served.channel().await;
        Self {
            triage: TriageServiceClient::new(channel.clone()),
            desk: DeskServiceClient::new(channel.clone()),
            roster: RosterServiceClient::new(channel),
        }
    }
}

fn completion(ticket_id: &str) -> pb::CompleteRequest {
    let request_id = format!("complete-{ticket_id}");
    pb::CompleteRequest {
        ticket_id: ticket_id.to_owned(),
        request_id,
        actor: None,
        ..pb::CompleteRequest::default()
    }
}

/// Triages and completes until the server is gone.
async fn call(mut clients: Clients, name: String) -> Record {
    let mut record = Record::default();
    let mut open = VecDeque::new();
    for n in 0.. {
        let id = format!("{name}-{n}");
        let request = triage_once(ticket(&id), &format!("triage-{id}"));
        match clients.triage.triage(request.clone()).await {
            Ok(answer) => record.triaged.push((request, answer.into_inner())),
            Err(_) => {
                record.unheard_triage = Some(request);
                break;
            }
        }
        open.push_back(id);
        if open.len() <= OPEN_PER_CALLER {
            continue;
        }
        let request = completion(&open.pop_front().expect("more than none"));
        match clients.desk.complete(request.clone()).await {
            Ok(_) => record.completed.push(request),
            Err(_) => {
                record.unheard_completion = Some(request);
                break;
            }
        }
    }
    record
}

/// What the journal says happened, folded by the simplest rules there are.
#[derive(Debug, Default, PartialEq)]
struct Ledger {
    sequence: u64,
    triaged: BTreeSet<String>,
    closed: BTreeSet<String>,
    owners: BTreeMap<String, String>,
    load: BTreeMap<String, u32>,
}

impl Ledger {
    /// Reads on to the journal's end.
    async fn read_on(&mut self, clients: &mut Clients) {
        loop {
            let request = pb::ListEventsRequest {
                after_sequence: self.sequence,
                page_size: 1_000,
                filter: None,
            };
            let page = clients.desk.list_events(request).await.expect("events").into_inner();
            page.events.into_iter().for_each(|event| self.fold(event));
            if page.at_end {
                return;
            }
        }
    }

    fn fold(&mut self, event: pb::Event) {
        assert_eq!(event.sequence, self.sequence + 1, "a gap");
        self.sequence = event.sequence;
        let id = event.ticket_id;
        match event.kind.expect("a kind") {
            Kind::AgentUpserted(_) => {}
            Kind::TicketTriaged(_) => assert!(self.triaged.insert(id), "triaged twice"),
            Kind::TicketDecided(decided) => {
                self.decided(&id, &decided.decision.expect("a decision"));
            }
            Kind::TicketClosed(_) => {
                if let Some(owner) = self.owners.get(&id) {
                    *self.load.get_mut(owner).expect("an owner has load") -= 1;
                }
                assert!(self.closed.insert(id), "closed twice");
            }
            other => panic!("nobody asked for {other:?}"),
        }
    }

    fn decided(&mut self, id: &str, decision: &pb::Decision) {
        match decision.outcome() {
            pb::DecisionOutcome::Queued => {}
            pb::DecisionOutcome::Assigned => {
                let load = self.load.entry(decision.agent.clone()).or_default();
                *load += 1;
                assert!(*load <= CAPACITY, "{} above capacity by {id}", decision.agent);
                let before = self.owners.insert(id.to_owned(), decision.agent.clone());
                assert_eq!(before, None, "{id} was given away twice");
            }
            other => panic!("nobody asked for {other:?} of {id}"),
        }
    }

    fn open(&self) -> Vec<String> {
        self.triaged.difference(&self.closed).cloned().collect()
    }
}

/// Every acknowledged answer is still there, and asking again changes nothing.
async fn check_record(clients: &Clients, record: &Record) {
    for chunk in record.triaged.chunks(CHECKS_AT_A_TIME) {
        join_all(chunk.iter().map(|(request, answer)| check_triaged(clients, request, answer)))
            .await;
    }
    for chunk in record.completed.chunks(CHECKS_AT_A_TIME) {
        join_all(chunk.iter().map(|request| check_completed(clients, request))).await;
    }
}

async fn check_triaged(clients: &Clients, request: &pb::TriageRequest, first: &pb::TriageResponse) {
    let decision = first.decision.as_ref().expect("a decision");
    let mut triage = clients.triage.clone();
    let asked = pb::GetDecisionRequest { id: decision.id.clone() };
    let kept = triage.get_decision(asked).await.expect("an acknowledged decision").into_inner();
    assert_eq!(kept.decision.as_ref(), Some(decision));
    assert_eq!(kept.assessment, first.assessment);
    let again = triage.triage(request.clone()).await.expect("a retry").into_inner();
    assert!(again.replayed, "{request:?} was done again");
    assert_eq!(again.decision.as_ref(), Some(decision));
}

async fn check_completed(clients: &Clients, request: &pb::CompleteRequest) {
    let answer = clients.desk.clone().complete(request.clone()).await.expect("a retry");
    let answer = answer.into_inner();
    assert!(answer.replayed, "{request:?} was done again");
    assert_eq!(answer.ticket.expect("a ticket").state(), pb::TicketState::Completed);
}

/// A caller who never heard asks again, and is served whether it was done or not.
async fn ask_again(clients: &mut Clients, record: Record) {
    if let Some(request) = record.unheard_triage {
        clients.triage.triage(request).await.expect("a retry is safe");
    }
    if let Some(request) = record.unheard_completion {
        clients.desk.complete(request).await.expect("a retry is safe");
    }
}

async fn check_agents(clients: &mut Clients, ledger: &Ledger) {
    let all = pb::ListAgentsRequest { page_size: LARGE as i32, ..Default::default() };
    let listed = clients.roster.list_agents(all).await;
    for status in listed.expect("a list").into_inner().agents {
        let id = status.agent.expect("an agent").id;
        let expected = ledger.load.get(&id).copied().unwrap_or(0);
        assert_eq!(status.load, f64::from(expected), "{id}");
        assert!(status.headroom >= 0.0, "{id} above capacity");
    }
}

/// The next number of a sequence that is the same in every run (Knuth's MMIX constants).
fn next_random(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

fn rounds(usual: u64) -> u64 {
    let asked = std::env::var("SWITCHYARD_CRASH_ROUNDS").ok();
    asked.map_or(usual, |text| text.parse().expect("SWITCHYARD_CRASH_ROUNDS is a number"))
}

#[tokio::test]
async fn nothing_acknowledged_is_lost_or_doubled_by_kill_9_of_a_full_desk() {
    survives(SMALL, rounds(ROUNDS)).await;
}

#[tokio::test]
async fn nothing_acknowledged_is_lost_or_doubled_by_kill_9_of_a_large_desk() {
    survives(LARGE, rounds(LARGE_ROUNDS)).await;
}

async fn survives(n_agents: usize, rounds: u64) {
    let folder = TempDir::new().expect("a temporary folder");
    let store = folder.path().join("store.sqlite");
    // All callers, and in the end every ticket they left open, are at work at once.
    let settings = ["store.snapshot_every=300", "server.in_flight_max=4096"];
    let mut served = Served::start(&store, &settings);
    let mut clients = Clients::of(&served).await;
    let agents = (0..n_agents).map(|n| agent(&format!("agent-{n}"), f64::from(CAPACITY))).collect();
    let request = pb::BatchUpsertAgentsRequest {
        agents,
        actor: None,
        ..pb::BatchUpsertAgentsRequest::default()
    };
    clients.roster.batch_upsert_agents(request).await.expect("seated");

    let (mut ledger, mut random, mut all) = (Ledger::default(), KILL_SEED, Vec::new());
    for round in 0..rounds {
        println!("round {round}, seed {KILL_SEED}, journal at {}", ledger.sequence);
        let callers =
            (0..CALLERS).map(|n| tokio::spawn(call(clients.clone(), format!("{round}-{n}"))));
        let callers: Vec<_> = callers.collect();
        tokio::time::sleep(Duration::from_millis(200 + next_random(&mut random) % 200)).await;
        served.kill();
        let records = join_all(callers).await;

        served = Served::start(&store, &settings);
        clients = Clients::of(&served).await;
        ledger.read_on(&mut clients).await;
        for record in records {
            let record = record.expect("no panic");
            check_record(&clients, &record).await;
            let triaged = record.triaged.iter().filter_map(|(request, _)| request.ticket.as_ref());
            assert!(triaged.clone().all(|ticket| ledger.triaged.contains(&ticket.id)));
            assert!(record.completed.iter().all(|done| ledger.closed.contains(&done.ticket_id)));
            all.extend(record.triaged.iter().filter_map(|(_, answer)| answer.decision.clone()));
            ask_again(&mut clients, record).await;
        }
        ledger.read_on(&mut clients).await;
        check_agents(&mut clients, &ledger).await;
        let open = ledger.open();
        join_all(open.iter().map(|id| {
            let mut desk = clients.desk.clone();
            // Perhaps done already by a call nobody heard of; its id makes that safe.
            async move { desk.complete(completion(id)).await.expect("completed") }
        }))
        .await;
        ledger.read_on(&mut clients).await;
        assert_eq!(ledger.open(), Vec::<String>::new());
    }

    let mut again = Ledger::default();
    again.read_on(&mut clients).await;
    assert_eq!(again, ledger, "the journal reads the same from its beginning");
    for chunk in all.chunks(CHECKS_AT_A_TIME) {
        let checks = chunk.iter().map(|decision| {
            let mut triage = clients.triage.clone();
            async move {
                let asked = pb::GetDecisionRequest { id: decision.id.clone() };
                let kept = triage.get_decision(asked).await.expect("still there").into_inner();
                assert_eq!(kept.decision.as_ref(), Some(decision));
            }
        });
        join_all(checks).await;
    }
    println!("{} decisions were acknowledged", all.len());
    assert!(all.len() as u64 > 10 * rounds, "only {} decisions: no load at all", all.len());
}
