//! What a ticket asks of an agent, and the same with the roster's numbers for its names.

use std::collections::BTreeSet;

use crate::agent::Place;
use crate::assessment::Language;
use crate::ids::{AgentId, ChannelId, TeamId};
use crate::load::Load;
use crate::policy::Policy;
use crate::roster::{Roster, SkillIdx, TeamIdx};
use crate::skill::{Requirement, RequirementKind};
use crate::ticket::{Ticket, Tier};

/// What a ticket asks of an agent.
#[derive(Debug, Clone, Copy)]
pub struct Need<'a> {
    /// The team that must serve it; `None` any.
    pub team: Option<&'a TeamId>,
    /// The language of its text.
    pub language: Language,
    /// The skills asked for.
    pub requirements: &'a [Requirement],
    /// The channel it came through.
    pub channel: &'a ChannelId,
    /// What it weighs.
    pub weight: Load,
    /// Agents who must not get it.
    pub excluded: &'a BTreeSet<AgentId>,
    /// Who served the customer last.
    pub last_agent: Option<&'a AgentId>,
    /// Where help is needed.
    pub place: Option<Place>,
    /// The customer's standing.
    pub tier: Tier,
}

impl<'a> Need<'a> {
    /// What a ticket asks for under a policy.
    pub fn of(ticket: &'a Ticket, policy: &'a Policy) -> Self {
        Self {
            team: policy.team_for(ticket),
            language: ticket.assessment.language,
            requirements: policy.requirements_for(ticket),
            channel: &ticket.channel,
            weight: policy.weight_of(ticket),
            excluded: &ticket.wishes.excluded,
            last_agent: ticket.wishes.last_agent.as_ref(),
            place: ticket.place,
            tier: ticket.customer.tier,
        }
    }
}

/// A requirement with the roster's number for its skill.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    /// `None` when nobody on the roster holds the skill.
    pub(super) skill: Option<SkillIdx>,
    pub(super) kind: RequirementKind,
    pub(super) min_level: u8,
    pub(super) weight_permille: u32,
}

/// A need resolved against a roster once, so that no name is compared per agent.
#[derive(Debug)]
pub(super) struct ResolvedNeed<'a> {
    pub(super) need: &'a Need<'a>,
    /// `Some(None)`: a team is asked for that nobody works for.
    pub(super) team: Option<Option<TeamIdx>>,
    pub(super) asked: Vec<Asked>,
    pub(super) excluded: Vec<usize>,
    pub(super) last_agent: Option<usize>,
}

impl<'a> ResolvedNeed<'a> {
    pub(super) fn new(need: &'a Need<'a>, roster: &Roster) -> Self {
        Self {
            need,
            team: need.team.map(|team| roster.team_idx(team)),
            asked: need.requirements.iter().map(|asked| resolve(asked, roster)).collect(),
            excluded: need.excluded.iter().filter_map(|id| roster.seat_idx(id)).collect(),
            last_agent: need.last_agent.and_then(|id| roster.seat_idx(id)),
        }
    }
}

fn resolve(requirement: &Requirement, roster: &Roster) -> Asked {
    Asked {
        skill: roster.skill_idx(&requirement.skill),
        kind: requirement.kind,
        min_level: requirement.min_level.get(),
        weight_permille: requirement.weight_permille,
    }
}
