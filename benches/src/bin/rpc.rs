//! The load generator: `cargo run --release -p switchyard-benches --bin rpc -- --help`.

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser as _;
use switchyard_benches::overload;
use switchyard_benches::rpc::args::{Args, Mode};
use switchyard_benches::rpc::report::{self, Report};
use switchyard_benches::rpc::{analyze, assign, empty};

/// As in the `switchyard` binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let args = Args::parse();
    let outcome = if args.overload {
        overloaded(&args).await.and_then(|figures| report::print(&figures, args.json))
    } else {
        run(&args).await.and_then(|report| report::print(&report, args.json))
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// How many times more than can be done is asked.
const OVERLOAD_TIMES: u32 = 10;

/// How long at capacity, before and after.
const AT_CAPACITY: Duration = Duration::from_secs(12);

async fn overloaded(args: &Args) -> anyhow::Result<overload::Figures> {
    let plan = overload::Plan {
        times: OVERLOAD_TIMES,
        length: args.measure(),
        beside: AT_CAPACITY,
        agents: args.agents,
        binary: args.binary.clone(),
        store_in: args.store_in.clone(),
        texts: args.texts.clone(),
    };
    overload::run(&plan).await
}

async fn run(args: &Args) -> anyhow::Result<Report> {
    match args.mode {
        Mode::Empty => empty::run(args).await,
        Mode::Analyze => analyze::run(args).await,
        Mode::Assign => assign::run(args).await,
    }
}
