//! Entries, snapshots and the records of knowledge and of heads of any bytes: what is read is written
//! as bytes that are read as the same.

#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use switchyard_domain::policy::Policy;
use switchyard_journal::{
    decode_entry, decode_item, decode_remembered, decode_snapshot, decode_taught, encode_entry,
    encode_item, encode_remembered, encode_snapshot, encode_taught,
};

/// Every revision is the default policy's text.
fn policy_of(revision: u64) -> Option<Arc<Policy>> {
    Some(Arc::new(Policy { revision, ..Policy::default() }))
}

fuzz_target!(|bytes: &[u8]| {
    if let Ok(entry) = decode_entry(bytes, &policy_of) {
        let written = encode_entry(&entry);
        assert_eq!(decode_entry(&written, &policy_of).as_ref(), Ok(&entry));
        let again = decode_entry(&written, &policy_of).expect("read before");
        assert_eq!(encode_entry(&again), written, "the same value gives the same bytes");
    }
    if let Ok(snapshot) = decode_snapshot(bytes, &policy_of) {
        let written = encode_snapshot(&snapshot);
        assert_eq!(decode_snapshot(&written, &policy_of).as_ref(), Ok(&snapshot));
    }
    if let Ok(item) = decode_item(bytes) {
        assert_eq!(decode_item(&encode_item(&item)).as_ref(), Ok(&item));
    }
    if let Ok(taught) = decode_taught(bytes) {
        assert_eq!(decode_taught(&encode_taught(&taught)).as_ref(), Ok(&taught));
    }
    if let Ok(ticket) = decode_remembered(bytes) {
        assert_eq!(decode_remembered(&encode_remembered(&ticket)).as_ref(), Ok(&ticket));
    }
});
