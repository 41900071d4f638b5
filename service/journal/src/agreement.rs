//! How people took the desk's advice, as snapshots keep it.

use switchyard_domain::desk::{Agreement, AgreementKey, Agreements};
use switchyard_domain::ids::TeamId;
use switchyard_proto::journal_v1 as pb;

use crate::DecodeError;
use crate::scalar::optional_id;

pub(crate) fn to_records(agreements: &Agreements) -> Vec<pb::Agreement> {
    let record = |(key, counts): (&AgreementKey, &Agreement)| pb::Agreement {
        team: key.team.as_ref().map(ToString::to_string),
        day: key.day,
        n_taken: counts.n_taken,
        n_first: counts.n_first,
        n_listed: counts.n_listed,
        n_nobody: counts.n_nobody,
    };
    agreements.iter().map(record).collect()
}

pub(crate) fn from_records(records: &[pb::Agreement]) -> Result<Agreements, DecodeError> {
    records.iter().map(from_record).collect()
}

fn from_record(record: &pb::Agreement) -> Result<(AgreementKey, Agreement), DecodeError> {
    let team = optional_id(record.team.as_deref(), TeamId::new, "Agreement.team")?;
    let counts = Agreement {
        n_taken: record.n_taken,
        n_first: record.n_first,
        n_listed: record.n_listed,
        n_nobody: record.n_nobody,
    };
    Ok((AgreementKey { team, day: record.day }, counts))
}
