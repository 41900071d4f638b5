//! Why bytes cannot be read back.

use switchyard_domain::ids::InvalidId;

use crate::RECORD_VERSION;

/// Why bytes cannot be read back as an entry or a snapshot.
///
/// A `field` is named as in the `.proto` files, such as `Agent.teams`.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DecodeError {
    /// The bytes do not begin with a record version.
    #[error("expected a record that begins with its version, got {n_bytes} bytes that do not")]
    NoVersion {
        /// How many bytes there were.
        n_bytes: usize,
    },
    /// The record was written by a later release, or by none.
    #[error("expected a record version ≤ {RECORD_VERSION}, got {got}; a newer Switchyard wrote it")]
    UnknownVersion {
        /// The version found.
        got: u64,
    },
    /// The bytes are no protobuf message of the expected kind.
    #[error("expected an encoded {record}, got other bytes: {source}")]
    Malformed {
        /// The message expected.
        record: &'static str,
        /// What protobuf says.
        source: prost::DecodeError,
    },
    /// A field that is always written is absent.
    #[error("expected {field} to be present, got nothing")]
    Missing {
        /// The field.
        field: &'static str,
    },
    /// An enum value that this version does not have.
    #[error("expected a known value of {field}, got {got}")]
    UnknownValue {
        /// The field.
        field: &'static str,
        /// The number found.
        got: i32,
    },
    /// A number that is none of the field's.
    #[error("expected {field} to be {expected}, got {got}")]
    OutOfRange {
        /// The field.
        field: &'static str,
        /// What it may be.
        expected: &'static str,
        /// The number found.
        got: i64,
    },
    /// A number that is no probability.
    #[error("expected {field} to be in 0..=1, got {got}")]
    NotAProbability {
        /// The field.
        field: &'static str,
        /// The number found.
        got: f32,
    },
    /// A list that is longer than its labels.
    #[error("expected at most {max} numbers in {field}, got {got}")]
    TooMany {
        /// The field.
        field: &'static str,
        /// The number of labels.
        max: usize,
        /// The length found.
        got: usize,
    },
    /// A text that is no id.
    #[error("expected an id in {field}: {source}")]
    NotAnId {
        /// The field.
        field: &'static str,
        /// What is wrong with it.
        source: InvalidId,
    },
    /// Coordinates that are no place.
    #[error("expected a Place in -90..=90, -180..=180, got {latitude}, {longitude}")]
    NotAPlace {
        /// Degrees north.
        latitude: f64,
        /// Degrees east.
        longitude: f64,
    },
    /// A time zone that the bundled database does not have.
    #[error("expected an IANA time zone in Rota.zone, got {got:?}")]
    UnknownZone {
        /// The name found.
        got: String,
    },
    /// Minutes of a day that are no opening.
    #[error(
        "expected a WeeklyOpening from a minute in 0..1440 to another in 0..=1440, \
         got {start_minute} to {end_minute}"
    )]
    NotAnOpening {
        /// The start found.
        start_minute: u32,
        /// The end found.
        end_minute: u32,
    },
    /// A policy that is not stored.
    #[error("expected a stored policy of revision {revision}, found none")]
    UnknownPolicy {
        /// The revision referred to.
        revision: u64,
    },
}
