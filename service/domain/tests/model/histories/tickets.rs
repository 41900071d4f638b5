//! Tickets, and those that a backend brings along or knows.

use std::collections::BTreeSet;
use std::sync::Arc;

use switchyard_domain::assessment::{
    Assessment, Judged, Language, Mode, Origin, Sentiment, Urgency,
};
use switchyard_domain::desk::{Adoption, HoldReason, IdRange, Known, KnownTicket};
use switchyard_domain::ids::{CategoryId, SkillId, TicketId};
use switchyard_domain::knowledge::Precedents;
use switchyard_domain::load::Load;
use switchyard_domain::priority::Band;
use switchyard_domain::probability::Probability;
use switchyard_domain::skill::{Requirement, RequirementKind, SkillLevel};
use switchyard_domain::ticket::{Customer, Ticket, Tier, Wishes};

use super::{Source, TEAMS, TICKETS, channel, minute, team_id};
use crate::random::Dice;

pub(super) const CATEGORIES: [&str; 3] = ["billing", "repair", "chatter"];

impl Source {
    pub(super) fn ticket(&mut self) -> Arc<Ticket> {
        let id = self.ticket_id();
        Arc::new(self.ticket_named(id))
    }

    pub(super) fn ticket_named(&mut self, id: TicketId) -> Ticket {
        let wishes = self.wishes();
        let minutes = self.minutes;
        let dice = &mut self.dice;
        let tier = dice.one(&Tier::ALL);
        Ticket {
            id,
            channel: channel(dice),
            opened_at: minute(if dice.hits(70) {
                minutes
            } else {
                minutes - dice.within(-30, 600)
            }),
            customer: Customer { tier, ..Customer::default() },
            place: None,
            wishes,
            assessment: Arc::new(assessment(dice)),
        }
    }

    fn wishes(&mut self) -> Wishes {
        let minutes = self.minutes;
        let excluded: BTreeSet<_> =
            if self.dice.hits(20) { [self.agent_id()].into() } else { BTreeSet::new() };
        let last_agent = self.dice.hits(20).then(|| self.agent_id());
        let dice = &mut self.dice;
        Wishes {
            team: dice.maybe(35, |dice| team_id(dice.one(&TEAMS))),
            requirements: dice.maybe(15, |dice| dice.some(2, requirement)),
            excluded,
            last_agent,
            priority: dice.maybe(20, |dice| dice.one(&Band::ALL)),
            hard_due: dice.maybe(15, |dice| minute(minutes + dice.within(-60, 2_000))),
            weight: dice.maybe(40, |dice| Load::from_milli(dice.one(&[0, 1, 500, 1_500, 2_000]))),
        }
    }

    pub(super) fn adoption(&mut self) -> Adoption {
        let ticket = self.ticket();
        let owner = self.dice.hits(60).then(|| self.agent_id());
        let [replied, held, asked] =
            [(); 3].map(|()| minute(self.minutes - self.dice.within(0, 60)));
        Adoption {
            ticket,
            owner,
            first_replied_at: self.dice.maybe(40, |_| replied),
            hold: self.dice.maybe(30, hold),
            held_at: self.dice.maybe(50, |_| held),
            asked_at: self.dice.maybe(30, |_| asked),
            source_revision: self.revision(),
        }
    }

    /// What the backend knows of some tickets, now and then of all in a range.
    pub(super) fn known(&mut self) -> Known {
        let names: Vec<_> = TICKETS.into_iter().filter(|_| self.dice.hits(40)).collect();
        let tickets = names.into_iter().map(|name| self.known_ticket(name)).collect();
        let complete = self.dice.maybe(50, |dice| IdRange {
            after: dice.maybe(50, |dice| ticket_id(dice.one(&TICKETS))),
            until: dice.maybe(50, |dice| ticket_id(dice.one(&TICKETS))),
        });
        Known { tickets, complete }
    }

    fn known_ticket(&mut self, name: &str) -> KnownTicket {
        KnownTicket {
            ticket: ticket_id(name),
            owner: self.dice.hits(60).then(|| self.agent_id()),
            hold: self.dice.maybe(30, hold),
            source_revision: self.revision(),
            closed: self.dice.hits(30),
        }
    }
}

pub(super) fn ticket_id(id: &str) -> TicketId {
    TicketId::new(id).expect("a valid id")
}

pub(super) fn hold(dice: &mut Dice) -> HoldReason {
    dice.one(&[HoldReason::Customer, HoldReason::ThirdParty, HoldReason::Internal])
}

pub(super) fn requirement(dice: &mut Dice) -> Requirement {
    Requirement {
        skill: skill_id(dice),
        kind: dice.one(&[RequirementKind::Required, RequirementKind::Preferred]),
        min_level: SkillLevel::new(dice.one(&[1, 3])).expect("a valid level"),
        weight_permille: 1_000,
        relax_rank: None,
    }
}

pub(super) fn skill_id(dice: &mut Dice) -> SkillId {
    SkillId::new(dice.one(&["invoice", "solder"])).expect("a valid id")
}

fn judged<T>(value: T) -> Judged<T> {
    Judged { value, confidence: Probability::ONE, mode: Mode::Auto, alternatives: Vec::new() }
}

fn assessment(dice: &mut Dice) -> Assessment {
    Assessment {
        language: dice.one(&[Language::En, Language::En, Language::ZhHans]),
        category: judged(CategoryId::new(dice.one(&CATEGORIES)).expect("a valid id")),
        category_group: None,
        category_origin: Origin::Caller,
        sentiment: judged(dice.one(&Sentiment::ALL)),
        sentiment_score: 0.0,
        urgency: judged(dice.one(&Urgency::ALL)),
        signals: Vec::new(),
        tags: Vec::new(),
        truncated: false,
        model_version: Arc::from(""),
        degraded: None,
        precedents: Precedents::default(),
    }
}
