//! The real binary as a process: it starts, refuses to start with one line, and stops when told to.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use prost::Message as _;
use switchyard::app::Clock;
use switchyard::config::Config;
use switchyard::server;
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::desk_service_client::DeskServiceClient;
use switchyard_proto::v1::triage_service_client::TriageServiceClient;
use tempfile::TempDir;
use tonic::Code;
use tonic::transport::Channel;

use crate::harness::Harness;
use crate::overload::take_all_room;
use crate::refusal::refused;
use crate::samples::{message, ticket, triage};

/// How long a process may take for what it does in a second.
const PATIENCE: Duration = Duration::from_mins(1);

/// The command without any setting from this environment.
pub(crate) fn switchyard(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_switchyard"));
    let ours =
        std::env::vars().map(|(name, _)| name).filter(|name| name.starts_with("SWITCHYARD_"));
    ours.for_each(|name| {
        command.env_remove(name);
    });
    command.env("LC_ALL", "C").args(args).stdin(Stdio::null());
    command
}

/// The same where no file may grow beyond so many KiB: writes fail as on a full disk.
pub(crate) fn switchyard_short_of_room(kib: u32, args: &[&str]) -> Command {
    let binary = switchyard(args);
    let mut command = Command::new("sh");
    // The signal that the system sends first would end the process.
    let script = format!("trap '' XFSZ; ulimit -f {}; exec \"$0\" \"$@\"", kib * 2);
    command.args(["-c", &script]).arg(binary.get_program()).args(binary.get_args());
    for (name, value) in binary.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command.stdin(Stdio::null());
    command
}

/// Runs a command to its end, which must come.
pub(crate) fn run(command: &mut Command) -> Output {
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("started");
    let id = child.id();
    let (done, ended) = std::sync::mpsc::channel();
    std::thread::spawn(move || done.send(child.wait_with_output()));
    match ended.recv_timeout(PATIENCE) {
        Ok(output) => output.expect("output"),
        Err(_) => {
            signal("KILL", id);
            panic!("the process did not end in {PATIENCE:?}")
        }
    }
}

fn signal(name: &str, id: u32) {
    let sent = Command::new("kill").arg(format!("-{name}")).arg(id.to_string()).status();
    assert!(sent.expect("kill runs").success());
}

/// A serving process; killed when dropped.
pub(crate) struct Served {
    child: Child,
    pub(crate) at: SocketAddr,
}

impl Served {
    /// Starts on a store without a model, and waits until it listens.
    pub(crate) fn start(store: &Path, settings: &[&str]) -> Self {
        Self::start_logging(store, settings, Stdio::inherit())
    }

    /// The same with its logs sent somewhere.
    pub(crate) fn start_logging(store: &Path, settings: &[&str], logs: Stdio) -> Self {
        let mut command = switchyard(&["serve", "--listen", "127.0.0.1:0", "--store"]);
        command.arg(store).args(["--set", "model.bundle=none", "--set", "log.filter=error"]);
        if !settings.iter().any(|setting| setting.starts_with("server.metrics_listen")) {
            command.args(["--set", "server.metrics_listen="]);
        }
        for setting in settings {
            command.args(["--set", setting]);
        }
        let mut child = command.stdout(Stdio::piped()).stderr(logs).spawn().expect("started");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("piped");
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let at = line.trim().strip_prefix("listening on ").and_then(|at| at.parse().ok());
        let at = at.unwrap_or_else(|| panic!("expected an address, got {line:?}"));
        Self { child, at }
    }

    pub(crate) async fn channel(&self) -> Channel {
        let endpoint = Channel::from_shared(format!("http://{}", self.at)).expect("an address");
        endpoint.connect().await.expect("a connection")
    }

    /// The most memory it ever held, in KiB; unknown where there is no `/proc`.
    pub(crate) fn peak_kib(&self) -> Option<u64> {
        if !Path::new("/proc/self/status").exists() {
            return None;
        }
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.expect("a process that runs");
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = peak.and_then(|peak| peak.trim().strip_suffix(" kB")?.parse().ok());
        Some(kib.expect("the kernel tells it in kB"))
    }

    /// Kills it as kill -9 does.
    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("waited for");
    }

    /// Asks it to stop; gives its exit code and how long it took.
    pub(crate) fn terminate(mut self) -> (Option<i32>, Duration) {
        let asked = Instant::now();
        signal("TERM", self.child.id());
        loop {
            if let Some(status) = self.child.try_wait().expect("waited for") {
                return (status.code(), asked.elapsed());
            }
            assert!(asked.elapsed() < PATIENCE, "it did not stop");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Expects exit code 2 and one line on standard error that tells why.
#[track_caller]
pub(crate) fn refuses(command: &mut Command, why: &[&str]) {
    let output = run(command);
    let error = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert!(!error.contains("panicked"), "{error}");
    assert_eq!(error.lines().count(), 1, "one line: {error}");
    for part in why {
        assert!(error.contains(part), "expected {part:?} in {error}");
    }
}

pub(crate) fn serve(store: &Path) -> Command {
    let mut command = switchyard(&["serve", "--listen", "127.0.0.1:0", "--store"]);
    command.arg(store).args(["--set", "model.bundle=none", "--set", "log.filter=error"]);
    command.args(["--set", "server.metrics_listen="]);
    command
}

pub(crate) fn folder() -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a temporary folder");
    let store = folder.path().join("store.sqlite");
    (folder, store)
}

#[test]
fn a_second_process_on_the_same_store_is_turned_away() {
    let (_folder, store) = folder();
    let first = Served::start(&store, &[]);
    refuses(&mut serve(&store), &["store.sqlite", "another one holds its lock"]);
    let (code, _) = first.terminate();
    assert_eq!(code, Some(0));
    assert_eq!(Served::start(&store, &[]).terminate().0, Some(0), "the lock is gone with it");
}

#[test]
fn a_file_that_is_no_store_is_named() {
    let (_folder, store) = folder();
    std::fs::write(&store, "To whom it may concern: this is no database. ".repeat(200))
        .expect("written");
    refuses(&mut serve(&store), &["store.sqlite", "not a database"]);
}

#[tokio::test]
async fn a_damaged_store_is_named() {
    let (_folder, store) = folder();
    let mut harness = Harness::on(&store).await;
    harness.seat(&[("li", 1_000.0)]).await;
    for n in 0..200 {
        harness.decide(&format!("T-{n}")).await;
    }
    harness.stop().await;
    let sound = std::fs::read(&store).expect("a store");
    // Zeros over a few pages in the middle, where the journal lies.
    let mut damaged = sound.clone();
    let middle = damaged.len() / 2 / 4096 * 4096;
    damaged[middle..middle + 5 * 4096].fill(0);
    std::fs::write(&store, &damaged).expect("written");
    refuses(&mut serve(&store), &["store.sqlite", "expected a sound store"]);
    // Half of the file is gone.
    std::fs::write(&store, &sound[..middle]).expect("written");
    refuses(&mut serve(&store), &["store.sqlite", "expected a sound store"]);
}

#[test]
fn a_store_of_a_newer_program_is_left_alone() {
    let (_folder, store) = folder();
    drop(Served::start(&store, &[]));
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(change_store(&store, "PRAGMA user_version = 99"));
    refuses(&mut serve(&store), &["store.sqlite", "99", "newer"]);
}

/// A store in which something was changed by hand.
pub(crate) async fn store_with(change: &'static str) -> (TempDir, PathBuf) {
    let (folder, store) = folder();
    let mut harness = Harness::on(&store).await;
    harness.seat(&[("li", 9.0)]).await;
    harness.decide("T-1").await;
    harness.stop().await;
    change_store(&store, change).await;
    (folder, store)
}

/// Changes a store by hand.
pub(crate) async fn change_store(store: &Path, change: &'static str) {
    use sqlx::Connection as _;
    let url = format!("sqlite://{}", store.display());
    let mut connection = sqlx::SqliteConnection::connect(&url).await.expect("opened");
    sqlx::raw_sql(change).execute(&mut connection).await.expect("changed");
    connection.close().await.expect("closed");
}

#[tokio::test]
async fn a_stored_record_that_cannot_be_read_is_named_in_one_line() {
    let damages = [
        ("UPDATE policy SET source = 'colour = 1'", "policy revision 0 of default"),
        ("UPDATE snapshot SET payload = x'ffff'", "snapshot at sequence"),
        ("DELETE FROM snapshot; UPDATE journal SET payload = x'08ff'", "unreadable"),
        ("DELETE FROM snapshot; DELETE FROM journal WHERE first_sequence = 1", "expected event 1"),
        ("DELETE FROM policy", "expected a stored policy of revision 0, found none"),
        ("UPDATE secret SET value = x'00'", "secret of 32 bytes"),
    ];
    for (change, why) in damages {
        let (_folder, store) = store_with(change).await;
        refuses(&mut serve(&store), &[why]);
        let wal = store.with_extension("sqlite-wal");
        assert!(!wal.exists(), "a store that nobody uses is a file by itself: {change}");
    }
}

#[test]
fn a_store_in_a_folder_that_is_not_there_is_named() {
    let (folder, _) = folder();
    refuses(&mut serve(&folder.path().join("no/store.sqlite")), &["no/store.sqlite"]);
}

#[test]
fn a_port_in_use_is_named() {
    let (_folder, store) = folder();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let at = taken.local_addr().expect("an address").to_string();
    let mut command = serve(&store);
    refuses(command.args(["--set", &format!("server.metrics_listen={at}")]), &[&at, "listen"]);
}

#[tokio::test]
async fn sigterm_lets_calls_finish_and_exits_with_zero() {
    let (_folder, store) = folder();
    let served = Served::start(&store, &[]);
    let channel = served.channel().await;
    let mut client = TriageServiceClient::new(channel.clone());
    let answer = client.triage(triage(ticket("T-1"))).await.expect("triaged").into_inner();
    let stopped = tokio::task::spawn_blocking(|| served.terminate());
    let (code, took) = stopped.await.expect("no panic");
    assert_eq!(code, Some(0));
    assert!(took < Duration::from_secs(5), "nobody was at work, it took {took:?}");
    let wal = store.with_extension("sqlite-wal");
    assert!(!wal.exists(), "the log is folded into the file");

    let served = Served::start(&store, &[]);
    let mut client = TriageServiceClient::new(served.channel().await);
    let decision = answer.decision.expect("a decision");
    let request = pb::GetDecisionRequest { id: decision.id.clone() };
    let found = client.get_decision(request).await.expect("still there").into_inner();
    assert_eq!(found.decision, Some(decision));
}

#[tokio::test]
async fn a_call_at_work_is_answered_before_the_end() {
    let (_folder, store) = folder();
    let served = Served::start(&store, &["server.in_flight_max=1"]);
    let call = take_all_room(served.channel().await).await;
    let stopped = tokio::task::spawn_blocking(|| served.terminate());
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(!stopped.is_finished(), "a call is at work");
    let message = triage(ticket("T-1")).encode_to_vec();
    call.message.send(message.into()).await.expect("still read");
    drop(call.message);
    let answer = call.answer.await.expect("no panic").expect("answered").into_inner();
    let answer = pb::TriageResponse::decode(answer).expect("a response");
    assert!(answer.decision.is_some());
    assert_eq!(stopped.await.expect("no panic").0, Some(0));
}

#[tokio::test]
async fn a_server_without_its_writer_ends_and_says_why() {
    let folder = TempDir::new().expect("a temporary folder");
    let store = folder.path().join("store.sqlite").display().to_string();
    let settings = [("store.path", store.as_str()), ("model.bundle", "none")];
    let settings = settings.map(|(key, value)| (key.to_owned(), value.to_owned()));
    let config = Config::load(None, &[], &settings).expect("sound settings");
    let (app, writer) = server::build(&config, Clock::System).await.expect("a server");
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let serving = tokio::spawn(server::serve(listener, app, PATIENCE, std::future::pending()));
    writer.stop().await;
    let ended = tokio::time::timeout(PATIENCE, serving).await.expect("it ends by itself");
    let ended = ended.expect("no panic").expect_err("not on purpose");
    assert!(ended.to_string().contains("writer ended unexpectedly"), "{ended}");
}

#[tokio::test]
async fn open_watches_do_not_hold_up_the_end() {
    let (_folder, store) = folder();
    let served = Served::start(&store, &["server.drain_seconds=60"]);
    let mut desk = DeskServiceClient::new(served.channel().await);
    let mut stream = desk.watch(pb::WatchRequest::default()).await.expect("a stream").into_inner();
    let _bookmark = stream.message().await.expect("a bookmark");
    let stopped = tokio::task::spawn_blocking(|| served.terminate());
    let (code, took) = stopped.await.expect("no panic");
    assert_eq!(code, Some(0));
    assert!(took < Duration::from_secs(5), "it took {took:?}");
    let ended = stream.message().await;
    refused(ended.map(tonic::Response::new), Code::Unavailable, "STOPPING", &[]);
}

#[tokio::test]
async fn logs_are_json_lines_with_the_callers_trace_and_never_a_tickets_text() {
    let (folder, store) = folder();
    let path = folder.path().join("log.jsonl");
    let logs = std::fs::File::create(&path).expect("a file");
    let served = Served::start_logging(&store, &["log.filter=trace"], logs.into());
    let mut client = TriageServiceClient::new(served.channel().await);
    let secret = "the-parcel-of-the-duchess";
    let told = pb::Ticket { subject: secret.to_owned(), ..ticket("T-1") };
    let told = pb::Ticket { messages: vec![message(secret)], ..told };
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    for id in ["T-1", ""] {
        let mut request = tonic::Request::new(triage(pb::Ticket { id: id.into(), ..told.clone() }));
        let parent = format!("00-{trace}-00f067aa0ba902b7-01");
        request.metadata_mut().insert("traceparent", parent.parse().expect("ASCII"));
        assert_eq!(client.triage(request).await.is_ok(), !id.is_empty());
    }
    let stopped = tokio::task::spawn_blocking(|| served.terminate());
    assert_eq!(stopped.await.expect("no panic").0, Some(0));
    let logs = std::fs::read_to_string(&path).expect("logs");
    assert!(!logs.contains(secret), "{logs}");
    let lines: Vec<serde_json::Value> =
        logs.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let answered = |code: &str| {
        lines.iter().any(|line| line["code"] == code && line["span"]["trace_id"] == trace)
    };
    assert!(answered("OK") && answered("INVALID_ARGUMENT"), "{logs}");
}
