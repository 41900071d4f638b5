//! What happened to a ticket outside.

use switchyard_domain::desk::{Activity, HoldReason};
use switchyard_domain::ids::AgentId;
use switchyard_proto::journal_v1 as pb;
use switchyard_proto::journal_v1::activity::Kind;

use crate::DecodeError;
use crate::labels::Label;
use crate::scalar::{id, required};

pub(crate) fn to_record(activity: &Activity) -> pb::Activity {
    let of = |kind: Kind| pb::Activity { kind: kind as i32, ..pb::Activity::default() };
    match activity {
        Activity::CustomerMessage => of(Kind::CustomerMessage),
        Activity::AgentReply => of(Kind::AgentReply),
        Activity::Held(reason) => pb::Activity { hold: reason.to_record(), ..of(Kind::Held) },
        Activity::Resumed => of(Kind::Resumed),
        Activity::AssignedTo(agent) => {
            pb::Activity { agent: Some(agent.to_string()), ..of(Kind::AssignedTo) }
        }
        Activity::Solved => of(Kind::Solved),
        Activity::Reopened => of(Kind::Reopened),
    }
}

pub(crate) fn from_record(record: &pb::Activity) -> Result<Activity, DecodeError> {
    match Kind::try_from(record.kind) {
        Ok(Kind::CustomerMessage) => Ok(Activity::CustomerMessage),
        Ok(Kind::AgentReply) => Ok(Activity::AgentReply),
        Ok(Kind::Held) => HoldReason::from_record(record.hold, "Activity.hold").map(Activity::Held),
        Ok(Kind::Resumed) => Ok(Activity::Resumed),
        Ok(Kind::AssignedTo) => {
            let agent = required(record.agent.as_deref(), "Activity.agent")?;
            id(agent, AgentId::new, "Activity.agent").map(Activity::AssignedTo)
        }
        Ok(Kind::Solved) => Ok(Activity::Solved),
        Ok(Kind::Reopened) => Ok(Activity::Reopened),
        Ok(Kind::Unspecified) | Err(_) => {
            Err(DecodeError::UnknownValue { field: "Activity.kind", got: record.kind })
        }
    }
}
