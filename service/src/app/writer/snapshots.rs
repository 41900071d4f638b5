//! When a desk's state is written down, and its pieces on their way to the store.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use switchyard_domain::desk::Desk;
use switchyard_domain::ids::TenantId;
use tokio::sync::mpsc;

use super::rows::snapshot_parts;
use crate::app::committed::Committed;
use crate::app::recovery::SnapshotMarks;
use crate::store::SnapshotPart;

/// Snapshots due, being made, and waiting to be stored piece by piece.
pub(super) struct Snapshots {
    every: u64,
    marks: SnapshotMarks,
    /// One at a time is made; with the one being stored, at most two are held in memory.
    is_making: bool,
    waiting: VecDeque<SnapshotPart>,
    made: mpsc::Receiver<Vec<SnapshotPart>>,
    maker: mpsc::Sender<Vec<SnapshotPart>>,
}

impl Snapshots {
    /// One every so many events, after those that are marked.
    pub(super) fn new(every: u64, marks: SnapshotMarks) -> Self {
        let (maker, made) = mpsc::channel(1);
        Self { every, marks, is_making: false, waiting: VecDeque::new(), made, maker }
    }

    /// Has a snapshot made elsewhere once enough has happened since the last.
    pub(super) fn make_if_due(&mut self, tenant: &TenantId, committed: &Arc<Committed>) {
        if self.is_making {
            return;
        }
        let (sequence, n_cases) =
            committed.read(tenant, |desk| (desk.sequence(), desk.cases().len() as u64));
        let last = self.marks.entry(tenant.clone()).or_insert(0);
        // A large desk waits longer, so that snapshots stay a small part of all that is written.
        if sequence < *last + self.every.max(n_cases) {
            return;
        }
        *last = sequence;
        self.is_making = true;
        let (committed, maker, tenant) = (committed.clone(), self.maker.clone(), tenant.clone());
        let make = move || {
            let desk = committed.read(&tenant, Desk::clone);
            let made = catch_unwind(AssertUnwindSafe(|| snapshot_parts(&tenant, &desk)));
            // None, should that have failed, so that the next one is made. Nobody is left to store
            // it when the service stops meanwhile.
            let _ = maker.blocking_send(made.unwrap_or_default());
        };
        let thread = std::thread::Builder::new().name("desk-snapshot".to_owned()).spawn(make);
        if let Err(error) = thread {
            tracing::warn!(%error, "no thread for a snapshot");
            self.is_making = false;
        }
    }

    /// The next piece to store, once there is one.
    pub(super) async fn next_part(&mut self) -> SnapshotPart {
        loop {
            if let Some(part) = self.waiting.pop_front() {
                return part;
            }
            let parts = self.made.recv().await.expect("a sender of its own is kept");
            self.is_making = false;
            self.waiting.extend(parts);
        }
    }

    /// Drops the pieces of the snapshot at hand: one of them could not be stored.
    pub(super) fn give_up(&mut self) {
        self.waiting.clear();
    }
}
