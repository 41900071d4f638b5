//! The way to the desks: submit a change, look at the committed state.

use std::sync::Arc;

use switchyard_domain::ids::TenantId;
use switchyard_domain::time::{Span, Timestamp};
use tokio::sync::{mpsc, oneshot, watch};

use super::clock::Clock;
use super::committed::Committed;
use super::customers::Customers;
use super::history::{History, HistoryError};
use super::policies::{PolicyBook, PolicyRecord};
use super::recovery::Recovered;
use super::submission::{Answer, Message, Receipt, Submission, SubmitError};
use super::writer::{self, INBOX, Parts, WriterThreads};
use crate::store::{KnowledgeChange, Store};

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
    /// Names customers.
    pub customers: Customers,
    inbox: mpsc::Sender<Message>,
    ended: watch::Receiver<()>,
}

impl Desks {
    /// Starts the writer on recovered desks.
    pub fn start(
        store: Store,
        recovered: Recovered,
        clock: Clock,
        snapshot_every: u64,
        journal_kept: Option<Span>,
    ) -> std::io::Result<(Self, WriterThreads)> {
        let Recovered { desks, policies, default_policy, snapshots, requests } = recovered;
        let committed = Arc::new(Committed::new(desks, default_policy.policy.clone()));
        let policies = Arc::new(policies);
        let customers = Customers::new(store.customer_key);
        let history = History::new(store.reader.clone(), policies.clone());
        let parts = Parts {
            committed: committed.clone(),
            policies: policies.clone(),
            default_policy,
            clock: clock.clone(),
            snapshot_every,
            journal_kept,
            snapshots,
            requests,
        };
        let (inbox, threads, ended) = writer::start(store, parts)?;
        Ok((Self { committed, policies, history, clock, customers, inbox, ended }, threads))
    }

    /// Returns once the writer has ended, and nothing can change any more.
    pub async fn writer_ended(&self) {
        // Nothing is ever sent: the sender is dropped with the writer.
        while self.ended.clone().changed().await.is_ok() {}
    }

    /// Has a change decided and committed.
    ///
    /// # Errors
    /// Nothing has changed then, except that after a lost connection the
    /// change may stand; a retry with the same request id tells.
    pub async fn submit(&self, submission: Submission) -> Result<Receipt, SubmitError> {
        let tenant = submission.tenant.clone();
        let (reply, answer) = oneshot::channel();
        self.send(Message::Submit(Box::new(submission), reply))?;
        match answer.await.map_err(|_| SubmitError::Stopping)?? {
            Answer::Done(receipt) => Ok(receipt),
            Answer::Before { first_sequence, n_events, at_ms } => {
                self.receipt_of(&tenant, first_sequence, n_events, at_ms).await
            }
        }
    }

    /// Keeps or forgets what no desk knows of; it is durable when this returns.
    ///
    /// # Errors
    /// As for [`Self::submit`].
    pub async fn keep(&self, changes: Vec<KnowledgeChange>) -> Result<(), SubmitError> {
        let (reply, answer) = oneshot::channel();
        self.send(Message::Keep(changes, reply))?;
        answer.await.map_err(|_| SubmitError::Stopping)?
    }

    fn send(&self, message: Message) -> Result<(), SubmitError> {
        self.inbox.try_send(message).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => SubmitError::Overloaded { waiting: INBOX },
            mpsc::error::TrySendError::Closed(_) => SubmitError::Stopping,
        })
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
            let (events, tz_version) = (Vec::new(), String::new());
            return Ok(Receipt { first_sequence, at, actor, events, tz_version, replayed: true });
        }
        let entry = self
            .history
            .entry_of(tenant, first_sequence)
            .await
            .map_err(|error| as_failed(&error))?;
        let entry = entry.ok_or_else(|| SubmitError::StoreFailed {
            cause: format!("expected event {first_sequence} of an earlier request in the journal")
                .into(),
        })?;
        Ok(Receipt {
            first_sequence,
            at: entry.at,
            actor: entry.actor,
            events: entry.events,
            tz_version: entry.tz_version,
            replayed: true,
        })
    }
}

fn as_failed(error: &HistoryError) -> SubmitError {
    SubmitError::StoreFailed { cause: error.to_string().into() }
}

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
