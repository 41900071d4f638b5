//! When a caller makes its next call: at once, or when the next ticket comes in.
//!
//! A closed loop asks how much the server can do, and slows down with it. An
//! open loop asks how long an answer takes at a given rate: tickets come in
//! whatever the server does, and one that finds every caller busy waits, its
//! wait counted.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use switchyard_datasets::generate::{Arrival, ArrivalSettings, Arrivals, arrivals};
use switchyard_datasets::taxonomy::Taxonomy;

use super::load::Window;

/// The seed of the arrivals.
const ARRIVALS_SEED: u64 = 20_261_124;

/// A day in seconds.
const DAY_S: f64 = 86_400.0;

/// When a caller makes its next call; shared by all callers.
#[derive(Debug, Clone)]
pub enum Pace {
    /// As soon as the last one is answered.
    Closed,
    /// When the next ticket comes in, or at once if it came in before.
    Open(Schedule),
}

/// Tickets still to come in.
#[derive(Debug, Clone)]
pub struct Schedule {
    from: Instant,
    arrivals: Arc<Mutex<Arrivals>>,
}

/// One call to make now.
#[derive(Debug, Clone)]
pub struct Turn {
    /// From when on the answer is waited for.
    pub since: Instant,
    /// What the ticket is about, where that is given.
    pub arrival: Option<Arrival>,
}

impl Pace {
    /// The pace that was asked for, beginning now.
    pub fn of(arrivals_per_s: Option<u32>) -> Self {
        arrivals_per_s.map_or(Self::Closed, |per_s| Self::Open(Schedule::new(per_s)))
    }

    /// Waits for the next call to make; `None` once the window closes.
    pub async fn next(&self, window: &Window) -> Option<Turn> {
        match self {
            Self::Closed => {
                let turn = Turn { since: Instant::now(), arrival: None };
                (!window.is_over()).then_some(turn)
            }
            Self::Open(schedule) => schedule.next(window).await,
        }
    }
}

impl Schedule {
    /// A Poisson process without busy hours; the mix of categories is a shop's.
    fn new(per_s: u32) -> Self {
        let typical = ArrivalSettings::typical(f64::from(per_s) * DAY_S, &Taxonomy::embedded());
        // Two days: more than the longest run.
        let settings = ArrivalSettings { n_days: 2, hours: [1.0; 24], ..typical };
        let arrivals = Arc::new(Mutex::new(arrivals(settings, ARRIVALS_SEED)));
        Self { from: Instant::now(), arrivals }
    }

    /// The timer rounds up to milliseconds, which counts as waiting too.
    async fn next(&self, window: &Window) -> Option<Turn> {
        let arrival = self.arrivals.lock().expect("nobody panics with it").next()?;
        let since = self.from + Duration::from_secs_f64(arrival.at_s);
        if window.until <= since || window.is_over() {
            return None;
        }
        tokio::time::sleep_until(since.into()).await;
        Some(Turn { since, arrival: Some(arrival) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(ms: u64) -> Window {
        let from = Instant::now();
        Window { from, until: from + Duration::from_millis(ms) }
    }

    #[tokio::test]
    async fn tickets_come_in_at_the_rate_and_end_with_the_window() {
        let (pace, window) = (Pace::of(Some(1_000)), window(200));
        let mut n = 0;
        while let Some(turn) = pace.next(&window).await {
            assert!(turn.since <= Instant::now() && turn.arrival.is_some());
            n += 1;
        }
        // 200 expected; a Poisson count is within five times √200 = 71.
        assert!(n <= 271, "{n}");
        assert!(pace.next(&window).await.is_none());
    }

    #[tokio::test]
    async fn a_closed_loop_calls_at_once() {
        let turn = Pace::of(None).next(&window(1_000)).await.expect("a turn");
        assert!(turn.since.elapsed() < Duration::from_millis(500) && turn.arrival.is_none());
    }
}
