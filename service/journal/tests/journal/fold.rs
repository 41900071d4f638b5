//! A desk rebuilt from its records is the desk that wrote them.

use std::collections::HashSet;
use std::mem;

use switchyard_domain::desk::{Case, Desk, Event, Phase, Trigger};
use switchyard_journal::{decode_snapshot, encode_snapshot};

use crate::days::{morning, whole_day};
use crate::recorded::{Recorded, policy, policy_of};
use crate::samples::{at, ticket_id};

fn n_kinds(events: &[Event]) -> usize {
    events.iter().map(mem::discriminant).collect::<HashSet<_>>().len()
}

/// A desk as its snapshot's bytes bring it back.
fn restored(desk: &Desk) -> Desk {
    let bytes = encode_snapshot(&desk.snapshot());
    Desk::restore(decode_snapshot(&bytes, &policy_of).expect("a valid record"))
}

#[test]
fn the_day_has_every_kind_of_event() {
    assert_eq!(n_kinds(&morning().events()), 15, "what version 1 knows");
    assert_eq!(n_kinds(&whole_day().events()), 23, "and what came with version 2");
}

#[test]
fn the_day_has_a_decision_for_every_new_reason() {
    let events = whole_day().events();
    let decided = |trigger| {
        let is_so = |event: &Event| matches!(event, Event::Decided(d) if d.trigger == trigger);
        assert!(events.iter().any(is_so), "expected a decision for {trigger:?}");
    };
    decided(Trigger::Transferred);
    decided(Trigger::Returned);
    decided(Trigger::Declined);
    decided(Trigger::Released);
    decided(Trigger::Claimed);
}

#[test]
fn the_day_leaves_something_of_all_that_version_2_keeps() {
    let desk = whole_day().desk.snapshot();
    let any = |is_so: fn(&Case) -> bool| desk.cases.iter().any(is_so);
    assert!(any(|case| case.rating.is_some()) && any(|case| case.merged_into.is_some()));
    assert!(any(|case| !case.declined_by.is_empty()) && any(|case| case.history.len() > 3));
    assert!(any(|case| matches!(&case.phase, Phase::Advised { listed, .. } if !listed.is_empty())));
    assert!(any(|case| case.latest.replied_at == Some(at(200))), "what was reported late");
    assert!(desk.agents.iter().any(|(agent, _)| agent.intake_paused));
    assert_eq!(desk.agreements.values().map(|day| day.n_taken).sum::<u64>(), 1);
    assert!(desk.renewal.is_some_and(|renewal| renewal.is_done && renewal.n_done > 0));
}

#[test]
fn promises_that_are_made_again_are_others() {
    let is_renewed = |event: &Event| matches!(event, Event::PromisesRenewed { renewed, .. } if !renewed.is_empty());
    assert!(whole_day().events().iter().any(is_renewed));
}

#[track_caller]
fn check_replayed(recorded: &Recorded) {
    assert_eq!(recorded.replayed().snapshot(), recorded.desk.snapshot());
}

#[test]
fn a_desk_read_back_from_its_entries_is_the_same() {
    check_replayed(&morning());
    check_replayed(&whole_day());
}

#[test]
fn a_desk_restored_from_its_snapshot_is_the_same() {
    for desk in [morning().desk, whole_day().desk] {
        assert_eq!(restored(&desk).snapshot(), desk.snapshot());
    }
}

/// A desk as it was when a ticket first came to be somewhere, and the events from then on.
#[track_caller]
fn check_restored_when(is_so: impl Fn(&Desk) -> bool) {
    let whole = whole_day();
    let mut desk = Desk::new(policy(0));
    let mut copy: Option<Desk> = None;
    for entry in whole.entries() {
        for event in &entry.events {
            desk.apply(event, entry.at);
            if let Some(copy) = &mut copy {
                copy.apply(event, entry.at);
            }
        }
        // Snapshots are taken between entries.
        if copy.is_none() && is_so(&desk) {
            copy = Some(restored(&desk));
        }
    }
    let copy = copy.expect("it came to be so");
    assert_eq!(copy.snapshot(), whole.desk.snapshot());
}

#[test]
fn a_desk_restored_at_any_stage_goes_on_as_the_other() {
    let case = |desk: &Desk, id: &str| desk.case(&ticket_id(id)).cloned();
    check_restored_when(|desk| case(desk, "away").is_some_and(|case| case.transfer.is_some()));
    check_restored_when(|desk| case(desk, "T-3").is_some_and(|case| case.transfer.is_some()));
    check_restored_when(|desk| case(desk, "back").is_some_and(|c| !c.declined_by.is_empty()));
    check_restored_when(|desk| case(desk, "twice").is_some_and(|case| !case.is_open()));
    check_restored_when(|desk| case(desk, "taken").is_some_and(|case| case.owner().is_none()));
    check_restored_when(|desk| desk.renewal().is_some_and(|renewal| !renewal.is_done));
}
