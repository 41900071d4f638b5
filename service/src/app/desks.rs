//! The way to the desks: submit a change, look at the committed state.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread::JoinHandle;

use switchyard_domain::ids::TenantId;
use switchyard_domain::time::Timestamp;
use tokio::sync::{mpsc, oneshot};

use super::clock::Clock;
use super::committed::Committed;
use super::history::{History, HistoryError};
use super::policies::{PolicyBook, PolicyRecord};
use super::recovery::Recovered;
use super::submission::{Answer, Message, Receipt, Submission, SubmitError};
use super::writer::Writer;
use crate::store::Store;

/// Changes that may wait for the writer; above it callers are told to come back.
const INBOX: usize = 4_096;

/// The desks of all tenants; clones share them.
#[derive(Debug, Clone)]
pub struct Desks {
    /// The committed state.
    pub committed: Arc<Committed>,
    /// Policies by revision.
    pub policies: Arc<PolicyBook>,
    /// The journal, read back.
    pub history: History,
    /// The time.
    pub clock: Clock,
    inbox: mpsc::Sender<Message>,
}

/// The writer's thread, to be waited for at the end.
#[derive(Debug)]
pub struct WriterThread {
    inbox: mpsc::Sender<Message>,
    thread: JoinHandle<()>,
}

impl Desks {
    /// Starts the writer on recovered desks.
    pub fn start(
        store: Store,
        recovered: Recovered,
        clock: Clock,
        snapshot_every: u64,
    ) -> std::io::Result<(Self, WriterThread)> {
        let Recovered { desks, policies, default_policy, snapshots } = recovered;
        let (inbox, messages) = mpsc::channel(INBOX);
        let committed = Arc::new(Committed::new(desks, default_policy.policy.clone()));
        let policies = Arc::new(policies);
        let writer = Writer {
            store: store.writer,
            speculative: committed.copy(),
            committed: committed.clone(),
            policies: policies.clone(),
            default_policy,
            clock: clock.clone(),
            inbox: messages,
            outbox: inbox.downgrade(),
            snapshot_every,
            snapshots,
            forgotten_at: Timestamp::MIN,
        };
        let thread = spawn(writer)?;
        let history = History::new(store.reader, policies.clone());
        let desks = Self { committed, policies, history, clock, inbox: inbox.clone() };
        Ok((desks, WriterThread { inbox, thread }))
    }

    /// Has a change decided and committed.
    ///
    /// # Errors
    /// Nothing has changed then, except that after a lost connection the
    /// change may stand; a retry with the same request id tells.
    pub async fn submit(&self, submission: Submission) -> Result<Receipt, SubmitError> {
        let tenant = submission.tenant.clone();
        let (reply, answer) = oneshot::channel();
        self.inbox.try_send(Message::Submit(submission, reply)).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => SubmitError::Overloaded { waiting: INBOX },
            mpsc::error::TrySendError::Closed(_) => SubmitError::Stopping,
        })?;
        match answer.await.map_err(|_| SubmitError::Stopping)?? {
            Answer::Done(receipt) => Ok(receipt),
            Answer::Before { first_sequence, n_events, at_ms } => {
                self.receipt_of(&tenant, first_sequence, n_events, at_ms).await
            }
        }
    }

    /// How many changes wait for the writer.
    pub fn n_waiting(&self) -> usize {
        self.inbox.max_capacity() - self.inbox.capacity()
    }

    async fn receipt_of(
        &self,
        tenant: &TenantId,
        first_sequence: u64,
        n_events: u64,
        at_ms: i64,
    ) -> Result<Receipt, SubmitError> {
        let at = Timestamp::from_millis(at_ms);
        if n_events == 0 {
            let actor = switchyard_domain::desk::Actor::System;
            return Ok(Receipt { first_sequence, at, actor, events: Vec::new(), replayed: true });
        }
        let entry = self
            .history
            .entry_of(tenant, first_sequence)
            .await
            .map_err(|error| as_failed(&error))?;
        let entry = entry.ok_or_else(|| SubmitError::StoreFailed {
            cause: format!("expected event {first_sequence} of an earlier request in the journal"),
        })?;
        Ok(Receipt {
            first_sequence,
            at: entry.at,
            actor: entry.actor,
            events: entry.events,
            replayed: true,
        })
    }
}

fn as_failed(error: &HistoryError) -> SubmitError {
    SubmitError::StoreFailed { cause: error.to_string() }
}

impl WriterThread {
    /// Lets the writer finish what waits, write its snapshots and close the store.
    pub async fn stop(self) {
        let (done, finished) = oneshot::channel();
        if self.inbox.send(Message::Stop(done)).await.is_ok() {
            let _ = finished.await;
        }
        let _ = tokio::task::spawn_blocking(|| self.thread.join()).await;
    }
}

/// Deciding is work, not waiting: it has a thread of its own beside the workers that answer calls.
fn spawn(writer: Writer) -> std::io::Result<JoinHandle<()>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    std::thread::Builder::new()
        .name("desk-writer".to_owned())
        .spawn(move || runtime.block_on(writer.run()))
}

/// Which snapshot each tenant has last.
pub(super) type SnapshotMarks = BTreeMap<TenantId, u64>;

/// The default policy with its text, read once.
pub fn default_policy() -> PolicyRecord {
    let source = switchyard_policy::DEFAULT;
    let checked = switchyard_policy::read(source, 0)
        .expect("the built-in policy is checked by a test of its package");
    PolicyRecord {
        policy: Arc::new(checked.policy),
        row: crate::store::PolicyRow {
            tenant: String::new(),
            revision: 0,
            source: source.to_owned(),
            comment: "built-in default".to_owned(),
            at_ms: 0,
        },
    }
}
