//! The desk's whole state, so that a restart need not read the journal from its beginning.

use std::sync::Arc;

use prost::Message as _;
use switchyard_domain::agent::Agent;
use switchyard_domain::desk::Snapshot;
use switchyard_domain::time::Timestamp;
use switchyard_proto::journal_v1 as pb;

use crate::scalar::{optional_timestamp, required, timestamp};
use crate::{
    DecodeError, PolicyOf, RECORD_VERSION, agent, agreement, case, policy_from_record, renewal,
    version,
};

/// The bytes of a snapshot, in the present version.
pub fn encode_snapshot(snapshot: &Snapshot) -> Vec<u8> {
    let seats = snapshot.agents.iter();
    let record = pb::Snapshot {
        record_version: RECORD_VERSION,
        sequence: snapshot.sequence,
        now: snapshot.now.millis(),
        policy_revision: snapshot.policy.revision,
        teams: snapshot.teams.iter().map(agent::team_to_record).collect(),
        seats: seats.map(|(agent, last)| seat_to_record(agent, *last)).collect(),
        cases: snapshot.cases.iter().map(case::to_record).collect(),
        agreements: agreement::to_records(&snapshot.agreements),
        renewal: snapshot.renewal.as_ref().map(renewal::to_record),
    };
    record.encode_to_vec()
}

/// The snapshot that gave these bytes, in the present version or an earlier one.
///
/// # Errors
/// The bytes are no such snapshot, or `policy_of` does not know the policy they name.
pub fn decode_snapshot(bytes: &[u8], policy_of: PolicyOf<'_>) -> Result<Snapshot, DecodeError> {
    version::check(bytes)?;
    let record = pb::Snapshot::decode(bytes)
        .map_err(|source| DecodeError::Malformed { record: "Snapshot", source })?;
    let teams = record.teams.into_iter().map(agent::team_from_record);
    let seats = record.seats.into_iter().map(seat_from_record);
    let cases = record.cases.into_iter().map(case::from_record);
    let renewal = record.renewal.map(|record| renewal::from_record(&record, policy_of));
    Ok(Snapshot {
        sequence: record.sequence,
        now: timestamp(record.now, "Snapshot.now")?,
        policy: policy_from_record(record.policy_revision, policy_of)?,
        teams: teams.collect::<Result<_, _>>()?,
        agents: seats.collect::<Result<_, _>>()?,
        cases: cases.collect::<Result<_, _>>()?,
        agreements: agreement::from_records(&record.agreements)?,
        renewal: renewal.transpose()?,
    })
}

fn seat_to_record(agent: &Agent, last_assigned_at: Option<Timestamp>) -> pb::Seat {
    pb::Seat {
        agent: Some(agent::to_record(agent)),
        last_assigned_at: last_assigned_at.map(Timestamp::millis),
    }
}

fn seat_from_record(record: pb::Seat) -> Result<(Arc<Agent>, Option<Timestamp>), DecodeError> {
    let agent = agent::from_record(required(record.agent, "Seat.agent")?)?;
    let last_assigned_at = optional_timestamp(record.last_assigned_at, "Seat.last_assigned_at")?;
    Ok((Arc::new(agent), last_assigned_at))
}
