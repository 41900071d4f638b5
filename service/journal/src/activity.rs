//! What happened to a ticket outside.

use switchyard_domain::desk::{Activity, HoldReason, Transferral};
use switchyard_domain::ids::{AgentId, TeamId, TicketId};
use switchyard_proto::journal_v1 as pb;
use switchyard_proto::journal_v1::activity::Kind;

use crate::DecodeError;
use crate::labels::Label;
use crate::scalar::{id, optional_id, optional_rating, required};
use crate::ticket::{requirements_from_record, requirements_to_record};

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
        Activity::Transferred(asked) => pb::Activity {
            team: Some(asked.team.to_string()),
            agent: asked.agent.as_ref().map(ToString::to_string),
            returns: asked.returns,
            requirements: requirements_to_record(&asked.requirements).items,
            ..of(Kind::Transferred)
        },
        Activity::Returned => of(Kind::Returned),
        Activity::MergedInto(other) => {
            pb::Activity { ticket: Some(other.to_string()), ..of(Kind::MergedInto) }
        }
        Activity::SplitInto(other) => {
            pb::Activity { ticket: Some(other.to_string()), ..of(Kind::SplitInto) }
        }
        Activity::Rated(rating) => {
            pb::Activity { rating: rating.score().into(), ..of(Kind::Rated) }
        }
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
        Ok(Kind::Transferred) => transferral(record).map(Box::new).map(Activity::Transferred),
        Ok(Kind::Returned) => Ok(Activity::Returned),
        Ok(Kind::MergedInto) => other_ticket(record).map(Activity::MergedInto),
        Ok(Kind::SplitInto) => other_ticket(record).map(Activity::SplitInto),
        Ok(Kind::Rated) => {
            let rating = optional_rating(record.rating, "Activity.rating")?;
            required(rating, "Activity.rating").map(Activity::Rated)
        }
        Ok(Kind::Unspecified) | Err(_) => {
            Err(DecodeError::UnknownValue { field: "Activity.kind", got: record.kind })
        }
    }
}

fn other_ticket(record: &pb::Activity) -> Result<TicketId, DecodeError> {
    id(required(record.ticket.as_deref(), "Activity.ticket")?, TicketId::new, "Activity.ticket")
}

fn transferral(record: &pb::Activity) -> Result<Transferral, DecodeError> {
    let team = required(record.team.as_deref(), "Activity.team")?;
    let items = record.requirements.clone();
    Ok(Transferral {
        team: id(team, TeamId::new, "Activity.team")?,
        agent: optional_id(record.agent.as_deref(), AgentId::new, "Activity.agent")?,
        returns: record.returns,
        requirements: requirements_from_record(&pb::Requirements { items })?,
    })
}
