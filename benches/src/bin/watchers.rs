//! Many who watch one desk: `cargo run --release -p switchyard-benches --bin watchers -- --help`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser as _;
use switchyard_benches::watchers::{self, Plan};

/// As in the `switchyard` binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Watches a busy desk over many connections and checks what each watcher is given.
///
/// The real binary serves in a process of its own; the load and the watchers share its cores.
/// The desk works once without watchers and once with them. Prints one JSON object. Exits with 1
/// when a watcher misses an event, gets one twice or out of order, or when an answer is wrong.
#[derive(Debug, clap::Parser)]
#[command(name = "watchers", version)]
struct Args {
    /// Watchers in all, each on a connection of its own.
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    watchers: u32,
    /// Those of them who watch one agent each.
    #[arg(long, default_value_t = 0)]
    filtered: u32,
    /// Those of them who read nothing until the desk is quiet.
    #[arg(long, default_value_t = 50)]
    unread: u32,
    /// Events a second.
    #[arg(long, default_value_t = 2_000, value_parser = clap::value_parser!(u32).range(10..=50_000))]
    events: u32,
    /// How long the desk works, once without watchers and once with them, in seconds.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=3_600))]
    seconds: u32,
    /// Agents on the roster.
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    agents: u32,
    /// The server's binary; the one beside this program unless told otherwise.
    #[arg(long)]
    binary: Option<PathBuf>,
    /// The folder that the fresh store's folder is made in; must lie on a real disk.
    #[arg(long, default_value = ".")]
    store_in: PathBuf,
    /// A folder of labelled tickets whose texts are sent.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../datasets/corpus"))]
    texts: PathBuf,
}

#[tokio::main]
async fn main() -> ExitCode {
    match measured(Args::parse()).await {
        Ok(figures) => {
            println!("{figures}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn measured(args: Args) -> anyhow::Result<String> {
    let figures = watchers::run(&plan(args)?).await?;
    Ok(serde_json::to_string(&figures)?)
}

fn plan(args: Args) -> anyhow::Result<Plan> {
    let others = args.filtered.saturating_add(args.unread);
    let readers = args.watchers.checked_sub(others).ok_or_else(|| {
        anyhow::anyhow!(
            "expected at least --filtered + --unread = {others} watchers, got {}",
            args.watchers
        )
    })?;
    Ok(Plan {
        readers,
        filtered: args.filtered,
        unread: args.unread,
        events_per_s: args.events,
        length: Duration::from_secs(u64::from(args.seconds)),
        agents: args.agents,
        binary: args.binary,
        store_in: args.store_in,
        texts: args.texts,
    })
}
