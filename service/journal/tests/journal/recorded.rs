//! A desk that writes down what it does, as the service does.

use std::sync::Arc;

use switchyard_domain::desk::{Action, Activity, Actor, Closing, Desk, Event, Reach, Report};
use switchyard_domain::policy::Policy;
use switchyard_domain::ticket::Ticket;
use switchyard_domain::time::{Span, Timestamp};
use switchyard_journal::{Entry, decode_entry, encode_entry};

use crate::samples::{self, ticket_id};

/// The revision from which on half of the time is promised.
pub(crate) const STRICTER: u64 = 4;

/// A desk with the records of all it was asked to do.
pub(crate) struct Recorded {
    pub(crate) desk: Desk,
    records: Vec<Vec<u8>>,
}

impl Recorded {
    pub(crate) fn new() -> Self {
        Self { desk: Desk::new(policy(0)), records: Vec::new() }
    }

    #[track_caller]
    pub(crate) fn act(&mut self, action: Action, now: Timestamp) {
        let first_sequence = self.desk.sequence() + 1;
        let events = self.desk.handle(action, now).expect("an accepted command");
        let actor = Actor::Backend("test".to_owned());
        let entry = Entry {
            first_sequence,
            at: self.desk.now(),
            actor,
            events,
            tz_version: "2026a".to_owned(),
        };
        self.records.push(encode_entry(&entry));
    }

    /// All that happened, read back.
    pub(crate) fn entries(&self) -> impl Iterator<Item = Entry> {
        let read = |record: &Vec<u8>| decode_entry(record, &policy_of).expect("a valid record");
        self.records.iter().map(read)
    }

    pub(crate) fn events(&self) -> Vec<Event> {
        self.entries().flat_map(|entry| entry.events).collect()
    }

    /// What a fresh desk becomes when the records are read back.
    pub(crate) fn replayed(&self) -> Desk {
        let mut desk = Desk::new(policy(0));
        for entry in self.entries() {
            assert_eq!(entry.first_sequence, desk.sequence() + 1);
            entry.events.iter().for_each(|event| desk.apply(event, entry.at));
        }
        desk
    }
}

/// The policies beside the journal.
#[expect(clippy::unnecessary_wraps, reason = "the shape of a resolver")]
pub(crate) fn policy_of(revision: u64) -> Option<Arc<Policy>> {
    Some(policy(revision))
}

pub(crate) fn policy(revision: u64) -> Arc<Policy> {
    let mut policy = samples::policy(revision);
    if revision >= STRICTER {
        let rules = &mut Arc::make_mut(&mut policy).sla;
        for targets in rules.iter_mut().flat_map(|rule| &mut rule.targets) {
            targets.resolution = Span::from_millis(targets.resolution.millis() / 2);
        }
    }
    policy
}

pub(crate) fn triage(ticket: Ticket) -> Action {
    Action::Triage { ticket: Arc::new(ticket), source_revision: 1, reach: Reach::Assign }
}

pub(crate) fn report(id: &str, activity: Activity, source_revision: u64) -> Action {
    Action::Report(Report::now(ticket_id(id), activity, source_revision).into())
}

pub(crate) fn close(id: &str, closing: Closing) -> Action {
    Action::Close { ticket: ticket_id(id), closing }
}
