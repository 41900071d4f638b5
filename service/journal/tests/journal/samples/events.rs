//! Events of every kind.

use std::sync::Arc;

use switchyard_domain::agent::Presence;
use switchyard_domain::desk::case::Latest;
use switchyard_domain::desk::event::Outcome;
use switchyard_domain::desk::{Activity, Closing, Event, HoldReason, PresenceSource, Trigger};
use switchyard_domain::schedule::Schedule;
use switchyard_domain::sla::Clocks;

use super::decisions::{clocks, decision, intake};
use super::roster::{agent, bare_agent, rota, shifts, team};
use super::tickets::{plain_ticket, ticket};
use super::{agent_id, policy, team_id, ticket_id};

/// Events of the roster, each kind at least once.
pub(crate) fn roster_events() -> Vec<Event> {
    let agent_of = |schedule| Event::AgentUpserted(Arc::new(agent("li.na", schedule)));
    let presence_set =
        |presence, source| Event::PresenceSet { agent: agent_id("li.na"), presence, source };
    vec![
        Event::PolicyApplied(policy(7)),
        Event::TeamUpserted(team()),
        Event::TeamRemoved(team_id("gone")),
        agent_of(rota()),
        agent_of(Schedule::Dated(shifts())),
        agent_of(Schedule::Dated(Vec::new())),
        Event::AgentUpserted(Arc::new(bare_agent("bare"))),
        Event::AgentRemoved(agent_id("left")),
        Event::ShiftsReplaced { agent: agent_id("li.na"), shifts: shifts() },
        presence_set(Some(Presence::Away), PresenceSource::Manual),
        presence_set(Some(Presence::Offline), PresenceSource::Heartbeat),
        presence_set(None, PresenceSource::Shift),
    ]
}

/// Tickets that come in and are decided, each kind at least once.
pub(crate) fn intake_events() -> Vec<Event> {
    let decided = |trigger, outcome| Event::Decided(decision(trigger, outcome));
    let owner = || agent_id("li.na");
    vec![
        Event::TicketTriaged(intake(ticket())),
        Event::TicketTriaged(intake(plain_ticket("T-2", None))),
        Event::TicketAdopted {
            intake: intake(plain_ticket("T-3", Some(Vec::new()))),
            owner: Some(owner()),
            hold: Some(HoldReason::ThirdParty),
            latest: Latest::default(),
        },
        Event::TicketAdopted {
            intake: intake(ticket()),
            owner: None,
            hold: None,
            latest: Latest::default(),
        },
        Event::TicketAdvised {
            intake: intake(ticket()),
            decision: decision(Trigger::Advice, Outcome::Advised(None)),
        },
        decided(Trigger::Triage, Outcome::Assigned(owner())),
        decided(Trigger::Retriage, Outcome::Kept(owner())),
        decided(Trigger::Advice, Outcome::Advised(Some(owner()))),
        decided(Trigger::Adoption, Outcome::Queued),
        decided(Trigger::Reopening, Outcome::Queued),
        decided(Trigger::Freed, Outcome::Queued),
    ]
}

/// Everything that can happen outside.
pub(crate) fn activities() -> Vec<Activity> {
    vec![
        Activity::CustomerMessage,
        Activity::AgentReply,
        Activity::Held(HoldReason::Customer),
        Activity::Held(HoldReason::Internal),
        Activity::Resumed,
        Activity::AssignedTo(agent_id("li.na")),
        Activity::Solved,
        Activity::Reopened,
    ]
}

/// What happens to a ticket later, each kind at least once.
pub(crate) fn later_events() -> Vec<Event> {
    let ticket = || ticket_id("T-1");
    let reported = |activity| Event::Reported {
        ticket: ticket(),
        activity,
        clocks: clocks(),
        source_revision: 42,
        happened_at: None,
    };
    let closed = |closing| Event::Closed {
        ticket: ticket(),
        closing,
        happened_at: None,
        clocks: Clocks::IDLE,
        source_revision: 0,
    };
    let mut events: Vec<_> = activities().into_iter().map(reported).collect();
    events.extend([Closing::Completed, Closing::Solved, Closing::Cancelled].map(closed));
    events.push(Event::OwnerSet {
        ticket: ticket(),
        agent: agent_id("王"),
        source_revision: u64::MAX,
        advice: None,
    });
    events.push(Event::Reopened { ticket: ticket(), clocks: clocks(), source_revision: 43 });
    events
}
