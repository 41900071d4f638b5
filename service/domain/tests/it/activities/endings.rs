//! How a ticket ends, goes on in others, and begins again.

use switchyard_domain::agent::Presence;
use switchyard_domain::desk::Activity;
use switchyard_domain::priority::Part;
use switchyard_domain::sla::{Clock, Clocks};

use super::{
    ANSWER, Columns, SOLUTION, asked_again, at_work, bringing, columns, columns_by_now, met,
    of_team, queue, running,
};
use crate::fixture::{Scene, minute, ticket, ticket_id};

#[test]
fn a_merged_ticket_ends_without_a_verdict_and_the_other_is_due_as_soon() {
    let mut desk = at_work().ticket_with("t2", |ticket| ticket.opened_at = minute(30));
    assert_eq!(desk.case("t2").clocks.resolution, running(SOLUTION, 30 + SOLUTION));
    let before = columns(&desk);
    desk.report("t1", Activity::MergedInto(ticket_id("t2")));
    assert_eq!(desk.case("t2").clocks, before.clocks);
    let clocks = Clocks::IDLE;
    let queue = queue("t2 a2, w1 a1");
    assert_eq!(columns(&desk), Columns { clocks, capacity: [500, 1_000, 0], queue, ..before });
}

#[test]
fn a_part_that_is_split_off_is_a_ticket_of_its_own_for_whom_has_the_first() {
    let mut desk = at_work();
    desk.upsert("a1", of_team("front", 5.0));
    let before = columns(&desk);
    assert_eq!(before.capacity, [1_500, 0, 0], "anybody else would be the better choice");
    let mut part = ticket("p1");
    part.opened_at = minute(60);
    desk.act(bringing(Activity::SplitInto(ticket_id("p1")), part));
    let queue = queue("p1 a1, t1 a1, w1 a1");
    assert_eq!(columns(&desk), Columns { capacity: [2_500, 0, 0], queue, ..before });
    let part = desk.case("p1");
    assert_eq!(part.clocks.first_response, running(ANSWER, 60 + ANSWER));
    assert_eq!(part.clocks.resolution, running(SOLUTION, 60 + SOLUTION));
    assert_eq!(part.priority.parts[Part::Age as usize], 0);
}

#[test]
fn a_solved_ticket_meets_or_misses_what_was_due_and_its_owner_is_given_other_work() {
    let minutes_late = SOLUTION + 1;
    for (at, first, resolution) in
        [(60, true, true), (ANSWER + 1, false, true), (minutes_late, false, false)]
    {
        let mut desk = at_work().at(at);
        let before = columns(&desk);
        desk.report("t1", Activity::Solved);
        let (first_response, resolution) = (met(at, first), met(at, resolution));
        let clocks = Clocks { first_response, next_response: Clock::Idle, resolution };
        let queue = queue("w1 a1");
        assert_eq!(columns(&desk), Columns { clocks, capacity: [500, 0, 0], queue, ..before });
    }
}

#[test]
fn a_solved_ticket_is_due_no_answer_any_more() {
    let mut desk = asked_again();
    let before = columns(&desk);
    desk.report("t1", Activity::Solved);
    let (next_response, resolution) = (Clock::Idle, met(60, true));
    let clocks = Clocks { next_response, resolution, ..before.clocks };
    assert_eq!(
        columns(&desk),
        Columns { clocks, capacity: [500, 0, 0], queue: queue("w1 a1"), ..before }
    );
}

/// Solved after an hour, and reopened an hour later; `a1` has room for both, if they are there.
fn reopened(presence: Presence) -> (Columns, Scene) {
    let mut desk = at_work();
    desk.report("t1", Activity::Solved);
    desk.upsert("a1", of_team("front", 5.0));
    desk.presence("a1", Some(presence));
    desk.now = minute(120);
    let before = columns_by_now(&desk);
    desk.report("t1", Activity::Reopened);
    (before, desk)
}

#[test]
fn a_reopened_ticket_has_its_resolution_anew_and_goes_to_its_former_agent() {
    let (before, desk) = reopened(Presence::Online);
    let clocks = Clocks { resolution: running(SOLUTION, 120 + SOLUTION), ..before.clocks };
    let (after, queue) = (columns(&desk), queue("t1 a1, w1 a1"));
    let priority = columns_by_now(&desk).priority;
    assert_eq!(priority.parts[Part::Age as usize], 500, "two hours since it was opened");
    assert_eq!(after, Columns { clocks, capacity: [1_500, 0, 0], priority, queue });
}

#[test]
fn a_reopened_ticket_is_taken_by_another_where_its_former_agent_is_absent() {
    let (_, desk) = reopened(Presence::Away);
    let after = columns(&desk);
    assert_eq!((after.capacity, after.queue), ([500, 1_000, 0], queue("t1 a2, w1 a1")));
}
