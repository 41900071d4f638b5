//! What is handed to the writer, and what comes back.

use std::sync::Arc;
use std::time::Instant;

use sha2::{Digest as _, Sha256};
use switchyard_domain::desk::{Action, Actor, Event, OpenTickets, Refusal};
use switchyard_domain::ids::TenantId;
use switchyard_domain::policy::Policy;
use switchyard_domain::time::Timestamp;
use tokio::sync::oneshot;

use super::error::described;
use super::etag::{Expected, Thing};
use super::fault::Violation;
use super::named::Named;
use crate::store::{CustomerRow, KnowledgeChange, RequestStamp};

/// What the writer should do.
#[derive(Debug)]
pub enum Work {
    /// A command for the desk.
    Act(Action),
    /// A checked policy to put in force; the writer gives it its revision.
    ApplyPolicy {
        /// As read from `source`.
        policy: Box<Policy>,
        /// TOML.
        source: String,
        /// Why.
        comment: String,
        /// What it means for promises that were made.
        open: OpenTickets,
    },
}

/// Makes a retry safe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId {
    /// As the caller gave it.
    pub id: String,
    /// What it is told by.
    pub stamp: RequestStamp,
}

impl RequestId {
    /// The request of a tenant's call of an RPC with this body.
    pub fn new(tenant: &TenantId, method: &str, id: &str, body: &[u8]) -> Self {
        let mut name = Sha256::new();
        for text in [tenant.as_str(), method, id] {
            // With its length, so that no two names run together alike.
            name.update((text.len() as u64).to_le_bytes());
            name.update(text);
        }
        let stamp = RequestStamp { key: half(name), digest: half(Sha256::new_with_prefix(body)) };
        Self { id: id.to_owned(), stamp }
    }
}

/// The first half of a hash: 128 bits tell any two requests apart.
fn half(hash: Sha256) -> [u8; 16] {
    *hash.finalize().first_chunk().expect("SHA-256 has 32 bytes")
}

/// One call's wish to change a desk.
#[derive(Debug)]
pub struct Submission {
    /// Whose desk.
    pub tenant: TenantId,
    /// Who asks.
    pub actor: Actor,
    /// What is asked.
    pub work: Work,
    /// Makes a retry safe; `None`: every call is a new one.
    pub request: Option<RequestId>,
    /// Dropped unless begun by then.
    pub deadline: Option<Instant>,
    /// The customer behind the ticket's opaque reference.
    pub customer: Option<CustomerRow>,
    /// What is remembered of it, if it is done.
    pub remembered: Vec<KnowledgeChange>,
    /// What it rests on.
    pub expected: Vec<Expected>,
    /// What it names.
    pub named: Vec<Named>,
}

/// What a committed submission came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    /// The sequence of the first event. When there are none: of the ticket's latest decision for
    /// a triage, 0 if none was made; of the next event for anything else.
    pub first_sequence: u64,
    /// When it was done.
    pub at: Timestamp,
    /// Who asked.
    pub actor: Actor,
    /// What happened; empty when nothing changed.
    pub events: Vec<Event>,
    /// The release of the time zone database it was decided with.
    pub tz_version: String,
    /// The answer to an earlier submission with the same request id.
    pub replayed: bool,
}

/// Why a submission was not done.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SubmitError {
    /// The desk refuses.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It names what the desk does not know.
    #[error("{}", described(.0))]
    Unknown(Vec<Violation>),
    /// The request id was used for another body.
    #[error("expected the body first sent with request_id {id:?}, got another one")]
    RequestReused {
        /// The id.
        id: String,
    },
    /// What the change rests on has changed.
    #[error("expected {what} with the etag {expected:?}, got {got:?}")]
    Changed {
        /// What.
        what: Thing,
        /// The etag the caller knows.
        expected: String,
        /// The etag there is.
        got: String,
    },
    /// The store did not take it; nothing has changed.
    #[error("the store did not take the change: {cause}")]
    StoreFailed {
        /// What the store said.
        cause: Arc<str>,
    },
    /// Too much is waiting already.
    #[error("expected room, but {waiting} wait or are at work already")]
    Overloaded {
        /// How many wait.
        waiting: usize,
    },
    /// Its deadline passed while it waited; nothing has changed.
    #[error("the deadline passed before the change was begun")]
    DeadlinePassed,
    /// The service is stopping; whether the change was done, a retry with the same request id tells.
    #[error(
        "the service is stopping; a retry with the same request_id tells what came of the call"
    )]
    Stopping,
}

/// What the writer answers: done now, or done before at this place.
#[derive(Debug)]
pub(super) enum Answer {
    /// Done now.
    Done(Receipt),
    /// Done by an earlier submission; its entry is in the journal.
    Before {
        /// Its first event.
        first_sequence: u64,
        /// How many events it had.
        n_events: u64,
        /// When, in milliseconds since the epoch.
        at_ms: i64,
    },
}

/// Where the writer's answer goes.
pub(super) type Reply = oneshot::Sender<Result<Answer, SubmitError>>;

/// Where it is told that something was kept.
pub(super) type KeepReply = oneshot::Sender<Result<(), SubmitError>>;

/// What arrives at the writer.
#[derive(Debug)]
pub(super) enum Message {
    /// Work.
    Submit(Box<Submission>, Reply),
    /// Keep or forget what no desk knows of.
    Keep(Vec<KnowledgeChange>, KeepReply),
    /// Finish and close the store.
    Stop(oneshot::Sender<()>),
}
