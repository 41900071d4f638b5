//! One committed command: the unit that is written to the journal.

use prost::Message as _;
use switchyard_domain::desk::{Actor, Event};
use switchyard_domain::time::Timestamp;
use switchyard_proto::journal_v1 as pb;
use switchyard_proto::journal_v1::actor::Kind;

use crate::scalar::{required, timestamp};
use crate::{DecodeError, PolicyOf, RECORD_VERSION, event, version};

/// One committed command with the events it led to.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The sequence of the first event; the others follow without a gap.
    pub first_sequence: u64,
    /// When it happened.
    pub at: Timestamp,
    /// Who asked.
    pub actor: Actor,
    /// What happened, in order.
    pub events: Vec<Event>,
    /// The release of the time zone database it was decided with; empty if none was noted.
    pub tz_version: String,
}

/// The bytes of an entry, in the present version.
pub fn encode_entry(entry: &Entry) -> Vec<u8> {
    let record = pb::Entry {
        record_version: RECORD_VERSION,
        first_sequence: entry.first_sequence,
        at: entry.at.millis(),
        actor: Some(actor_to_record(&entry.actor)),
        events: entry.events.iter().map(event::to_record).collect(),
        tz_version: entry.tz_version.clone(),
    };
    record.encode_to_vec()
}

/// The entry that gave these bytes, in the present version or an earlier one.
///
/// # Errors
/// The bytes are no such entry, or `policy_of` does not know a policy they name.
pub fn decode_entry(bytes: &[u8], policy_of: PolicyOf<'_>) -> Result<Entry, DecodeError> {
    version::check(bytes)?;
    let record = pb::Entry::decode(bytes)
        .map_err(|source| DecodeError::Malformed { record: "Entry", source })?;
    let events = record.events.into_iter().map(|event| event::from_record(event, policy_of));
    Ok(Entry {
        first_sequence: record.first_sequence,
        at: timestamp(record.at, "Entry.at")?,
        actor: actor_from_record(required(record.actor, "Entry.actor")?)?,
        events: events.collect::<Result<_, _>>()?,
        tz_version: record.tz_version,
    })
}

fn actor_to_record(actor: &Actor) -> pb::Actor {
    let (kind, name) = match actor {
        Actor::Person(name) => (Kind::Person, name.clone()),
        Actor::Backend(name) => (Kind::Backend, name.clone()),
        Actor::System => (Kind::System, String::new()),
        Actor::Policy => (Kind::Policy, String::new()),
    };
    pb::Actor { kind: kind as i32, name }
}

fn actor_from_record(record: pb::Actor) -> Result<Actor, DecodeError> {
    match Kind::try_from(record.kind) {
        Ok(Kind::Person) => Ok(Actor::Person(record.name)),
        Ok(Kind::Backend) => Ok(Actor::Backend(record.name)),
        Ok(Kind::System) => Ok(Actor::System),
        Ok(Kind::Policy) => Ok(Actor::Policy),
        Ok(Kind::Unspecified) | Err(_) => {
            Err(DecodeError::UnknownValue { field: "Actor.kind", got: record.kind })
        }
    }
}
