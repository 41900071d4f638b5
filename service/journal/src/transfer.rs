//! A ticket's stay with another team.

use switchyard_domain::desk::{Home, Transfer};
use switchyard_domain::ids::{AgentId, TeamId};
use switchyard_proto::journal_v1 as pb;

use crate::DecodeError;
use crate::scalar::{id, ids, optional_id, texts};
use crate::ticket::{requirements_from_record, requirements_to_record};

pub(crate) fn to_record(transfer: &Transfer) -> pb::Transfer {
    let Home { agent, team, requirements, excluded, is_advice } = &transfer.home;
    pb::Transfer {
        team: transfer.team.to_string(),
        returns: transfer.returns,
        requirements: requirements_to_record(&transfer.requirements).items,
        from: transfer.from.as_ref().map(ToString::to_string),
        home_agent: agent.as_ref().map(ToString::to_string),
        home_team: team.as_ref().map(ToString::to_string),
        home_requirements: requirements.as_deref().map(requirements_to_record),
        home_excluded: texts(excluded),
        home_is_advice: *is_advice,
    }
}

pub(crate) fn from_record(record: pb::Transfer) -> Result<Transfer, DecodeError> {
    let stated = record.home_requirements.as_ref().map(requirements_from_record);
    let home = Home {
        agent: optional_id(record.home_agent.as_deref(), AgentId::new, "Transfer.home_agent")?,
        team: optional_id(record.home_team.as_deref(), TeamId::new, "Transfer.home_team")?,
        requirements: stated.transpose()?,
        excluded: ids(&record.home_excluded, AgentId::new, "Transfer.home_excluded")?,
        is_advice: record.home_is_advice,
    };
    let items = record.requirements;
    Ok(Transfer {
        team: id(&record.team, TeamId::new, "Transfer.team")?,
        returns: record.returns,
        requirements: requirements_from_record(&pb::Requirements { items })?,
        from: optional_id(record.from.as_deref(), AgentId::new, "Transfer.from")?,
        home,
    })
}
