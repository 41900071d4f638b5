//! What happened to a ticket outside.

use switchyard_domain::desk::Activity;
use switchyard_domain::ids::AgentId;
use switchyard_proto::v1 as pb;
use switchyard_proto::v1::activity::Kind;

use super::ticket::hold;
use crate::grpc::check::Check;

/// An activity that says what happened.
pub(crate) fn activity(check: &mut Check, activity: Option<&pb::Activity>) -> Option<Activity> {
    match activity.and_then(|activity| activity.kind.as_ref()) {
        None => {
            check.fail("activity", "expected what happened, got nothing");
            None
        }
        Some(Kind::CustomerMessage(_)) => Some(Activity::CustomerMessage),
        Some(Kind::AgentReply(_)) => Some(Activity::AgentReply),
        Some(Kind::Hold(held)) => {
            let reason = check.choice("activity.hold.reason", held.reason)?;
            if reason == pb::HoldReason::Unspecified {
                check.fail("activity.hold.reason", "expected what the ticket waits for, got none");
            }
            hold(reason).map(Activity::Held)
        }
        Some(Kind::Resume(_)) => Some(Activity::Resumed),
        Some(Kind::AssignedByPerson(assigned)) => {
            let agent = AgentId::new(&assigned.agent);
            check.take("activity.assigned_by_person.agent", agent).map(Activity::AssignedTo)
        }
        Some(Kind::Solved(_)) => Some(Activity::Solved),
        Some(Kind::Reopened(_)) => Some(Activity::Reopened),
    }
}
