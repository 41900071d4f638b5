//! Bytes that are no record are refused with what was expected, and never with a panic.

use proptest::prelude::*;
use prost::Message as _;
use switchyard_domain::desk::{Actor, Event};
use switchyard_journal::{
    DecodeError, Entry, decode_entry, decode_snapshot, encode_entry, encode_snapshot,
};
use switchyard_proto::journal_v1 as pb;

use crate::{samples, strategies};

fn decode(bytes: &[u8]) -> Result<Entry, DecodeError> {
    decode_entry(bytes, &samples::policy_of)
}

/// An entry's record with one event, changed before it is written.
fn broken(event: Event, change: impl FnOnce(&mut pb::event::Kind)) -> String {
    let entry = Entry {
        first_sequence: 1,
        at: samples::at(0),
        actor: Actor::System,
        events: vec![event],
        tz_version: String::new(),
    };
    let mut record = pb::Entry::decode(&encode_entry(&entry)[..]).expect("a valid record");
    change(record.events[0].kind.as_mut().expect("an event has a kind"));
    decode(&record.encode_to_vec()).expect_err("a broken record").to_string()
}

fn broken_agent(change: impl FnOnce(&mut pb::Agent)) -> String {
    let agent = samples::agent("li.na", samples::rota());
    broken(Event::AgentUpserted(agent.into()), |kind| match kind {
        pb::event::Kind::AgentUpserted(agent) => change(agent),
        other => panic!("expected an agent, got {other:?}"),
    })
}

fn broken_rota(change: impl FnOnce(&mut pb::Rota)) -> String {
    broken_agent(|agent| match agent.schedule.as_mut().and_then(|of| of.kind.as_mut()) {
        Some(pb::schedule::Kind::Rota(rota)) => change(rota),
        other => panic!("expected a rota, got {other:?}"),
    })
}

fn broken_intake(change: impl FnOnce(&mut pb::Intake)) -> String {
    broken(Event::TicketTriaged(samples::intake(samples::ticket())), |kind| match kind {
        pb::event::Kind::TicketTriaged(intake) => change(intake),
        other => panic!("expected an intake, got {other:?}"),
    })
}

#[test]
fn a_later_version_is_named() {
    let error = decode(&[0x08, 7, 0xff, 0xff]).expect_err("version 7 is not known");
    assert_eq!(error, DecodeError::UnknownVersion { got: 7 });
    assert_eq!(
        error.to_string(),
        "expected a record version ≤ 3, got 7; a newer Switchyard wrote it"
    );
    let snapshot = decode_snapshot(&[0x08, 7], &samples::policy_of);
    assert_eq!(snapshot, Err(DecodeError::UnknownVersion { got: 7 }));
}

#[test]
fn bytes_without_a_version_are_no_record() {
    for bytes in [&[][..], b"{}", &[0x10, 1], &[0x08], &[0x08, 0xff]] {
        assert_eq!(decode(bytes), Err(DecodeError::NoVersion { n_bytes: bytes.len() }));
    }
}

#[test]
fn a_cut_record_is_malformed() {
    let entry = Entry {
        first_sequence: 1,
        at: samples::at(0),
        actor: Actor::System,
        events: samples::later_events(),
        tz_version: String::new(),
    };
    let bytes = encode_entry(&entry);
    let error = decode(&bytes[..bytes.len() - 1]).expect_err("a byte is missing");
    assert!(matches!(error, DecodeError::Malformed { record: "Entry", .. }), "{error}");
}

#[test]
fn a_policy_that_is_not_stored_is_named() {
    let bytes = encode_snapshot(&samples::snapshot());
    let error = decode_snapshot(&bytes, &|_| None).expect_err("no policy is stored");
    assert_eq!(error.to_string(), "expected a stored policy of revision 7, found none");
}

#[test]
fn a_missing_message_is_named() {
    let message = broken_intake(|intake| intake.ticket = None);
    assert_eq!(message, "expected Intake.ticket to be present, got nothing");
}

#[test]
fn an_unknown_enum_value_is_named() {
    let message = broken_agent(|agent| agent.seniority = 9);
    assert_eq!(message, "expected a known value of Agent.seniority, got 9");
}

#[test]
fn an_absent_enum_value_is_no_value() {
    let message = broken_agent(|agent| agent.seniority = 0);
    assert_eq!(message, "expected a known value of Agent.seniority, got 0");
}

#[test]
fn a_text_that_is_no_id_is_named() {
    let message = broken_agent(|agent| agent.teams.push("two words".to_owned()));
    let expected = "expected an id in Agent.teams: \
                    expected an id without white space or control characters, got ' '";
    assert_eq!(message, expected);
}

#[test]
fn a_level_beyond_five_is_named() {
    let message = broken_agent(|agent| agent.skills[0].level = 6);
    assert_eq!(message, "expected HeldSkill.level to be in 1..=5, got 6");
}

#[test]
fn a_place_off_the_earth_is_named() {
    let message = broken_agent(|agent| {
        agent.place = Some(pb::Place { latitude: Some(91.0), longitude: Some(0.0) });
    });
    assert_eq!(message, "expected a Place in -90..=90, -180..=180, got 91, 0");
}

#[test]
fn an_instant_beyond_the_calendar_is_named() {
    let message = broken_intake(|intake| {
        intake.ticket.as_mut().expect("a ticket").opened_at = i64::MAX;
    });
    let expected = "expected Ticket.opened_at to be an instant of the years 1 to 9998 \
                    in milliseconds, got 9223372036854775807";
    assert_eq!(message, expected);
}

#[test]
fn more_parts_than_labels_are_counted() {
    let message = broken_intake(|intake| {
        intake.priority.as_mut().expect("a priority").parts = vec![1; 10];
    });
    assert_eq!(message, "expected at most 9 numbers in Priority.parts, got 10");
}

#[test]
fn a_rota_that_cannot_be_is_named() {
    let zone = broken_rota(|rota| "Mars/Olympus".clone_into(&mut rota.zone));
    assert_eq!(zone, "expected an IANA time zone in Rota.zone, got \"Mars/Olympus\"");
    let weekday = broken_rota(|rota| rota.openings[0].weekday = 8);
    assert_eq!(weekday, "expected WeeklyOpening.weekday to be in 1..=7, got 8");
    let minutes = broken_rota(|rota| rota.openings[0].end_minute = 70_000);
    let expected = "expected a WeeklyOpening from a minute in 0..1440 to another in 0..=1440, \
                    got 540 to 70000";
    assert_eq!(minutes, expected);
    let date = broken_rota(|rota| rota.days_off = vec![20_260_231]);
    assert_eq!(date, "expected Rota.days_off to be a date as yyyymmdd, got 20260231");
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = decode(&bytes);
        let _ = decode_snapshot(&bytes, &samples::policy_of);
        for version in [1, 2] {
            let versioned = [&[0x08, version], &bytes[..]].concat();
            let _ = decode(&versioned);
            let _ = decode_snapshot(&versioned, &samples::policy_of);
        }
    }

    /// A changed record is refused, or is another record that can be written and read again.
    #[test]
    fn a_changed_entry_never_panics(
        entry in strategies::entry(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = encode_entry(&entry);
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if let Ok(changed) = decode(&bytes) {
            let again = encode_entry(&changed);
            let back = decode(&again).expect("what was read can be written");
            prop_assert_eq!(encode_entry(&back), again);
        }
    }

    #[test]
    fn a_changed_snapshot_never_panics(
        snapshot in strategies::snapshot(),
        place in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let mut bytes = encode_snapshot(&snapshot);
        let place = place.index(bytes.len());
        bytes[place] = byte;
        let _ = decode_snapshot(&bytes, &samples::policy_of);
        let _ = decode_snapshot(&bytes[..place], &samples::policy_of);
    }
}
