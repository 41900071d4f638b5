//! Whom people give a ticket to: an agent, another team, and back.

use switchyard_domain::desk::{Activity, Trigger};

use super::{Columns, at_work, columns, columns_by_now, decision_on, of_team, queue, transferred};
use crate::fixture::{Scene, agent_id, minute};

#[test]
fn a_person_moves_a_ticket_above_capacity_and_its_former_owner_is_given_other_work() {
    let mut desk = at_work();
    desk.upsert("a2", of_team("front", 0.0));
    let before = columns(&desk);
    desk.report("t1", Activity::AssignedTo(agent_id("a2")));
    let queue = queue("t1 a2, w1 a1");
    assert_eq!(columns(&desk), Columns { capacity: [500, 1_000, 0], queue, ..before });
}

#[test]
fn a_waiting_ticket_that_a_person_gives_to_somebody_leaves_the_queue() {
    let mut desk = at_work();
    let before = columns(&desk);
    desk.report("w1", Activity::AssignedTo(agent_id("a2")));
    let given = Columns { capacity: [1_000, 500, 0], queue: queue("t1 a1, w1 a2"), ..before };
    assert_eq!(columns(&desk), given);
}

#[test]
fn a_transferred_ticket_is_routed_in_the_other_team_with_its_age() {
    let mut desk = at_work();
    let before = columns_by_now(&desk);
    let events = desk.report("t1", transferred(None));
    assert_eq!(decision_on(&events, "t1").trigger, Trigger::Transferred);
    assert_eq!(desk.case("t1").ticket.opened_at, minute(0));
    let queue = queue("t1 b1, w1 a1");
    assert_eq!(columns(&desk), Columns { capacity: [500, 0, 1_000], queue, ..before });
}

#[test]
fn a_transferred_ticket_goes_straight_to_the_named_agent() {
    let mut desk = at_work().agent_with("b0", of_team("back", 9.0));
    desk.upsert("b1", of_team("back", 0.0));
    let before = columns(&desk);
    desk.report("t1", transferred(Some("b1")));
    let queue = queue("t1 b1, w1 a1");
    assert_eq!(columns(&desk), Columns { capacity: [500, 0, 1_000], queue, ..before });
}

/// An hour after `t1` went to the back; `a1` has what waited for them, and room for so much.
fn transferred_from_room(room: f64) -> Scene {
    let mut desk = at_work();
    desk.report("t1", transferred(None));
    desk.upsert("a1", of_team("front", room));
    desk.at(120)
}

#[test]
fn a_returned_ticket_goes_back_to_whom_it_came_from_if_they_may_have_it() {
    let mut desk = transferred_from_room(1.5);
    let before = columns_by_now(&desk);
    desk.report("t1", Activity::Returned);
    let queue = queue("t1 a1, w1 a1");
    assert_eq!(columns(&desk), Columns { capacity: [1_500, 0, 0], queue, ..before });
}

#[test]
fn a_returned_ticket_whose_former_owner_is_full_is_routed_in_their_team() {
    let mut desk = transferred_from_room(1.0);
    let before = columns_by_now(&desk);
    desk.report("t1", Activity::Returned);
    let queue = queue("t1 a2, w1 a1");
    assert_eq!(columns(&desk), Columns { capacity: [500, 1_000, 0], queue, ..before });
}
