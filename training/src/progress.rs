//! A bar on the error stream for work that takes more than a moment.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Between two redraws of the clock.
const TICK: Duration = Duration::from_millis(200);

/// Steps done of steps to do.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    /// A bar of `n_steps`, drawn where the error stream is a terminal.
    pub fn new(what: &'static str, n_steps: usize) -> Self {
        let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {elapsed}");
        let bar = ProgressBar::with_draw_target(Some(n_steps as u64), ProgressDrawTarget::stderr());
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(what);
        // A step may take half a minute: the clock moves in between.
        bar.enable_steady_tick(TICK);
        Self(bar)
    }

    /// Some steps more are done.
    pub fn steps(&self, n: usize) {
        self.0.inc(n as u64);
    }

    /// One step more is done.
    pub fn step(&self) {
        self.0.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
