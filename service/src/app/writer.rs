//! The one that changes desks: takes what is waiting, decides it on a
//! speculative copy, commits it in one transaction, then shows it and answers.
//!
//! A failed commit drops the copy and fails its batch: no answer leaves before
//! its events are durable, and no reader sees what is not.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use switchyard_domain::desk::{Action, Actor, Desk, Event};
use switchyard_domain::ids::TenantId;
use switchyard_domain::policy::Policy;
use switchyard_domain::time::{Span, Timestamp};
use switchyard_journal::{Entry, encode_entry, encode_snapshot};
use tokio::sync::{mpsc, oneshot};

use super::clock::Clock;
use super::committed::{Committed, Desks};
use super::policies::{PolicyBook, PolicyRecord};
use super::submission::{Answer, Message, Receipt, Reply, Submission, SubmitError, Work};
use crate::store::{self, Batch, EntryRow, PolicyRow, RequestRow, SnapshotRow};
use crate::telemetry::measures;

/// The most commands that share a transaction.
///
/// At 256 a commit's sync is a small part of each command's time; more only adds latency.
const BATCH_MAX: usize = 256;

/// How long a request id is remembered.
const REQUEST_KEPT: Span = Span::from_hours(7 * 24);

/// How long a store that failed is left alone.
///
/// A timer that is due rings until what it does is stored: without a pause that is a busy loop.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_millis(100);

/// How often old request ids are forgotten.
const FORGET_EVERY: Span = Span::from_hours(1);

/// What the writer is made of.
pub(super) struct Writer {
    pub(super) store: store::Writer,
    pub(super) speculative: Desks,
    pub(super) committed: Arc<Committed>,
    pub(super) policies: Arc<PolicyBook>,
    pub(super) default_policy: PolicyRecord,
    pub(super) clock: Clock,
    pub(super) inbox: mpsc::Receiver<Message>,
    pub(super) outbox: mpsc::WeakSender<Message>,
    pub(super) snapshot_every: u64,
    pub(super) snapshots: BTreeMap<TenantId, u64>,
    pub(super) forgotten_at: Timestamp,
}

/// A command that was decided and waits for its commit.
struct Pending {
    tenant: TenantId,
    first_sequence: u64,
    at: Timestamp,
    actor: Actor,
    events: Vec<Event>,
    reply: Option<Reply>,
    policy: Option<PolicyRecord>,
}

/// All that is committed together, and who waits for it.
#[derive(Default)]
struct Round {
    batch: Batch,
    pending: Vec<Pending>,
    /// Requests of this round by key, so that a twin in the same round is seen.
    requests: BTreeMap<(String, String, String), RequestRow>,
    /// Twins, answered when the round is committed.
    twins: Vec<(RequestRow, Reply)>,
}

impl Writer {
    /// Works until it is told to stop.
    pub(super) async fn run(mut self) {
        while let Some(messages) = self.gather().await {
            let mut stop = None;
            let mut submissions = Vec::with_capacity(messages.len());
            let mut round = Round::default();
            for message in messages {
                match message {
                    Message::Submit(submission, reply) => submissions.push((submission, reply)),
                    Message::Snapshot(row) => round.batch.snapshots.push(row),
                    Message::Stop(done) => stop = Some(done),
                }
            }
            self.turn(round, submissions).await;
            if let Some(done) = stop {
                return self.finish(done).await;
            }
        }
    }

    /// What is waiting, or nothing when a timer rang; `None` when nobody can submit any more.
    async fn gather(&mut self) -> Option<Vec<Message>> {
        let wake = self.speculative.values().filter_map(Desk::next_wake).min();
        let first = match wake {
            Some(wake) => tokio::select! {
                message = self.inbox.recv() => Some(message?),
                () = self.clock.reached(wake) => None,
            },
            None => Some(self.inbox.recv().await?),
        };
        let mut messages: Vec<Message> = first.into_iter().collect();
        while messages.len() < BATCH_MAX {
            match self.inbox.try_recv() {
                Ok(message) => messages.push(message),
                Err(_) => break,
            }
        }
        Some(messages)
    }

    async fn turn(&mut self, mut round: Round, submissions: Vec<(Submission, Reply)>) {
        measures::batch(submissions.len());
        self.tick(&mut round);
        match self.known_requests(&submissions).await {
            Ok(known) => round.requests.extend(known),
            Err(error) => {
                fail_all(submissions, &error);
                return self.step_back().await;
            }
        }
        let before = round.requests.len();
        for (submission, reply) in submissions {
            self.decide(&mut round, submission, reply);
        }
        debug_assert!(before <= round.requests.len(), "requests are only added");
        self.commit(round).await;
        self.forget_old_requests().await;
    }

    /// Lets time pass at every desk that waits for it.
    fn tick(&mut self, round: &mut Round) {
        let now = self.clock.now();
        let due = |desk: &Desk| desk.next_wake().is_some_and(|wake| wake <= now);
        for (tenant, desk) in self.speculative.iter_mut().filter(|(_, desk)| due(desk)) {
            let first_sequence = desk.sequence() + 1;
            let events = desk.handle(Action::Tick, now).unwrap_or_default();
            let at = desk.now();
            round.put(Pending {
                tenant: tenant.clone(),
                first_sequence,
                at,
                actor: Actor::System,
                events,
                reply: None,
                policy: None,
            });
        }
    }

    async fn known_requests(
        &mut self,
        submissions: &[(Submission, Reply)],
    ) -> Result<BTreeMap<(String, String, String), RequestRow>, store::StoreError> {
        let keys: Vec<_> = submissions.iter().filter_map(|(s, _)| request_key(s)).collect();
        let rows = self.store.known_requests(&keys).await?;
        Ok(rows.into_iter().map(|row| (row_key(&row), row)).collect())
    }

    fn decide(&mut self, round: &mut Round, submission: Submission, reply: Reply) {
        if submission.deadline.is_some_and(|deadline| deadline <= Instant::now()) {
            return answer(reply, Err(SubmitError::DeadlinePassed));
        }
        if let Some(known) = request_key(&submission).and_then(|key| round.requests.get(&key)) {
            return round.answer_again(known.clone(), &submission, reply);
        }
        let now = self.clock.now();
        let desk = self.desk(&submission.tenant, now);
        let first_sequence = desk.sequence() + 1;
        let (action, policy) = prepare(&submission, desk, now);
        match desk.handle(action, now) {
            Err(refusal) => answer(reply, Err(SubmitError::Refused(refusal))),
            Ok(events) => {
                let at = desk.now().max(now);
                if first_sequence == 1 && !events.is_empty() {
                    self.put_default_policy_on_record(round, &submission.tenant);
                }
                round.note_request(&submission, first_sequence, &events, at);
                round.batch.policies.extend(policy.iter().map(|record| record.row.clone()));
                round.batch.customers.extend(submission.customer);
                round.put(Pending {
                    tenant: submission.tenant,
                    first_sequence,
                    at,
                    actor: submission.actor,
                    events,
                    reply: Some(reply),
                    policy,
                });
            }
        }
    }

    /// A tenant's desk; a new one begins with the default policy.
    fn desk(&mut self, tenant: &TenantId, now: Timestamp) -> &mut Desk {
        self.speculative.entry(tenant.clone()).or_insert_with(|| {
            let row = PolicyRow {
                tenant: tenant.to_string(),
                at_ms: now.millis(),
                ..self.default_policy.row.clone()
            };
            let policy = self.default_policy.policy.clone();
            self.policies.put(tenant.clone(), PolicyRecord { policy: policy.clone(), row });
            Desk::new(policy)
        })
    }

    /// With the first events and not before: a tenant of whom nothing else is stored is
    /// new again after a restart or a failed commit.
    fn put_default_policy_on_record(&self, round: &mut Round, tenant: &TenantId) {
        round.batch.policies.extend(self.policies.get(tenant, 0).map(|record| record.row));
    }

    async fn commit(&mut self, round: Round) {
        if round.batch.is_empty() {
            return round.publish(&self.committed, &self.policies);
        }
        match self.store.commit(&round.batch).await {
            Ok(sync) => {
                measures::commit(sync, &round.batch);
                let grown = round.tenants();
                round.publish(&self.committed, &self.policies);
                for tenant in &grown {
                    self.snapshot_if_due(tenant);
                }
            }
            Err(error) => {
                tracing::error!(%error, "commit failed; its changes are dropped");
                measures::commit_failed();
                round.fail(&error);
                self.step_back().await;
            }
        }
    }

    /// Drops what was not committed, time that passed included, and leaves the store alone a while.
    async fn step_back(&mut self) {
        self.speculative = self.committed.copy();
        tokio::time::sleep(PAUSE_AFTER_FAILURE).await;
    }

    /// Encodes a desk's state elsewhere once enough has happened since the last time.
    fn snapshot_if_due(&mut self, tenant: &TenantId) {
        let sequence = self.speculative.get(tenant).map_or(0, Desk::sequence);
        let last = self.snapshots.entry(tenant.clone()).or_insert(0);
        if sequence < *last + self.snapshot_every {
            return;
        }
        *last = sequence;
        let (committed, outbox, tenant) =
            (self.committed.clone(), self.outbox.clone(), tenant.clone());
        std::thread::spawn(move || {
            let row = snapshot_row(&tenant, &committed.read(&tenant, Desk::clone));
            if let Some(outbox) = outbox.upgrade() {
                // A full inbox only means that the next snapshot is due later.
                let _ = outbox.try_send(Message::Snapshot(row));
            }
        });
    }

    async fn forget_old_requests(&mut self) {
        let now = self.clock.now();
        if now < self.forgotten_at + FORGET_EVERY {
            return;
        }
        self.forgotten_at = now;
        if let Err(error) = self.store.forget_requests_before((now - REQUEST_KEPT).millis()).await {
            tracing::warn!(%error, "old request ids could not be forgotten");
        }
    }

    /// Writes every desk's state, so that the next start reads no journal, and closes the store.
    async fn finish(mut self, done: oneshot::Sender<()>) {
        let desks = self.speculative.iter().filter(|(_, desk)| desk.sequence() > 0);
        let snapshots = desks.map(|(tenant, desk)| snapshot_row(tenant, desk)).collect();
        let batch = Batch { snapshots, ..Batch::default() };
        if let Err(error) = self.store.commit(&batch).await {
            tracing::warn!(%error, "no snapshot at the end; the next start reads the journal");
        }
        if let Err(error) = self.store.close().await {
            tracing::warn!(%error, "the store did not close cleanly");
        }
        let _ = done.send(());
    }
}

/// The action for the desk; a policy gets the revision after the one in force.
fn prepare(submission: &Submission, desk: &Desk, now: Timestamp) -> (Action, Option<PolicyRecord>) {
    match &submission.work {
        Work::Act(action) => (action.clone(), None),
        Work::ApplyPolicy { policy, source, comment } => {
            let revision = desk.policy().revision + 1;
            let policy = Arc::new(Policy { revision, ..Policy::clone(policy) });
            let row = PolicyRow {
                tenant: submission.tenant.to_string(),
                revision,
                source: source.clone(),
                comment: comment.clone(),
                at_ms: now.millis(),
            };
            (Action::ApplyPolicy(policy.clone()), Some(PolicyRecord { policy, row }))
        }
    }
}

impl Round {
    fn put(&mut self, mut pending: Pending) {
        if !pending.events.is_empty() {
            let entry = Entry {
                first_sequence: pending.first_sequence,
                at: pending.at,
                actor: pending.actor,
                events: pending.events,
            };
            self.batch.entries.push(entry_row(&pending.tenant, &entry));
            (pending.actor, pending.events) = (entry.actor, entry.events);
        }
        self.pending.push(pending);
    }

    fn note_request(
        &mut self,
        submission: &Submission,
        first_sequence: u64,
        events: &[Event],
        at: Timestamp,
    ) {
        let Some(request) = &submission.request else { return };
        let row = RequestRow {
            tenant: submission.tenant.to_string(),
            method: request.method.to_owned(),
            id: request.id.clone(),
            digest: request.digest.clone(),
            first_sequence,
            n_events: events.len() as u64,
            at_ms: at.millis(),
        };
        self.requests.insert(row_key(&row), row.clone());
        self.batch.requests.push(row);
    }

    /// The same body is answered as before, once this round is committed; another one is refused.
    fn answer_again(&mut self, known: RequestRow, submission: &Submission, reply: Reply) {
        let digest = submission.request.as_ref().map(|request| &request.digest);
        if digest == Some(&known.digest) {
            self.twins.push((known, reply));
        } else {
            answer(reply, Err(SubmitError::RequestReused { id: known.id }));
        }
    }

    fn tenants(&self) -> Vec<TenantId> {
        let mut tenants: Vec<_> = self.pending.iter().map(|p| p.tenant.clone()).collect();
        tenants.dedup();
        tenants
    }

    /// Shows what was committed, then answers.
    fn publish(self, committed: &Committed, policies: &PolicyBook) {
        for pending in &self.pending {
            if let Some(record) = &pending.policy {
                policies.put(pending.tenant.clone(), record.clone());
            }
        }
        let changed = self.pending.iter().filter(|pending| !pending.events.is_empty());
        committed.publish(changed.map(|p| (&p.tenant, p.events.as_slice(), p.at)));
        for pending in self.pending {
            let receipt = Receipt {
                first_sequence: pending.first_sequence,
                at: pending.at,
                actor: pending.actor,
                events: pending.events,
                replayed: false,
            };
            pending.reply.into_iter().for_each(|reply| {
                answer(reply, Ok(Answer::Done(receipt.clone())));
            });
        }
        for (known, reply) in self.twins {
            let RequestRow { first_sequence, n_events, at_ms, .. } = known;
            answer(reply, Ok(Answer::Before { first_sequence, n_events, at_ms }));
        }
    }

    fn fail(self, error: &store::StoreError) {
        let twins = self.twins.into_iter().map(|(_, reply)| reply);
        for reply in self.pending.into_iter().filter_map(|p| p.reply).chain(twins) {
            answer(reply, Err(SubmitError::StoreFailed { cause: error.to_string() }));
        }
    }
}

fn fail_all(submissions: Vec<(Submission, Reply)>, error: &store::StoreError) {
    for (_, reply) in submissions {
        answer(reply, Err(SubmitError::StoreFailed { cause: error.to_string() }));
    }
}

/// A caller who left is no reason to stop.
fn answer(reply: Reply, result: Result<Answer, SubmitError>) {
    let _ = reply.send(result);
}

fn request_key(submission: &Submission) -> Option<(String, String, String)> {
    let request = submission.request.as_ref()?;
    Some((submission.tenant.to_string(), request.method.to_owned(), request.id.clone()))
}

fn row_key(row: &RequestRow) -> (String, String, String) {
    (row.tenant.clone(), row.method.clone(), row.id.clone())
}

fn entry_row(tenant: &TenantId, entry: &Entry) -> EntryRow {
    let ticket = entry.events.iter().find_map(Event::ticket);
    EntryRow {
        tenant: tenant.to_string(),
        first_sequence: entry.first_sequence,
        last_sequence: entry.first_sequence + entry.events.len() as u64 - 1,
        at_ms: entry.at.millis(),
        ticket: ticket.map(ToString::to_string),
        payload: encode_entry(entry),
    }
}

fn snapshot_row(tenant: &TenantId, desk: &Desk) -> SnapshotRow {
    SnapshotRow {
        tenant: tenant.to_string(),
        sequence: desk.sequence(),
        payload: encode_snapshot(&desk.snapshot()),
    }
}
