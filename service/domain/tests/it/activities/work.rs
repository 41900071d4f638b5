//! What goes on between customer and agent: messages, replies, holds, ratings.

use std::sync::Arc;

use switchyard_domain::assessment::Sentiment;
use switchyard_domain::desk::event::Outcome;
use switchyard_domain::desk::{Activity, HoldReason, Rating};
use switchyard_domain::sla::{Clock, Clocks};

use super::{
    ANSWER, Columns, SOLUTION, asked_again, at_work, bringing, columns, columns_by_now,
    decision_on, met, of_team, paused, queue, running,
};
use crate::fixture::{agent_id, judged, minute, ticket};

#[test]
fn a_customers_message_asks_for_an_answer_and_ends_a_wait_for_the_customer() {
    let mut desk = at_work().at(5);
    desk.report("t1", Activity::AgentReply);
    desk.now = minute(10);
    desk.upsert("a1", of_team("front", 0.5));
    desk.report("t1", Activity::Held(HoldReason::Customer));
    let held = columns(&desk);
    assert_eq!((held.capacity[0], held.clocks.resolution), (300, paused(SOLUTION, SOLUTION - 10)));
    desk.now = minute(60);
    desk.report("t1", Activity::CustomerMessage);
    let next_response = running(ANSWER, 60 + ANSWER);
    let resolution = running(SOLUTION, 50 + SOLUTION);
    let clocks = Clocks { next_response, resolution, ..held.clocks };
    assert_eq!(columns(&desk), Columns { clocks, capacity: [1_000, 0, 0], ..held });
}

#[test]
fn a_customers_message_before_the_first_answer_changes_nothing() {
    let mut desk = at_work();
    let before = columns(&desk);
    desk.report("t1", Activity::CustomerMessage);
    assert_eq!(columns(&desk), before);
}

#[test]
fn a_customers_message_with_the_ticket_has_it_ranked_again_and_leaves_it_with_its_owner() {
    let mut desk = at_work();
    let before = columns(&desk);
    let mut upset = ticket("t1");
    Arc::make_mut(&mut upset.assessment).sentiment = judged(Sentiment::Negative);
    let events = desk.act(bringing(Activity::CustomerMessage, upset));
    let decision = decision_on(&events, "t1");
    assert_eq!(decision.outcome, Outcome::Kept(agent_id("a1")));
    assert_eq!(decision.ranking.chosen(), Some(&agent_id("a2")), "it is suggested");
    let after = columns(&desk);
    assert!(after.priority.score() > before.priority.score());
    assert_eq!(after, Columns { priority: columns_by_now(&desk).priority, ..before });
}

#[test]
fn an_agents_reply_meets_the_first_response_and_then_answers_what_was_asked() {
    let mut desk = at_work();
    let before = columns(&desk);
    desk.report("t1", Activity::AgentReply);
    let clocks = Clocks { first_response: met(60, true), ..before.clocks };
    assert_eq!(columns(&desk), Columns { clocks, ..before });
    let mut desk = asked_again();
    let before = columns(&desk);
    assert_eq!(before.clocks.next_response, running(ANSWER, 10 + ANSWER));
    desk.report("t1", Activity::AgentReply);
    let clocks = Clocks { next_response: Clock::Idle, ..before.clocks };
    assert_eq!(columns(&desk), Columns { clocks, ..before });
}

#[test]
fn a_hold_pauses_what_is_due_and_its_owner_is_given_more() {
    let mut desk = asked_again();
    let before = columns(&desk);
    desk.report("t1", Activity::Held(HoldReason::Internal));
    let (next_response, resolution) =
        (paused(ANSWER, ANSWER - 50), paused(SOLUTION, SOLUTION - 60));
    let clocks = Clocks { next_response, resolution, ..before.clocks };
    let queue = queue("t1 a1, w1 a1");
    assert_eq!(columns(&desk), Columns { clocks, capacity: [800, 0, 0], queue, ..before });
}

#[test]
fn a_resumption_runs_on_with_what_was_left_and_weighs_in_full() {
    let mut desk = asked_again();
    desk.report("t1", Activity::Held(HoldReason::Internal));
    let before = columns(&desk);
    desk.now = minute(100);
    desk.report("t1", Activity::Resumed);
    let (next_response, resolution) =
        (running(ANSWER, 50 + ANSWER), running(SOLUTION, 40 + SOLUTION));
    let clocks = Clocks { next_response, resolution, ..before.clocks };
    assert_eq!(columns(&desk), Columns { clocks, capacity: [1_500, 0, 0], ..before });
}

#[test]
fn a_rating_touches_no_column_before_the_close_and_after_it() {
    for closes in [false, true] {
        let mut desk = asked_again();
        if closes {
            desk.report("t1", Activity::Solved);
        }
        let before = columns(&desk);
        let rating = Rating::new(4).expect("a rating");
        desk.report("t1", Activity::Rated(rating));
        assert_eq!((columns(&desk), desk.case("t1").rating), (before, Some(rating)));
    }
}
