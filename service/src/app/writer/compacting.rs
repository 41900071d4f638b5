//! Dropping journal that is older than it has to be kept, a little between rounds.

use std::collections::VecDeque;
use std::time::Duration;

use switchyard_domain::time::{Span, Timestamp};
use tokio::time::Instant;

use crate::app::committed::Committed;
use crate::store::{StoreError, Writer};

/// How often it is looked for old journal.
const LOOK_EVERY: Span = Span::from_minutes(10);

/// The time left to rounds between two slices.
const SLICE_EVERY: Duration = Duration::from_millis(50);

/// Which journal is old, and how far it is dropped.
pub(super) struct Compacting {
    /// `None` keeps all.
    kept: Option<Span>,
    looked_at: Timestamp,
    next: Instant,
    /// Tenants to look at, and before which instant their journal is old.
    tenants: VecDeque<(String, i64)>,
    /// What is being dropped: whose, and up to which event.
    dropping: Option<(String, u64)>,
}

impl Compacting {
    pub(super) fn new(kept: Option<Span>) -> Self {
        let (looked_at, next) = (Timestamp::MIN, Instant::now());
        Self { kept, looked_at, next, tenants: VecDeque::new(), dropping: None }
    }

    /// Begins to look at every tenant once it is time for that.
    pub(super) fn begin_if_due(&mut self, committed: &Committed, now: Timestamp) {
        let Some(kept) = self.kept else { return };
        if self.is_at_work() || now < self.looked_at + LOOK_EVERY {
            return;
        }
        self.looked_at = now;
        let before_ms = (now - kept).millis();
        committed.for_each(|tenant, _| self.tenants.push_back((tenant.to_string(), before_ms)));
    }

    fn is_at_work(&self) -> bool {
        self.dropping.is_some() || !self.tenants.is_empty()
    }

    /// Returns when the next step may be taken; never, while there is none.
    pub(super) async fn is_due(&self) {
        if self.is_at_work() {
            tokio::time::sleep_until(self.next).await;
        } else {
            std::future::pending::<()>().await;
        }
    }

    /// Takes a step; what fails is tried again at the next look.
    pub(super) async fn step(&mut self, store: &mut Writer) {
        self.next = Instant::now() + SLICE_EVERY;
        if let Err(error) = self.try_step(store).await {
            tracing::warn!(%error, "old journal was not dropped");
            (self.dropping, self.tenants) = (None, VecDeque::new());
        }
    }

    async fn try_step(&mut self, store: &mut Writer) -> Result<(), StoreError> {
        if let Some((tenant, until)) = self.dropping.take() {
            if store.compact_some(&tenant, until).await? {
                self.dropping = Some((tenant, until));
            }
            return Ok(());
        }
        let Some((tenant, before_ms)) = self.tenants.pop_front() else { return Ok(()) };
        if let Some(until) = store.horizon(&tenant, before_ms).await? {
            store.begin_compaction(&tenant, until).await?;
            tracing::info!(tenant, until, "dropping old journal");
            self.dropping = Some((tenant, until));
        }
        Ok(())
    }
}
