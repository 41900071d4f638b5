//! Rules: which targets hold for which tickets, and in which hours they count.

use std::sync::Arc;

use crate::calendar::Calendar;
use crate::ids::{CategoryId, TeamId};
use crate::priority::Band;
use crate::ticket::{Ticket, Tier};
use crate::time::Span;

/// What is promised for one priority band, in open time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Targets {
    /// From opening to the first reply.
    pub first_response: Span,
    /// From a customer's message to the next reply.
    pub next_response: Span,
    /// From opening to solved, without the time spent waiting for the customer.
    pub resolution: Span,
}

/// Targets for the tickets they match.
#[derive(Debug, Clone, PartialEq)]
pub struct SlaRule {
    /// The name shown to people.
    pub name: String,
    /// Only tickets of this team; `None` any.
    pub team: Option<TeamId>,
    /// Only customers of this tier; `None` any.
    pub tier: Option<Tier>,
    /// Only this category; `None` any.
    pub category: Option<CategoryId>,
    /// The hours that count.
    pub calendar: Arc<Calendar>,
    /// Targets by band, most urgent first.
    pub targets: [Targets; 4],
}

impl SlaRule {
    /// The built-in rule for everyone.
    ///
    /// Response 15 min / 1 h / 4 h / 8 h and resolution 4 h / 8 h / 24 h / 72 h,
    /// the steps common to published help desk plans.
    pub fn everyone(calendar: Arc<Calendar>) -> Self {
        let targets = |response: i64, resolution: i64| Targets {
            first_response: Span::from_minutes(response),
            next_response: Span::from_minutes(response),
            resolution: Span::from_hours(resolution),
        };
        Self {
            name: "default".to_owned(),
            team: None,
            tier: None,
            category: None,
            calendar,
            targets: [targets(15, 4), targets(60, 8), targets(240, 24), targets(480, 72)],
        }
    }

    fn matches(&self, ticket: &Ticket, team: Option<&TeamId>) -> bool {
        self.team.as_ref().is_none_or(|wanted| Some(wanted) == team)
            && self.tier.is_none_or(|wanted| wanted == ticket.customer.tier)
            && self
                .category
                .as_ref()
                .is_none_or(|wanted| *wanted == ticket.assessment.category.value)
    }

    /// The targets of a band.
    pub fn targets(&self, band: Band) -> Targets {
        self.targets[band as usize]
    }
}

/// The first rule that matches a ticket.
pub fn rule_for<'a>(
    rules: &'a [SlaRule],
    ticket: &Ticket,
    team: Option<&TeamId>,
) -> Option<&'a SlaRule> {
    rules.iter().find(|rule| rule.matches(ticket, team))
}
