//! A ticket as it stands.

use switchyard_domain::desk::{Case, Closing, HoldReason, Phase};
use switchyard_domain::time::Timestamp;
use switchyard_proto::v1 as pb;

use super::assessment::assessment;
use super::decision::{priority, sla};
use super::instant;
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
        etag: format!("{}", case.version),
        channel: case.ticket.channel.to_string(),
        weight: case.weight.units(),
    }
}

/// The state and since when.
fn state(phase: &Phase) -> (pb::TicketState, Timestamp) {
    match phase {
        Phase::Queued { since } => (pb::TicketState::Queued, *since),
        Phase::Active { since, .. } => (pb::TicketState::Active, *since),
        Phase::Closed { at, closing, .. } => match closing {
            Closing::Completed => (pb::TicketState::Completed, *at),
            Closing::Solved => (pb::TicketState::Solved, *at),
            Closing::Cancelled => (pb::TicketState::Cancelled, *at),
        },
    }
}

fn hold(hold: Option<HoldReason>) -> pb::HoldReason {
    match hold {
        None => pb::HoldReason::Unspecified,
        Some(HoldReason::Customer) => pb::HoldReason::Customer,
        Some(HoldReason::ThirdParty) => pb::HoldReason::ThirdParty,
        Some(HoldReason::Internal) => pb::HoldReason::Internal,
    }
}
