//! How far long work is, on the error stream where that is a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Between two redraws of the clock.
const TICK: Duration = Duration::from_millis(200);

/// A bar that is gone when the work is done.
#[derive(Debug)]
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// Events done of events to do.
    pub(super) fn of_events(what: String, n_events: u64) -> Self {
        Self::new("{msg} {wide_bar} {human_pos}/{human_len} {elapsed} (-{eta})", what, n_events)
    }

    /// Items done of items to do.
    pub(super) fn of_items(what: String, n_items: u64) -> Self {
        Self::new("{msg} {wide_bar} {human_pos}/{human_len} {elapsed} (-{eta})", what, n_items)
    }

    /// Bytes written of about so many.
    pub(super) fn of_bytes(what: String, n_bytes: u64) -> Self {
        Self::new("{msg} {wide_bar} {bytes}/~{total_bytes} {elapsed}", what, n_bytes)
    }

    fn new(template: &str, what: String, n: u64) -> Self {
        let style = ProgressStyle::with_template(template);
        let bar = ProgressBar::with_draw_target(Some(n), ProgressDrawTarget::stderr());
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(what);
        bar.enable_steady_tick(TICK);
        Self(bar)
    }

    /// So much is done.
    pub(super) fn set(&self, n: u64) {
        self.0.set_position(n);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
