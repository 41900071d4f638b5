//! What a ticket asks of an agent.

use std::collections::BTreeSet;

use crate::agent::Place;
use crate::assessment::Language;
use crate::ids::{AgentId, ChannelId, TeamId};
use crate::knowledge::Experience;
use crate::load::Load;
use crate::policy::Policy;
use crate::skill::Requirement;
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
    /// Who knows what it is about.
    pub experience: &'a Experience,
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
            experience: &ticket.assessment.precedents.experience,
            place: ticket.place,
            tier: ticket.customer.tier,
        }
    }
}
