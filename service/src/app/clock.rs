//! The time of day, from the system or moved by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use switchyard_domain::time::Timestamp;
use tokio::sync::Notify;

/// Where the service reads the time.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The system's clock.
    System,
    /// A clock that stands still until it is moved; for tests and `--now`.
    Manual(Arc<ManualClock>),
}

/// A clock moved by hand.
#[derive(Debug)]
pub struct ManualClock {
    millis: AtomicI64,
    moved: Notify,
}

impl ManualClock {
    /// A clock that shows an instant.
    pub fn at(now: Timestamp) -> Arc<Self> {
        Arc::new(Self { millis: AtomicI64::new(now.millis()), moved: Notify::new() })
    }

    /// Sets the clock and wakes whoever waits for the instant.
    pub fn set(&self, now: Timestamp) {
        self.millis.store(now.millis(), Ordering::SeqCst);
        self.moved.notify_waiters();
    }
}

impl Clock {
    /// The present instant.
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => system_now(),
            Self::Manual(clock) => Timestamp::from_millis(clock.millis.load(Ordering::SeqCst)),
        }
    }

    /// Waits until the clock shows an instant.
    pub async fn reached(&self, instant: Timestamp) {
        match self {
            Self::System => {
                let left = (instant - system_now()).millis().max(0) as u64;
                tokio::time::sleep(Duration::from_millis(left)).await;
            }
            Self::Manual(clock) => loop {
                let moved = clock.moved.notified();
                if self.now() >= instant {
                    return;
                }
                moved.await;
            },
        }
    }
}

fn system_now() -> Timestamp {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
}
