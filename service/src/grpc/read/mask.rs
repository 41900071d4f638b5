//! Field masks: which fields of a ticket to return, which of an agent to change.

use prost_types::FieldMask;
use switchyard_domain::desk::AgentField;
use switchyard_proto::v1 as pb;

use crate::app::fault::{Expected, Fault};
use crate::grpc::check::Check;

/// Which fields of a ticket's status to return.
#[derive(Debug, Clone, Default)]
pub(crate) struct ReadMask(Option<Vec<&'static str>>);

/// Keeps the fields that are named, and lists those there are.
macro_rules! status_fields {
    ($($field:ident),+ $(,)?) => {
        const STATUS_FIELDS: &[&str] = &[$(stringify!($field)),+];

        fn cut(ticket: pb::TicketStatus, fields: &[&str]) -> pb::TicketStatus {
            let mut kept = pb::TicketStatus::default();
            $(if fields.contains(&stringify!($field)) {
                kept.$field = ticket.$field;
            })+
            kept
        }
    };
}

status_fields! {
    id, state, team, agent, hold, priority, sla, assessment, opened_time, state_time,
    source_revision, decision_id, etag, channel, weight, rating, merged_into, transfer,
}

impl ReadMask {
    /// A mask as it was asked for; an absent one returns all.
    pub(crate) fn read(check: &mut Check, asked: Option<&FieldMask>) -> Self {
        Self(asked.map(|asked| {
            let known = |path: &String| {
                let found = STATUS_FIELDS.iter().copied().find(|field| field == path);
                check.take("read_mask", found.ok_or_else(|| not_among(STATUS_FIELDS, path)))
            };
            asked.paths.iter().filter_map(known).collect()
        }))
    }

    /// A ticket's status with these fields only.
    pub(crate) fn cut(&self, ticket: pb::TicketStatus) -> pb::TicketStatus {
        match &self.0 {
            Some(fields) => cut(ticket, fields),
            None => ticket,
        }
    }
}

/// Which fields of agents to change; `None` puts whole agents.
pub(crate) fn agent_fields(
    check: &mut Check,
    asked: Option<&FieldMask>,
) -> Option<Vec<AgentField>> {
    let known = |path: &String| {
        let found = AgentField::NAMES.iter().find(|(name, _)| name == path);
        check.take("update_mask", found.ok_or_else(|| not_among(AGENT_FIELDS, path)))
    };
    let asked = asked?;
    Some(asked.paths.iter().filter_map(known).map(|(_, field)| *field).collect())
}

const AGENT_FIELDS: &[&str] = &AgentField::ALL_NAMES;

fn not_among(known: &'static [&'static str], path: &str) -> Fault {
    Fault::text(Expected::FieldOf(known), path)
}
