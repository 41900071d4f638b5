//! From domain values to wire messages; nothing here can fail.

use prost_types::{Duration as PbDuration, Timestamp as PbTimestamp};
use switchyard_domain::time::{Span, Timestamp};

pub(super) mod agent;
pub(super) mod assessment;
pub(super) mod decision;
pub(super) mod entity;
pub(super) mod event;
pub(super) mod precedents;
pub(super) mod ticket;

/// An instant.
pub(super) fn instant(at: Timestamp) -> PbTimestamp {
    PbTimestamp {
        seconds: at.millis().div_euclid(1_000),
        nanos: (at.millis().rem_euclid(1_000) * 1_000_000) as i32,
    }
}

/// A span; both parts carry its sign, as protobuf wants it.
pub(super) fn duration(span: Span) -> PbDuration {
    PbDuration { seconds: span.millis() / 1_000, nanos: (span.millis() % 1_000 * 1_000_000) as i32 }
}

/// An instant that ends at the end of time is none.
pub(super) fn finite_instant(at: Timestamp) -> Option<PbTimestamp> {
    (at < Timestamp::MAX).then(|| instant(at))
}
