//! The service from outside: over gRPC in process, and as the real binary.
//!
//! In reading order:
//! - [`harness`], [`samples`], [`refusal`]: a server on a store of its own, messages, what a refusal says
//! - [`bare_call`], [`changing`]: calls as no client of ours makes them
//! - [`catalogue`]: every reason of the catalogue, provoked
//! - [`fields`], [`states`], [`transport`], [`overload`], [`full_store`]: every code, provoked
//! - [`triage`], [`stream_triage`], [`retries`], [`desk`], [`agreement`], [`roster`], [`pausing`],
//!   [`releasing`], [`policy`], [`explain`], [`tenants`], [`platform`]: the life of tickets
//! - [`events`]: the journal as callers see it
//! - [`process`], [`command_line`], [`metrics`]: the real binary
//! - [`export`], [`backup`], [`doctor`]: the commands beside a server
//! - [`later_version`], [`read_only`]: stores that cannot be served, and say so
//! - [`model`]: what judges texts: told, explained, taught
//! - [`decisions`], [`masks`], [`revisions`]: listings, field masks, revisions of the policy
//! - [`races`]: random histories of calls, retried, doubled and out of order
//! - [`hostile`]: requests that nobody should send, over every method
//! - [`crash`], [`images`]: what survives kill -9 and lost writes

#![expect(clippy::float_cmp, reason = "loads are whole thousandths and metrics whole counts here")]

mod agreement;
mod backup;
mod bare_call;
mod catalogue;
mod changing;
mod command_line;
mod compaction;
mod crash;
mod deadlines;
mod decisions;
mod desk;
mod doctor;
mod events;
mod explain;
mod export;
mod fields;
mod full_store;
mod harness;
mod hostile;
mod images;
mod knowledge;
mod later_version;
mod masks;
mod metrics;
mod model;
mod overload;
mod pausing;
mod platform;
mod policy;
mod process;
mod races;
mod read_only;
mod refusal;
mod releasing;
mod retries;
mod revisions;
mod roster;
mod samples;
mod states;
mod stream_triage;
mod tenants;
mod transport;
mod triage;
