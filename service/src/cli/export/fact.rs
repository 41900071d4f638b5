//! One event of the journal with its place in it: what every row is made of.

use switchyard_domain::desk::Event;
use switchyard_journal::Entry;

/// An event and its place.
#[derive(Debug)]
pub(super) struct Fact<'a> {
    /// Whose.
    pub(super) tenant: &'a str,
    /// Its place in the tenant's journal.
    pub(super) sequence: u64,
    /// The command that led to it.
    pub(super) entry: &'a Entry,
    /// What happened.
    pub(super) event: &'a Event,
}

/// The events of an entry in a range, ends included.
pub(super) fn facts<'a>(
    tenant: &'a str,
    entry: &'a Entry,
    first: u64,
    last: u64,
) -> impl Iterator<Item = Fact<'a>> {
    let events = (entry.first_sequence..).zip(&entry.events);
    let within = events.filter(move |(sequence, _)| (first..=last).contains(sequence));
    within.map(move |(sequence, event)| Fact { tenant, sequence, entry, event })
}
