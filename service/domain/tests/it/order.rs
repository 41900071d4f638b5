//! Who is served first when somebody becomes free.

use std::sync::Arc;

use switchyard_domain::agent::Presence;
use switchyard_domain::assessment::{Signal, Urgency};
use switchyard_domain::priority::Band;
use switchyard_domain::probability::Probability;
use switchyard_domain::ticket::Ticket;

use crate::fixture::{Scene, desk, has_room, judged, minute};

fn with_one_who_is_away() -> Scene {
    desk().agent_with("a1", |agent| {
        has_room(agent, 1.0);
        agent.presence = Some(Presence::Away);
    })
}

fn reads_as(ticket: &mut Ticket, urgency: Urgency) {
    Arc::make_mut(&mut ticket.assessment).urgency = judged(urgency);
}

/// Serves the queue to its end, one ticket at a time.
fn served(mut desk: Scene) -> Vec<String> {
    let mut order = Vec::new();
    desk.presence("a1", Some(Presence::Online));
    while let Some(case) = desk.desk.cases().values().find(|case| case.owner().is_some()) {
        let id = case.ticket.id.to_string();
        desk.complete(&id);
        order.push(id);
    }
    order
}

#[test]
fn the_most_urgent_is_served_first() {
    let desk = with_one_who_is_away()
        .ticket_with("low", |ticket| reads_as(ticket, Urgency::Low))
        .ticket_with("critical", |ticket| reads_as(ticket, Urgency::Critical))
        .ticket_with("high", |ticket| reads_as(ticket, Urgency::High));
    assert_eq!(desk.queue(), ["critical", "high", "low"]);
    assert_eq!(served(desk), ["critical", "high", "low"]);
}

#[test]
fn the_older_is_served_first_among_equals_then_the_smaller_id() {
    let desk = with_one_who_is_away()
        .at(10)
        .ticket_with("c", |ticket| ticket.opened_at = minute(2))
        .ticket_with("b", |ticket| ticket.opened_at = minute(2))
        .ticket_with("d", |ticket| ticket.opened_at = minute(1));
    assert_eq!(served(desk), ["d", "b", "c"]);
}

#[test]
fn a_band_set_by_a_person_orders_the_queue() {
    let desk = with_one_who_is_away()
        .ticket_with("set", |ticket| ticket.wishes.priority = Some(Band::P1))
        .ticket_with("read", |ticket| reads_as(ticket, Urgency::High))
        .ticket_with("set-low", |ticket| {
            ticket.wishes.priority = Some(Band::P4);
            reads_as(ticket, Urgency::Critical);
        });
    assert_eq!(served(desk), ["set", "read", "set-low"]);
}

#[test]
fn a_p1_set_by_a_person_goes_before_the_gravest_and_the_oldest() {
    let desk = with_one_who_is_away()
        .ticket_with("old", |ticket| ticket.opened_at = minute(-60 * 24 * 60))
        .ticket_with("grave", |ticket| {
            reads_as(ticket, Urgency::Critical);
            let grave = vec![(Signal::SafetyHazard, Probability::ONE)];
            Arc::make_mut(&mut ticket.assessment).signals = grave;
        })
        .ticket_with("set", |ticket| ticket.wishes.priority = Some(Band::P1))
        .ticket_with("set-earlier", |ticket| {
            ticket.opened_at = minute(-1);
            ticket.wishes.priority = Some(Band::P1);
        });
    assert_eq!(served(desk), ["set-earlier", "set", "old", "grave"]);
}

#[test]
fn age_in_the_end_passes_urgency() {
    let desk = with_one_who_is_away()
        .ticket_with("old", |ticket| {
            ticket.opened_at = minute(-30 * 24 * 60);
            reads_as(ticket, Urgency::Low);
        })
        .ticket_with("critical", |ticket| reads_as(ticket, Urgency::Critical));
    assert_eq!(desk.queue(), ["old", "critical"]);
}
