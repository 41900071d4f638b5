//! A `WatchResponse` read no further than the sequences and times of its events.
//!
//! A thousand watchers that each read all of everything would measure this
//! program, not the server.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use prost_types::Timestamp;

/// A message.
#[derive(Clone, PartialEq, prost::Message)]
pub struct Skimmed {
    /// Its events.
    #[prost(message, repeated, tag = "1")]
    pub events: Vec<SkimmedEvent>,
    /// Up to here all was sent or not wanted.
    #[prost(uint64, tag = "2")]
    pub sequence: u64,
}

/// An event.
#[derive(Clone, PartialEq, prost::Message)]
pub struct SkimmedEvent {
    /// Its place in the log.
    #[prost(uint64, tag = "1")]
    pub sequence: u64,
    /// When it happened.
    #[prost(message, optional, tag = "2")]
    pub time: Option<Timestamp>,
}

impl SkimmedEvent {
    /// How long ago it happened; the server runs on this machine.
    pub fn age(&self) -> Option<Duration> {
        let time = self.time.as_ref()?;
        let since = Duration::new(time.seconds.try_into().ok()?, time.nanos.try_into().ok()?);
        SystemTime::now().duration_since(UNIX_EPOCH + since).ok()
    }
}
