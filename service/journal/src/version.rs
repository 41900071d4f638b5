//! The version a record begins with, read before anything else is believed.

use crate::DecodeError;

/// The version that is written; versions up to it can be read.
pub const RECORD_VERSION: u32 = 3;

const LATEST: u64 = RECORD_VERSION as u64;

/// Field 1, wire type varint: what every record begins with, whatever follows.
const VERSION_KEY: u8 = 0x08;

/// Refuses records of a version this code does not read.
///
/// A later version may have another shape, so this does not parse the message.
pub(crate) fn check(bytes: &[u8]) -> Result<(), DecodeError> {
    let no_version = || DecodeError::NoVersion { n_bytes: bytes.len() };
    let mut rest = bytes.strip_prefix(&[VERSION_KEY]).ok_or_else(no_version)?;
    let got = prost::encoding::decode_varint(&mut rest).map_err(|_| no_version())?;
    match got {
        1..=LATEST => Ok(()),
        _ => Err(DecodeError::UnknownVersion { got }),
    }
}
