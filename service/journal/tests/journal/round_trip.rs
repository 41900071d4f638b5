//! Whatever the domain can hold comes back equal, and the same value gives the same bytes.

use proptest::prelude::*;
use switchyard_domain::agent::{Agent, Place};
use switchyard_domain::desk::Actor;
use switchyard_domain::schedule::{Rota, Schedule};
use switchyard_domain::time::Zone;
use switchyard_journal::{
    DecodeError, Entry, decode_entry, decode_snapshot, encode_entry, encode_snapshot,
};

use crate::{samples, strategies};

fn returned(entry: &Entry) -> Result<Entry, DecodeError> {
    decode_entry(&encode_entry(entry), &samples::policy_of)
}

#[track_caller]
fn check_actor(actor: Actor) {
    let entry = Entry {
        first_sequence: u64::MAX,
        at: samples::at(1),
        actor,
        events: Vec::new(),
        tz_version: "2026a".to_owned(),
    };
    assert_eq!(returned(&entry), Ok(entry));
}

#[test]
fn every_actor_comes_back() {
    check_actor(Actor::Person("王 小明".to_owned()));
    check_actor(Actor::Backend(String::new()));
    check_actor(Actor::System);
    check_actor(Actor::Policy);
}

#[test]
fn a_zone_comes_back_by_its_name() {
    for name in ["UTC", "Etc/UTC", "Asia/Shanghai", "Asia/Chongqing", "America/Argentina/Ushuaia"] {
        let zone = Zone::named(name).expect("known");
        let Schedule::Rota(rota) = samples::rota() else { panic!("a rota is a rota") };
        let agent = samples::agent("a", Schedule::Rota(Rota { zone, ..rota }));
        let mut snapshot = samples::snapshot();
        snapshot.agents = vec![(agent.into(), None)];
        let back = decode_snapshot(&encode_snapshot(&snapshot), &samples::policy_of);
        assert_eq!(back, Ok(snapshot), "{name}");
    }
}

#[test]
fn a_negative_zero_keeps_its_sign() {
    let mut snapshot = samples::snapshot();
    let place = Place::new(-0.0, 0.0).expect("a place");
    let agent = samples::agent("a", Schedule::Always);
    snapshot.agents = vec![(Agent { place: Some(place), ..agent }.into(), None)];
    let back = decode_snapshot(&encode_snapshot(&snapshot), &samples::policy_of);
    let place = back.expect("a valid record").agents[0].0.place.expect("a place");
    assert!(place.latitude().is_sign_negative() && place.longitude().is_sign_positive());
}

proptest! {
    #[test]
    fn any_entry_comes_back_equal(entry in strategies::entry()) {
        prop_assert_eq!(returned(&entry), Ok(entry));
    }

    #[test]
    fn any_snapshot_comes_back_equal(snapshot in strategies::snapshot()) {
        let bytes = encode_snapshot(&snapshot);
        prop_assert_eq!(decode_snapshot(&bytes, &samples::policy_of), Ok(snapshot));
    }

    #[test]
    fn what_comes_back_gives_the_same_bytes(entry in strategies::entry()) {
        let bytes = encode_entry(&entry);
        let back = decode_entry(&bytes, &samples::policy_of).expect("a valid record");
        prop_assert_eq!(encode_entry(&back), bytes);
    }
}
