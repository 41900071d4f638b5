//! `switchyard roster`: agents of a table onto a running server.

mod told;

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use switchyard_domain::agent::Team;
use switchyard_domain::ids::TeamId;

use self::told::{Changes, summary};
use super::out;
use super::roster_file::csv::{AgentTable, BadTable};
use crate::grpc::client::Client;
use crate::lang::Lang;

/// What `roster` takes.
#[derive(Debug, clap::Args)]
#[command(arg_required_else_help = true)]
pub(super) struct RosterArgs {
    #[command(subcommand)]
    command: RosterCommand,
}

#[derive(Debug, clap::Subcommand)]
enum RosterCommand {
    /// Put the agents of a table (CSV) on a server's roster.
    ///
    /// One agent a row below a heading; every cell is checked before anything is sent.
    #[command(after_long_help = super::help::ROSTER_IMPORT)]
    Import(ImportArgs),
}

#[derive(Debug, clap::Args)]
struct ImportArgs {
    /// The table (.csv in UTF-8).
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The server.
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:50051")]
    address: String,
    /// Whose roster; by default the tenant of calls that name none.
    #[arg(long, value_name = "TENANT")]
    tenant: Option<String>,
    /// Only check the table; no server is needed.
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(args: &RosterArgs, lang: Lang) -> anyhow::Result<()> {
    match &args.command {
        RosterCommand::Import(args) => import(args, lang),
    }
}

fn import(args: &ImportArgs, lang: Lang) -> anyhow::Result<()> {
    let table = read(args)?;
    if args.dry_run {
        return Ok(out::print(&told::checked(&table, lang))?);
    }
    let runtime = tokio::runtime::Runtime::new().context("expected to start the runtime")?;
    let told = runtime.block_on(send(args, &table, lang))?;
    Ok(out::print(&told)?)
}

/// The table, or a line on standard error for each bad cell.
fn read(args: &ImportArgs) -> anyhow::Result<AgentTable> {
    match AgentTable::read(&args.file) {
        Ok(table) => Ok(table),
        Err(BadTable::File(error)) => Err(error),
        Err(BadTable::Cells(lines)) => {
            let (file, n) = (args.file.display(), lines.len());
            for line in lines {
                out::complain(&format!("{file}: {line}"));
            }
            bail!("{file}: expected a table without a mistake, got {n}; nothing was sent")
        }
    }
}

/// Adds the teams that are not there, then the agents that are new or others than before.
async fn send(args: &ImportArgs, table: &AgentTable, lang: Lang) -> anyhow::Result<String> {
    let mut client = Client::connect(&args.address, args.tenant.as_deref(), lang).await?;
    let there = client.teams().await?;
    let named: BTreeSet<&TeamId> = table.agents.iter().flat_map(|agent| &agent.teams).collect();
    let fresh: Vec<&TeamId> = named.into_iter().filter(|team| !there.contains(*team)).collect();
    for id in &fresh {
        let team = Team { id: TeamId::clone(id), display_name: String::new() };
        client.put_team(&team).await?;
    }
    let changes = Changes::of(table, client.agents().await?);
    client.put_agents(&changes.put).await?;
    Ok(summary(&changes, &fresh, lang))
}
