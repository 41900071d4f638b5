//! A record of any version stays readable, and today's bytes are the version's bytes.
//!
//! `UPDATE_GOLDEN=1 cargo test -p switchyard-journal` writes the files of the
//! present version anew. With the next version this folder stays, and its files are only read.

use std::path::PathBuf;
use std::{env, fs};

use switchyard_domain::desk::{Actor, Event, Snapshot};
use switchyard_journal::{
    Entry, RECORD_VERSION, decode_entry, decode_snapshot, encode_entry, encode_snapshot,
};

use crate::samples;

fn golden(version: u32, name: &str) -> PathBuf {
    let folder = format!("golden/v{version}");
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder).join(name)
}

/// The bytes stored for a name, after storing these if that is asked for.
fn stored(name: &str, today: &[u8]) -> Vec<u8> {
    let path = golden(RECORD_VERSION, name);
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a writable folder");
        fs::write(&path, today).expect("a writable file");
    }
    fs::read(&path)
        .unwrap_or_else(|error| panic!("expected a golden file {}: {error}", path.display()))
}

/// An entry of the golden files that are older than the time zone database's release.
fn entry(actor: Actor, events: Vec<Event>) -> Entry {
    let (first_sequence, at, tz_version) = (12, samples::at(0), String::new());
    Entry { first_sequence, at, actor, events, tz_version }
}

fn check(name: &str, actor: Actor, events: Vec<Event>) {
    check_entry(name, entry(actor, events));
}

#[track_caller]
fn check_entry(name: &str, entry: Entry) {
    let today = encode_entry(&entry);
    let stored = stored(name, &today);
    assert_eq!(decode_entry(&stored, &samples::policy_of), Ok(entry));
    assert!(stored == today, "expected the bytes of {name}, got {} others", today.len());
}

/// What an earlier version wrote is read as the same values still.
#[track_caller]
fn check_earlier(version: u32, name: &str, actor: Actor, events: Vec<Event>) {
    check_earlier_entry(version, name, entry(actor, events));
}

#[track_caller]
fn check_earlier_entry(version: u32, name: &str, entry: Entry) {
    let stored = fs::read(golden(version, name)).expect("a file of an earlier version");
    assert!(stored.starts_with(&[0x08, version as u8]), "never written again");
    assert_eq!(decode_entry(&stored, &samples::policy_of), Ok(entry), "version {version}");
}

fn new_in_2() -> Entry {
    let tz_version = "2026a".to_owned();
    Entry { tz_version, ..entry(Actor::System, samples::new_events()) }
}

#[test]
fn what_version_1_wrote_is_read_still() {
    let person = Actor::Person("李娜".to_owned());
    check_earlier(1, "roster.bin", person, samples::roster_events());
    check_earlier(1, "intake.bin", Actor::Backend("rt5".to_owned()), samples::intake_events());
    check_earlier(1, "later.bin", Actor::System, samples::later_events());
    check_earlier(1, "nothing.bin", Actor::Policy, Vec::new());
    let stored = fs::read(golden(1, "snapshot.bin")).expect("a file of an earlier version");
    assert_eq!(decode_snapshot(&stored, &samples::policy_of), Ok(samples::snapshot()));
}

#[test]
fn what_version_2_wrote_is_read_still() {
    let person = Actor::Person("李娜".to_owned());
    check_earlier(2, "roster.bin", person, samples::roster_events());
    check_earlier(2, "intake.bin", Actor::Backend("rt5".to_owned()), samples::intake_events());
    check_earlier(2, "later.bin", Actor::System, samples::later_events());
    check_earlier(2, "nothing.bin", Actor::Policy, Vec::new());
    check_earlier_entry(2, "new_in_2.bin", new_in_2());
    for (name, snapshot) in
        [("snapshot.bin", samples::snapshot()), ("snapshot_new_in_2.bin", samples::new_snapshot())]
    {
        let stored = fs::read(golden(2, name)).expect("a file of an earlier version");
        assert_eq!(decode_snapshot(&stored, &samples::policy_of), Ok(snapshot));
    }
}

#[test]
fn the_roster_s_events_are_as_stored() {
    check("roster.bin", Actor::Person("李娜".to_owned()), samples::roster_events());
}

#[test]
fn tickets_that_came_in_are_as_stored() {
    check("intake.bin", Actor::Backend("rt5".to_owned()), samples::intake_events());
}

#[test]
fn what_happened_later_is_as_stored() {
    check("later.bin", Actor::System, samples::later_events());
}

#[test]
fn a_command_without_events_is_as_stored() {
    check("nothing.bin", Actor::Policy, Vec::new());
}

#[test]
fn what_came_with_version_2_is_as_stored() {
    check_entry("new_in_2.bin", new_in_2());
}

#[test]
fn what_came_with_version_3_is_as_stored() {
    check("new_in_3.bin", Actor::System, samples::precedent_events());
}

#[test]
fn snapshots_are_as_stored() {
    check_snapshot("snapshot.bin", samples::snapshot());
    check_snapshot("snapshot_new_in_2.bin", samples::new_snapshot());
}

#[track_caller]
fn check_snapshot(name: &str, snapshot: Snapshot) {
    let today = encode_snapshot(&snapshot);
    let stored = stored(name, &today);
    assert_eq!(decode_snapshot(&stored, &samples::policy_of), Ok(snapshot));
    assert!(stored == today, "expected the bytes of {name}, got {} others", today.len());
}
