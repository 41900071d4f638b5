//! What is decided together, committed together and answered together.

use std::collections::BTreeMap;
use std::sync::Arc;

use switchyard_domain::desk::{Actor, Event};
use switchyard_domain::ids::TenantId;
use switchyard_domain::time::{Timestamp, tz_version};
use switchyard_journal::Entry;
use tokio::sync::oneshot;

use super::rows::entry_row;
use crate::app::committed::Committed;
use crate::app::policies::PolicyRecord;
use crate::app::submission::{Answer, KeepReply, Receipt, Reply, Submission, SubmitError};
use crate::store::{Batch, KnowledgeChange, RequestKey, RequestRow, RequestStamp};

/// Requests by key.
pub(super) type Requests = BTreeMap<RequestKey, RequestRow>;

/// A command that was decided and waits for its commit.
pub(super) struct Pending {
    pub(super) tenant: TenantId,
    pub(super) first_sequence: u64,
    pub(super) at: Timestamp,
    pub(super) actor: Actor,
    pub(super) events: Vec<Event>,
    pub(super) request: Option<RequestStamp>,
    pub(super) reply: Option<Reply>,
}

/// All that is committed together, and who waits for it.
#[derive(Default)]
pub(super) struct Round {
    /// Which failures it was decided after; a round of an older generation never happened.
    pub(super) generation: u64,
    pub(super) batch: Batch,
    /// Policies first put in force here.
    pub(super) policies: Vec<(TenantId, PolicyRecord)>,
    /// Requests done here.
    pub(super) requests: Vec<RequestRow>,
    /// The last round carries who waits for the end.
    pub(super) stop: Option<oneshot::Sender<()>>,
    pending: Vec<Pending>,
    /// Requests that were done before, answered when the round is committed.
    twins: Vec<(RequestRow, Reply)>,
    /// Who waits for what is kept beside the desks.
    keeps: Vec<KeepReply>,
    /// Refusals: what they rest on may not be committed yet.
    refused: Vec<(SubmitError, Reply)>,
}

impl Round {
    pub(super) fn of(generation: u64, stop: Option<oneshot::Sender<()>>) -> Self {
        Self { generation, stop, ..Self::default() }
    }

    pub(super) fn put(&mut self, mut pending: Pending) {
        if !pending.events.is_empty() {
            let entry = Entry {
                first_sequence: pending.first_sequence,
                at: pending.at,
                actor: pending.actor,
                events: pending.events,
                tz_version: tz_version().to_owned(),
            };
            self.batch.entries.push(entry_row(&pending.tenant, &entry, pending.request));
            (pending.actor, pending.events) = (entry.actor, entry.events);
        }
        self.pending.push(pending);
    }

    /// Notes a request as done.
    pub(super) fn put_request(&mut self, row: RequestRow) {
        if row.n_events == 0 {
            self.batch.requests.push(row);
        }
        self.requests.push(row);
    }

    pub(super) fn put_policy(&mut self, tenant: &TenantId, record: PolicyRecord) {
        self.batch.policies.push(record.row.clone());
        self.policies.push((tenant.clone(), record));
    }

    /// Keeps what no desk knows of.
    pub(super) fn keep(&mut self, changes: Vec<KnowledgeChange>, reply: KeepReply) {
        self.batch.knowledge.extend(changes);
        self.keeps.push(reply);
    }

    /// The same body is answered as before, once this round is committed; another one is refused.
    pub(super) fn answer_again(
        &mut self,
        known: &RequestRow,
        submission: &Submission,
        reply: Reply,
    ) {
        let Some(asked) = &submission.request else { return };
        if asked.stamp.digest == known.stamp.digest {
            self.twins.push((*known, reply));
        } else {
            self.refuse(SubmitError::RequestReused { id: asked.id.clone() }, reply);
        }
    }

    /// Refuses once this round, and with it all that was decided before, is committed.
    pub(super) fn refuse(&mut self, error: SubmitError, reply: Reply) {
        self.refused.push((error, reply));
    }

    /// The tenants whose desks grow.
    pub(super) fn tenants(&self) -> Vec<TenantId> {
        let mut tenants: Vec<_> = self.pending.iter().map(|p| p.tenant.clone()).collect();
        tenants.sort_unstable();
        tenants.dedup();
        tenants
    }

    /// Shows what was committed, then answers.
    pub(super) fn publish(self, committed: &Committed) {
        let changed = self.pending.iter().filter(|pending| !pending.events.is_empty());
        committed.publish(changed.map(|p| (&p.tenant, p.events.as_slice(), p.at)));
        for pending in self.pending {
            let Some(reply) = pending.reply else { continue };
            let receipt = Receipt {
                first_sequence: pending.first_sequence,
                at: pending.at,
                actor: pending.actor,
                events: pending.events,
                tz_version: tz_version().to_owned(),
                replayed: false,
            };
            answer(reply, Ok(Answer::Done(receipt)));
        }
        for (known, reply) in self.twins {
            let RequestRow { first_sequence, n_events, at_ms, .. } = known;
            answer(reply, Ok(Answer::Before { first_sequence, n_events, at_ms }));
        }
        for reply in self.keeps {
            let _ = reply.send(Ok(()));
        }
        for (error, reply) in self.refused {
            answer(reply, Err(error));
        }
    }

    /// Tells everybody who waits that nothing was done.
    pub(super) fn fail(self, cause: &Arc<str>) {
        let twins = self.twins.into_iter().map(|(_, reply)| reply);
        let refused = self.refused.into_iter().map(|(_, reply)| reply);
        let pending = self.pending.into_iter().filter_map(|pending| pending.reply);
        for reply in pending.chain(twins).chain(refused) {
            answer(reply, Err(SubmitError::StoreFailed { cause: cause.clone() }));
        }
        for reply in self.keeps {
            let _ = reply.send(Err(SubmitError::StoreFailed { cause: cause.clone() }));
        }
    }
}

/// A caller who left is no reason to stop.
pub(super) fn answer(reply: Reply, result: Result<Answer, SubmitError>) {
    let _ = reply.send(result);
}
