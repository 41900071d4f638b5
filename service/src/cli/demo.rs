//! `switchyard demo`: a real server in this process, a demo team, twenty tickets, one decision explained.

mod shown;

use std::time::Duration;

use anyhow::Context as _;
use serde::Deserialize;
use switchyard_domain::time::Timestamp;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::out;
use super::roster_file::RosterFile;
use crate::app::{Clock, ManualClock};
use crate::config::Config;
use crate::grpc::client::{Client, DemoTicket};
use crate::lang::Lang;
use crate::server;

const POLICY: &str = include_str!("demo/policy.toml");
const ROSTER: &str = include_str!("demo/roster.toml");
const TICKETS: &str = include_str!("demo/tickets.toml");

/// A Wednesday morning in Shanghai: everyone in Asia is at work, Europe still asleep.
const NOW: &str = "2026-06-03T10:30:00+08:00";

/// The ticket whose decision is explained in full.
const EXPLAINED: &str = "T-07";

#[derive(Debug, Deserialize)]
struct RawTickets {
    ticket: Vec<RawTicket>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTicket {
    id: String,
    channel: String,
    #[serde(default)]
    subject: String,
    text: String,
    #[serde(default)]
    tier: String,
}

pub(super) fn run(lang: Lang) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("expected to start the runtime")?;
    let shown = runtime.block_on(demo(lang))?;
    Ok(out::print(&shown)?)
}

/// All that is shown, once everything behind it is put away again.
async fn demo(lang: Lang) -> anyhow::Result<String> {
    let folder = std::env::temp_dir().join(format!("switchyard-demo-{}", std::process::id()));
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("expected to make {}", folder.display()))?;
    let shown = with_server(&folder, lang).await;
    let _ = std::fs::remove_dir_all(&folder);
    shown
}

async fn with_server(folder: &std::path::Path, lang: Lang) -> anyhow::Result<String> {
    let path = folder.join("demo.sqlite").display().to_string();
    let config = Config::load(None, &[], &[("store.path".to_owned(), path)])?;
    let now = Timestamp::parse(NOW).context("expected a valid demo time")?;
    let (app, writer) = server::build(&config, Clock::Manual(ManualClock::at(now))).await?;
    let listener = TcpListener::bind("127.0.0.1:0").await.context("expected a free port")?;
    let at = listener.local_addr().context("expected a bound address")?;
    let (stop, stopped) = oneshot::channel::<()>();
    let stopped = async {
        let _ = stopped.await;
    };
    let serving = tokio::spawn(server::serve(listener, app, Duration::from_secs(1), stopped));
    let shown = show(at, lang).await;
    let _ = stop.send(());
    serving.await.context("the demo server failed")?.context("the demo server failed")?;
    writer.stop().await;
    shown
}

async fn show(at: std::net::SocketAddr, lang: Lang) -> anyhow::Result<String> {
    let mut client = Client::connect(&at.to_string(), None, lang).await?;
    client.apply_policy(POLICY).await?;
    let roster = RosterFile::from_toml(ROSTER)?;
    client.seat(&roster.teams, &roster.agents).await?;
    let tickets: RawTickets = toml::from_str(TICKETS)?;
    let mut seen = Vec::new();
    for ticket in tickets.ticket {
        seen.push(client.triage(demo_ticket(ticket)).await?);
    }
    let mut parts = vec![
        shown::title(lang, seen.len(), roster.agents.len()),
        shown::overview(&seen, lang)?.to_string().trim_end().to_owned(),
    ];
    if let Some(ticket) = seen.iter().find(|seen| seen.id == EXPLAINED) {
        let explained = client.explain(&ticket.decision_id).await?;
        parts.push(shown::explanation(&explained, ticket, &roster.agents, lang));
    }
    parts.push(shown::next_steps(lang).to_owned());
    Ok(parts.join("\n\n") + "\n")
}

fn demo_ticket(raw: RawTicket) -> DemoTicket {
    DemoTicket {
        id: raw.id,
        channel: raw.channel,
        subject: raw.subject,
        text: raw.text,
        vip: raw.tier == "vip",
    }
}
