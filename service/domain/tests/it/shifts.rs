//! Shifts begin and end by time alone, however late the desk looks.

use std::collections::BTreeSet;
use std::sync::Arc;

use switchyard_domain::desk::event::{Event, Outcome};
use switchyard_domain::desk::{Action, HoldReason};
use switchyard_domain::hours::WeeklyHours;
use switchyard_domain::routing::{Exclusion, Need, Verdict, explain};
use switchyard_domain::schedule::{Rota, Schedule};
use switchyard_domain::time::{Span, Zone};

use crate::fixture::{Scene, desk, has_room, minute, ticket};

fn on_shift(minutes: &[(i64, i64)]) -> Scene {
    let mut desk = desk().agent("a1");
    desk.replace_shifts("a1", minutes);
    desk
}

#[track_caller]
fn check_verdict(desk: &Scene, at: i64, wanted: Option<Exclusion>) {
    let ticket = ticket("probe");
    let need = Need::of(&ticket, desk.desk.policy());
    let routing = &desk.desk.policy().routing;
    let verdicts = explain(desk.desk.roster(), &need, routing, minute(at));
    let exclusion = match verdicts[0].1 {
        Verdict::Excluded(exclusion) => Some(exclusion),
        Verdict::Eligible(_) => None,
    };
    assert_eq!(exclusion, wanted);
}

#[test]
fn the_last_quarter_of_a_shift_brings_nothing_new() {
    let desk = on_shift(&[(0, 60)]);
    check_verdict(&desk, 45, None);
    check_verdict(&desk, 46, Some(Exclusion::ShiftEnding { left: Span::from_minutes(14) }));
}

#[test]
fn a_look_ahead_or_back_reads_the_shifts_of_that_instant() {
    let desk = on_shift(&[(0, 60), (100, 160)]);
    check_verdict(&desk, 120, None);
    check_verdict(&desk, 70, Some(Exclusion::OffShift { starts: minute(100) }));
    check_verdict(&desk, -10, Some(Exclusion::OffShift { starts: minute(0) }));
}

#[test]
fn advice_after_a_quiet_night_reads_the_shifts_of_now() {
    let mut desk = on_shift(&[(0, 60), (600, 700)]).at(610);
    let advice = Action::Advise { ticket: Arc::new(ticket("t1")), source_revision: 0 };
    let events = desk.act(advice);
    let Event::TicketAdvised { decision, .. } = &events[0] else { panic!("advice first") };
    assert!(matches!(decision.outcome, Outcome::Advised(Some(_))));
}

#[test]
fn a_desk_that_slept_through_a_whole_night_serves_in_the_morning() {
    let mut desk = on_shift(&[(0, 60), (600, 700)]).at(50).ticket("t1");
    assert_eq!(desk.owner("t1"), None, "the shift is ending");
    desk.tick(610);
    assert_eq!(desk.owner("t1"), Some("a1"));
}

#[test]
fn a_new_ticket_does_not_overtake_what_waited_for_the_shift() {
    let mut desk = desk().agent_with("a1", |agent| has_room(agent, 1.0));
    desk.replace_shifts("a1", &[(30, 300)]);
    let mut desk = desk.ticket("t1").at(31).ticket("t2");
    assert_eq!((desk.owner("t1"), desk.owner("t2")), (Some("a1"), None));
    desk.complete("t1");
    assert_eq!(desk.owner("t2"), Some("a1"));
}

#[test]
fn an_adopted_ticket_does_not_overtake_either() {
    let mut desk = desk().agent_with("a1", |agent| has_room(agent, 1.0));
    desk.replace_shifts("a1", &[(30, 300)]);
    let mut desk = desk.ticket("t1").at(31);
    desk.adopt("t2", |adoption| adoption.hold = Some(HoldReason::Internal));
    assert_eq!((desk.owner("t1"), desk.owner("t2")), (Some("a1"), None));
}

#[test]
fn a_refused_command_does_not_swallow_a_shift_start() {
    let mut desk = on_shift(&[(30, 300)]).ticket("t1").at(31);
    desk.refused(Action::RemoveAgent(crate::fixture::agent_id("nobody")));
    assert_eq!(desk.desk.next_wake(), Some(minute(30)));
    desk.tick(31);
    assert_eq!(desk.owner("t1"), Some("a1"));
}

#[test]
fn who_works_around_the_clock_is_never_about_to_leave() {
    let zone = Zone::named("Asia/Shanghai").expect("known");
    let rota = Rota { zone, weekly: WeeklyHours::always(), days_off: BTreeSet::new() };
    let desk = desk().agent_with("a1", |agent| agent.schedule = Schedule::Rota(rota));
    for day in 0..40 {
        for hour in 0..24 {
            check_verdict(&desk, (day * 24 + hour) * 60 - 5, None);
        }
    }
}

#[test]
fn a_clock_that_runs_backwards_changes_no_decision() {
    let mut desk = on_shift(&[(30, 300)]);
    desk.tick(31);
    let desk = desk.at(10).ticket("t1");
    assert_eq!(desk.owner("t1"), None, "at this time the shift has not begun");
}
