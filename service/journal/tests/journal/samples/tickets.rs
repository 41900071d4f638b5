//! Tickets and what the models made of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use switchyard_domain::agent::Place;
use switchyard_domain::assessment::{
    AbstainReason, Assessment, Degraded, Judged, Language, Mode, Origin, Sentiment, Signal, Urgency,
};
use switchyard_domain::ids::{CategoryId, ChannelId, CustomerRef, SkillId};
use switchyard_domain::knowledge::Precedents;
use switchyard_domain::load::Load;
use switchyard_domain::priority::Band;
use switchyard_domain::probability::Probability;
use switchyard_domain::skill::{Requirement, RequirementKind};
use switchyard_domain::ticket::{Customer, Ticket, Tier, Wishes};

use super::{agent_id, at, level, team_id, ticket_id};

/// A ticket with every wish.
pub(crate) fn ticket() -> Ticket {
    Ticket {
        id: ticket_id("T-1"),
        channel: ChannelId::new("chat").expect("valid"),
        opened_at: at(-30),
        customer: Customer {
            reference: Some(CustomerRef::new("c-77").expect("valid")),
            tier: Tier::Vip,
            complaints_90d: 2,
            tickets_90d: 9,
        },
        place: Some(Place::new(-33.9, -0.0).expect("valid")),
        wishes: Wishes {
            team: Some(team_id("returns")),
            requirements: Some(vec![
                requirement(RequirementKind::Required, None),
                requirement(RequirementKind::Preferred, Some(255)),
            ]),
            excluded: BTreeSet::from([agent_id("wang"), agent_id("zhao")]),
            last_agent: Some(agent_id("li.na")),
            priority: Some(Band::P1),
            hard_due: Some(at(600)),
            weight: Some(Load::from_milli(1_250)),
        },
        assessment: Arc::new(assessment()),
    }
}

/// A ticket with no wish at all, or with an empty list of requirements.
pub(crate) fn plain_ticket(id: &str, requirements: Option<Vec<Requirement>>) -> Ticket {
    Ticket {
        id: ticket_id(id),
        channel: ChannelId::new("email").expect("valid"),
        opened_at: at(0),
        customer: Customer::default(),
        place: None,
        wishes: Wishes { requirements, ..Wishes::default() },
        assessment: Arc::new(fallback()),
    }
}

pub(crate) fn requirement(kind: RequirementKind, relax_rank: Option<u8>) -> Requirement {
    let skill = SkillId::new("refunds").expect("valid");
    Requirement { skill, kind, min_level: level(2), weight_permille: 1_500, relax_rank }
}

pub(crate) fn assessment() -> Assessment {
    Assessment {
        language: Language::ZhHans,
        category: Judged {
            value: category("returns.refund"),
            confidence: p(0.1 + 0.2),
            mode: Mode::Suggest,
            alternatives: vec![
                (category("returns.exchange"), p(0.25)),
                (category("other"), p(1e-30)),
            ],
        },
        category_group: None,
        category_origin: Origin::Model,
        sentiment: Judged {
            value: Sentiment::VeryNegative,
            confidence: Probability::ONE,
            mode: Mode::Auto,
            alternatives: vec![(Sentiment::Negative, Probability::ZERO)],
        },
        sentiment_score: -0.731,
        urgency: Judged {
            value: Urgency::High,
            confidence: p(0.4),
            mode: Mode::Abstain(AbstainReason::NeedsAttachment),
            alternatives: Vec::new(),
        },
        signals: vec![(Signal::LegalThreat, p(0.9)), (Signal::RepeatContact, p(0.6))],
        tags: Vec::new(),
        truncated: true,
        model_version: Arc::from("default@3f2a9c"),
        degraded: None,
        precedents: Precedents::default(),
    }
}

/// What is known without a model.
pub(crate) fn fallback() -> Assessment {
    Assessment {
        language: Language::Und,
        category_group: None,
        category_origin: Origin::Fallback,
        model_version: Arc::from(""),
        degraded: Some(Degraded::ModelAbsent),
        precedents: Precedents::default(),
        ..assessment()
    }
}

pub(crate) fn category(id: &str) -> CategoryId {
    CategoryId::new(id).expect("valid")
}

pub(crate) fn p(value: f32) -> Probability {
    Probability::new(value).expect("valid")
}
