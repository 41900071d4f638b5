//! Mode `assign`: durable decisions, with completions at the rate of arrivals.

use std::sync::Arc;

use tokio::task::JoinSet;

use super::args::Args;
use super::books::Books;
use super::caller::Caller;
use super::load::{Window, closed_loop};
use super::report::{DeskFigures, Report, rounded};
use super::target::Target;
use super::tickets::Tickets;
use super::{completer, roster, watch};

/// Seats the roster, fills the agents' hands, loads the desk, and balances the books.
pub async fn run(args: &Args) -> anyhow::Result<Report> {
    let tickets = Tickets::load(&args.texts)?;
    let target = Target::of(args).await?;
    roster::seat(target.channel(0), args.agents).await?;
    let books = Arc::new(Books::default());
    let mut completers = JoinSet::new();
    let mut callers = Vec::new();
    for idx in 0..args.callers {
        let channel = target.channel(idx as usize);
        let orders = completer::start(&mut completers, channel.clone(), books.clone());
        let mut caller = Caller::new(idx, args, channel, tickets.clone(), orders, books.clone());
        caller.fill().await?;
        callers.push(caller);
    }
    let window = Window::of(args);
    books.open(window);
    let watching = tokio::spawn(watch::watch(target.channel(0), target.metrics, window));
    let figures =
        closed_loop(callers.into_iter().map(|caller| caller.work(window)), window).await?;
    while let Some(completer) = completers.join_next().await {
        completer??;
    }
    let watched = watching.await??;
    let balance = books.balance(target.channel(0), args.agents).await?;
    let desk = DeskFigures {
        queue_max: watched.queue_max,
        completions_per_s: rounded(
            balance.completed_in_window as f64 / args.measure().as_secs_f64(),
        ),
        triaged: balance.triaged,
        completed: balance.completed,
        open_at_end: balance.open,
        fsync_p50_us: target.fsync_p50_us,
        inside: watched.inside,
    };
    target.stop().await?;
    let (desk, cores) = (Some(desk), watched.cores);
    Ok(Report { mode: "assign", figures, floor: None, ratio: None, desk, cores })
}
