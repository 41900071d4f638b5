//! The metrics port of the real binary.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};

use switchyard_proto::v1 as pb;
use switchyard_proto::v1::desk_service_client::DeskServiceClient;
use switchyard_proto::v1::triage_service_client::TriageServiceClient;
use tempfile::TempDir;

use crate::harness::eventually;
use crate::process::Served;
use crate::samples::{ticket, triage};

/// A port that was free a moment ago.
fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("a bound address")
}

fn get(at: SocketAddr) -> Option<String> {
    let mut stream = TcpStream::connect(at).ok()?;
    let request = format!("GET /metrics HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    answer.starts_with("HTTP/1.1 200").then_some(answer)
}

async fn scrape(at: SocketAddr) -> String {
    eventually(async || tokio::task::spawn_blocking(move || get(at)).await.expect("no panic")).await
}

/// The value of the one line that begins so and names all of this.
fn value(text: &str, name: &str, labels: &[&str]) -> f64 {
    let mut lines = text.lines().filter(|line| {
        line.strip_prefix(name).is_some_and(|rest| rest.starts_with(['{', ' ']))
            && labels.iter().all(|label| line.contains(label))
    });
    let line = lines.next().unwrap_or_else(|| panic!("expected {name} with {labels:?} in\n{text}"));
    line.rsplit(' ').next().and_then(|value| value.parse().ok()).expect("a number")
}

#[tokio::test]
async fn the_metrics_port_tells_what_operators_ask() {
    let folder = TempDir::new().expect("a temporary folder");
    let at = free_address();
    let setting = format!("server.metrics_listen={at}");
    let served = Served::start(&folder.path().join("store.sqlite"), &[&setting]);
    scrape(at).await;
    let channel = served.channel().await;
    let (mut calls, mut desk) =
        (TriageServiceClient::new(channel.clone()), DeskServiceClient::new(channel));
    for n in 0..3 {
        calls.triage(triage(ticket(&format!("T-{n}")))).await.expect("triaged");
    }
    calls.triage(triage(ticket(""))).await.expect_err("no id");
    let mut stream = desk.watch(pb::WatchRequest::default()).await.expect("a stream").into_inner();
    stream.message().await.expect("an event");
    tokio::time::sleep(std::time::Duration::from_millis(20)).await;

    let text = scrape(at).await;
    assert!(text.contains("application/openmetrics-text; version=1.0.0"), "{text}");
    assert!(text.trim_end().ends_with("# EOF"), "{text}");
    let triage = "method=\"switchyard.v1.TriageService/Triage\"";
    assert_eq!(value(&text, "switchyard_calls_total", &[triage, "code=\"OK\""]), 3.0);
    let le_all = "le=\"+Inf\"";
    assert_eq!(value(&text, "switchyard_call_seconds_bucket", &[triage, le_all]), 4.0);
    assert_eq!(value(&text, "switchyard_calls_total", &[triage, "code=\"INVALID_ARGUMENT\""]), 1.0);
    assert_eq!(value(&text, "switchyard_call_seconds_count", &[triage]), 4.0);
    for stage in ["clean", "features", "heads", "desk"] {
        let label = format!("stage=\"{stage}\"");
        assert!(value(&text, "switchyard_stage_seconds_count", &[&label]) >= 3.0);
    }
    let tenant = "tenant=\"default\"";
    assert_eq!(value(&text, "switchyard_queue_tickets", &[tenant]), 3.0);
    assert!(value(&text, "switchyard_queue_oldest_seconds", &[tenant]) > 0.0);
    assert!(value(&text, "switchyard_commit_seconds_count", &[]) >= 1.0);
    assert!(value(&text, "switchyard_commit_seconds_sum", &[]) > 0.0);
    assert!(value(&text, "switchyard_journal_written_bytes_total", &[]) > 100.0);
    assert!(value(&text, "switchyard_store_bytes", &[]) >= 4096.0);
    assert!(value(&text, "switchyard_watch_lag_events_count", &[]) >= 1.0);
    assert_eq!(value(&text, "switchyard_watchers", &[]), 1.0);
    assert_eq!(value(&text, "switchyard_degraded_total", &["reason=\"MODEL_ABSENT\""]), 3.0);
}
