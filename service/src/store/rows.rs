//! What the store keeps, as plain rows, and what is committed together.

use super::knowledge::KnowledgeChange;

/// A committed command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// Whose.
    pub tenant: String,
    /// The sequence of its first event.
    pub first_sequence: u64,
    /// The sequence of its last event.
    pub last_sequence: u64,
    /// When, in milliseconds since the epoch.
    pub at_ms: i64,
    /// The request that asked for it.
    pub request: Option<RequestStamp>,
    /// The record.
    pub payload: Vec<u8>,
}

/// How far a tenant's journal reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extent {
    /// Whose.
    pub tenant: String,
    /// The sequence of its first event.
    pub first_sequence: u64,
    /// The sequence of its last event.
    pub last_sequence: u64,
    /// How many events its entries say they hold; fewer than sequences where some are missing.
    pub n_events: u64,
    /// When its last entry was made, in milliseconds since the epoch.
    pub last_at_ms: i64,
    /// After how many events its newest snapshot is; 0 without one.
    pub snapshot_sequence: u64,
    /// Journal up to here was dropped; 0 if none was.
    pub compacted_to: u64,
}

impl Extent {
    /// How many events there should be at least, from the first one kept on.
    pub fn n_expected(&self) -> u64 {
        let first = self.first_sequence.min(self.compacted_to + 1);
        self.last_sequence.max(self.snapshot_sequence) + 1 - first
    }

    /// Whether every event is there but for those that were dropped on purpose.
    pub fn is_whole(&self) -> bool {
        self.n_events == self.n_expected()
    }
}

/// What a request is told by: hashes of its name and of its body, the first halves of SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestStamp {
    /// Of tenant, RPC and the caller's id.
    pub key: RequestKey,
    /// Of its body.
    pub digest: [u8; 16],
}

/// Names a request.
pub type RequestKey = [u8; 16];

/// A request that must not be done twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestRow {
    /// Which.
    pub stamp: RequestStamp,
    /// The first event it caused. When it caused none: the ticket's latest decision for a triage,
    /// 0 if none was made; the next event for anything else.
    pub first_sequence: u64,
    /// How many events it caused.
    pub n_events: u64,
    /// When, in milliseconds since the epoch.
    pub at_ms: i64,
}

impl RequestStamp {
    /// Both hashes in one text of bytes.
    pub fn to_bytes(self) -> Vec<u8> {
        [self.key, self.digest].concat()
    }

    /// The stamp of these bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (key, digest) = bytes.split_first_chunk()?;
        Some(Self { key: *key, digest: digest.try_into().ok()? })
    }
}

/// A policy's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyRow {
    /// Whose.
    pub tenant: String,
    /// Which.
    pub revision: u64,
    /// TOML.
    pub source: String,
    /// Why it was applied.
    pub comment: String,
    /// When, in milliseconds since the epoch.
    pub at_ms: i64,
}

/// Who is behind an opaque reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerRow {
    /// Whose.
    pub tenant: String,
    /// As in the journal.
    pub reference: String,
    /// As the caller names the customer.
    pub customer_id: String,
}

/// A desk's state at a sequence, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotRow {
    /// Whose.
    pub tenant: String,
    /// After this many events.
    pub sequence: u64,
    /// The record.
    pub payload: Vec<u8>,
}

/// A piece of a snapshot: pieces are committed in order, so the last one tells that all are there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotPart {
    /// Whose.
    pub tenant: String,
    /// After this many events.
    pub sequence: u64,
    /// Its place, from 0.
    pub part: u32,
    /// How many there are.
    pub n_parts: u32,
    /// Its share of the record.
    pub payload: Vec<u8>,
}

impl SnapshotPart {
    /// Whether the snapshot is whole with it.
    pub fn is_last(&self) -> bool {
        self.part + 1 == self.n_parts
    }
}

/// Everything that is committed together.
#[derive(Debug, Default)]
pub struct Batch {
    /// Commands.
    pub entries: Vec<EntryRow>,
    /// Requests that caused no entry.
    pub requests: Vec<RequestRow>,
    /// Policies.
    pub policies: Vec<PolicyRow>,
    /// Customers.
    pub customers: Vec<CustomerRow>,
    /// What is kept of solved tickets and articles, in the order it changed.
    pub knowledge: Vec<KnowledgeChange>,
}

impl Batch {
    /// Whether there is nothing to commit.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
            && self.requests.is_empty()
            && self.policies.is_empty()
            && self.customers.is_empty()
            && self.knowledge.is_empty()
    }
}
