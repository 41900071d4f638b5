//! Mode `assign`: durable decisions, with completions at the rate of arrivals.

use std::sync::Arc;

use anyhow::Context as _;
use tokio::task::JoinSet;

use super::args::Args;
use super::books::{Balance, Books};
use super::caller::Caller;
use super::load::{Window, side_by_side};
use super::pace::Pace;
use super::report::{DeskFigures, Figures, Report, rounded};
use super::target::Target;
use super::tickets::Tickets;
use super::watch::{Watched, watch};
use super::{completer, empty, roster};

/// Completers at work; each ends with its caller.
type Completers = JoinSet<anyhow::Result<()>>;

/// Seats the roster, fills the agents' hands, loads the desk, and balances the books.
pub async fn run(args: &Args) -> anyhow::Result<Report> {
    let floor = empty::floor(args).await.context("the floor")?;
    let target = Target::of(args).await?;
    roster::seat(target.channel(0), args.agents).await?;
    let books = Arc::new(Books::default());
    let (callers, completers) = hire(args, &target, &books).await?;
    let window = Window::of(args);
    books.open(window);
    let watching = tokio::spawn(watch(target.channel(0), target.metrics, window));
    let pace = Pace::of(args.arrivals);
    let work = |caller: Caller, seen| caller.work(window, pace.clone(), seen);
    let figures = side_by_side("assign", window, callers, work).await?;
    finish(completers).await?;
    let watched = watching.await??;
    let balance = books.balance(target.channel(0), args.agents).await?;
    let cores = watched.cores.clone();
    let desk = desk_figures(&target, &figures, watched, balance, window);
    let desk = Some(DeskFigures { arrivals_per_s: args.arrivals, ..desk });
    let report = Report { desk, cores, ..Report::beside("assign", figures, floor, &target) };
    target.stop().await?;
    Ok(report)
}

/// Callers with their share of tickets at work, and a completer for each.
async fn hire(
    args: &Args,
    target: &Target,
    books: &Arc<Books>,
) -> anyhow::Result<(Vec<Caller>, Completers)> {
    let tickets = Tickets::load(&args.texts)?;
    let (mut callers, mut completers) = (Vec::new(), JoinSet::new());
    for idx in 0..args.callers {
        let channel = target.channel(idx as usize);
        let orders = completer::start(&mut completers, channel.clone(), books.clone());
        let mut caller = Caller::new(idx, args, channel, tickets.clone(), orders, books.clone());
        caller.fill().await?;
        callers.push(caller);
    }
    Ok((callers, completers))
}

async fn finish(mut completers: Completers) -> anyhow::Result<()> {
    while let Some(completer) = completers.join_next().await {
        completer??;
    }
    Ok(())
}

fn desk_figures(
    target: &Target,
    figures: &Figures,
    watched: Watched,
    balance: Balance,
    window: Window,
) -> DeskFigures {
    let commands = (figures.calls + balance.completed_in_window).max(1) as f64;
    let written = watched.disk_bytes.filter(|_| target.is_own());
    DeskFigures {
        arrivals_per_s: None,
        queue_max: watched.queue_max,
        completions_per_s: rounded(
            balance.completed_in_window as f64 / window.length().as_secs_f64(),
        ),
        triaged: balance.triaged,
        completed: balance.completed,
        open_at_end: balance.open,
        fsync_p50_us: target.fsync_p50_us,
        disk_bytes_per_command: written.map(|bytes| rounded(bytes as f64 / commands)),
        inside: watched.inside,
    }
}
