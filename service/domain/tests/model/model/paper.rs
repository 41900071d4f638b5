//! One ticket on paper.

use std::collections::BTreeSet;
use std::sync::Arc;

use switchyard_domain::desk::{Closing, HoldReason, Rating};
use switchyard_domain::ids::{AgentId, TeamId, TicketId};
use switchyard_domain::policy::{Policy, TeamPolicy};
use switchyard_domain::skill::Requirement;
use switchyard_domain::ticket::Ticket;
use switchyard_domain::time::Timestamp;

use super::Promises;

/// Where a ticket stands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum State {
    Waits,
    With(AgentId),
    Advised { since: Timestamp, listed: Vec<AgentId> },
    Ended { at: Timestamp, closing: Closing, last: Option<AgentId> },
}

/// A stay with another team.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Away {
    pub(crate) team: TeamId,
    pub(crate) returns: bool,
    pub(crate) requirements: Vec<Requirement>,
    /// Who had it in the team it came from first.
    pub(crate) home: Option<AgentId>,
    /// Who had it just before; they do not get it there.
    pub(crate) left: Option<AgentId>,
    /// Only advice stood in the team it came from first.
    pub(crate) was_advice: bool,
}

/// A ticket: what its caller says of it, and what people and the desk made of that.
#[derive(Debug, Clone)]
pub(crate) struct Paper {
    pub(crate) told: Arc<Ticket>,
    /// The team where its caller has it belong: not the one where it is away, if that is named.
    pub(crate) belongs: Option<TeamId>,
    pub(crate) state: State,
    pub(crate) promises: Promises,
    pub(crate) hold: Option<HoldReason>,
    pub(crate) revision: u64,
    pub(crate) away: Option<Away>,
    pub(crate) declined: BTreeSet<AgentId>,
    /// Who is preferred.
    pub(crate) last_agent: Option<AgentId>,
    pub(crate) rating: Option<Rating>,
    pub(crate) merged_into: Option<TicketId>,
    pub(crate) asked_at: Option<Timestamp>,
    pub(crate) replied_at: Option<Timestamp>,
    pub(crate) held_at: Option<Timestamp>,
    /// When it ended last, also if it was reopened since.
    pub(crate) ended_at: Option<Timestamp>,
}

impl Paper {
    pub(crate) fn new(told: Arc<Ticket>, promises: Promises, revision: u64) -> Self {
        Self {
            last_agent: told.wishes.last_agent.clone(),
            belongs: told.wishes.team.clone(),
            told,
            state: State::Waits,
            promises,
            hold: None,
            revision,
            away: None,
            declined: BTreeSet::new(),
            rating: None,
            merged_into: None,
            asked_at: None,
            replied_at: None,
            held_at: None,
            ended_at: None,
        }
    }

    pub(crate) fn owner(&self) -> Option<&AgentId> {
        match &self.state {
            State::With(agent) => Some(agent),
            State::Waits | State::Advised { .. } | State::Ended { .. } => None,
        }
    }

    pub(crate) fn is_open(&self) -> bool {
        !matches!(self.state, State::Ended { .. })
    }

    /// The team that serves it.
    pub(crate) fn team<'a>(&'a self, policy: &'a Policy) -> Option<&'a TeamId> {
        let away = self.away.as_ref().map(|away| &away.team);
        let stated = away.or(self.belongs.as_ref());
        let category = policy.categories.get(&self.told.assessment.category.value);
        stated.or(category.and_then(|c| c.team.as_ref())).or(policy.default_team.as_ref())
    }

    pub(crate) fn team_policy(&self, policy: &Policy) -> TeamPolicy {
        let stated = self.team(policy).and_then(|team| policy.teams.get(team));
        stated.copied().unwrap_or_default()
    }

    pub(crate) fn requirements(&self, policy: &Policy) -> Vec<Requirement> {
        if let Some(away) = &self.away {
            return away.requirements.clone();
        }
        let category = policy.categories.get(&self.told.assessment.category.value);
        let by_category = || category.map(|c| c.requirements.clone());
        self.told.wishes.requirements.clone().or_else(by_category).unwrap_or_default()
    }

    /// Who does not get it, whoever else is free.
    pub(crate) fn excluded(&self) -> BTreeSet<AgentId> {
        let left = self.away.as_ref().and_then(|away| away.left.clone());
        let stated = self.told.wishes.excluded.iter().cloned();
        stated.chain(self.declined.iter().cloned()).chain(left).collect()
    }

    /// In thousandths of a unit; never nothing.
    pub(crate) fn weight(&self, policy: &Policy) -> u64 {
        let by_channel = || policy.routing.channel_weights.get(&self.told.channel).copied();
        let stated = self.told.wishes.weight.or_else(by_channel);
        stated.map_or(1_000, |load| u64::from(load.milli())).max(1)
    }

    /// What it weighs on its owner now: a share while it is held.
    pub(crate) fn load(&self, policy: &Policy) -> u64 {
        let permille = u64::from(policy.routing.held_permille.min(1_000));
        let share = if self.hold.is_some() { permille } else { 1_000 };
        (self.weight(policy) * share).div_ceil(1_000)
    }

    /// Whether what the caller says now of its team has it stay where people transferred it.
    pub(crate) fn stays_away(&self, told: &Ticket) -> bool {
        let asked = told.wishes.team.as_ref();
        self.away.as_ref().is_some_and(|away| asked.is_none_or(|team| *team == away.team))
    }
}
