//! Adopting a backend's open tickets: `cargo run --release -p switchyard-benches --bin adoption -- --help`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser as _;
use switchyard_benches::adoption;

/// As in the `switchyard` binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Adopts open tickets with their owners while others are decided, then starts again on the
/// store: once as a stopped server leaves it, once as a killed one does.
///
/// Prints one JSON object. Exits with 1 when a ticket is refused, lost or decided wrongly.
#[derive(Debug, clap::Parser)]
#[command(name = "adoption", version)]
struct Args {
    /// Tickets to adopt.
    #[arg(long, default_value_t = 100_000)]
    tickets: u64,
    /// Agents who own them.
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    agents: u32,
    /// The folder that the fresh store's folder is made in; must lie on a real disk.
    #[arg(long, default_value = ".")]
    store_in: PathBuf,
    /// A folder of labelled tickets whose texts are sent.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../datasets/corpus"))]
    texts: PathBuf,
}

#[tokio::main]
async fn main() -> ExitCode {
    match measured(&Args::parse()).await {
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

async fn measured(args: &Args) -> anyhow::Result<String> {
    let figures = adoption::run(args.tickets, args.agents, &args.store_in, &args.texts).await?;
    Ok(serde_json::to_string(&figures)?)
}
