//! `switchyard triage`: tickets through the models and a desk in this process.

mod row;
mod shown;

use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail};
use switchyard_datasets::read;
use switchyard_domain::desk::{Action, Decision, Desk, Event};
use switchyard_domain::priority::priority_of;
use switchyard_domain::time::Timestamp;

use self::row::TicketRow;
use self::shown::Shown;
use super::roster_file::RosterFile;
use crate::app::policy::check_policy;
use crate::app::{Clock, Understander, default_policy};
use crate::config::ModelConfig;
use crate::lang::Lang;
use crate::server::load_model;

/// What `triage` takes.
#[derive(Debug, clap::Args)]
pub(super) struct TriageArgs {
    /// The text of one ticket.
    #[arg(value_name = "TEXT", required_unless_present = "input", conflicts_with = "input")]
    text: Option<String>,
    /// Tickets, one object a line: id, channel, subject, body or messages, customer, known_*
    /// (JSONL or CSV, plain, .gz or .zst).
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
    /// Policy (TOML); by default the built-in one.
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Roster (TOML or JSON); without one nobody is assigned.
    #[arg(long, value_name = "FILE")]
    roster: Option<PathBuf>,
    /// The instant to decide for, such as 2026-06-03T11:00:00+08:00; by default now.
    #[arg(long, value_name = "TIME")]
    now: Option<String>,
    /// A bundle's folder, or "none"; by default the embedded one.
    #[arg(long, value_name = "DIR")]
    bundle: Option<String>,
    /// Print one JSON object a ticket.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &TriageArgs, lang: Lang) -> anyhow::Result<()> {
    let model = load_model(&model_of(args.bundle.as_deref()))?;
    let now = now_of(args.now.as_deref())?;
    let mut desk = desk(args, &model, now)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    match (&args.text, &args.input) {
        (Some(text), _) => {
            let row = TicketRow::from_text(text);
            print(&mut out, &triage(&model, &mut desk, row, now)?, args.json, lang)?;
        }
        (None, Some(path)) => {
            for (number, row) in (1..).zip(read::open(path)?) {
                let row = TicketRow::from_row(&row?, number)?;
                print(&mut out, &triage(&model, &mut desk, row, now)?, args.json, lang)?;
            }
        }
        (None, None) => bail!("expected a text or --input FILE, got neither"),
    }
    out.flush().context("expected to write the answers")
}

fn model_of(bundle: Option<&str>) -> ModelConfig {
    match bundle {
        None => ModelConfig::Embedded,
        Some("none") => ModelConfig::None,
        Some(path) => ModelConfig::Folder(PathBuf::from(path)),
    }
}

fn now_of(text: Option<&str>) -> anyhow::Result<Timestamp> {
    match text {
        None => Ok(Clock::System.now()),
        Some(text) => Timestamp::parse(text).with_context(|| {
            format!("--now: expected an instant such as 2026-06-03T11:00:00+08:00, got {text:?}")
        }),
    }
}

/// A desk with the policy and roster given, and nothing else on it.
fn desk(args: &TriageArgs, model: &Understander, now: Timestamp) -> anyhow::Result<Desk> {
    let policy = match &args.policy {
        None => default_policy().policy,
        Some(path) => read_policy(path, model)?,
    };
    let mut desk = Desk::new(policy);
    if let Some(path) = &args.roster {
        seat(&mut desk, RosterFile::read(path)?, now)?;
    }
    Ok(desk)
}

fn seat(desk: &mut Desk, roster: RosterFile, now: Timestamp) -> anyhow::Result<()> {
    for team in roster.teams {
        desk.handle(Action::UpsertTeam(team), now)?;
    }
    desk.handle(Action::UpsertAgents(roster.agents), now)?;
    Ok(())
}

fn read_policy(
    path: &Path,
    model: &Understander,
) -> anyhow::Result<Arc<switchyard_domain::policy::Policy>> {
    let source = std::fs::read_to_string(path)
        .with_context(|| format!("expected a policy at {}", path.display()))?;
    let checked = check_policy(&source, model.categories());
    for finding in &checked.findings {
        eprintln!("{}: {finding}", path.display());
    }
    match checked.policy {
        Some(policy) => Ok(Arc::new(policy)),
        None => bail!("expected a policy without errors at {}", path.display()),
    }
}

fn triage(
    model: &Understander,
    desk: &mut Desk,
    row: TicketRow,
    now: Timestamp,
) -> anyhow::Result<Shown> {
    let analysis = model.analyze(&row.text(), &row.facts.known);
    let ticket = Arc::new(row.facts.into_ticket(Arc::new(analysis.assessment), now));
    let has_roster = !desk.roster().seats().is_empty();
    let decision = if has_roster {
        let action = Action::Triage { ticket: ticket.clone(), source_revision: 0 };
        desk.handle(action, now)?.into_iter().find_map(decision_of)
    } else {
        None
    };
    let advice = |event: Event| match event {
        Event::TicketAdvised { intake, .. } => Some((intake.priority, intake.clocks)),
        _ => None,
    };
    let (priority, clocks) = match &decision {
        Some(decision) => (decision.priority.clone(), decision.clocks),
        None => {
            let events = desk.handle(Action::Advise { ticket: ticket.clone() }, now)?;
            let advised = events.into_iter().find_map(advice);
            advised.context("expected advice on a ticket that is not assigned")?
        }
    };
    debug_assert_eq!(priority, priority_of(&ticket, &clocks, desk.policy(), now));
    Ok(Shown {
        ticket,
        priority,
        clocks,
        decision: decision.map(|d| *d),
        timings: analysis.timings,
    })
}

fn decision_of(event: Event) -> Option<Box<Decision>> {
    match event {
        Event::Decided(decision) => Some(decision),
        _ => None,
    }
}

fn print(
    out: &mut impl std::io::Write,
    shown: &Shown,
    json: bool,
    lang: Lang,
) -> anyhow::Result<()> {
    let text = if json { serde_json::to_string(&shown.to_json())? } else { shown.to_text(lang) };
    writeln!(out, "{text}").context("expected to write the answer")
}
