//! What each kind of event tells: the one place of the export that knows them all.

use switchyard_domain::desk::event::Intake;
use switchyard_domain::desk::{Activity, Closing, Decision, Event};
use switchyard_domain::ids::{AgentId, TeamId};
use switchyard_domain::sla::Clocks;

use crate::words;

/// What an event's kind brings; what it does not bring is an empty cell.
#[derive(Debug, Default)]
pub(super) struct Told<'a> {
    pub(super) kind: &'static str,
    pub(super) agent: Option<&'a AgentId>,
    pub(super) team: Option<&'a TeamId>,
    pub(super) value: Option<&'static str>,
    pub(super) reason: Option<&'static str>,
    pub(super) intake: Option<&'a Intake>,
    pub(super) decision: Option<&'a Decision>,
    pub(super) clocks: Option<Clocks>,
    pub(super) policy_revision: Option<u64>,
    pub(super) source_revision: Option<u64>,
}

/// The one place that knows every kind of event.
pub(super) fn told(event: &Event) -> Told<'_> {
    let of = |kind| Told { kind, ..Told::default() };
    match event {
        Event::PolicyApplied(policy) => {
            Told { policy_revision: Some(policy.revision), ..of("policy_applied") }
        }
        Event::TeamUpserted(team) => Told { team: Some(&team.id), ..of("team_upserted") },
        Event::TeamRemoved(team) => Told { team: Some(team), ..of("team_removed") },
        Event::AgentUpserted(agent) => Told { agent: Some(&agent.id), ..of("agent_upserted") },
        Event::AgentRemoved(agent) => Told { agent: Some(agent), ..of("agent_removed") },
        Event::ShiftsReplaced { agent, .. } => Told { agent: Some(agent), ..of("shifts_replaced") },
        Event::PresenceSet { agent, presence, source } => Told {
            agent: Some(agent),
            value: presence.map(words::presence_label),
            reason: Some(words::presence_source_label(*source)),
            ..of("presence_set")
        },
        Event::TicketTriaged(intake) => Told { intake: Some(intake), ..of("ticket_triaged") },
        Event::TicketAdopted { intake, owner, hold, .. } => Told {
            agent: owner.as_ref(),
            reason: hold.map(words::hold_label),
            intake: Some(intake),
            ..of("ticket_adopted")
        },
        Event::TicketAdvised { intake, decision } => {
            Told { intake: Some(intake), ..decided(decision, "ticket_advised") }
        }
        Event::Decided(decision) => decided(decision, "ticket_decided"),
        Event::OwnerSet { agent, source_revision, .. } => Told {
            agent: Some(agent),
            source_revision: Some(*source_revision),
            ..of("ticket_owner_set")
        },
        Event::Reported { activity, clocks, source_revision, .. } => Told {
            value: Some(words::activity_label(activity)),
            clocks: Some(*clocks),
            source_revision: Some(*source_revision),
            ..reported(activity)
        },
        Event::Closed { closing, clocks, source_revision, .. } => Told {
            value: Some(words::closing_label(*closing)),
            clocks: Some(*clocks),
            source_revision: Some(*source_revision),
            ..of("ticket_closed")
        },
        Event::Acknowledged { source_revision, .. } => Told {
            value: Some("acknowledged"),
            source_revision: Some(*source_revision),
            ..of("ticket_activity")
        },
        Event::Merged { clocks, source_revision, .. } => Told {
            value: Some(words::closing_label(Closing::Merged)),
            clocks: Some(*clocks),
            source_revision: Some(*source_revision),
            ..of("ticket_closed")
        },
        Event::Absorbed { clocks, .. } => Told { clocks: Some(*clocks), ..of("ticket_absorbed") },
        Event::Transferred { transfer, source_revision, .. } => Told {
            team: Some(&transfer.team),
            source_revision: Some(*source_revision),
            ..of("ticket_transferred")
        },
        Event::Returned { source_revision, .. } => {
            Told { source_revision: Some(*source_revision), ..of("ticket_returned") }
        }
        Event::Released { agent, reason, .. } => Told {
            agent: Some(agent),
            reason: reason.map(words::decline_label),
            ..of("ticket_released")
        },
        Event::IntakeSet { agent, paused } => Told {
            agent: Some(agent),
            value: Some(if *paused { "paused" } else { "open" }),
            ..of("intake_set")
        },
        Event::RenewalBegun { .. } | Event::PromisesRenewed { .. } => of("promises_renewed"),
        Event::Reopened { clocks, source_revision, .. } => Told {
            clocks: Some(*clocks),
            source_revision: Some(*source_revision),
            ..of("ticket_reopened")
        },
    }
}

fn decided<'a>(decision: &'a Decision, kind: &'static str) -> Told<'a> {
    Told {
        kind,
        agent: decision.outcome.agent(),
        value: Some(words::outcome_label(&decision.outcome)),
        reason: Some(words::trigger_label(decision.trigger)),
        decision: Some(decision),
        policy_revision: Some(decision.policy_revision),
        ..Told::default()
    }
}

fn reported(activity: &Activity) -> Told<'_> {
    let kind = "ticket_activity";
    match activity {
        Activity::Held(reason) => {
            Told { kind, reason: Some(words::hold_label(*reason)), ..Told::default() }
        }
        Activity::AssignedTo(agent) => Told { kind, agent: Some(agent), ..Told::default() },
        Activity::Rated(rating) => {
            Told { kind, reason: Some(words::rating_label(*rating)), ..Told::default() }
        }
        Activity::CustomerMessage
        | Activity::AgentReply
        | Activity::Resumed
        | Activity::Solved
        | Activity::Reopened
        | Activity::Transferred(_)
        | Activity::Returned
        | Activity::MergedInto(_)
        | Activity::SplitInto(_) => Told { kind, ..Told::default() },
    }
}
