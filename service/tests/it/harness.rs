//! A real server in this process: port 0, a store in a folder of its own, a clock moved by hand.

use std::future::Future;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use switchyard::app::{App, Clock, ManualClock, WriterThreads};
use switchyard::config::Config;
use switchyard::server::{self, BuildError};
use switchyard::store::StoreError;
use switchyard_domain::time::{Span, Timestamp};
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::desk_service_client::DeskServiceClient;
use switchyard_proto::v1::policy_service_client::PolicyServiceClient;
use switchyard_proto::v1::roster_service_client::RosterServiceClient;
use switchyard_proto::v1::server_service_client::ServerServiceClient;
use switchyard_proto::v1::triage_service_client::TriageServiceClient;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tonic::transport::Channel;

use crate::samples;

/// A Wednesday, when every test begins.
pub(crate) const NOW: &str = "2026-06-03T10:00:00Z";

/// How long a test waits for what must come by itself.
const PATIENCE: Duration = Duration::from_secs(10);

/// A server and its callers.
pub(crate) struct Harness {
    pub(crate) clock: Arc<ManualClock>,
    store: PathBuf,
    settings: Vec<(String, String)>,
    running: Option<Running>,
    /// Removed with the harness.
    folder: Option<TempDir>,
}

struct Running {
    app: App,
    at: SocketAddr,
    channel: Channel,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<Result<(), server::ServeError>>,
    writer: WriterThreads,
}

impl Harness {
    /// A server without a model on an empty store.
    pub(crate) async fn start() -> Self {
        Self::with(&[]).await
    }

    /// A server with settings laid over `model.bundle = "none"`.
    pub(crate) async fn with(settings: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let mut harness = Self::at(&folder.path().join("it.sqlite"), settings);
        harness.folder = Some(folder);
        harness.build().await;
        harness
    }

    /// A server on a store that is there already.
    pub(crate) async fn on(store: &Path) -> Self {
        let mut harness = Self::at(store, &[]);
        harness.build().await;
        harness
    }

    fn at(store: &Path, settings: &[(&str, &str)]) -> Self {
        let now = Timestamp::parse(NOW).expect("a valid instant");
        let mut harness = Self {
            clock: ManualClock::at(now),
            store: store.to_owned(),
            settings: vec![("model.bundle".to_owned(), "none".to_owned())],
            running: None,
            folder: None,
        };
        harness.set(settings);
        harness
    }

    fn set(&mut self, settings: &[(&str, &str)]) {
        let settings = settings.iter().map(|(key, value)| ((*key).into(), (*value).into()));
        self.settings.extend(settings);
    }

    async fn build(&mut self) {
        let path = ("store.path".to_owned(), self.store.display().to_string());
        self.settings.push(path);
        let config = Config::load(None, &[], &self.settings).expect("sound settings");
        let clock = Clock::Manual(self.clock.clone());
        let (app, writer) = eventually(async || built(&config, &clock).await).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let at = listener.local_addr().expect("a bound address");
        let (stop, stopped) = oneshot::channel();
        let shutdown = async {
            let _ = stopped.await;
        };
        let serving = tokio::spawn(server::serve(
            listener,
            app.clone(),
            Duration::from_millis(300),
            shutdown,
        ));
        let endpoint = Channel::from_shared(format!("http://{at}")).expect("a valid address");
        let channel = endpoint.connect().await.expect("a connection");
        self.running = Some(Running { app, at, channel, stop, serving, writer });
    }

    /// Stops as SIGTERM does; the store is closed then.
    pub(crate) async fn stop(&mut self) {
        let Running { app, stop, serving, writer, channel, .. } =
            self.running.take().expect("a running server");
        drop(channel);
        let _ = stop.send(());
        serving.await.expect("no panic").expect("no failure");
        // Closed later, they would take a log away that a test has put there.
        app.desks.history.reader().close().await;
        writer.stop().await;
    }

    /// Leaves the writer where it is, as one that is killed between two rounds, and starts again.
    pub(crate) async fn lose_and_restart(&mut self) {
        let Running { stop, serving, channel, app, writer, .. } =
            self.running.take().expect("a running server");
        drop(channel);
        let _ = stop.send(());
        serving.await.expect("no panic").expect("no failure");
        drop((app, writer));
        let lock = self.store.with_extension("sqlite.lock");
        eventually(async || {
            let file = std::fs::File::open(&lock).expect("a lock file");
            file.try_lock().ok()
        })
        .await;
        self.build().await;
    }

    /// Stops and starts again on the same store.
    pub(crate) async fn restart(&mut self) {
        self.restart_with(&[]).await;
    }

    /// Stops and starts again on the same store with further settings.
    pub(crate) async fn restart_with(&mut self, settings: &[(&str, &str)]) {
        self.stop().await;
        self.set(settings);
        self.build().await;
    }

    fn running(&self) -> &Running {
        self.running.as_ref().expect("a running server")
    }

    /// Whether bytes stand anywhere in the store's files.
    pub(crate) fn stands_in(&self, text: &str) -> bool {
        let folder = self.store().parent().expect("a folder");
        let files = std::fs::read_dir(folder).expect("a readable folder").flatten();
        let mut bytes = files.filter_map(|file| std::fs::read(file.path()).ok());
        bytes.any(|bytes| bytes.windows(text.len()).any(|window| window == text.as_bytes()))
    }

    pub(crate) fn store(&self) -> &Path {
        &self.store
    }

    /// The application behind the server.
    pub(crate) fn app(&self) -> &App {
        &self.running.as_ref().expect("a running server").app
    }

    /// Where the server listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.running.as_ref().expect("a running server").at
    }

    pub(crate) fn channel(&self) -> Channel {
        self.running().channel.clone()
    }

    pub(crate) fn triage(&self) -> TriageServiceClient<Channel> {
        TriageServiceClient::new(self.channel()).max_decoding_message_size(64 << 20)
    }

    pub(crate) fn desk(&self) -> DeskServiceClient<Channel> {
        DeskServiceClient::new(self.channel()).max_decoding_message_size(64 << 20)
    }

    pub(crate) fn roster(&self) -> RosterServiceClient<Channel> {
        RosterServiceClient::new(self.channel())
    }

    pub(crate) fn policies(&self) -> PolicyServiceClient<Channel> {
        PolicyServiceClient::new(self.channel())
    }

    pub(crate) fn server(&self) -> ServerServiceClient<Channel> {
        ServerServiceClient::new(self.channel())
    }

    /// Lets time pass.
    pub(crate) fn pass_minutes(&self, minutes: i64) {
        let now = Clock::Manual(self.clock.clone()).now();
        self.clock.set(now + Span::from_minutes(minutes));
    }

    /// Adds agents who are always on shift, each with room for so much.
    pub(crate) async fn seat(&self, agents: &[(&str, f64)]) {
        let agents = agents.iter().map(|(id, units)| samples::agent(id, *units)).collect();
        self.seat_as(agents).await;
    }

    pub(crate) async fn seat_as(&self, agents: Vec<pb::Agent>) {
        let request = pb::BatchUpsertAgentsRequest {
            agents,
            actor: None,
            ..pb::BatchUpsertAgentsRequest::default()
        };
        self.roster().batch_upsert_agents(request).await.expect("agents are taken");
    }

    /// Triages a ticket in `MODE_ASSIGN`.
    pub(crate) async fn assign(&self, ticket: pb::Ticket) -> pb::TriageResponse {
        let request = samples::triage(ticket);
        self.triage().triage(request).await.expect("triaged").into_inner()
    }

    /// Triages a plain ticket and gives its decision.
    pub(crate) async fn decide(&self, id: &str) -> pb::Decision {
        self.assign(samples::ticket(id)).await.decision.expect("a decision")
    }

    pub(crate) async fn ticket(&self, id: &str) -> pb::TicketStatus {
        let request = pb::GetTicketRequest { id: id.to_owned(), ..pb::GetTicketRequest::default() };
        let answer = self.desk().get_ticket(request).await.expect("a known ticket");
        answer.into_inner().ticket.expect("a ticket")
    }

    pub(crate) async fn agent(&self, id: &str) -> pb::AgentStatus {
        let request = pb::GetAgentRequest { id: id.to_owned() };
        let answer = self.roster().get_agent(request).await.expect("a known agent");
        answer.into_inner().agent.expect("an agent")
    }

    pub(crate) async fn complete(&self, id: &str) -> pb::CompleteResponse {
        let request =
            pb::CompleteRequest { ticket_id: id.to_owned(), ..pb::CompleteRequest::default() };
        self.desk().complete(request).await.expect("completed").into_inner()
    }

    pub(crate) async fn report(&self, id: &str, kind: pb::activity::Kind) -> pb::TicketStatus {
        let request = samples::report(id, kind);
        let answer = self.desk().report_activity(request).await.expect("reported").into_inner();
        assert!(answer.applied, "the report was applied");
        answer.ticket.expect("a ticket")
    }

    pub(crate) async fn explain(&self, decision: &str) -> pb::ExplainDecisionResponse {
        let request = pb::ExplainDecisionRequest { id: decision.to_owned() };
        self.triage().explain_decision(request).await.expect("explained").into_inner()
    }

    pub(crate) async fn decision(&self, id: &str) -> pb::Decision {
        let request = pb::GetDecisionRequest { id: id.to_owned() };
        let answer = self.triage().get_decision(request).await.expect("a known decision");
        answer.into_inner().decision.expect("a decision")
    }

    /// Every event there is, read page by page.
    pub(crate) async fn events(&self) -> Vec<pb::Event> {
        let mut all = Vec::new();
        loop {
            let after_sequence = all.last().map_or(0, |event: &pb::Event| event.sequence);
            let page_size = 1_000;
            let request = pb::ListEventsRequest { after_sequence, page_size, filter: None };
            let page = self.desk().list_events(request).await.expect("events").into_inner();
            all.extend(page.events);
            if page.at_end {
                return all;
            }
        }
    }

    /// The ticket once it is as wanted; what waits for the timer comes a moment later.
    pub(crate) async fn ticket_when(
        &self,
        id: &str,
        wanted: impl Fn(&pb::TicketStatus) -> bool,
    ) -> pb::TicketStatus {
        eventually(async || Some(self.ticket(id).await).filter(&wanted)).await
    }
}

/// A server, unless its store is in use: another test that starts a process holds all files of this
/// one for a moment.
async fn built(config: &Config, clock: &Clock) -> Option<(App, WriterThreads)> {
    match server::build(config, clock.clone()).await {
        Err(BuildError::Store(StoreError::InUse { .. })) => None,
        built => Some(built.expect("a server")),
    }
}

/// Tries until there is something.
pub(crate) async fn eventually<T, F: Future<Output = Option<T>>>(mut look: impl FnMut() -> F) -> T {
    let until = tokio::time::Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(tokio::time::Instant::now() < until, "it did not come in {PATIENCE:?}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
