//! The second stage: stores rounds in their order, shows them and answers.

use std::sync::Arc;

use switchyard_domain::time::{Span, Timestamp};
use tokio::sync::{mpsc, oneshot, watch};

use super::REQUEST_KEPT;
use super::compacting::Compacting;
use super::round::Round;
use super::rows::snapshot_parts;
use super::settling::Settling;
use super::snapshots::Snapshots;
use crate::app::clock::Clock;
use crate::app::committed::Committed;
use crate::app::policies::PolicyBook;
use crate::store::{RequestKey, SnapshotPart, StoreError, Writer};
use crate::telemetry::measures;

/// How often some request ids are looked through for old ones.
const SWEEP_EVERY: Span = Span::from_millis(1_000);

/// What stores, shows and answers.
pub(super) struct Committer {
    pub(super) store: Writer,
    pub(super) committed: Arc<Committed>,
    pub(super) policies: Arc<PolicyBook>,
    pub(super) clock: Clock,
    pub(super) rounds: mpsc::Receiver<Round>,
    /// Counts failed commits.
    pub(super) generation: watch::Sender<u64>,
    pub(super) snapshots: Snapshots,
    pub(super) settling: Settling,
    pub(super) compacting: Compacting,
    pub(super) swept_at: Timestamp,
    pub(super) swept_to: Option<RequestKey>,
}

impl Committer {
    /// Works until the last round.
    pub(super) async fn run(mut self) {
        loop {
            tokio::select! {
                round = self.rounds.recv() => {
                    let Some(mut round) = round else { return };
                    let stop = round.stop.take();
                    self.settle(round).await;
                    if let Some(done) = stop {
                        return self.finish(done).await;
                    }
                }
                part = self.snapshots.next_part() => self.store_part(&part).await,
                () = self.settling.is_due() => self.settling.settle_some(&mut self.store).await,
                () = self.compacting.is_due() => self.compacting.step(&mut self.store).await,
            }
        }
    }

    async fn settle(&mut self, round: Round) {
        if round.generation != *self.generation.borrow() {
            return round.fail(&"a change before it was not stored".into());
        }
        // Before the commit: who reads the journal right after it meets these revisions.
        for (tenant, record) in &round.policies {
            self.policies.put(tenant.clone(), record.clone());
        }
        match self.commit(&round).await {
            Ok(()) => {
                let grown = round.tenants();
                // Before anybody can have an answer to repeat it by.
                self.settling.recent.extend(&round.requests);
                round.publish(&self.committed);
                self.settling.begin_if_due(&self.committed);
                for tenant in &grown {
                    self.snapshots.make_if_due(tenant, &self.committed);
                }
                self.compacting.begin_if_due(&self.committed, self.clock.now());
                self.sweep_if_due().await;
            }
            Err(error) => {
                tracing::error!(%error, "commit failed; its changes are dropped");
                measures::commit_failed();
                round.fail(&error.to_string().into());
                self.generation.send_modify(|failed| *failed += 1);
            }
        }
    }

    async fn commit(&mut self, round: &Round) -> Result<(), StoreError> {
        if !round.batch.is_empty() {
            let sync = self.store.commit(&round.batch).await?;
            measures::commit(sync, &round.batch);
        }
        Ok(())
    }

    async fn store_part(&mut self, part: &SnapshotPart) {
        if let Err(error) = self.store.put_snapshot_part(part).await {
            tracing::warn!(%error, tenant = part.tenant, "a snapshot was not stored");
            self.snapshots.give_up();
        }
    }

    async fn sweep_if_due(&mut self) {
        let now = self.clock.now();
        if now < self.swept_at + SWEEP_EVERY {
            return;
        }
        self.swept_at = now;
        let before_ms = (now - REQUEST_KEPT).millis();
        match self.store.sweep_requests(self.swept_to.take(), before_ms).await {
            Ok(swept) => {
                self.swept_to = swept.next;
                if swept.was_old {
                    // No faster than they came would never catch up.
                    self.swept_at = Timestamp::MIN;
                }
            }
            Err(error) => tracing::warn!(%error, "old request ids could not be forgotten"),
        }
    }

    /// Writes every desk's state, so that the next start reads no journal, and closes the store.
    async fn finish(mut self, done: oneshot::Sender<()>) {
        let mut parts = Vec::new();
        self.committed.for_each(|tenant, desk| {
            if desk.sequence() > 0 {
                parts.extend(snapshot_parts(tenant, desk));
            }
        });
        for part in &parts {
            if let Err(error) = self.store.put_snapshot_part(part).await {
                tracing::warn!(%error, "no snapshot at the end; the next start reads the journal");
                break;
            }
        }
        self.settling.settle_all(&mut self.store, &self.committed).await;
        if let Err(error) = self.store.close().await {
            tracing::warn!(%error, "the store did not close cleanly");
        }
        let _ = done.send(());
    }
}
