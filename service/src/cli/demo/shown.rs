//! What the demo shows: every ticket in a table, then one decision in full.

use std::sync::Arc;

use anyhow::Context as _;
use jiff::tz::TimeZone;
use switchyard_datasets::taxonomy::Taxonomy;
use switchyard_domain::agent::Agent;
use switchyard_domain::time::Timestamp;

use crate::cli::table::{Table, cut};
use crate::grpc::client::{Seen, SeenExplanation};
use crate::lang::Lang;
use crate::words;

/// The zone of the demo's clock and of every time in its table.
const ZONE: &str = "Asia/Shanghai";

pub(super) fn title(lang: Lang, n_tickets: usize, n_agents: usize) -> String {
    match lang {
        Lang::Zh => format!(
            "{n_tickets} 张工单，{n_agents} 位坐席，上海时间周三 10:30，经真实 gRPC 服务与 SQLite 落盘"
        ),
        Lang::En => format!(
            "{n_tickets} tickets, {n_agents} agents, Wednesday 10:30 in Shanghai, over a real gRPC server and a durable store"
        ),
    }
}

pub(super) fn overview(seen: &[Seen], lang: Lang) -> anyhow::Result<Table> {
    let mut table = Table::new(&match lang {
        Lang::Zh => {
            ["工单", "优先级", "类别", "把握", "情绪", "信号", "首响时限（上海）", "分配给", "内容"]
        }
        Lang::En => [
            "ticket",
            "prio",
            "category",
            "sure",
            "mood",
            "signals",
            "reply by (Shanghai)",
            "agent",
            "text",
        ],
    });
    let taxonomy = Taxonomy::embedded();
    let zone = TimeZone::get(ZONE).context("expected the demo's zone in the binary")?;
    for one in seen {
        let signals = one.signals.iter().map(|signal| words::signal_name(*signal, lang));
        let waiting = || lang.pick("（排队）", "(queued)").to_owned();
        table.row(vec![
            one.id.clone(),
            format!("P{} {:>3.0}", one.band, one.score),
            words::category_name(&taxonomy, &one.category, lang).to_owned(),
            format!("{:.2} {}", one.confidence, words::mode_name(one.mode, lang)),
            words::sentiment_name(one.sentiment, lang).to_owned(),
            signals.collect::<Vec<_>>().join(lang.pick("，", ", ")),
            one.reply_by.map(|at| local_minute(at, &zone)).transpose()?.unwrap_or_default(),
            one.agent.clone().unwrap_or_else(waiting),
            cut(&one.text, 44),
        ]);
    }
    Ok(table)
}

/// Day and minute in a zone.
fn local_minute(at: Timestamp, zone: &TimeZone) -> anyhow::Result<String> {
    let at = jiff::Timestamp::from_millisecond(at.millis())?;
    Ok(at.to_zoned(zone.clone()).strftime("%m-%d %H:%M").to_string())
}

pub(super) fn explanation(
    explained: &SeenExplanation,
    ticket: &Seen,
    agents: &[Arc<Agent>],
    lang: Lang,
) -> String {
    let parts = explained.priority_parts.iter();
    let parts = parts.map(|(name, value)| format!("{} {value:.1}", words::part_name(name, lang)));
    let again = if explained.reproduced {
        lang.pick("由日志重算，结果完全一致。", "Recomputed from the journal: the same decision.")
    } else {
        lang.pick("由日志重算，结果不一致！", "Recomputed from the journal: ANOTHER decision!")
    };
    let body = format!(
        "{}\nP{} = {}\n{}{again}",
        explained.summary,
        ticket.band,
        parts.collect::<Vec<_>>().join(" + "),
        verdicts(&explained.verdicts, agents, lang),
    );
    let why = lang.pick("为什么？", "Why?");
    let head = format!("{why} {}: {}", ticket.id, cut(&ticket.text, 70));
    format!("{head}\n  {}", body.replace('\n', "\n  "))
}

fn verdicts(verdicts: &[(String, String)], agents: &[Arc<Agent>], lang: Lang) -> Table {
    let mut table = Table::new(&match lang {
        Lang::Zh => ["坐席", "姓名", "结论"],
        Lang::En => ["agent", "name", "verdict"],
    });
    for (agent, verdict) in verdicts {
        let known = agents.iter().find(|known| known.id.as_str() == agent);
        let name = known.map(|agent| agent.display_name.clone()).unwrap_or_default();
        table.row(vec![agent.clone(), name, verdict.clone()]);
    }
    table
}

pub(super) fn next_steps(lang: Lang) -> &'static str {
    lang.pick(
        "接下来：switchyard triage \"你的工单\"，或 switchyard serve",
        "Next: switchyard triage \"your ticket\", or switchyard serve",
    )
}
