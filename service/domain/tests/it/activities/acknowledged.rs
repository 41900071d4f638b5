//! Reports that are acknowledged and change nothing: told twice, older than what is known, or of
//! what was before the close.

use switchyard_domain::desk::{Action, Activity, Brought, HoldReason, Rating, Refusal, Report};

use super::{at_work, bringing, columns, transferred};
use crate::fixture::{Scene, agent_id, minute, ticket, ticket_id};

const HELD: Activity = Activity::Held(HoldReason::Internal);

/// What can happen more than once, and does each time it is reported.
fn repeatable() -> Vec<Activity> {
    vec![Activity::CustomerMessage, Activity::AgentReply]
}

/// The rest of the table but the split, each with what must have been reported before.
fn once() -> Vec<(Option<Activity>, Activity)> {
    vec![
        (None, HELD),
        (Some(HELD), Activity::Resumed),
        (None, Activity::AssignedTo(agent_id("a2"))),
        (None, transferred(None)),
        (None, transferred(Some("b1"))),
        (Some(transferred(None)), Activity::Returned),
        (None, Activity::MergedInto(ticket_id("t2"))),
        (None, Activity::Solved),
        (Some(Activity::Solved), Activity::Reopened),
        (None, Activity::Rated(Rating::new(4).expect("a rating"))),
    ]
}

/// Every row of the table.
fn rows() -> Vec<(Option<Activity>, Activity)> {
    let split = Activity::SplitInto(ticket_id("p1"));
    let others = repeatable().into_iter().chain([split]).map(|activity| (None, activity));
    others.chain(once()).collect()
}

/// A report of `t1`; a split brings its part.
fn report(activity: &Activity, source_revision: u64) -> Report {
    let report = Report::now(ticket_id("t1"), activity.clone(), source_revision);
    let brought = match activity {
        Activity::SplitInto(part) => {
            Some(Brought { ticket: ticket(part.as_str()).into(), source_revision: 0 })
        }
        _ => None,
    };
    Report { brought, ..report }
}

/// What was reported before is of revision 7.
fn after(earlier: Option<&Activity>) -> Scene {
    let mut desk = at_work().ticket("t2");
    if let Some(earlier) = earlier {
        desk.act(Action::Report(report(earlier, 7).into()));
    }
    desk
}

/// Reports it, and expects that it is acknowledged without a trace.
#[track_caller]
fn changes_nothing(desk: &mut Scene, report: Report) {
    let (before, told) = (desk.desk.snapshot(), format!("{report:?}"));
    assert_eq!(desk.act(Action::Report(report.into())), [], "{told}");
    assert_eq!(desk.desk.snapshot(), before, "{told}");
}

#[test]
fn the_same_report_twice_changes_nothing_the_second_time() {
    for source_revision in [0, 8] {
        for (earlier, activity) in once() {
            let mut desk = after(earlier.as_ref());
            let report = report(&activity, source_revision);
            assert_ne!(desk.act(Action::Report(report.clone().into())), [], "{activity:?}");
            desk.now = minute(90);
            changes_nothing(&mut desk, report);
        }
    }
}

#[test]
fn a_message_or_a_reply_told_twice_moves_nothing_the_second_time() {
    for activity in repeatable() {
        let mut desk = after(Some(&Activity::AgentReply));
        desk.report("t1", activity.clone());
        let before = columns(&desk);
        desk.now = minute(90);
        desk.report("t1", activity.clone());
        assert_eq!(columns(&desk), before, "{activity:?}");
    }
}

#[test]
fn a_part_is_split_off_once() {
    let mut desk = after(None);
    let split = bringing(Activity::SplitInto(ticket_id("p1")), ticket("p1"));
    desk.act(split.clone());
    assert_eq!(desk.refused(split), Refusal::AlreadyAdopted(ticket_id("p1")));
}

#[test]
fn a_report_of_an_older_revision_changes_nothing() {
    for (earlier, activity) in rows() {
        let mut desk = after(Some(&earlier.unwrap_or(Activity::CustomerMessage)));
        assert_eq!(desk.case("t1").source_revision, 7);
        changes_nothing(&mut desk, report(&activity, 6));
    }
}

/// `t1` was solved after an hour, and half an hour has passed since.
fn solved() -> Scene {
    let mut desk = after(None);
    desk.report("t1", Activity::Solved);
    desk.at(90)
}

#[test]
fn what_happened_before_the_close_changes_nothing_after_it() {
    let is_rating = |activity: &Activity| matches!(activity, Activity::Rated(_));
    for (_, activity) in rows().into_iter().filter(|(_, activity)| !is_rating(activity)) {
        let report = Report { happened_at: Some(minute(30)), ..report(&activity, 0) };
        changes_nothing(&mut solved(), report);
    }
}

#[test]
fn after_the_close_a_reopening_and_a_rating_are_taken_and_the_rest_is_refused() {
    for (_, activity) in rows() {
        let (mut desk, told) = (solved(), format!("{activity:?}"));
        let action = Action::Report(report(&activity, 0).into());
        match activity {
            Activity::Reopened | Activity::Rated(_) => assert_ne!(desk.act(action), [], "{told}"),
            Activity::Solved => assert_eq!(desk.act(action), [], "it is so already"),
            _ => assert_eq!(desk.refused(action), Refusal::TicketClosed(ticket_id("t1")), "{told}"),
        }
    }
}
