//! `switchyard triage`: tickets through the models and a desk in this process.

mod desk;
mod input;
mod policy;
mod row;
mod shown;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use switchyard_domain::policy::Policy;
use switchyard_domain::time::Timestamp;

use self::desk::TriageDesk;
use self::row::TicketRow;
use self::shown::Form;
use super::out::Out;
use crate::app::Clock;
use crate::config::ModelConfig;
use crate::lang::Lang;

/// What `triage` takes.
#[derive(Debug, clap::Args)]
pub(super) struct TriageArgs {
    /// The text of one ticket.
    #[arg(value_name = "TEXT", required_unless_present = "input", conflicts_with = "input")]
    text: Option<String>,
    /// Tickets, one a row: .jsonl or .csv, plain or with .gz or .zst; - reads JSONL from
    /// standard input (fields: see --help).
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
    /// Policy (TOML); by default the built-in one.
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Roster of agents (.toml or .json, see --help); without one nobody is assigned.
    #[arg(long, value_name = "FILE")]
    roster: Option<PathBuf>,
    /// The instant to decide for, such as 2026-06-03T11:00:00+08:00; by default now.
    #[arg(long, value_name = "TIME")]
    now: Option<String>,
    /// A bundle's folder, or "none" to let rules and facts decide; by default the embedded one.
    #[arg(long, value_name = "DIR")]
    bundle: Option<String>,
    /// Print one JSON object a line for each ticket.
    #[arg(long)]
    json: bool,
}

impl TriageArgs {
    fn model(&self) -> ModelConfig {
        match self.bundle.as_deref() {
            None => ModelConfig::Embedded,
            Some("none") => ModelConfig::None,
            Some(path) => ModelConfig::Folder(PathBuf::from(path)),
        }
    }

    fn now(&self) -> anyhow::Result<Timestamp> {
        let Some(text) = &self.now else { return Ok(Clock::System.now()) };
        Timestamp::parse(text).with_context(|| {
            format!("--now: expected an instant such as 2026-06-03T11:00:00+08:00, got {text:?}")
        })
    }
}

/// Reads every row of a file.
pub(super) fn count(path: &Path, policy: &Policy) -> anyhow::Result<usize> {
    let mut n_tickets = 0;
    for (number, row) in (1..).zip(input::rows(path)?) {
        TicketRow::from_row(&row?, number, policy)?;
        n_tickets += 1;
    }
    Ok(n_tickets)
}

pub(super) fn run(args: &TriageArgs, lang: Lang) -> anyhow::Result<()> {
    let mut desk = TriageDesk::open(args)?;
    let form = if args.json { Form::Json } else { Form::text(lang) };
    let mut out = Out::locked();
    match (&args.text, &args.input) {
        (Some(text), _) => out.line(&form.of(&desk.triage(TicketRow::from_text(text))?))?,
        (None, Some(path)) => {
            for (number, row) in (1..).zip(input::rows(path)?) {
                let row = TicketRow::from_row(&row?, number, desk.policy())?;
                out.line(&form.of(&desk.triage(row)?))?;
                // Whoever writes rows to us one by one waits for each answer.
                if input::is_standard_input(path) {
                    out.flush()?;
                }
            }
        }
        (None, None) => bail!("expected a text or --input FILE, got neither"),
    }
    Ok(out.flush()?)
}
