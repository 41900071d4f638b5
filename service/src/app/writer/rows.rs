//! From what was decided to what is stored.

use switchyard_domain::desk::Desk;
use switchyard_domain::ids::TenantId;
use switchyard_journal::{Entry, encode_entry, encode_snapshot};

use crate::store::{EntryRow, RequestStamp, SnapshotPart};

/// The size of a snapshot's pieces.
///
/// Each is a commit of its own between rounds: small enough not to hold one up.
const PART_BYTES: usize = 256 * 1024;

pub(super) fn entry_row(
    tenant: &TenantId,
    entry: &Entry,
    request: Option<RequestStamp>,
) -> EntryRow {
    EntryRow {
        tenant: tenant.to_string(),
        first_sequence: entry.first_sequence,
        last_sequence: entry.first_sequence + entry.events.len() as u64 - 1,
        at_ms: entry.at.millis(),
        request,
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
