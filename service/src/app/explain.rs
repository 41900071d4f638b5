//! Why a decision came out as it did: the desk is rebuilt as it was, and decides again.

use std::sync::Arc;

use switchyard_domain::desk::{Desk, Trigger};
use switchyard_domain::ids::{AgentId, TenantId};
use switchyard_domain::priority::priority_of;
use switchyard_domain::routing::{Need, Verdict, explain};
use switchyard_domain::skill::Requirement;
use switchyard_domain::ticket::Ticket;

use super::error::Sought;
use super::history::Recorded;
use super::{App, AppError, SubmitError};

/// A decision with every agent's verdict.
#[derive(Debug, Clone)]
pub struct Explained {
    /// As recorded.
    pub recorded: Recorded,
    /// Every agent: eligible ones by cost, then the excluded by id.
    pub verdicts: Vec<(AgentId, Verdict)>,
    /// What the ticket asked for, as verdicts refer to it.
    pub requirements: Vec<Requirement>,
    /// Deciding again gave what was recorded.
    pub reproduced: bool,
}

impl App {
    /// A decision as it was made.
    pub async fn decision(&self, tenant: &TenantId, id: &str) -> Result<Recorded, AppError> {
        let not_found = || AppError::NotFound { kind: Sought::Decision, id: id.to_owned() };
        let sequence = sequence_of(id).ok_or_else(not_found)?;
        self.desks.history.decision(tenant, sequence).await?.ok_or_else(not_found)
    }

    /// Decides again from the record, and tells every agent's verdict.
    pub async fn explain(&self, tenant: &TenantId, id: &str) -> Result<Explained, AppError> {
        let recorded = self.decision(tenant, id).await?;
        let (history, tenant) = (self.desks.history.clone(), tenant.clone());
        // Many events are folded again: not on a thread that answers calls.
        let work = move || {
            let rebuilt = history.desk_before(&tenant, recorded.sequence);
            let desk = tokio::runtime::Handle::current().block_on(rebuilt)?;
            Ok(explain_on(&desk, recorded))
        };
        tokio::task::spawn_blocking(work)
            .await
            .unwrap_or(Err(AppError::Submit(SubmitError::Stopping)))
    }
}

/// Explains a decision on the desk it was made at.
pub fn explain_on(desk: &Desk, recorded: Recorded) -> Explained {
    let (policy, at) = (desk.policy(), recorded.at);
    let ticket = ticket_then(desk, &recorded);
    let need = Need::of(&ticket, policy);
    let verdicts = explain(desk.roster(), &need, &policy.routing, at);
    let decision = &recorded.decision;
    let priority = priority_of(&ticket, &decision.clocks, policy, at);
    let reproduced = desk.rank(&ticket, at) == decision.ranking && priority == decision.priority;
    Explained { verdicts, requirements: need.requirements.to_vec(), reproduced, recorded }
}

/// The ticket as the desk knew it; advice is on a ticket the desk does not keep.
fn ticket_then(desk: &Desk, recorded: &Recorded) -> Arc<Ticket> {
    let kept = || desk.case(&recorded.decision.ticket).map(|case| case.ticket.clone());
    match recorded.decision.trigger {
        Trigger::Advice => desk.arranged(recorded.ticket.clone(), recorded.at),
        Trigger::Triage
        | Trigger::Retriage
        | Trigger::Adoption
        | Trigger::Reopening
        | Trigger::Freed
        | Trigger::Transferred
        | Trigger::Returned
        | Trigger::Declined
        | Trigger::Released
        | Trigger::Claimed => kept().unwrap_or_else(|| recorded.ticket.clone()),
    }
}

/// A decision's id: its event's sequence, recognisable as what it is.
pub fn decision_id(sequence: u64) -> String {
    format!("d{sequence}")
}

fn sequence_of(id: &str) -> Option<u64> {
    let digits = id.strip_prefix('d')?;
    digits.parse().ok().filter(|sequence| decision_id(*sequence) == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ids_that_were_given_out_are_read() {
        assert_eq!(sequence_of("d42"), Some(42));
        for bad in ["42", "d", "d042", "d-1", "d4x", "dd4", "d99999999999999999999"] {
            assert_eq!(sequence_of(bad), None, "{bad}");
        }
    }
}
