//! `switchyard demo`: a real server in this process, a demo team, twenty tickets, one decision explained.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use serde::Deserialize;
use switchyard_datasets::taxonomy::Taxonomy;
use switchyard_domain::time::Timestamp;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::roster_file::RosterFile;
use super::table::{Table, cut};
use crate::app::{Clock, ManualClock};
use crate::config::Config;
use crate::grpc::client::{Client, DemoTicket, Seen};
use crate::lang::Lang;
use crate::server;
use crate::words;

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
    runtime.block_on(demo(lang))
}

async fn demo(lang: Lang) -> anyhow::Result<()> {
    let folder = std::env::temp_dir().join(format!("switchyard-demo-{}", std::process::id()));
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("expected to make {}", folder.display()))?;
    let shown = with_server(&folder, lang).await;
    let _ = std::fs::remove_dir_all(&folder);
    shown
}

async fn with_server(folder: &std::path::Path, lang: Lang) -> anyhow::Result<()> {
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

async fn show(at: std::net::SocketAddr, lang: Lang) -> anyhow::Result<()> {
    let mut client = Client::connect(at, lang).await?;
    client.apply_policy(POLICY).await?;
    let roster = RosterFile::from_toml(ROSTER)?;
    client.seat(&roster.teams, &roster.agents).await?;
    let tickets: RawTickets = toml::from_str(TICKETS)?;
    let mut seen = Vec::new();
    for ticket in tickets.ticket {
        seen.push(client.triage(demo_ticket(ticket)).await?);
    }
    println!("{}\n", title(lang, seen.len(), roster.agents.len()));
    print!("{}", overview(&seen, lang));
    let explained = seen.iter().find(|seen| seen.id == EXPLAINED);
    if let Some(explained) = explained {
        println!();
        print_explanation(&mut client, explained, &roster.agents, lang).await?;
    }
    println!("\n{}", next_steps(lang));
    Ok(())
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

fn title(lang: Lang, n_tickets: usize, n_agents: usize) -> String {
    match lang {
        Lang::Zh => format!(
            "{n_tickets} 张工单，{n_agents} 位坐席，上海时间周三 10:30，经真实 gRPC 服务与 SQLite 落盘"
        ),
        Lang::En => format!(
            "{n_tickets} tickets, {n_agents} agents, Wednesday 10:30 in Shanghai, over a real gRPC server and a durable store"
        ),
    }
}

fn overview(seen: &[Seen], lang: Lang) -> Table {
    let mut table = Table::new(&match lang {
        Lang::Zh => {
            ["工单", "优先级", "类别", "把握", "情绪", "信号", "首响时限", "分配给", "内容"]
        }
        Lang::En => {
            ["ticket", "prio", "category", "sure", "mood", "signals", "reply by", "agent", "text"]
        }
    });
    let taxonomy = Taxonomy::embedded();
    for one in seen {
        let signals = one.signals.iter().map(|signal| words::signal_name(*signal, lang));
        let waiting = || lang.pick("（排队）", "(queued)").to_owned();
        table.row(vec![
            one.id.clone(),
            format!("P{} {:>3.0}", one.band, one.score),
            words::category_name(&taxonomy, &one.category, lang).to_owned(),
            format!("{:.2} {}", one.confidence, one.mode),
            words::sentiment_name(one.sentiment, lang).to_owned(),
            signals.collect::<Vec<_>>().join(lang.pick("，", ", ")),
            one.reply_by.clone(),
            one.agent.clone().unwrap_or_else(waiting),
            cut(&one.text, 44),
        ]);
    }
    table
}

async fn print_explanation(
    client: &mut Client,
    ticket: &Seen,
    agents: &[Arc<switchyard_domain::agent::Agent>],
    lang: Lang,
) -> anyhow::Result<()> {
    let explained = client.explain(&ticket.decision_id).await?;
    println!("{} {}: {}", lang.pick("为什么？", "Why?"), ticket.id, cut(&ticket.text, 70));
    println!("  {}", explained.summary);
    let parts = explained.priority_parts.iter();
    let parts = parts.map(|(name, value)| format!("{} {value:.1}", words::part_name(name, lang)));
    println!("  P{} = {}", ticket.band, parts.collect::<Vec<_>>().join(" + "));
    let mut table = Table::new(&match lang {
        Lang::Zh => ["坐席", "姓名", "结论"],
        Lang::En => ["agent", "name", "verdict"],
    });
    for (agent, verdict) in explained.verdicts {
        let name = agents.iter().find(|known| known.id.as_str() == agent);
        let name = name.map(|agent| agent.display_name.clone()).unwrap_or_default();
        table.row(vec![agent, name, verdict]);
    }
    for line in table.to_string().lines() {
        println!("  {line}");
    }
    let again = if explained.reproduced {
        lang.pick("由日志重算，结果完全一致。", "Recomputed from the journal: the same decision.")
    } else {
        lang.pick("由日志重算，结果不一致！", "Recomputed from the journal: ANOTHER decision!")
    };
    println!("  {again}");
    Ok(())
}

fn next_steps(lang: Lang) -> &'static str {
    lang.pick(
        "接下来：switchyard triage \"你的工单\"，或 switchyard serve",
        "Next: switchyard triage \"your ticket\", or switchyard serve",
    )
}
