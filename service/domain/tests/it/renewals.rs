//! Promises made again under a new policy, while time goes on.

use std::sync::Arc;

use switchyard_domain::desk::{Action, Activity, HoldReason, OpenTickets};
use switchyard_domain::policy::Policy;
use switchyard_domain::sla::Clock;
use switchyard_domain::time::Span;

use crate::fixture::{Scene, desk, ticket};

/// A policy that promises everything in half of the time, for open tickets too.
fn halve_promises(desk: &mut Scene) {
    let mut policy = Policy::clone(desk.desk.policy());
    policy.revision += 1;
    for targets in &mut policy.sla[0].targets {
        targets.resolution = Span::from_millis(targets.resolution.millis() / 2);
    }
    desk.act(Action::ApplyPolicy { policy: Arc::new(policy), open: OpenTickets::Recompute });
}

#[test]
fn advice_that_is_forgotten_meanwhile_is_promised_nothing_again() {
    let mut desk = desk().policy(|policy| policy.closed_kept = Span::from_minutes(60));
    desk.act(Action::Advise { ticket: Arc::new(ticket("t1")), source_revision: 0 });
    desk.now = crate::fixture::minute(59);
    halve_promises(&mut desk);
    desk.tick(61);
    assert!(desk.desk.cases().is_empty());
}

#[test]
fn what_is_held_and_was_promised_nothing_stands_still_from_when_it_is_looked_at() {
    let mut desk = desk().policy(|policy| policy.sla.clear()).agent("a1").ticket("t1").at(60);
    desk.report("t1", Activity::Held(HoldReason::Internal));
    let policy = Policy { revision: 2, ..Policy::default() };
    desk.act(Action::ApplyPolicy { policy: Arc::new(policy), open: OpenTickets::Recompute });
    desk.tick(120);
    let hours = Span::from_hours;
    let left = Clock::Paused { target: hours(72), left: hours(70) };
    assert_eq!(desk.case("t1").clocks.resolution, left);
}
