//! Callers side by side, and when their calls count.

use std::time::{Duration, Instant};

use anyhow::anyhow;
use tokio::task::JoinSet;

use super::args::Args;
use super::progress::Progress;
use super::report::Figures;
use crate::latency::Latency;

/// When calls count.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// The first instant.
    pub from: Instant,
    /// The first instant after.
    pub until: Instant,
}

impl Window {
    /// The window that opens after the warm-up.
    pub fn of(args: &Args) -> Self {
        let from = Instant::now() + args.before();
        Self { from, until: from + args.measure() }
    }

    /// Whether it has closed.
    pub fn is_over(&self) -> bool {
        Instant::now() >= self.until
    }

    /// Whether an instant lies inside.
    pub fn has(&self, instant: Instant) -> bool {
        self.from <= instant && instant < self.until
    }

    /// How long it is.
    pub fn length(&self) -> Duration {
        self.until - self.from
    }
}

/// What one caller has seen.
#[derive(Debug)]
pub struct Seen {
    latency: Latency,
    progress: Progress,
}

impl Seen {
    fn new(progress: Progress) -> Self {
        Self { latency: Latency::default(), progress }
    }

    /// Notes a call waited for since an instant and answered now; outside the window it does not count.
    pub fn note(&mut self, window: &Window, since: Instant) {
        let ended = Instant::now();
        self.progress.count();
        if window.has(ended) {
            self.latency.record(ended - since);
        }
    }
}

/// Has every caller work until the window closes; the first error ends the run.
///
/// `work` is a caller's whole work; `what` names it on standard error in longer runs.
pub async fn side_by_side<C, F>(
    what: &'static str,
    window: Window,
    callers: impl IntoIterator<Item = C>,
    work: impl Fn(C, Seen) -> F,
) -> anyhow::Result<Figures>
where
    F: Future<Output = anyhow::Result<Seen>> + Send + 'static,
{
    let progress = Progress::start(what, window);
    let seen = || Seen::new(progress.clone());
    let mut working: JoinSet<_> = callers.into_iter().map(|caller| work(caller, seen())).collect();
    let n_callers = working.len() as u32;
    let mut all = Latency::default();
    while let Some(seen) = working.join_next().await {
        let seen = seen.map_err(|error| anyhow!("a caller failed: {error}"))??;
        all.add(&seen.latency);
    }
    Ok(Figures::of(n_callers, &all, window.length()))
}

/// [`side_by_side`] in a closed loop, over calls that need no memory of earlier ones.
///
/// `call` gets the caller's number and how many calls that caller made before.
pub async fn repeat<F, C>(what: &'static str, args: &Args, call: C) -> anyhow::Result<Figures>
where
    C: Fn(usize, u64) -> F + Clone + Send + 'static,
    F: Future<Output = anyhow::Result<()>> + Send + 'static,
{
    let window = Window::of(args);
    let work = |idx, seen| repeat_one(idx, window, call.clone(), seen);
    side_by_side(what, window, 0..args.callers as usize, work).await
}

async fn repeat_one<F, C>(
    idx: usize,
    window: Window,
    call: C,
    mut seen: Seen,
) -> anyhow::Result<Seen>
where
    C: Fn(usize, u64) -> F,
    F: Future<Output = anyhow::Result<()>>,
{
    let mut n = 0;
    while !window.is_over() {
        let begun = Instant::now();
        call(idx, n).await?;
        seen.note(&window, begun);
        n += 1;
    }
    Ok(seen)
}
