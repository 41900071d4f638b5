//! From what was decided to what is stored.

use switchyard_domain::desk::{Desk, Event};
use switchyard_domain::ids::TenantId;
use switchyard_domain::time::Timestamp;
use switchyard_journal::{Entry, encode_entry, encode_snapshot};

use crate::app::submission::Submission;
use crate::store::{EntryRow, RequestName, RequestRow, SnapshotPart};

/// The size of a snapshot's pieces.
///
/// Each is a commit of its own between rounds: small enough not to hold one up.
const PART_BYTES: usize = 256 * 1024;

pub(super) fn request_name(submission: &Submission) -> Option<RequestName> {
    let request = submission.request.as_ref()?;
    Some(RequestName {
        tenant: submission.tenant.to_string(),
        method: request.method.to_owned(),
        id: request.id.clone(),
    })
}

/// The row of a submission's request, if it has one.
pub(super) fn request_row(
    submission: &Submission,
    first_sequence: u64,
    n_events: usize,
    at: Timestamp,
) -> Option<RequestRow> {
    Some(RequestRow {
        name: request_name(submission)?,
        digest: submission.request.as_ref()?.digest.clone(),
        first_sequence,
        n_events: n_events as u64,
        at_ms: at.millis(),
    })
}

pub(super) fn entry_row(tenant: &TenantId, entry: &Entry) -> EntryRow {
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

/// A desk's state in pieces.
pub(super) fn snapshot_parts(tenant: &TenantId, desk: &Desk) -> Vec<SnapshotPart> {
    let payload = encode_snapshot(&desk.snapshot());
    let n_parts = payload.len().div_ceil(PART_BYTES) as u32;
    let part = |(part, payload): (u32, &[u8])| SnapshotPart {
        tenant: tenant.to_string(),
        sequence: desk.sequence(),
        part,
        n_parts,
        payload: payload.to_vec(),
    };
    (0..).zip(payload.chunks(PART_BYTES)).map(part).collect()
}
