//! The backend's list of tickets, and what is done about what differs.

use std::sync::Arc;

use switchyard_domain::desk::{Action, Difference, HoldReason, IdRange, Known, KnownTicket, Phase};
use switchyard_domain::time::Span;

use crate::fixture::{Scene, agent_id, desk, minute, ticket, ticket_id};

fn known(id: &str) -> KnownTicket {
    KnownTicket {
        ticket: ticket_id(id),
        owner: None,
        hold: None,
        source_revision: 0,
        closed: false,
    }
}

/// All that is open at the backend.
fn all(tickets: Vec<KnownTicket>) -> Known {
    Known { tickets, complete: Some(IdRange { after: None, until: None }) }
}

#[test]
fn a_ticket_held_there_and_closed_here_is_open_and_held_then() {
    let mut desk = desk().agent("a1").ticket("t1");
    desk.complete("t1");
    let there = KnownTicket {
        owner: Some(agent_id("a1")),
        hold: Some(HoldReason::ThirdParty),
        ..known("t1")
    };
    let known = Known { tickets: vec![there], complete: None };
    desk.act(Action::Reconcile(Box::new(known.clone())));
    assert_eq!(desk.owner("t1"), Some("a1"));
    assert_eq!(desk.case("t1").hold, Some(HoldReason::ThirdParty));
    assert_eq!(desk.desk.differences(&known, desk.now), []);
}

fn with_advice_past_its_time() -> Scene {
    let mut desk = desk().policy(|policy| policy.closed_kept = Span::from_minutes(60));
    desk.act(Action::Advise { ticket: Arc::new(ticket("t1")), source_revision: 0 });
    desk
}

#[test]
fn advice_that_is_forgotten_is_not_missing_in_the_list() {
    let mut desk = with_advice_past_its_time();
    let missing = (ticket_id("t1"), Difference::NotListed);
    assert_eq!(desk.desk.differences(&all(vec![]), minute(60)), [missing]);
    assert_eq!(desk.desk.differences(&all(vec![]), minute(61)), []);
    desk.now = minute(61);
    assert_eq!(desk.act(Action::Reconcile(Box::new(all(vec![])))), []);
}

#[test]
fn advice_that_is_remembered_and_missing_in_the_list_is_solved() {
    let mut desk = with_advice_past_its_time().at(60);
    desk.act(Action::Reconcile(Box::new(all(vec![]))));
    assert!(matches!(desk.case("t1").phase, Phase::Closed { .. }));
}
