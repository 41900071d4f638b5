//! Decisions, and the promises and priorities they rest on.

use std::sync::Arc;

use switchyard_domain::desk::event::{Intake, Outcome};
use switchyard_domain::desk::{Decision, Trigger};
use switchyard_domain::load::Load;
use switchyard_domain::priority::{Band, Priority};
use switchyard_domain::routing::{Candidate, Cost, Ranking, Tally};
use switchyard_domain::sla::{Clock, Clocks};
use switchyard_domain::ticket::Ticket;
use switchyard_domain::time::Span;

use super::{agent_id, at, team_id, ticket_id};

pub(crate) fn decision(trigger: Trigger, outcome: Outcome) -> Box<Decision> {
    let candidate = |agent, cost| Candidate { agent: agent_id(agent), cost: Cost(cost) };
    Box::new(Decision {
        ticket: ticket_id("T-1"),
        trigger,
        triaged_seq: 12,
        team: None,
        priority: Priority { overridden: true, ..priority() },
        clocks: Clocks::IDLE,
        outcome,
        ranking: Ranking {
            candidates: vec![
                candidate("li.na", [0, 50, 0, 233, 0, 0, 0]),
                candidate("王", [600, 0, 500, 1_000, 300, 300, 0]),
            ],
            n_eligible: 17,
            excluded: Tally([1, 0, 2, 0, 300, 0, 0, 0, 0, 70_000, 0, 0]),
        },
        policy_revision: 7,
    })
}

pub(crate) fn intake(ticket: Ticket) -> Box<Intake> {
    Box::new(Intake {
        ticket: Arc::new(ticket),
        team: Some(team_id("returns")),
        weight: Load::ONE,
        priority: priority(),
        clocks: clocks(),
        source_revision: 41,
    })
}

pub(crate) fn priority() -> Priority {
    let parts = [29_250, 10_000, 0, -1, 14_000, 6_000, 0, 0, 0];
    Priority { parts, band: Band::P2, overridden: false }
}

pub(crate) fn clocks() -> Clocks {
    let target = Span::from_hours(4);
    Clocks {
        first_response: Clock::Met { at: at(3), in_time: true },
        next_response: Clock::Paused { target, left: Span::from_minutes(-5) },
        resolution: Clock::Running { target, due: at(240) },
    }
}
