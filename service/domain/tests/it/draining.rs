//! Looking only where somebody became free comes to the same as looking everywhere.

use crate::fixture::apply;
use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use switchyard_domain::agent::Agent;
use switchyard_domain::desk::event::{Decision, Outcome};
use switchyard_domain::desk::{Action, Case, Desk, Event, PresenceSource, Trigger};
use switchyard_domain::time::{Span, Timestamp};

use crate::fixture::{agent_id, desk, has_room, minute};
use crate::history::{self, agent, history};
use crate::properties::{at_work, cases, run};

/// Every waiting ticket, most urgent first, held against every agent: what a drain must come to.
fn drained_in_full(desk: &mut Desk, now: Timestamp) -> Vec<Event> {
    let waiting: Vec<_> = desk.queue_at(now).into_iter().map(|c| c.ticket.id.clone()).collect();
    let mut events = Vec::new();
    for id in waiting {
        let decided = freed(desk, desk.case(&id).expect("it waits"), now);
        if let Some(decision) = decided {
            let event = Event::Decided(Box::new(decision));
            desk.apply(&event, now);
            events.push(event);
        }
    }
    events
}

fn freed(desk: &Desk, case: &Case, now: Timestamp) -> Option<Decision> {
    let ranking = desk.rank(&case.ticket, now);
    Some(Decision {
        ticket: case.ticket.id.clone(),
        trigger: Trigger::Freed,
        triaged_seq: case.triaged_seq,
        team: case.team.clone(),
        priority: case.priority_at(desk.policy(), now),
        clocks: case.clocks,
        outcome: Outcome::Assigned(ranking.chosen()?.clone()),
        ranking,
        policy_revision: desk.policy().revision,
    })
}

/// What a change of the roster came to before anybody looked at the queue.
fn changes(events: &[Event]) -> Vec<Event> {
    let is_change = |event: &&Event| !matches!(event, Event::Decided(_));
    events.iter().take_while(is_change).cloned().collect()
}

fn change() -> impl Strategy<Value = Action> {
    let agents = vec(agent().prop_map(Arc::new), 1..4);
    let presence = (history::agent_id(), history::presence());
    let shifts = (history::agent_id(), history::shifts());
    prop_oneof![
        3 => agents.prop_map(Action::UpsertAgents),
        2 => shifts.prop_map(|(agent, shifts)| Action::ReplaceShifts { agent, shifts }),
        2 => presence.prop_map(|(agent, presence)| {
            Action::SetPresence { agent, presence, source: PresenceSource::Manual }
        }),
        1 => history::policy().prop_map(apply),
        2 => Just(Action::Tick),
    ]
}

proptest! {
    #![proptest_config(cases(1_000))]

    #[test]
    fn a_drain_to_the_freed_is_a_drain_to_all(
        steps in history(60),
        changed in vec((0i64..2_000, change()), 1..8),
    ) {
        let mut desk = at_work();
        for step in steps {
            run(&mut desk, step);
        }
        let mut desk = desk.desk;
        for (pause, action) in changed {
            let now = desk.now().max(minute(0)) + Span::from_minutes(pause);
            let mut twin = desk.clone();
            let Ok(events) = desk.handle(action, now) else { continue };
            let mut wanted = changes(&events);
            for event in &wanted {
                twin.apply(event, now);
            }
            wanted.extend(drained_in_full(&mut twin, now));
            prop_assert_eq!(events, wanted);
        }
    }
}

/// `a1` has come on shift unseen and could take either ticket, `a2` joins and could take `calm`.
#[test]
fn who_came_on_shift_and_who_was_freed_are_served_in_one_order() {
    let room = |agent: &mut Agent| has_room(agent, 1.0);
    let mut desk = desk().agent_with("a1", room).agent_with("a2", room);
    desk.replace_shifts("a1", &[(30, 300)]);
    desk.replace_shifts("a2", &[]);
    let mut desk = desk
        .ticket_with("calm", |_| {})
        .ticket_with("urgent", |ticket| {
            ticket.opened_at = minute(-600);
            ticket.wishes.excluded.insert(agent_id("a2"));
        })
        .at(31);
    desk.upsert("a2", room);
    assert_eq!((desk.owner("urgent"), desk.owner("calm")), (Some("a1"), Some("a2")));
}
