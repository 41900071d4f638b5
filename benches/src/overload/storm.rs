//! Lives begun at a rate that no answer slows down.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use super::life::{Life, Tally};

/// Lives at work at a time: ten times those of the callers at capacity.
///
/// More would wait in this program and in sockets, and measure their own queue.
const AT_WORK_MAX: usize = 640;

/// How often those due are begun.
const EVERY: Duration = Duration::from_millis(1);

/// Begins so many lives a second for so long.
///
/// Those at work at the end go on beside what comes next; `rest` waits for them.
pub async fn blow(lives: &Arc<Life>, per_s: f64, length: Duration) -> anyhow::Result<Blown> {
    let (started, mut at_work) = (Instant::now(), JoinSet::new());
    let (mut n_due, mut not_begun) = (0, 0);
    let mut ticks = tokio::time::interval(EVERY);
    while started.elapsed() < length {
        ticks.tick().await;
        let before = n_due;
        n_due = (started.elapsed().as_secs_f64() * per_s) as u64;
        let room = (AT_WORK_MAX - at_work.len()) as u64;
        let n_begun = room.min(n_due - before);
        not_begun += n_due - before - n_begun;
        for _ in 0..n_begun {
            let lives = lives.clone();
            at_work.spawn(async move { lives.live().await });
        }
        while let Some(ended) = at_work.try_join_next() {
            ended??;
        }
    }
    let tally = Tally { not_begun, took: started.elapsed(), ..lives.take_tally() };
    Ok(Blown { tally, at_work })
}

/// An overload that has ended.
#[derive(Debug)]
pub struct Blown {
    /// What calls came to.
    pub tally: Tally,
    at_work: JoinSet<anyhow::Result<()>>,
}

impl Blown {
    /// Waits until every ticket that was taken is completed.
    pub async fn rest(&mut self) -> anyhow::Result<()> {
        while let Some(ended) = self.at_work.join_next().await {
            ended??;
        }
        Ok(())
    }
}
