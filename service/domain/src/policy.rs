//! The typed policy: what the desk goes by, already checked.
//!
//! The `policy` package reads it from text; here it is plain values with safe
//! defaults: no missing setting ever means "unlimited".

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::calendar::Calendar;
use crate::ids::{CategoryId, ChannelId, TeamId};
use crate::load::Load;
use crate::priority::PriorityPolicy;
use crate::routing::CostWeights;
use crate::skill::Requirement;
use crate::sla::SlaRule;
use crate::ticket::Ticket;
use crate::time::Span;

/// What a category means for priority and routing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CategoryPolicy {
    /// How grave a ticket of this kind is by nature, 0 (trifle) to 100 (grave).
    pub severity: u32,
    /// The team that serves it; `None` takes [`Policy::default_team`].
    pub team: Option<TeamId>,
    /// The skills it asks for.
    pub requirements: Vec<Requirement>,
}

/// How far the desk goes with a team's tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TeamMode {
    /// An agent gets each, or it is queued.
    #[default]
    Assign,
    /// An agent is named, and a person decides.
    Advise,
}

/// How a team's waiting tickets come to its agents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dispatch {
    /// The desk gives them.
    #[default]
    Push,
    /// Agents ask for them.
    Pull,
}

/// What holds for a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TeamPolicy {
    /// How far the desk goes.
    pub mode: TeamMode,
    /// How tickets come to agents.
    pub dispatch: Dispatch,
}

/// Whose labels the categories are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Labels {
    /// The model's, one for one.
    #[default]
    Model,
    /// The backend's own; the model's label, where it means one of them.
    Own(BTreeMap<CategoryId, CategoryId>),
}

/// How routing filters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoutingPolicy {
    /// What each cost weighs.
    pub weights: CostWeights,
    /// An agent whose shift ends sooner gets nothing new.
    pub min_shift_left: Span,
    /// The limit of an agent for whom none is stated.
    pub default_capacity: Load,
    /// What a ticket weighs that waits for its customer, in thousandths of its weight.
    pub held_permille: u32,
    /// What a ticket weighs by its channel; one unit where none is stated.
    pub channel_weights: BTreeMap<ChannelId, Load>,
    /// The distance at which the distance cost is full, in kilometres.
    pub distance_full_km: u32,
}

/// Everything the desk goes by.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// Counts up with every policy applied; 0 is the built-in default.
    pub revision: u64,
    /// What each category means; also the taxonomy's labels.
    pub categories: BTreeMap<CategoryId, CategoryPolicy>,
    /// Whose labels the categories are.
    pub labels: Labels,
    /// What holds for teams; the defaults for one that is not named.
    pub teams: BTreeMap<TeamId, TeamPolicy>,
    /// The team for categories that name none; `None` lets anyone take them.
    pub default_team: Option<TeamId>,
    /// How priority is computed.
    pub priority: PriorityPolicy,
    /// Targets; the first rule that matches holds.
    pub sla: Vec<SlaRule>,
    /// Filters and costs.
    pub routing: RoutingPolicy,
    /// How long closed tickets are remembered.
    pub closed_kept: Span,
}

impl Default for RoutingPolicy {
    fn default() -> Self {
        Self {
            weights: CostWeights::default(),
            min_shift_left: Span::from_minutes(15),
            default_capacity: Load::from_milli(5_000),
            held_permille: 300,
            channel_weights: BTreeMap::new(),
            distance_full_km: 100,
        }
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            revision: 0,
            categories: BTreeMap::new(),
            labels: Labels::default(),
            teams: BTreeMap::new(),
            default_team: None,
            priority: PriorityPolicy::default(),
            sla: vec![SlaRule::everyone(Arc::new(Calendar::always()))],
            routing: RoutingPolicy::default(),
            closed_kept: Span::from_hours(7 * 24),
        }
    }
}

impl Policy {
    /// What holds for a category; one the policy does not name gets the defaults.
    pub fn category(&self, id: &CategoryId) -> Option<&CategoryPolicy> {
        self.categories.get(id)
    }

    /// What holds for a team, or for tickets that any team may serve.
    pub fn team(&self, id: Option<&TeamId>) -> TeamPolicy {
        id.and_then(|id| self.teams.get(id)).copied().unwrap_or_default()
    }

    /// The team that should serve a ticket.
    pub fn team_for<'a>(&'a self, ticket: &'a Ticket) -> Option<&'a TeamId> {
        let by_category =
            || self.category(&ticket.assessment.category.value).and_then(|c| c.team.as_ref());
        ticket.wishes.team.as_ref().or_else(by_category).or(self.default_team.as_ref())
    }

    /// The skills a ticket asks for.
    pub fn requirements_for<'a>(&'a self, ticket: &'a Ticket) -> &'a [Requirement] {
        match &ticket.wishes.requirements {
            Some(stated) => stated,
            None => self
                .category(&ticket.assessment.category.value)
                .map_or(&[], |category| &category.requirements),
        }
    }

    /// What a ticket weighs while it is worked on.
    ///
    /// Never nothing, whatever is stated: an agent could be given no end of such tickets.
    pub fn weight_of(&self, ticket: &Ticket) -> Load {
        let by_channel = || self.routing.channel_weights.get(&ticket.channel).copied();
        ticket.wishes.weight.or_else(by_channel).unwrap_or(Load::ONE).max(Load::LEAST)
    }
}
