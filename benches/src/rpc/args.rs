//! The command line of `rpc`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// Loads a Switchyard server over gRPC and checks every answer.
///
/// Callers work in a closed loop: each sends its next call when the last one is
/// answered; with --arrivals, when a ticket comes in. Without --url a server is started in this process, with a fresh
/// store on the disk of the working folder and with metrics on, and the load
/// generator shares its cores. Exits with 1 when any answer or the final
/// balance is wrong.
#[derive(Debug, Clone, clap::Parser)]
#[command(name = "rpc", version)]
pub struct Args {
    /// What to call.
    #[arg(long, value_enum, default_value_t = Mode::Assign)]
    pub mode: Mode,
    /// Ask ten times more than the server can do, for so many seconds as --seconds says, and check
    /// what is answered, what is refused, and that all is well again after it.
    ///
    /// The real binary serves in a process of its own. At capacity, callers decide and complete
    /// tickets as fast as they are answered; under overload tickets come in at ten times that rate.
    #[arg(long, conflicts_with_all = ["mode", "url", "arrivals"])]
    pub overload: bool,
    /// The server's binary (overload); the one beside this program unless told otherwise.
    #[arg(long, requires = "overload")]
    pub binary: Option<PathBuf>,
    /// Callers, each with one call under way at most.
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=4096))]
    pub callers: u32,
    /// HTTP/2 connections the callers share.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..=256))]
    pub connections: u32,
    /// How long to measure, in seconds; minutes are fine. The empty call takes 10 at most.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=86_400))]
    pub seconds: u32,
    /// How long to call before measuring, in seconds.
    #[arg(long, default_value_t = 3)]
    pub warm_up: u32,
    /// Agents on the roster (assign).
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub agents: u32,
    /// Tickets that agents have at work throughout; each further one completes the oldest (assign).
    #[arg(long, default_value_t = 2_000)]
    pub open: u32,
    /// Tickets a second that come in by a seeded Poisson process, instead of a closed loop (assign).
    ///
    /// Each is about a category and in a language of a shop's usual mix. Times count from
    /// its arrival on, the wait for a free caller included.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub arrivals: Option<u32>,
    /// A running server such as <http://127.0.0.1:50051>; a tenant of its own is used there.
    #[arg(long)]
    pub url: Option<String>,
    /// The metrics port of the server at --url.
    #[arg(long, requires = "url")]
    pub metrics: Option<SocketAddr>,
    /// The folder that the fresh store's folder is made in; must lie on a real disk.
    #[arg(long, default_value = ".")]
    pub store_in: PathBuf,
    /// A folder of labelled tickets whose texts are sent.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../datasets/corpus"))]
    pub texts: PathBuf,
    /// Print one JSON object instead of a table.
    #[arg(long)]
    pub json: bool,
}

/// The empty call keeps nothing, so its rate does not change with time.
const FLOOR_SECONDS_MAX: u32 = 10;

/// What to call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Mode {
    /// An empty unary call over bare tonic, then `GetServerInfo` through all our layers.
    Empty,
    /// `Triage` in `MODE_ANALYZE`, and its ratio to the empty call in the same run.
    Analyze,
    /// Durable `Triage` in `MODE_ASSIGN`, with completions at the rate of arrivals, and its
    /// ratio to the empty call in the same run.
    Assign,
}

impl Args {
    /// How long to measure.
    pub fn measure(&self) -> Duration {
        Duration::from_secs(u64::from(self.seconds))
    }

    /// The same, measuring no longer than the floor needs.
    #[must_use]
    pub fn for_the_floor(&self) -> Self {
        Self { seconds: self.seconds.min(FLOOR_SECONDS_MAX), ..self.clone() }
    }

    /// How long to call before.
    pub fn before(&self) -> Duration {
        Duration::from_secs(u64::from(self.warm_up))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        <Args as clap::CommandFactory>::command().debug_assert();
    }
}
