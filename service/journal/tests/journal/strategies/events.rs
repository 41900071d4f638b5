//! Any entry and event.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use switchyard_domain::desk::case::Latest;
use switchyard_domain::desk::{Activity, Actor, Closing, Event, HoldReason, PresenceSource};
use switchyard_domain::ids::{AgentId, TeamId, TicketId};
use switchyard_journal::Entry;

use super::decisions::{clocks, decision, intake};
use super::desks::latest;
use super::new_in_2::{advice_taken, new_activity, new_event};
use super::roster::{agent, interval, presence, team};
use super::{any_of, id, timestamp};
use crate::samples;

pub(crate) fn entry() -> impl Strategy<Value = Entry> {
    let event = prop_oneof![roster_event(), intake_event(), later_event(), new_event()];
    (any::<u64>(), timestamp(), actor(), vec(event, 0..5)).prop_map(
        |(first_sequence, at, actor, events)| Entry {
            first_sequence,
            at,
            actor,
            events,
            tz_version: format!("{}a", first_sequence % 3_000),
        },
    )
}

pub(crate) fn actor() -> impl Strategy<Value = Actor> {
    prop_oneof![
        any::<String>().prop_map(Actor::Person),
        any::<String>().prop_map(Actor::Backend),
        Just(Actor::System),
        Just(Actor::Policy),
    ]
}

pub(crate) fn roster_event() -> impl Strategy<Value = Event> {
    let source = any_of([PresenceSource::Manual, PresenceSource::Shift, PresenceSource::Heartbeat]);
    prop_oneof![
        any::<u64>().prop_map(|revision| Event::PolicyApplied(samples::policy(revision))),
        team().prop_map(Event::TeamUpserted),
        id(TeamId::new).prop_map(Event::TeamRemoved),
        agent().prop_map(Event::AgentUpserted),
        id(AgentId::new).prop_map(Event::AgentRemoved),
        (id(AgentId::new), vec(interval(), 0..4))
            .prop_map(|(agent, shifts)| Event::ShiftsReplaced { agent, shifts }),
        (id(AgentId::new), presence(), source).prop_map(|(agent, presence, source)| {
            Event::PresenceSet { agent, presence, source }
        }),
    ]
}

pub(crate) fn intake_event() -> impl Strategy<Value = Event> {
    prop_oneof![
        intake().prop_map(Event::TicketTriaged),
        (intake(), option::of(id(AgentId::new)), option::of(hold()), latest()).prop_map(
            |(intake, owner, hold, latest)| {
                let latest = Latest { closed_at: None, ..latest };
                Event::TicketAdopted { intake, owner, hold, latest }
            }
        ),
        (intake(), decision())
            .prop_map(|(intake, decision)| Event::TicketAdvised { intake, decision }),
        decision().prop_map(Event::Decided),
    ]
}

pub(crate) fn later_event() -> impl Strategy<Value = Event> {
    let on = || (id(TicketId::new), any::<u64>());
    prop_oneof![
        (on(), id(AgentId::new), option::of(advice_taken())).prop_map(
            |((ticket, source_revision), agent, advice)| {
                Event::OwnerSet { ticket, agent, source_revision, advice }
            }
        ),
        (on(), activity(), option::of(timestamp()), clocks()).prop_map(
            |((ticket, source_revision), activity, happened_at, clocks)| {
                Event::Reported { ticket, activity, happened_at, clocks, source_revision }
            }
        ),
        (on(), closing(), option::of(timestamp()), clocks()).prop_map(
            |((ticket, source_revision), closing, happened_at, clocks)| {
                Event::Closed { ticket, closing, happened_at, clocks, source_revision }
            }
        ),
        (on(), clocks()).prop_map(|((ticket, source_revision), clocks)| Event::Reopened {
            ticket,
            clocks,
            source_revision,
        }),
    ]
}

pub(crate) fn activity() -> impl Strategy<Value = Activity> {
    prop_oneof![
        any_of(samples::activities()),
        hold().prop_map(Activity::Held),
        id(AgentId::new).prop_map(Activity::AssignedTo),
        new_activity(),
    ]
}

pub(crate) fn hold() -> impl Strategy<Value = HoldReason> {
    any_of([HoldReason::Customer, HoldReason::ThirdParty, HoldReason::Internal])
}

pub(crate) fn closing() -> impl Strategy<Value = Closing> {
    any_of([Closing::Completed, Closing::Solved, Closing::Cancelled, Closing::Merged])
}
