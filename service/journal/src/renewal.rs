//! How far promises have been made again, as snapshots keep it.

use switchyard_domain::desk::Renewal;
use switchyard_domain::ids::TicketId;
use switchyard_proto::journal_v1 as pb;

use crate::scalar::optional_id;
use crate::{DecodeError, PolicyOf, policy_from_record};

pub(crate) fn to_record(renewal: &Renewal) -> pb::Renewal {
    pb::Renewal {
        revision: renewal.revision,
        made_under: renewal.made_under.revision,
        until: renewal.until.as_ref().map(ToString::to_string),
        n_done: renewal.n_done,
        n_open: renewal.n_open,
        is_done: renewal.is_done,
    }
}

pub(crate) fn from_record(
    record: &pb::Renewal,
    policy_of: PolicyOf<'_>,
) -> Result<Renewal, DecodeError> {
    Ok(Renewal {
        revision: record.revision,
        made_under: policy_from_record(record.made_under, policy_of)?,
        until: optional_id(record.until.as_deref(), TicketId::new, "Renewal.until")?,
        n_done: record.n_done,
        n_open: record.n_open,
        is_done: record.is_done,
    })
}
