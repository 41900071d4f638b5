//! Values written out by hand: what the golden files hold, and the policies all tests refer to.
//!
//! Never change what a golden file of a released version holds; add a sample instead.

mod decisions;
mod desks;
mod events;
mod new_in_2;
mod new_in_3;
mod roster;
mod tickets;

pub(crate) use decisions::intake;
pub(crate) use desks::snapshot;
pub(crate) use events::{activities, intake_events, later_events, roster_events};
pub(crate) use new_in_2::{new_events, new_snapshot};
pub(crate) use new_in_3::precedent_events;
pub(crate) use roster::{agent, bare_agent, rota, shifts, team};
pub(crate) use tickets::{plain_ticket, ticket};

use std::sync::Arc;

use switchyard_domain::ids::{AgentId, TeamId, TicketId};
use switchyard_domain::policy::Policy;
use switchyard_domain::skill::SkillLevel;
use switchyard_domain::time::{Span, Timestamp};

/// The policy of any revision, as a store would find it.
#[expect(clippy::unnecessary_wraps, reason = "the shape of a resolver")]
pub(crate) fn policy_of(revision: u64) -> Option<Arc<Policy>> {
    Some(Arc::new(Policy { revision, ..Policy::default() }))
}

pub(crate) fn policy(revision: u64) -> Arc<Policy> {
    policy_of(revision).expect("every revision is stored")
}

/// 2026-06-03T09:00:00+08:00, a Wednesday, and this many minutes.
pub(crate) fn at(minute: i64) -> Timestamp {
    Timestamp::parse("2026-06-03T09:00:00+08:00").expect("valid") + Span::from_minutes(minute)
}

pub(crate) fn ticket_id(id: &str) -> TicketId {
    TicketId::new(id).expect("valid")
}

pub(crate) fn agent_id(id: &str) -> AgentId {
    AgentId::new(id).expect("valid")
}

pub(crate) fn team_id(id: &str) -> TeamId {
    TeamId::new(id).expect("valid")
}

pub(crate) fn level(level: u32) -> SkillLevel {
    SkillLevel::new(level).expect("valid")
}
