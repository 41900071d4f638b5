//! The first stage: takes what is waiting and decides it on a speculative copy.

use std::sync::Arc;
use std::time::{Duration, Instant};

use switchyard_domain::desk::{Action, Actor, Desk};
use switchyard_domain::time::Timestamp;
use tokio::sync::{mpsc, oneshot, watch};

use super::REQUEST_KEPT;
use super::command::{first_policy, prepare, triaged};
use super::recent::RecentRequests;
use super::round::{Pending, Requests, Round, answer};
use crate::app::clock::Clock;
use crate::app::committed::{Committed, Desks};
use crate::app::named::Named;
use crate::app::policies::PolicyRecord;
use crate::app::submission::{Message, Reply, Submission, SubmitError};
use crate::store::{Lookup, RequestRow, StoreError};
use crate::telemetry::measures;

/// The most commands that share a transaction.
///
/// At 256 a commit's sync is a small part of each command's time; more only adds latency.
const BATCH_MAX: usize = 256;

/// How long a store that failed is left alone.
///
/// A timer that is due rings until what it does is stored: without a pause that is a busy loop.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_millis(100);

/// What decides.
pub(super) struct Decider {
    pub(super) lookup: Lookup,
    pub(super) speculative: Desks,
    /// Requests of the latest round, which may not be committed yet.
    pub(super) latest: Requests,
    /// Requests of earlier rounds that are not in their table yet.
    pub(super) recent: Arc<RecentRequests>,
    pub(super) committed: Arc<Committed>,
    pub(super) default_policy: PolicyRecord,
    pub(super) clock: Clock,
    pub(super) inbox: mpsc::Receiver<Message>,
    pub(super) rounds: mpsc::Sender<Round>,
    /// The generation decided in.
    pub(super) generation: u64,
    /// The generation to decide in; changes when a commit failed.
    pub(super) failures: watch::Receiver<u64>,
}

impl Decider {
    /// Works until it is told to stop.
    pub(super) async fn run(mut self) {
        // A place for the round first: whatever arrives until there is one shares its commit.
        // Then all rounds but the latest are committed, as looking up requests relies on.
        while let Ok(place) = self.rounds.clone().reserve_owned().await {
            let Some(messages) = self.gather().await else { return };
            self.go_on_from_committed().await;
            let (mut submissions, mut stop) = (Vec::with_capacity(messages.len()), None);
            let mut keeps = Vec::new();
            for message in messages {
                match message {
                    Message::Submit(submission, reply) => submissions.push((*submission, reply)),
                    Message::Keep(changes, reply) => keeps.push((changes, reply)),
                    Message::Stop(done) => stop = Some(done),
                }
            }
            let is_last = stop.is_some();
            let mut round = self.round(submissions, stop).await;
            for (changes, reply) in keeps {
                round.keep(changes, reply);
            }
            place.send(round);
            if is_last {
                return;
            }
        }
    }

    /// What is waiting, or nothing when a timer rang or a commit failed; `None` when nobody can
    /// submit any more.
    async fn gather(&mut self) -> Option<Vec<Message>> {
        let wake = self.speculative.values().filter_map(Desk::next_wake).min();
        let first = tokio::select! {
            message = self.inbox.recv() => Some(message?),
            () = rings(&self.clock, wake) => None,
            failed = self.failures.changed() => {
                failed.ok()?;
                None
            }
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

    /// After a failed commit, drops what was decided on it, time that passed included.
    async fn go_on_from_committed(&mut self) {
        let generation = *self.failures.borrow_and_update();
        if generation == self.generation {
            return;
        }
        tokio::time::sleep(PAUSE_AFTER_FAILURE).await;
        // No round of this generation is under way, so the committed state stands still.
        self.generation = generation;
        self.speculative = self.committed.copy();
        self.latest = Requests::new();
    }

    async fn round(
        &mut self,
        submissions: Vec<(Submission, Reply)>,
        stop: Option<oneshot::Sender<()>>,
    ) -> Round {
        measures::batch(submissions.len());
        let mut round = Round::of(self.generation, stop);
        self.tick(&mut round);
        match self.known_requests(&submissions).await {
            Ok(mut known) => {
                for (submission, reply) in submissions {
                    self.decide(&mut round, &mut known, submission, reply);
                }
            }
            Err(error) => fail_all(submissions, &error),
        }
        self.latest = round.requests.iter().map(|row| (row.stamp.key, *row)).collect();
        round
    }

    /// Lets time pass at every desk that waits for it.
    fn tick(&mut self, round: &mut Round) {
        let now = self.clock.now();
        let due = |desk: &Desk| desk.next_wake().is_some_and(|wake| wake <= now);
        for (tenant, desk) in self.speculative.iter_mut().filter(|(_, desk)| due(desk)) {
            let first_sequence = desk.sequence() + 1;
            let events = desk.handle(Action::Tick, now).unwrap_or_default();
            let (tenant, at) = (tenant.clone(), desk.now());
            let actor = Actor::System;
            let (request, reply) = (None, None);
            round.put(Pending { tenant, first_sequence, at, actor, events, request, reply });
        }
    }

    /// Those of the submissions' requests that were done before.
    ///
    /// First the latest round and the recent ones, then the table: what is settled meanwhile
    /// has left the recent ones only after it was in the table.
    async fn known_requests(
        &mut self,
        submissions: &[(Submission, Reply)],
    ) -> Result<Requests, StoreError> {
        let since = self.clock.now() - REQUEST_KEPT;
        let (mut known, mut others) = (Requests::new(), Vec::new());
        for request in submissions.iter().filter_map(|(s, _)| s.request.as_ref()) {
            let key = request.stamp.key;
            match self.latest.get(&key).copied().or_else(|| self.recent.get(&key)) {
                Some(row) if row.at_ms >= since.millis() => drop(known.insert(key, row)),
                Some(_) => {}
                None => others.push(key),
            }
        }
        let settled = self.lookup.settled_requests(&others, since.millis()).await?;
        known.extend(settled.into_iter().map(|row| (row.stamp.key, row)));
        Ok(known)
    }

    fn decide(
        &mut self,
        round: &mut Round,
        known: &mut Requests,
        submission: Submission,
        reply: Reply,
    ) {
        if submission.deadline.is_some_and(|deadline| deadline <= Instant::now()) {
            return answer(reply, Err(SubmitError::DeadlinePassed));
        }
        let key = submission.request.as_ref().map(|request| request.stamp.key);
        if let Some(done) = key.and_then(|key| known.get(&key)) {
            return round.answer_again(done, &submission, reply);
        }
        if let Some(row) = self.act(round, submission, reply) {
            known.insert(row.stamp.key, row);
            round.put_request(row);
        }
    }

    /// Has a desk do what is asked; the row of the request, if it was done and has one.
    fn act(
        &mut self,
        round: &mut Round,
        submission: Submission,
        reply: Reply,
    ) -> Option<RequestRow> {
        let now = self.clock.now();
        let new = || Desk::new(self.default_policy.policy.clone());
        let desk = self.speculative.entry(submission.tenant.clone()).or_insert_with(new);
        let first_sequence = desk.sequence() + 1;
        let (action, policy) = prepare(&submission, desk, now);
        let ticket = triaged(&action);
        let as_expected = submission.expected.iter().try_for_each(|e| e.check(desk));
        let done = as_expected
            .and_then(|()| Named::check_all(&submission.named, desk))
            .and_then(|()| desk.handle(action, now).map_err(SubmitError::Refused));
        let at = desk.now().max(now);
        let is_new = desk.sequence() == 0;
        let decided = ticket.and_then(|id| desk.case(&id)).map(|case| case.decision_seq);
        if is_new {
            self.speculative.remove(&submission.tenant);
        }
        match done {
            Err(error) => {
                round.refuse(error, reply);
                None
            }
            Ok(events) => {
                if first_sequence == 1 && !events.is_empty() {
                    // A tenant of whom nothing is stored is new again after a restart, so this
                    // goes with the first events and not before.
                    round.put_policy(
                        &submission.tenant,
                        first_policy(&self.default_policy, &submission, now),
                    );
                }
                if let Some(record) = policy {
                    round.put_policy(&submission.tenant, record);
                }
                let Submission { tenant, actor, customer, remembered, request, .. } = submission;
                let (request, n_events) = (request.map(|r| r.stamp), events.len() as u64);
                let nothing_new = decided.filter(|_| events.is_empty());
                let first_sequence = nothing_new.unwrap_or(first_sequence);
                round.batch.customers.extend(customer);
                if !events.is_empty() {
                    round.batch.knowledge.extend(remembered);
                }
                let reply = Some(reply);
                round.put(Pending { tenant, first_sequence, at, actor, events, request, reply });
                let at_ms = at.millis();
                request.map(|stamp| RequestRow { stamp, first_sequence, n_events, at_ms })
            }
        }
    }
}

/// Waits for a timer, for ever when none is set.
async fn rings(clock: &Clock, wake: Option<Timestamp>) {
    match wake {
        Some(wake) => clock.reached(wake).await,
        None => std::future::pending().await,
    }
}

fn fail_all(submissions: Vec<(Submission, Reply)>, error: &StoreError) {
    let cause: Arc<str> = error.to_string().into();
    for (_, reply) in submissions {
        answer(reply, Err(SubmitError::StoreFailed { cause: cause.clone() }));
    }
}
