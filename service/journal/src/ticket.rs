//! A ticket's facts and numbers; its text is never in the journal.

use switchyard_domain::ids::{AgentId, ChannelId, CustomerRef, SkillId, TeamId, TicketId};
use switchyard_domain::load::Load;
use switchyard_domain::skill::Requirement;
use switchyard_domain::ticket::{Customer, Ticket, Wishes};
use switchyard_domain::time::Timestamp;
use switchyard_proto::journal_v1 as pb;

use crate::labels::Label;
use crate::scalar::{id, ids, level, optional_id, optional_timestamp, required, texts, timestamp};
use crate::{DecodeError, agent, assessment};

pub(crate) fn to_record(ticket: &Ticket) -> pb::Ticket {
    pb::Ticket {
        id: ticket.id.to_string(),
        channel: ticket.channel.to_string(),
        opened_at: ticket.opened_at.millis(),
        customer: Some(customer_to_record(&ticket.customer)),
        place: ticket.place.map(agent::place_to_record),
        wishes: Some(wishes_to_record(&ticket.wishes)),
        assessment: Some(assessment::to_record(&ticket.assessment)),
    }
}

pub(crate) fn from_record(record: pb::Ticket) -> Result<Ticket, DecodeError> {
    let customer = required(record.customer, "Ticket.customer")?;
    let wishes = required(record.wishes, "Ticket.wishes")?;
    let assessment = required(record.assessment, "Ticket.assessment")?;
    Ok(Ticket {
        id: id(&record.id, TicketId::new, "Ticket.id")?,
        channel: id(&record.channel, ChannelId::new, "Ticket.channel")?,
        opened_at: timestamp(record.opened_at, "Ticket.opened_at")?,
        customer: customer_from_record(&customer)?,
        place: record.place.map(agent::place_from_record).transpose()?,
        wishes: wishes_from_record(&wishes)?,
        assessment: assessment::from_record(assessment)?.into(),
    })
}

fn customer_to_record(customer: &Customer) -> pb::Customer {
    pb::Customer {
        reference: customer.reference.as_ref().map(ToString::to_string),
        tier: customer.tier.to_record(),
        complaints_90d: customer.complaints_90d,
        tickets_90d: customer.tickets_90d,
    }
}

fn customer_from_record(record: &pb::Customer) -> Result<Customer, DecodeError> {
    let reference = record.reference.as_deref();
    Ok(Customer {
        reference: optional_id(reference, CustomerRef::new, "Customer.reference")?,
        tier: Label::from_record(record.tier, "Customer.tier")?,
        complaints_90d: record.complaints_90d,
        tickets_90d: record.tickets_90d,
    })
}

fn wishes_to_record(wishes: &Wishes) -> pb::Wishes {
    pb::Wishes {
        team: wishes.team.as_ref().map(ToString::to_string),
        requirements: wishes.requirements.as_deref().map(requirements_to_record),
        excluded_agents: texts(&wishes.excluded),
        last_agent: wishes.last_agent.as_ref().map(ToString::to_string),
        priority: Label::to_optional_record(wishes.priority),
        hard_due: wishes.hard_due.map(Timestamp::millis),
        weight_milli: wishes.weight.map(Load::milli),
    }
}

fn wishes_from_record(record: &pb::Wishes) -> Result<Wishes, DecodeError> {
    let requirements = record.requirements.as_ref().map(requirements_from_record);
    Ok(Wishes {
        team: optional_id(record.team.as_deref(), TeamId::new, "Wishes.team")?,
        requirements: requirements.transpose()?,
        excluded: ids(&record.excluded_agents, AgentId::new, "Wishes.excluded_agents")?,
        last_agent: optional_id(record.last_agent.as_deref(), AgentId::new, "Wishes.last_agent")?,
        priority: Label::from_optional_record(record.priority, "Wishes.priority")?,
        hard_due: optional_timestamp(record.hard_due, "Wishes.hard_due")?,
        weight: record.weight_milli.map(Load::from_milli),
    })
}

pub(crate) fn requirements_to_record(requirements: &[Requirement]) -> pb::Requirements {
    pb::Requirements { items: requirements.iter().map(requirement_to_record).collect() }
}

pub(crate) fn requirements_from_record(
    record: &pb::Requirements,
) -> Result<Vec<Requirement>, DecodeError> {
    record.items.iter().map(requirement_from_record).collect()
}

fn requirement_to_record(requirement: &Requirement) -> pb::Requirement {
    pb::Requirement {
        skill: requirement.skill.to_string(),
        kind: requirement.kind.to_record(),
        min_level: requirement.min_level.get().into(),
        weight_permille: requirement.weight_permille,
        relax_rank: requirement.relax_rank.map(u32::from),
    }
}

fn requirement_from_record(record: &pb::Requirement) -> Result<Requirement, DecodeError> {
    Ok(Requirement {
        skill: id(&record.skill, SkillId::new, "Requirement.skill")?,
        kind: Label::from_record(record.kind, "Requirement.kind")?,
        min_level: level(record.min_level, "Requirement.min_level")?,
        weight_permille: record.weight_permille,
        relax_rank: record.relax_rank.map(relax_rank_from_record).transpose()?,
    })
}

fn relax_rank_from_record(rank: u32) -> Result<u8, DecodeError> {
    u8::try_from(rank).map_err(|_| DecodeError::OutOfRange {
        field: "Requirement.relax_rank",
        expected: "in 0..=255",
        got: rank.into(),
    })
}
