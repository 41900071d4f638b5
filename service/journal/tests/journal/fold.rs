//! A desk rebuilt from its records is the desk that wrote them.

use std::collections::HashSet;
use std::mem;
use std::sync::Arc;
use switchyard_domain::desk::OpenTickets;
use switchyard_domain::desk::Reach;
use switchyard_domain::desk::Report;

use switchyard_domain::agent::{Agent, Presence, Team};
use switchyard_domain::desk::PresenceSource;
use switchyard_domain::desk::{Action, Activity, Actor, Adoption, Closing, Desk, HoldReason};
use switchyard_domain::schedule::Schedule;
use switchyard_domain::ticket::Ticket;
use switchyard_domain::time::Timestamp;
use switchyard_journal::{Entry, decode_entry, decode_snapshot, encode_entry, encode_snapshot};

use crate::samples::{self, agent_id, at, ticket_id};

/// A desk with the records of all it was asked to do.
struct Recorded {
    desk: Desk,
    records: Vec<Vec<u8>>,
}

impl Recorded {
    fn new() -> Self {
        Self { desk: Desk::new(samples::policy(0)), records: Vec::new() }
    }

    #[track_caller]
    fn act(&mut self, action: Action, now: Timestamp) {
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

    /// What a fresh desk becomes when the records are read back.
    fn replayed(&self) -> Desk {
        let mut desk = Desk::new(samples::policy(0));
        for record in &self.records {
            let entry = decode_entry(record, &samples::policy_of).expect("a valid record");
            assert_eq!(entry.first_sequence, desk.sequence() + 1);
            entry.events.iter().for_each(|event| desk.apply(event, entry.at));
        }
        desk
    }
}

fn triage(ticket: Ticket) -> Action {
    Action::Triage { ticket: Arc::new(ticket), source_revision: 1, reach: Reach::Assign }
}

fn report(id: &str, activity: Activity, source_revision: u64) -> Action {
    Action::Report(Report::now(ticket_id(id), activity, source_revision).into())
}

fn close(id: &str, closing: Closing) -> Action {
    Action::Close { ticket: ticket_id(id), closing }
}

fn agents() -> Vec<Arc<Agent>> {
    let dated = samples::agent("li.na", Schedule::dated(samples::shifts()));
    [dated, samples::agent("wang", samples::rota()), samples::bare_agent("bare")]
        .map(Arc::new)
        .into()
}

/// A morning in which every kind of command is given.
fn morning() -> Recorded {
    let mut recorded = Recorded::new();
    let plain = |id| samples::plain_ticket(id, None);
    let agent = || agent_id("li.na");
    let commands = [
        (triage(plain("early")), 0),
        (Action::UpsertTeam(samples::team()), 1),
        (Action::UpsertAgents(agents()), 2),
        (Action::UpsertTeam(spare_team()), 2),
        (Action::RemoveTeam(spare_team().id), 2),
        (Action::UpsertAgents(vec![Arc::new(samples::bare_agent("temp"))]), 2),
        (report("early", Activity::AssignedTo(agent()), 0), 2),
        (Action::RemoveAgent(agent_id("temp")), 3),
        (Action::ApplyPolicy { policy: samples::policy(3), open: OpenTickets::Keep }, 3),
        (triage(samples::ticket()), 4),
        (triage(plain("T-2")), 5),
        (triage(samples::ticket()), 6),
        (Action::Advise { ticket: Arc::new(plain("asked")), source_revision: 0 }, 7),
        (Action::Adopt(Box::new(adoption("T-3"))), 8),
        (report("T-1", Activity::AgentReply, 2), 9),
        (report("T-1", Activity::CustomerMessage, 3), 10),
        (report("T-1", Activity::Held(HoldReason::Customer), 4), 11),
        (report("T-2", Activity::AssignedTo(agent()), 5), 12),
        (Action::Assign { ticket: ticket_id("T-3"), agent: agent() }, 13),
        (report("T-1", Activity::Resumed, 6), 14),
        (close("T-2", Closing::Completed), 15),
        (report("T-1", Activity::Solved, 7), 16),
        (report("T-1", Activity::Reopened, 8), 17),
        (
            Action::SetPresence {
                agent: agent(),
                presence: Some(Presence::Away),
                source: PresenceSource::Manual,
            },
            18,
        ),
        (Action::ReplaceShifts { agent: agent(), shifts: samples::shifts() }, 19),
        (triage(plain("T-4")), 20),
        (close("T-4", Closing::Cancelled), 21),
        (Action::Tick, 300),
    ];
    for (action, minute) in commands {
        recorded.act(action, at(minute));
    }
    recorded
}

fn spare_team() -> Team {
    Team { id: samples::team_id("spare"), display_name: String::new() }
}

fn adoption(id: &str) -> Adoption {
    Adoption {
        ticket: Arc::new(samples::plain_ticket(id, None)),
        owner: Some(agent_id("bare")),
        first_replied_at: Some(at(1)),
        hold: Some(HoldReason::Internal),
        source_revision: 9,
        asked_at: None,
        held_at: None,
    }
}

#[test]
fn the_morning_has_every_kind_of_event() {
    let records = morning().records;
    let events = records.iter().flat_map(|record| {
        decode_entry(record, &samples::policy_of).expect("a valid record").events
    });
    let kinds: HashSet<_> = events.map(|event| mem::discriminant(&event)).collect();
    assert_eq!(kinds.len(), 15);
}

#[test]
fn a_desk_read_back_from_its_entries_is_the_same() {
    let recorded = morning();
    assert_eq!(recorded.replayed().snapshot(), recorded.desk.snapshot());
}

#[test]
fn a_desk_restored_from_its_snapshot_is_the_same() {
    let snapshot = morning().desk.snapshot();
    let bytes = encode_snapshot(&snapshot);
    let stored = decode_snapshot(&bytes, &samples::policy_of).expect("a valid record");
    assert_eq!(Desk::restore(stored).snapshot(), snapshot);
}
