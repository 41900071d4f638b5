//! Tickets at the desk: adopted, reported on, given by people, completed, queued, listed.

use switchyard_proto::v1 as pb;
use switchyard_proto::v1::activity::Kind;
use switchyard_proto::v1::sla_clock::State;
use switchyard_proto::v1::{HoldReason, TicketState};
use tonic::Code;

use crate::harness::Harness;
use crate::refusal::refused;
use crate::samples::{agent, at, daily, ticket};

fn clocks(ticket: &pb::TicketStatus) -> [State; 3] {
    let sla = ticket.sla.expect("promises");
    [sla.first_response, sla.next_response, sla.resolution]
        .map(|clock| clock.expect("a clock").state())
}

fn held(reason: HoldReason) -> Kind {
    Kind::Hold(pb::activity::Hold { reason: reason as i32 })
}

const WROTE: Kind = Kind::CustomerMessage(pb::activity::CustomerMessage { ticket: None });
const REPLIED: Kind = Kind::AgentReply(pb::activity::AgentReply {});
const RESUMED: Kind = Kind::Resume(pb::activity::Resume {});
const SOLVED: Kind = Kind::Solved(pb::activity::Solved {});
const REOPENED: Kind = Kind::Reopened(pb::activity::Reopened {});
const IDLE: State = State::Unspecified;

async fn listed(harness: &Harness, request: pb::ListTicketsRequest) -> Vec<String> {
    let answer = harness.desk().list_tickets(request).await.expect("a list").into_inner();
    answer.tickets.into_iter().map(|ticket| ticket.id).collect()
}

#[tokio::test]
async fn the_queue_is_listed_page_by_page_in_one_order() {
    let harness = Harness::start().await;
    for n in 0..5 {
        harness.decide(&format!("T-{n}")).await;
        harness.pass_minutes(1);
    }
    let mut request = pb::ListQueueRequest { page_size: 2, ..pb::ListQueueRequest::default() };
    let mut listed = Vec::new();
    for waiting in [5, 4, 4] {
        let page = harness.desk().list_queue(request.clone()).await.expect("a page").into_inner();
        assert_eq!(page.n_queued, waiting);
        listed.extend(page.tickets.into_iter().filter_map(|ticket| ticket.ticket).map(|t| t.id));
        request.page_token = page.next_page_token;
        // The last one listed leaves; nobody behind it is passed over or listed twice.
        if waiting == 5 {
            let ticket_id = listed[1].clone();
            let request = pb::CancelRequest { ticket_id, ..pb::CancelRequest::default() };
            harness.desk().cancel(request).await.expect("cancelled");
        }
        if request.page_token.is_empty() {
            break;
        }
    }
    assert_eq!(request.page_token, "");
    assert_eq!(listed, ["T-0", "T-1", "T-2", "T-3", "T-4"]);
    let request = pb::ListQueueRequest { page_token: "next".to_owned(), ..Default::default() };
    let answer = harness.desk().list_queue(request).await;
    refused(answer, Code::InvalidArgument, "INVALID_FIELD", &["page_token"]);
}

#[tokio::test]
async fn a_waiting_ticket_names_the_next_change_to_come_not_one_that_was() {
    let harness = Harness::start().await;
    let late = pb::Agent { schedule: Some(daily("08:00", "11:00")), ..agent("li", 0.5) };
    harness.seat_as(vec![late]).await;
    harness.decide("T-1").await;
    harness.pass_minutes(120);
    let change = queue(&harness).await.tickets[0].next_change_time;
    assert_eq!(change, Some(at("2026-06-04T08:00:00Z")));
}

async fn queue(harness: &Harness) -> pb::ListQueueResponse {
    let request = pb::ListQueueRequest::default();
    harness.desk().list_queue(request).await.expect("a queue").into_inner()
}

#[tokio::test]
async fn every_report_moves_the_clocks_it_should() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    harness.decide("T-1").await;
    assert_eq!(clocks(&harness.ticket("T-1").await), [State::Running, IDLE, State::Running]);
    let steps = [
        (REPLIED, [State::Met, IDLE, State::Running]),
        (WROTE, [State::Met, State::Running, State::Running]),
        (held(HoldReason::ThirdParty), [State::Met, State::Paused, State::Paused]),
        (RESUMED, [State::Met, State::Running, State::Running]),
        (REPLIED, [State::Met, IDLE, State::Running]),
        (held(HoldReason::Customer), [State::Met, IDLE, State::Paused]),
        (WROTE, [State::Met, State::Running, State::Running]),
        (SOLVED, [State::Met, IDLE, State::Met]),
        (REOPENED, [State::Met, IDLE, State::Running]),
    ];
    for (kind, expected) in steps {
        harness.pass_minutes(1);
        let ticket = harness.report("T-1", kind.clone()).await;
        assert_eq!(clocks(&ticket), expected, "after {kind:?}");
    }
}

#[tokio::test]
async fn a_late_first_reply_misses_its_promise() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    harness.decide("T-1").await;
    harness.pass_minutes(24 * 60);
    let ticket = harness.report("T-1", REPLIED).await;
    assert_eq!(clocks(&ticket)[0], State::Missed);
}

#[tokio::test]
async fn a_held_ticket_weighs_less_until_it_is_resumed() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 1.0)]).await;
    harness.decide("T-1").await;
    let held = harness.report("T-1", held(HoldReason::Customer)).await;
    assert_eq!(held.hold(), HoldReason::Customer);
    assert_eq!(harness.agent("li").await.load, 0.3);
    harness.report("T-1", RESUMED).await;
    assert_eq!(harness.agent("li").await.load, 1.0);
}

#[tokio::test]
async fn a_person_in_the_backend_gives_the_ticket_away() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    harness.decide("T-1").await;
    harness.seat(&[("ann", 3.0)]).await;
    let kind = Kind::AssignedByPerson(pb::activity::AssignedByPerson { agent: "ann".to_owned() });
    assert_eq!(harness.report("T-1", kind).await.agent, "ann");
    assert_eq!(harness.agent("li").await.load, 0.0);
}

#[tokio::test]
async fn a_person_may_assign_above_capacity() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 1.0)]).await;
    harness.decide("T-1").await;
    assert_eq!(harness.decide("T-2").await.agent, "", "the desk itself stays below");
    let kind = pb::actor::Kind::Person as i32;
    let request = pb::AssignRequest {
        ticket_id: "T-2".to_owned(),
        agent: "li".to_owned(),
        actor: Some(pb::Actor { kind, name: "boss".to_owned() }),
        ..pb::AssignRequest::default()
    };
    let answer = harness.desk().assign(request).await.expect("assigned").into_inner();
    assert_eq!(answer.headroom, -1.0);
    let ticket = answer.ticket.expect("a ticket");
    assert_eq!((ticket.state(), ticket.agent.as_str()), (TicketState::Active, "li"));
    assert_eq!(harness.agent("li").await.headroom, -1.0);
    let events = harness.events().await;
    let actor = events.last().and_then(|event| event.actor.clone()).expect("an actor");
    assert_eq!((actor.kind(), actor.name.as_str()), (pb::actor::Kind::Person, "boss"));
}

#[tokio::test]
async fn completing_gives_the_freed_room_to_the_most_urgent() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 1.0)]).await;
    harness.decide("T-1").await;
    for (id, urgency) in [("T-2", pb::Urgency::Low), ("T-3", pb::Urgency::Critical)] {
        let known = pb::Known { known_urgency: urgency as i32, ..pb::Known::default() };
        harness.assign(pb::Ticket { known: Some(known), ..ticket(id) }).await;
    }
    let completed = harness.complete("T-1").await.ticket.expect("a ticket");
    assert_eq!((completed.state(), completed.agent.as_str()), (TicketState::Completed, "li"));
    assert_eq!(harness.ticket("T-3").await.agent, "li");
    assert_eq!(harness.ticket("T-2").await.state(), TicketState::Queued);
    let decision = harness.decision(&harness.ticket("T-3").await.decision_id).await;
    assert_eq!(decision.trigger(), pb::DecisionTrigger::Freed);
}

#[tokio::test]
async fn a_cancelled_ticket_frees_its_agent() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 1.0)]).await;
    harness.decide("T-1").await;
    harness.decide("T-2").await;
    let request = pb::CancelRequest { ticket_id: "T-1".to_owned(), ..Default::default() };
    let answer = harness.desk().cancel(request).await.expect("cancelled").into_inner();
    assert_eq!(answer.ticket.expect("a ticket").state(), TicketState::Cancelled);
    assert_eq!(harness.ticket("T-2").await.agent, "li");
}

#[tokio::test]
async fn the_start_of_a_shift_drains_the_queue_by_itself() {
    let mut harness = Harness::start().await;
    let late = pb::Agent { schedule: Some(daily("11:00", "20:00")), ..agent("li", 1.0) };
    harness.seat_as(vec![late]).await;
    // The second ticket comes at 20:30, half an hour after the shift.
    for (id, minutes, minutes_after) in [("T-1", 60, 570), ("T-2", 870, 0)] {
        let decision = harness.decide(id).await;
        assert_eq!(decision.outcome(), pb::DecisionOutcome::Queued);
        assert_eq!(decision.exclusions[0].reason, "OFF_SHIFT");
        // A restart forgets no timer.
        harness.restart().await;
        harness.pass_minutes(minutes - 1);
        assert_eq!(harness.ticket(id).await.state(), TicketState::Queued);
        harness.pass_minutes(1);
        let given = harness.ticket_when(id, |ticket| ticket.agent == "li").await;
        assert_eq!(given.state(), TicketState::Active);
        harness.complete(id).await;
        harness.pass_minutes(minutes_after);
    }
}

#[tokio::test]
async fn an_agent_who_comes_back_gets_what_waits() {
    let harness = Harness::start().await;
    let away = pb::Agent { presence: pb::Presence::Away as i32, ..agent("li", 3.0) };
    harness.seat_as(vec![away]).await;
    let decision = harness.decide("T-1").await;
    assert_eq!(decision.exclusions[0].reason, "AWAY");
    let request = pb::SetPresenceRequest {
        agent: "li".to_owned(),
        presence: pb::Presence::Online as i32,
        ..pb::SetPresenceRequest::default()
    };
    harness.roster().set_presence(request).await.expect("noted");
    assert_eq!(harness.ticket("T-1").await.agent, "li");
}

#[tokio::test]
async fn the_queue_is_listed_most_urgent_first_with_what_keeps_it_waiting() {
    let harness = Harness::start().await;
    let late = pb::Agent { schedule: Some(daily("11:00", "20:00")), ..agent("li", 3.0) };
    harness.seat_as(vec![late, agent("ann", 0.0)]).await;
    for (id, urgency) in [("T-1", pb::Urgency::Low), ("T-2", pb::Urgency::Critical)] {
        let known = pb::Known { known_urgency: urgency as i32, ..pb::Known::default() };
        harness.assign(pb::Ticket { known: Some(known), ..ticket(id) }).await;
    }
    let queue = queue(&harness).await;
    assert_eq!(queue.n_queued, 2);
    let ids =
        queue.tickets.iter().map(|queued| queued.ticket.as_ref().expect("a ticket").id.as_str());
    assert_eq!(ids.collect::<Vec<_>>(), ["T-2", "T-1"]);
    let first = &queue.tickets[0];
    let reasons: Vec<_> = first.exclusions.iter().map(|e| (e.reason.as_str(), e.agents)).collect();
    assert_eq!(reasons, [("OFF_SHIFT", 1), ("AT_CAPACITY", 1)]);
    assert_eq!(first.next_change_time, Some(at("2026-06-03T11:00:00Z")));
}

#[tokio::test]
async fn adopted_tickets_keep_their_owners_and_clocks() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    let opened_time = Some(at("2026-06-03T09:30:00Z"));
    let open = |id: &str| Some(pb::Ticket { opened_time, ..ticket(id) });
    let tickets = vec![
        pb::AdoptedTicket { ticket: open("T-1"), agent: "li".to_owned(), ..Default::default() },
        pb::AdoptedTicket {
            ticket: open("T-2"),
            agent: "li".to_owned(),
            first_reply_time: Some(at("2026-06-03T09:40:00Z")),
            hold: HoldReason::Customer as i32,
            ..pb::AdoptedTicket::default()
        },
        pb::AdoptedTicket { ticket: open("T-3"), ..Default::default() },
        pb::AdoptedTicket { ticket: open("T-1"), ..Default::default() },
    ];
    let request = pb::BatchAdoptTicketsRequest { tickets, actor: None };
    let answer = harness.desk().batch_adopt_tickets(request).await.expect("a batch").into_inner();
    let status = |n: usize| answer.results[n].status.clone().expect("a status");
    assert_eq!([status(0).code, status(1).code, status(2).code], [0, 0, 0]);
    assert_eq!(
        (status(3).code, status(3).reason.as_str()),
        (Code::AlreadyExists as i32, "ALREADY_ADOPTED")
    );
    let first = harness.ticket("T-1").await;
    assert_eq!((first.state(), first.agent.as_str()), (TicketState::Active, "li"));
    assert_eq!(clocks(&first), [State::Running, IDLE, State::Running]);
    let second = harness.ticket("T-2").await;
    assert_eq!(
        (second.hold(), clocks(&second)),
        (HoldReason::Customer, [State::Met, IDLE, State::Paused])
    );
    let replied = second.sla.and_then(|sla| sla.first_response?.done_time);
    assert_eq!(replied, Some(at("2026-06-03T09:40:00Z")));
    assert_eq!(harness.ticket("T-3").await.agent, "li", "without an owner it is routed");
    assert_eq!(harness.agent("li").await.load, 2.3);
}

#[tokio::test]
async fn tickets_are_listed_by_page_state_and_agent() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 3.0)]).await;
    for n in 1..=7 {
        harness.decide(&format!("T-{n}")).await;
    }
    harness.complete("T-2").await;
    let mut seen = Vec::new();
    let mut page_token = String::new();
    let mut pages = 0;
    loop {
        let request = pb::ListTicketsRequest { page_size: 3, page_token, ..Default::default() };
        let page = harness.desk().list_tickets(request).await.expect("a page").into_inner();
        assert!(page.tickets.len() <= 3);
        assert_eq!(page.sequence, harness.events().await.len() as u64);
        seen.extend(page.tickets.into_iter().map(|ticket| ticket.id));
        page_token = page.next_page_token;
        pages += 1;
        if page_token.is_empty() {
            break;
        }
    }
    assert_eq!(pages, 3);
    assert_eq!(seen, (1..=7).map(|n| format!("T-{n}")).collect::<Vec<_>>());
    let in_state = |state: TicketState| pb::ListTicketsRequest {
        states: vec![state as i32],
        ..pb::ListTicketsRequest::default()
    };
    assert_eq!(listed(&harness, in_state(TicketState::Completed)).await, ["T-2"]);
    assert_eq!(listed(&harness, in_state(TicketState::Queued)).await, ["T-5", "T-6", "T-7"]);
    let of_li = pb::ListTicketsRequest { agent: "li".to_owned(), ..Default::default() };
    assert_eq!(listed(&harness, of_li).await, ["T-1", "T-2", "T-3", "T-4"]);
}

#[tokio::test]
async fn a_restart_changes_no_ticket_and_no_agent() {
    let mut harness = Harness::start().await;
    harness.seat(&[("li", 2.0), ("ann", 1.0)]).await;
    for n in 1..=5 {
        harness.decide(&format!("T-{n}")).await;
        harness.pass_minutes(1);
    }
    harness.report("T-1", REPLIED).await;
    harness.report("T-2", held(HoldReason::Customer)).await;
    harness.complete("T-3").await;
    let look = async |harness: &Harness| {
        let all = pb::ListTicketsRequest::default();
        let tickets = harness.desk().list_tickets(all).await.expect("a list").into_inner();
        (tickets, harness.agent("li").await, harness.agent("ann").await, queue(harness).await)
    };
    let before = look(&harness).await;
    for _ in 0..2 {
        harness.restart().await;
        assert_eq!(look(&harness).await, before);
    }
}

#[tokio::test]
async fn the_etag_changes_with_the_ticket() {
    let harness = Harness::start().await;
    harness.seat(&[("li", 2.0)]).await;
    harness.decide("T-1").await;
    let first = harness.ticket("T-1").await.etag;
    assert_eq!(harness.ticket("T-1").await.etag, first);
    assert_ne!(harness.report("T-1", REPLIED).await.etag, first);
}
