//! What came with version 2 is refused as strictly as what was there before.

use prost::Message as _;
use switchyard_domain::desk::Actor;
use switchyard_journal::{
    DecodeError, Entry, decode_entry, decode_snapshot, encode_entry, encode_snapshot,
};
use switchyard_proto::journal_v1 as pb;
use switchyard_proto::journal_v1::activity::Kind as Activity;
use switchyard_proto::journal_v1::event::Kind;

use crate::samples;

const NO_ID: &str = "a b";

/// How an entry of all new events is refused, the first that takes the change being changed.
fn broken(change: impl Fn(&mut Kind) -> bool) -> String {
    let entry = Entry {
        first_sequence: 1,
        at: samples::at(0),
        actor: Actor::System,
        events: samples::new_events(),
        tz_version: String::new(),
    };
    let mut record = pb::Entry::decode(&encode_entry(&entry)[..]).expect("a valid record");
    let mut kinds = record.events.iter_mut().filter_map(|event| event.kind.as_mut());
    assert!(kinds.any(change), "a sample of each new kind");
    let read = decode_entry(&record.encode_to_vec(), &samples::policy_of);
    read.expect_err("a broken record").to_string()
}

/// How an event of a kind is refused after a change of its record.
macro_rules! broken_event {
    ($kind:ident, |$record:ident| $change:expr) => {
        broken(|kind| {
            let Kind::$kind($record) = kind else { return false };
            $change;
            true
        })
    };
}

fn broken_activity(of: Activity, change: fn(&mut pb::Activity)) -> String {
    broken(|kind| match kind {
        Kind::Reported(pb::Reported { activity: Some(activity), .. }) if activity.kind() == of => {
            change(activity);
            true
        }
        _ => false,
    })
}

fn broken_stay(change: fn(&mut pb::Transfer)) -> String {
    broken_event!(Transferred, |record| change(record.transfer.as_mut().expect("a stay")))
}

fn broken_snapshot(change: fn(&mut pb::Snapshot)) -> String {
    let bytes = encode_snapshot(&samples::new_snapshot());
    let mut record = pb::Snapshot::decode(&bytes[..]).expect("a valid record");
    change(&mut record);
    let read = decode_snapshot(&record.encode_to_vec(), &samples::policy_of);
    read.expect_err("a broken record").to_string()
}

/// The advice of the sample's first ticket.
fn advised(snapshot: &mut pb::Snapshot) -> &mut pb::phase::Advised {
    match snapshot.cases[0].phase.as_mut().and_then(|phase| phase.kind.as_mut()) {
        Some(pb::phase::Kind::Advised(advised)) => advised,
        other => panic!("expected advice, got {other:?}"),
    }
}

#[track_caller]
fn check_no_id(message: &str, field: &str) {
    let why = "expected an id without white space or control characters, got ' '";
    assert_eq!(message, format!("expected an id in {field}: {why}"));
}

#[track_caller]
fn check_missing(message: &str, field: &str) {
    assert_eq!(message, format!("expected {field} to be present, got nothing"));
}

#[track_caller]
fn check_unknown(message: &str, field: &str, got: i32) {
    assert_eq!(message, format!("expected a known value of {field}, got {got}"));
}

#[track_caller]
fn check_beyond_the_calendar(message: &str, field: &str) {
    let expected = "an instant of the years 1 to 9998 in milliseconds, got 9223372036854775807";
    assert_eq!(message, format!("expected {field} to be {expected}"));
}

#[test]
fn a_rating_beyond_five_is_named() {
    for rating in [6, u32::MAX] {
        let message = broken(|kind| match kind {
            Kind::Reported(pb::Reported { activity: Some(of), .. }) if of.rating > 0 => {
                of.rating = rating;
                true
            }
            _ => false,
        });
        assert_eq!(message, format!("expected Activity.rating to be in 0..=5, got {rating}"));
    }
    let message = broken_snapshot(|snapshot| snapshot.cases[0].rating = 6);
    assert_eq!(message, "expected Case.rating to be in 0..=5, got 6");
}

#[test]
fn an_activity_without_what_it_is_about_is_named() {
    check_missing(&broken_activity(Activity::Rated, |of| of.rating = 0), "Activity.rating");
    check_missing(&broken_activity(Activity::Transferred, |of| of.team = None), "Activity.team");
    check_missing(&broken_activity(Activity::MergedInto, |of| of.ticket = None), "Activity.ticket");
    check_missing(&broken_activity(Activity::SplitInto, |of| of.ticket = None), "Activity.ticket");
}

#[test]
fn a_text_that_is_no_id_is_named_in_an_activity() {
    let no_id = || Some(NO_ID.to_owned());
    for (of, change, field) in [
        (
            Activity::Transferred,
            (|of| of.team = Some(NO_ID.to_owned())) as fn(&mut pb::Activity),
            "Activity.team",
        ),
        (Activity::Transferred, |of| of.agent = Some(NO_ID.to_owned()), "Activity.agent"),
        (Activity::MergedInto, |of| of.ticket = Some(NO_ID.to_owned()), "Activity.ticket"),
        (Activity::SplitInto, |of| of.ticket = Some(NO_ID.to_owned()), "Activity.ticket"),
    ] {
        check_no_id(&broken_activity(of, change), field);
    }
    check_no_id(&broken_event!(PromisesRenewed, |of| of.until = no_id()), "PromisesRenewed.until");
}

#[test]
fn a_stay_that_cannot_be_is_named() {
    check_missing(&broken_event!(Transferred, |of| of.transfer = None), "Transferred.transfer");
    check_no_id(&broken_stay(|of| NO_ID.clone_into(&mut of.team)), "Transfer.team");
    check_no_id(&broken_stay(|of| of.from = Some(NO_ID.to_owned())), "Transfer.from");
    check_no_id(&broken_stay(|of| of.home_agent = Some(NO_ID.to_owned())), "Transfer.home_agent");
    check_no_id(&broken_stay(|of| of.home_team = Some(NO_ID.to_owned())), "Transfer.home_team");
    check_no_id(
        &broken_stay(|of| of.home_excluded = vec![NO_ID.to_owned()]),
        "Transfer.home_excluded",
    );
    let level = broken_stay(|of| of.requirements[0].min_level = 0);
    assert_eq!(level, "expected Requirement.min_level to be in 1..=5, got 0");
}

#[test]
fn an_event_without_its_promises_is_named() {
    check_missing(&broken_event!(Merged, |of| of.clocks = None), "Merged.clocks");
    check_missing(&broken_event!(Absorbed, |of| of.clocks = None), "Absorbed.clocks");
    let renewed = broken_event!(PromisesRenewed, |of| of.renewed[0].clocks = None);
    check_missing(&renewed, "PromisesRenewed.clocks");
}

#[test]
fn a_text_that_is_no_id_is_named_in_every_new_event() {
    check_no_id(&broken_event!(Merged, |of| NO_ID.clone_into(&mut of.into)), "Merged.into");
    check_no_id(&broken_event!(Absorbed, |of| NO_ID.clone_into(&mut of.merged)), "Absorbed.merged");
    check_no_id(&broken_event!(Returned, |of| NO_ID.clone_into(&mut of.ticket)), "Returned.ticket");
    check_no_id(&broken_event!(Released, |of| NO_ID.clone_into(&mut of.agent)), "Released.agent");
    check_no_id(&broken_event!(IntakeSet, |of| NO_ID.clone_into(&mut of.agent)), "IntakeSet.agent");
    let renewed = broken_event!(PromisesRenewed, |of| NO_ID.clone_into(&mut of.renewed[0].ticket));
    check_no_id(&renewed, "PromisesRenewed.ticket");
}

#[test]
fn a_label_of_a_later_version_is_named() {
    check_unknown(&broken_event!(Released, |of| of.reason = 7), "Released.reason", 7);
    check_unknown(&broken_event!(Decided, |of| of.trigger = 12), "Decision.trigger", 12);
    check_unknown(&broken_event!(Closed, |of| of.closing = 5), "Closed.closing", 5);
    check_unknown(&broken_activity(Activity::Returned, |of| of.kind = 13), "Activity.kind", 13);
}

#[test]
fn more_filters_than_there_are_are_counted() {
    let message = broken_event!(Decided, |of| {
        of.ranking.as_mut().expect("a ranking").excluded = vec![1; 13];
    });
    assert_eq!(message, "expected at most 12 numbers in Ranking.excluded, got 13");
}

#[test]
fn advice_beyond_what_can_be_listed_is_named() {
    let taken = |place, n_listed| {
        broken_event!(OwnerSet, |of| of.advice = Some(pb::AdviceTaken { place, n_listed }))
    };
    assert_eq!(taken(256, 5), "expected AdviceTaken.place to be in 0..=255, got 256");
    assert_eq!(taken(1, 70_000), "expected AdviceTaken.n_listed to be in 0..=255, got 70000");
}

#[test]
fn an_instant_beyond_the_calendar_is_named_wherever_it_stands() {
    let late = broken_event!(Reported, |of| of.happened_at = Some(i64::MAX));
    check_beyond_the_calendar(&late, "Reported.happened_at");
    let asked = broken_snapshot(|snapshot| snapshot.cases[2].asked_at = Some(i64::MAX));
    check_beyond_the_calendar(&asked, "Case.asked_at");
    let replied = broken_snapshot(|snapshot| snapshot.cases[2].replied_at = Some(i64::MAX));
    check_beyond_the_calendar(&replied, "Case.replied_at");
    let held = broken_snapshot(|snapshot| snapshot.cases[2].held_at = Some(i64::MAX));
    check_beyond_the_calendar(&held, "Case.held_at");
    let advised = broken_snapshot(|snapshot| advised(snapshot).since = i64::MAX);
    check_beyond_the_calendar(&advised, "Phase.Advised.since");
}

#[test]
fn a_text_that_is_no_id_is_named_in_every_new_part_of_a_snapshot() {
    let declined = broken_snapshot(|desk| desk.cases[0].declined_by = vec![NO_ID.to_owned()]);
    check_no_id(&declined, "Case.declined_by");
    let merged = broken_snapshot(|desk| desk.cases[0].merged_into = Some(NO_ID.to_owned()));
    check_no_id(&merged, "Case.merged_into");
    let listed = broken_snapshot(|desk| advised(desk).listed = vec![NO_ID.to_owned()]);
    check_no_id(&listed, "Phase.Advised.listed");
    let team = broken_snapshot(|desk| desk.agreements[0].team = Some(NO_ID.to_owned()));
    check_no_id(&team, "Agreement.team");
    let until = broken_snapshot(|desk| {
        desk.renewal.as_mut().expect("under way").until = Some(NO_ID.to_owned());
    });
    check_no_id(&until, "Renewal.until");
    let team = broken_snapshot(|desk| {
        NO_ID.clone_into(&mut desk.cases[2].transfer.as_mut().expect("away").team);
    });
    check_no_id(&team, "Transfer.team");
}

#[test]
fn the_policy_that_promises_were_made_under_must_be_stored() {
    let bytes = encode_snapshot(&samples::new_snapshot());
    let only_the_present = |revision| samples::policy_of(revision).filter(|_| revision == 7);
    let error = decode_snapshot(&bytes, &only_the_present).expect_err("revision 6 is not stored");
    assert_eq!(error, DecodeError::UnknownPolicy { revision: 6 });
}
