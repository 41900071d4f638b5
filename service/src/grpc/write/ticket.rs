//! A ticket as it stands.

use switchyard_domain::desk::{Case, Closing, HoldReason, Phase, Transfer};
use switchyard_domain::time::Timestamp;
use switchyard_proto::v1 as pb;

use super::assessment::assessment;
use super::decision::{priority, sla};
use super::instant;
use crate::app::etag;
use crate::app::explain::decision_id;

/// A ticket's status.
pub(crate) fn status(case: &Case) -> pb::TicketStatus {
    let (state, since) = state(&case.phase);
    let decision_id =
        if case.decision_seq == 0 { String::new() } else { decision_id(case.decision_seq) };
    pb::TicketStatus {
        id: case.ticket.id.to_string(),
        state: state as i32,
        team: case.team.as_ref().map(ToString::to_string).unwrap_or_default(),
        agent: case.last_owner().map(ToString::to_string).unwrap_or_default(),
        hold: hold(case.hold) as i32,
        priority: Some(priority(&case.priority)),
        sla: Some(sla(&case.clocks)),
        assessment: Some(assessment(&case.ticket.assessment)),
        opened_time: Some(instant(case.ticket.opened_at)),
        state_time: Some(instant(since)),
        source_revision: case.source_revision,
        decision_id,
        etag: etag::of_ticket(case),
        channel: case.ticket.channel.to_string(),
        weight: case.weight.units(),
        rating: case.rating.map_or(0, |rating| rating.score().into()),
        merged_into: case.merged_into.as_ref().map(ToString::to_string).unwrap_or_default(),
        transfer: case.transfer.as_deref().map(transfer),
    }
}

fn transfer(transfer: &Transfer) -> pb::Transfer {
    pb::Transfer {
        team: transfer.team.to_string(),
        returns: transfer.returns,
        home_agent: transfer.home.agent.as_ref().map(ToString::to_string).unwrap_or_default(),
    }
}

/// The state and since when.
fn state(phase: &Phase) -> (pb::TicketState, Timestamp) {
    match phase {
        Phase::Queued { since } => (pb::TicketState::Queued, *since),
        Phase::Advised { since, .. } => (pb::TicketState::Advised, *since),
        Phase::Active { since, .. } => (pb::TicketState::Active, *since),
        Phase::Closed { at, closing, .. } => match closing {
            Closing::Completed => (pb::TicketState::Completed, *at),
            Closing::Solved => (pb::TicketState::Solved, *at),
            Closing::Cancelled => (pb::TicketState::Cancelled, *at),
            Closing::Merged => (pb::TicketState::Merged, *at),
        },
    }
}

/// What a ticket waits for.
pub(super) fn hold(hold: Option<HoldReason>) -> pb::HoldReason {
    match hold {
        None => pb::HoldReason::Unspecified,
        Some(HoldReason::Customer) => pb::HoldReason::Customer,
        Some(HoldReason::ThirdParty) => pb::HoldReason::ThirdParty,
        Some(HoldReason::Internal) => pb::HoldReason::Internal,
    }
}
