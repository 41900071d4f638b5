//! The wire contract and the journal's record format, generated from `.proto` files.
//!
//! It knows nothing else of ours: no rule, no conversion, no default lives
//! here. What a field means stands as a comment in its `.proto` file, which
//! `buf lint` keeps in order. In reading order:
//! - [`v1`]: what callers see, the package `switchyard.v1`
//! - [`watch`]: the one message of it that is written by hand
//! - [`errors`]: every reason a call is refused for, in Chinese and English
//! - [`journal_v1`]: what is written to the journal, the package `switchyard.journal.v1`

pub mod errors;
pub mod watch;

/// The public contract `switchyard.v1`: messages, clients and servers.
///
/// Generated from `proto/switchyard/v1/*.proto`. Only `service/src/grpc` and
/// callers name these types; past the edge there are only domain values.
#[allow(
    missing_docs,
    clippy::pedantic,
    clippy::large_enum_variant,
    reason = "generated code; its documentation is the .proto files' comments"
)]
pub mod v1 {
    tonic::include_proto!("switchyard.v1");

    pub use crate::watch::WatchResponse;
}

/// The record format of the journal, `switchyard.journal.v1`.
///
/// Generated from `proto/switchyard/journal/v1/*.proto`. Apart from [`v1`], so
/// that the contract can grow without touching what is already on disk; only
/// `switchyard-journal` names these types.
#[allow(
    missing_docs,
    clippy::pedantic,
    clippy::large_enum_variant,
    reason = "generated code; its documentation is the .proto files' comments"
)]
pub mod journal_v1 {
    tonic::include_proto!("switchyard.journal.v1");
}

/// The files of `switchyard.v1` and what they import, as an encoded `FileDescriptorSet`.
///
/// What server reflection shows; the journal's format is nobody else's business.
pub const DESCRIPTOR_SET: &[u8] = tonic::include_file_descriptor_set!("switchyard.v1");

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use prost::Message as _;
    use prost_types::{FileDescriptorProto, FileDescriptorSet};

    use super::DESCRIPTOR_SET;

    #[test]
    fn reflection_shows_the_contract_and_what_it_imports_only() {
        let set = FileDescriptorSet::decode(DESCRIPTOR_SET).expect("an encoded descriptor set");
        let packages: BTreeSet<_> = set.file.iter().map(FileDescriptorProto::package).collect();
        assert_eq!(packages, BTreeSet::from(["google.protobuf", "switchyard.v1"]));
    }
}
