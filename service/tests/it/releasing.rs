//! `ReleaseAgent`: an agent who leaves is given nothing new, and their tickets go to others.

use switchyard_proto::v1 as pb;
use switchyard_proto::v1::activity::Kind;
use switchyard_proto::v1::{DecisionTrigger, ReleaseScope, TicketState};
use tonic::Code;

use crate::harness::Harness;
use crate::pausing::resume;
use crate::refusal::refused;
use crate::samples::ticket;

const REPLIED: Kind = Kind::AgentReply(pb::activity::AgentReply {});
const WROTE: Kind = Kind::CustomerMessage(pb::activity::CustomerMessage { ticket: None });

fn release(scope: ReleaseScope) -> pb::ReleaseAgentRequest {
    let (agent, scope) = ("li".to_owned(), scope as i32);
    pb::ReleaseAgentRequest { agent, scope, ..pb::ReleaseAgentRequest::default() }
}

async fn released(harness: &Harness, scope: ReleaseScope) -> pb::ReleaseAgentResponse {
    harness.roster().release_agent(release(scope)).await.expect("released").into_inner()
}

fn moved(answer: &pb::ReleaseAgentResponse) -> Vec<(&str, &str)> {
    answer.tickets.iter().map(|ticket| (&*ticket.ticket_id, &*ticket.agent)).collect()
}

/// `li` has `T-1` to `T-3` and has answered the first; `ann` came later, with room for so much.
async fn three_tickets(room: f64) -> Harness {
    let harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    for id in ["T-1", "T-2", "T-3"] {
        assert_eq!(harness.decide(id).await.agent, "li");
    }
    harness.report("T-1", REPLIED).await;
    harness.seat(&[("ann", room)]).await;
    harness
}

#[tokio::test]
async fn what_nobody_has_answered_goes_to_others_and_what_was_begun_stays() {
    for scope in [ReleaseScope::Unspecified, ReleaseScope::Unanswered] {
        let harness = three_tickets(9.0).await;
        let answer = released(&harness, scope).await;
        assert_eq!(moved(&answer), [("T-2", "ann"), ("T-3", "ann")]);
        let li = answer.agent.expect("an agent");
        assert_eq!((li.intake_paused, li.n_open, li.load), (true, 1, 1.0));
        assert_eq!(harness.ticket("T-1").await.agent, "li");
        assert_eq!(harness.agent("ann").await.load, 2.0);
    }
}

#[tokio::test]
async fn a_customer_who_waits_for_a_second_answer_stays_with_whom_began() {
    let harness = three_tickets(9.0).await;
    harness.report("T-1", WROTE).await;
    released(&harness, ReleaseScope::Unanswered).await;
    assert_eq!(harness.ticket("T-1").await.agent, "li");
}

#[tokio::test]
async fn all_tickets_go_to_others_where_all_are_asked_for() {
    let harness = three_tickets(9.0).await;
    let answer = released(&harness, ReleaseScope::All).await;
    assert_eq!(moved(&answer), [("T-1", "ann"), ("T-2", "ann"), ("T-3", "ann")]);
    assert_eq!(answer.agent.expect("an agent").n_open, 0);
    for id in ["T-1", "T-2", "T-3"] {
        let ticket = harness.ticket(id).await;
        assert_eq!((ticket.state(), ticket.agent.as_str()), (TicketState::Active, "ann"));
        let decision = harness.decision(&ticket.decision_id).await;
        assert_eq!(decision.trigger(), DecisionTrigger::Released);
    }
}

#[tokio::test]
async fn a_held_ticket_goes_to_another_and_stays_held() {
    let harness = three_tickets(9.0).await;
    let reason = pb::HoldReason::ThirdParty;
    let held = Kind::Hold(pb::activity::Hold { reason: reason as i32 });
    harness.report("T-1", held).await;
    released(&harness, ReleaseScope::All).await;
    let ticket = harness.ticket("T-1").await;
    assert_eq!((ticket.agent.as_str(), ticket.hold()), ("ann", reason));
    assert_eq!(harness.agent("ann").await.load, 2.3);
}

#[tokio::test]
async fn the_most_urgent_is_given_first_and_the_rest_waits() {
    let harness = three_tickets(1.0).await;
    let known = pb::Known { known_priority: 1, ..pb::Known::default() };
    harness.assign(pb::Ticket { known: Some(known), ..ticket("T-3") }).await;
    let answer = released(&harness, ReleaseScope::All).await;
    assert_eq!(moved(&answer), [("T-1", ""), ("T-2", ""), ("T-3", "ann")]);
    assert_eq!(harness.ticket("T-1").await.state(), TicketState::Queued);
}

#[tokio::test]
async fn a_released_ticket_keeps_its_promises() {
    let harness = three_tickets(9.0).await;
    let before = harness.ticket("T-2").await;
    harness.pass_minutes(30);
    released(&harness, ReleaseScope::All).await;
    let after = harness.ticket("T-2").await;
    assert_eq!((after.sla, after.opened_time), (before.sla, before.opened_time));
}

#[tokio::test]
async fn what_nobody_else_takes_comes_back_when_the_agent_takes_work_again() {
    let harness = three_tickets(0.0).await;
    let answer = released(&harness, ReleaseScope::All).await;
    assert_eq!(moved(&answer), [("T-1", ""), ("T-2", ""), ("T-3", "")]);
    assert_eq!(resume(&harness, "li").await.n_open, 3);
    assert_eq!(harness.ticket("T-1").await.agent, "li", "a release is no refusal of theirs");
}

#[tokio::test]
async fn an_agent_who_owns_nothing_is_paused_all_the_same() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    let answer = released(&harness, ReleaseScope::All).await;
    assert_eq!(moved(&answer), []);
    assert!(answer.agent.expect("an agent").intake_paused);
    assert_eq!(harness.decide("T-1").await.agent, "");
}

#[tokio::test]
async fn a_release_told_twice_releases_once() {
    let mut harness = three_tickets(0.0).await;
    let request_id = "release-1".to_owned();
    let request = pb::ReleaseAgentRequest { request_id, ..release(ReleaseScope::All) };
    let first = harness.roster().release_agent(request.clone()).await.expect("released");
    resume(&harness, "li").await;
    harness.restart().await;
    let again = harness.roster().release_agent(request).await.expect("replayed").into_inner();
    assert!(again.replayed && !first.get_ref().replayed);
    assert_eq!(moved(&again), moved(first.get_ref()));
    assert_eq!(harness.agent("li").await.n_open, 3, "what came back since stays");
}

#[tokio::test]
async fn nobody_is_released_who_is_unknown_or_from_what_is_no_scope() {
    let harness = three_tickets(9.0).await;
    let agent = "nobody".to_owned();
    let request = pb::ReleaseAgentRequest { agent, ..release(ReleaseScope::All) };
    let answer = harness.roster().release_agent(request).await;
    refused(answer, Code::NotFound, "UNKNOWN_AGENT", &[]);
    let request = pb::ReleaseAgentRequest { scope: 9, ..release(ReleaseScope::All) };
    let answer = harness.roster().release_agent(request).await;
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["scope"]);
    assert_eq!(harness.agent("li").await.n_open, 3);
}
