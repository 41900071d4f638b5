//! Policies: what teams do, what is promised, and how soon closed tickets are forgotten.

use std::collections::BTreeMap;
use std::sync::Arc;

use switchyard_domain::calendar::Calendar;
use switchyard_domain::desk::{Action, OpenTickets};
use switchyard_domain::ids::{CategoryId, TeamId};
use switchyard_domain::load::Load;
use switchyard_domain::policy::{CategoryPolicy, Dispatch, Policy, TeamMode, TeamPolicy};
use switchyard_domain::sla::{SlaRule, Targets};
use switchyard_domain::ticket::Tier;
use switchyard_domain::time::Span;

use super::tickets::{CATEGORIES, requirement};
use super::{Source, TEAMS, team_id};
use crate::random::Dice;

impl Source {
    pub(super) fn policy_change(&mut self) -> Action {
        let policy = Arc::new(self.policy());
        let open = self.dice.one(&[OpenTickets::Keep, OpenTickets::Recompute]);
        Action::ApplyPolicy { policy, open }
    }

    /// Every policy has a revision of its own, as those that the service makes.
    pub(super) fn policy(&mut self) -> Policy {
        let revision = self.dice.next();
        let dice = &mut self.dice;
        let mut policy = Policy {
            revision,
            categories: categories(dice),
            teams: teams(dice),
            default_team: dice.maybe(20, |dice| team_id(dice.one(&TEAMS))),
            sla: dice.some(3, rule),
            closed_kept: Span::from_minutes(dice.one(&[0, 30, 600, 5_000])),
            ..Policy::default()
        };
        let routing = &mut policy.routing;
        routing.min_shift_left = Span::from_minutes(dice.one(&[0, 15]));
        routing.default_capacity = Load::from_milli(dice.one(&[1_000, 2_500, 5_000]));
        routing.held_permille = dice.one(&[0, 300, 300, 1_000]);
        routing.channel_weights = dice
            .some(2, |dice| (super::channel(dice), Load::from_milli(dice.one(&[0, 700, 1_300]))));
        policy
    }
}

fn categories(dice: &mut Dice) -> BTreeMap<CategoryId, CategoryPolicy> {
    let named: Vec<_> = CATEGORIES.into_iter().filter(|_| dice.hits(50)).collect();
    named.into_iter().map(|name| (CategoryId::new(name).expect("valid"), category(dice))).collect()
}

fn category(dice: &mut Dice) -> CategoryPolicy {
    CategoryPolicy {
        severity: dice.below(100) as u32,
        team: dice.maybe(50, |dice| team_id(dice.one(&TEAMS))),
        requirements: dice.some(2, requirement),
    }
}

/// `hint` is mostly only advised, `pull` mostly takes by itself; now and then a policy turns that over.
fn teams(dice: &mut Dice) -> BTreeMap<TeamId, TeamPolicy> {
    let mut teams = BTreeMap::new();
    let usual = |dice: &mut Dice| dice.hits(90);
    if usual(dice) {
        let advised = TeamPolicy { mode: TeamMode::Advise, dispatch: Dispatch::Push };
        teams.insert(team_id("hint"), advised);
    }
    if usual(dice) {
        let pulling = TeamPolicy { mode: TeamMode::Assign, dispatch: Dispatch::Pull };
        teams.insert(team_id("pull"), pulling);
    }
    teams
}

fn rule(dice: &mut Dice) -> SlaRule {
    let response = dice.within(5, 300);
    let targets = |band: i64| Targets {
        first_response: Span::from_minutes(response * band),
        next_response: Span::from_minutes(response * band / 2),
        resolution: Span::from_minutes(response * band * 3),
    };
    SlaRule {
        name: "rule".to_owned(),
        team: dice.maybe(30, |dice| team_id(dice.one(&TEAMS))),
        tier: dice.maybe(20, |dice| dice.one(&Tier::ALL)),
        category: None,
        calendar: Arc::new(Calendar::always()),
        targets: [targets(1), targets(2), targets(3), targets(4)],
    }
}
