//! What happened at the desk, as bytes and back: versioned records of events and snapshots.
//!
//! It does not know where records are stored, in what order they are read, or
//! what an event does to a desk. Policies are not in it: a record names a
//! revision, and the reader is handed a function that finds it.
//!
//! What a reader may rely on:
//! - Whatever the domain can hold can be written, and comes back equal to the bit.
//! - The same value gives the same bytes on every machine.
//! - Bytes that are no record, or a record no domain value has, are refused with
//!   a [`DecodeError`] that says what was expected; nothing is guessed.
//! - A record of an earlier version stays readable: `golden/` holds files of each.
//!
//! ```
//! use std::sync::Arc;
//! use switchyard_domain::desk::{Actor, Event};
//! use switchyard_domain::policy::Policy;
//! use switchyard_domain::time::Timestamp;
//! use switchyard_journal::{Entry, decode_entry, encode_entry};
//!
//! let policy = Arc::new(Policy::default());
//! let entry = Entry {
//!     first_sequence: 1,
//!     at: Timestamp::from_millis(1_780_000_000_000),
//!     actor: Actor::Person("li.na".to_owned()),
//!     events: vec![Event::PolicyApplied(policy.clone())],
//!     tz_version: "2026a".to_owned(),
//! };
//! let policy_of = |revision| (revision == policy.revision).then(|| policy.clone());
//! assert_eq!(decode_entry(&encode_entry(&entry), &policy_of), Ok(entry));
//! ```
//!
//! In reading order: [`Entry`] is one command with its events, the snapshot is
//! [`Snapshot`](switchyard_domain::desk::Snapshot). Then one file per concept,
//! each with a `to_record` and a `from_record`: `event`, `intake`, `activity`,
//! `decision`, `sla`, `case`, `transfer`, `agreement`, `renewal`, `ticket`, `assessment`, `precedents`, `agent`, `schedule`; below
//! them `labels` (every enum) and `scalar` (ids, instants, numbers).

mod activity;
mod agent;
mod agreement;
mod assessment;
mod case;
mod decision;
mod entry;
mod error;
mod event;
mod intake;
mod knowledge;
mod labels;
mod later;
mod precedents;
mod renewal;
mod scalar;
mod schedule;
mod sla;
mod snapshot;
mod ticket;
mod transfer;
mod version;

pub use agent::encode_agent;
pub use entry::{Entry, decode_entry, encode_entry};
pub use error::DecodeError;
pub use knowledge::{
    decode_item, decode_remembered, decode_taught, encode_item, encode_remembered, encode_taught,
};
pub use snapshot::{decode_snapshot, encode_snapshot};
pub use version::RECORD_VERSION;

use std::sync::Arc;

use switchyard_domain::policy::Policy;

/// Finds the policy of a revision, which is stored beside the journal.
pub type PolicyOf<'a> = &'a dyn Fn(u64) -> Option<Arc<Policy>>;

fn policy_from_record(revision: u64, policy_of: PolicyOf<'_>) -> Result<Arc<Policy>, DecodeError> {
    policy_of(revision).ok_or(DecodeError::UnknownPolicy { revision })
}
