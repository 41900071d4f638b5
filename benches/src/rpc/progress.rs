//! A line every ten seconds of a longer run, so that nobody takes it for dead.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::load::Window;

/// Shorter runs end before anybody asks.
const SILENT: Duration = Duration::from_secs(20);

/// Between two lines.
const EVERY: Duration = Duration::from_secs(10);

/// Calls answered so far, by all callers together.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<AtomicU64>);

impl Progress {
    /// Tells of a run until its window closes.
    pub fn start(what: &'static str, window: Window) -> Self {
        let progress = Self::default();
        if window.length() > SILENT {
            tokio::spawn(tell(what, progress.clone(), window));
        }
        progress
    }

    /// One call more was answered.
    pub fn count(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// Standard error alone: what is printed as JSON stays one object.
async fn tell(what: &'static str, progress: Progress, window: Window) {
    let started = Instant::now();
    let in_all = window.until.saturating_duration_since(started).as_secs_f64();
    let mut counted = 0;
    loop {
        tokio::time::sleep(EVERY).await;
        if window.is_over() {
            return;
        }
        let answered = progress.0.load(Ordering::Relaxed);
        let rate = (answered - counted) as f64 / EVERY.as_secs_f64();
        let so_far = started.elapsed().as_secs_f64();
        eprintln!("{what}: {so_far:.0} of {in_all:.0} s, {rate:.0} calls a second");
        counted = answered;
    }
}
