//! From what was submitted to what a desk is told.

use std::sync::Arc;

use switchyard_domain::desk::{Action, Desk};
use switchyard_domain::ids::TicketId;
use switchyard_domain::policy::Policy;
use switchyard_domain::time::Timestamp;

use crate::app::policies::PolicyRecord;
use crate::app::submission::{Submission, Work};
use crate::store::PolicyRow;

/// The action for the desk; a policy gets the revision after the one in force.
pub(super) fn prepare(
    submission: &Submission,
    desk: &Desk,
    now: Timestamp,
) -> (Action, Option<PolicyRecord>) {
    match &submission.work {
        Work::Act(action) => (action.clone(), None),
        Work::ApplyPolicy { policy, source, comment, open } => {
            let revision = desk.policy().revision + 1;
            let policy = Arc::new(Policy { revision, ..Policy::clone(policy) });
            let row = PolicyRow {
                tenant: submission.tenant.to_string(),
                revision,
                source: source.clone(),
                comment: comment.clone(),
                at_ms: now.millis(),
            };
            let action = Action::ApplyPolicy { policy: policy.clone(), open: *open };
            (action, Some(PolicyRecord { policy, row }))
        }
    }
}

/// The ticket of a triage: one of an older revision is answered with the decision there is.
pub(super) fn triaged(action: &Action) -> Option<TicketId> {
    match action {
        Action::Triage { ticket, .. } | Action::Advise { ticket, .. } => Some(ticket.id.clone()),
        _ => None,
    }
}

/// The policy that a new tenant's desk begins with.
pub(super) fn first_policy(
    default: &PolicyRecord,
    submission: &Submission,
    now: Timestamp,
) -> PolicyRecord {
    let row = PolicyRow {
        tenant: submission.tenant.to_string(),
        at_ms: now.millis(),
        ..default.row.clone()
    };
    PolicyRecord { policy: default.policy.clone(), row }
}
