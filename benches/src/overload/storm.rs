//! Lives begun at a rate that no answer slows down, by callers who do not wait when told to.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use tokio::runtime::{Builder, Runtime};
use tokio::task::{JoinHandle, JoinSet};

use super::life::{Life, Tally};

/// How often those due are begun.
const EVERY: Duration = Duration::from_millis(1);

/// A storm on threads of its own, so that whoever measures does not wait for it in this program.
#[derive(Debug)]
pub struct Storm {
    threads: Runtime,
    blowing: JoinHandle<anyhow::Result<Tally>>,
}

impl Storm {
    /// Begins so many lives a second for so long, from now on, as long as there are fewer than
    /// `n_max` calls under way: more would wait in this program and in sockets.
    pub fn begin(
        lives: &Arc<Life>,
        per_s: f64,
        n_max: usize,
        length: Duration,
    ) -> anyhow::Result<Self> {
        let threads = Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let blowing = threads.spawn(blow(lives.clone(), per_s, n_max, length));
        Ok(Self { threads, blowing })
    }

    /// Waits until it is over and every ticket that was taken is completed.
    pub async fn end(self) -> anyhow::Result<Tally> {
        let tally = self.blowing.await.context("the storm failed")??;
        self.threads.shutdown_background();
        Ok(tally)
    }
}

async fn blow(
    lives: Arc<Life>,
    per_s: f64,
    n_max: usize,
    length: Duration,
) -> anyhow::Result<Tally> {
    let (started, mut at_work) = (Instant::now(), JoinSet::new());
    let (mut n_due, mut not_begun) = (0, 0);
    let mut ticks = tokio::time::interval(EVERY);
    while started.elapsed() < length {
        ticks.tick().await;
        let before = n_due;
        n_due = (started.elapsed().as_secs_f64() * per_s) as u64;
        let room = n_max.saturating_sub(lives.n_under_way()) as u64;
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
    while let Some(ended) = at_work.join_next().await {
        ended??;
    }
    Ok(tally)
}
