//! How often people gave advised tickets to the agents that the desk had advised.

use std::collections::BTreeMap;

use super::event::AdviceTaken;
use crate::ids::TeamId;
use crate::time::Timestamp;

/// How many days are kept.
pub const DAYS_KEPT: i64 = 90;

const DAY_MS: i64 = 86_400_000;

/// Counts of one team on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Agreement {
    /// Advised tickets that a person gave to somebody.
    pub n_taken: u64,
    /// Of these to the agent who was advised.
    pub n_first: u64,
    /// Of these to one of the candidates listed.
    pub n_listed: u64,
    /// Of these where nobody was eligible when advice was given.
    pub n_nobody: u64,
}

/// Whose, and on which day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AgreementKey {
    /// The team that was advised.
    pub team: Option<TeamId>,
    /// Days since 1970-01-01, UTC.
    pub day: i64,
}

/// The counts of the last [`DAYS_KEPT`] days.
pub type Agreements = BTreeMap<AgreementKey, Agreement>;

impl Agreement {
    fn note(&mut self, taken: AdviceTaken) {
        self.n_taken += 1;
        self.n_first += u64::from(taken.place == 1);
        self.n_listed += u64::from(taken.place > 0);
        self.n_nobody += u64::from(taken.n_listed == 0);
    }
}

/// The day of an instant.
pub fn day_of(at: Timestamp) -> i64 {
    at.millis().div_euclid(DAY_MS)
}

/// Counts one more; with a new day, days too old are dropped.
pub(super) fn note(
    agreements: &mut Agreements,
    team: Option<TeamId>,
    taken: AdviceTaken,
    at: Timestamp,
) {
    let day = day_of(at);
    let key = AgreementKey { team, day };
    if !agreements.contains_key(&key) {
        agreements.retain(|key, _| key.day > day - DAYS_KEPT);
    }
    agreements.entry(key).or_default().note(taken);
}
