//! The load generator: `cargo run --release -p switchyard-benches --bin rpc -- --help`.

use std::process::ExitCode;

use clap::Parser as _;
use switchyard_benches::rpc::args::{Args, Mode};
use switchyard_benches::rpc::report::Report;
use switchyard_benches::rpc::{analyze, assign, empty};

/// As in the `switchyard` binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let args = Args::parse();
    match run(&args).await.and_then(|report| report.print(args.json)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(args: &Args) -> anyhow::Result<Report> {
    match args.mode {
        Mode::Empty => empty::run(args).await,
        Mode::Analyze => analyze::run(args).await,
        Mode::Assign => assign::run(args).await,
    }
}
