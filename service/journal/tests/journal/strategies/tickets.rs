//! Any ticket and assessment.

use std::sync::Arc;

use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use switchyard_domain::assessment::{
    AbstainReason, Assessment, Degraded, Judged, Language, Mode, Origin, Sentiment, Signal, Urgency,
};
use switchyard_domain::ids::{
    AgentId, CategoryId, ChannelId, CustomerRef, GroupId, SkillId, TagId, TeamId, TicketId,
};
use switchyard_domain::priority::Band;
use switchyard_domain::skill::{Requirement, RequirementKind};
use switchyard_domain::ticket::{Customer, Ticket, Tier, Wishes};

use super::precedents::precedents;
use super::{any_of, id, level, load, place, probability, timestamp};

pub(crate) fn ticket() -> impl Strategy<Value = Arc<Ticket>> {
    let what = (id(TicketId::new), id(ChannelId::new), timestamp());
    (what, customer(), option::of(place()), wishes(), assessment()).prop_map(
        |((id, channel, opened_at), customer, place, wishes, assessment)| {
            Arc::new(Ticket { id, channel, opened_at, customer, place, wishes, assessment })
        },
    )
}

pub(crate) fn customer() -> impl Strategy<Value = Customer> {
    (option::of(id(CustomerRef::new)), any_of(Tier::ALL), any::<u32>(), any::<u32>()).prop_map(
        |(reference, tier, complaints_90d, tickets_90d)| Customer {
            reference,
            tier,
            complaints_90d,
            tickets_90d,
        },
    )
}

pub(crate) fn wishes() -> impl Strategy<Value = Wishes> {
    let excluded = btree_set(id(AgentId::new), 0..3);
    let people = (option::of(id(TeamId::new)), excluded, option::of(id(AgentId::new)));
    let requirements = option::of(vec(requirement(), 0..3));
    let numbers = (option::of(any_of(Band::ALL)), option::of(timestamp()), option::of(load()));
    (people, requirements, numbers).prop_map(|(people, requirements, numbers)| Wishes {
        team: people.0,
        requirements,
        excluded: people.1,
        last_agent: people.2,
        priority: numbers.0,
        hard_due: numbers.1,
        weight: numbers.2,
    })
}

pub(crate) fn requirement() -> impl Strategy<Value = Requirement> {
    let kind = any_of([RequirementKind::Required, RequirementKind::Preferred]);
    (id(SkillId::new), kind, level(), any::<u32>(), any::<Option<u8>>()).prop_map(
        |(skill, kind, min_level, weight_permille, relax_rank)| Requirement {
            skill,
            kind,
            min_level,
            weight_permille,
            relax_rank,
        },
    )
}

pub(crate) fn assessment() -> impl Strategy<Value = Arc<Assessment>> {
    let category =
        any_of(["returns.refund", "other"].map(|id| CategoryId::new(id).expect("valid")));
    let group = any_of(["returns", "other"].map(|id| GroupId::new(id).expect("valid")));
    let origin = any_of([Origin::Model, Origin::Caller, Origin::Fallback]);
    let sentiment = (judged(any_of(Sentiment::ALL)), -1.0f32..=1.0);
    let signals = vec((any_of(Signal::ALL), probability()), 0..4);
    let tag = any_of(["wants_refund", "急"].map(|id| TagId::new(id).expect("valid")));
    let found = (signals, vec((tag, probability()), 0..3));
    let degraded =
        option::of(proptest::sample::select(vec![Degraded::ModelAbsent, Degraded::LabelsDiffer]));
    let model = (any::<bool>(), any::<String>(), degraded, precedents());
    let what = (any_of(Language::ALL), judged(category), origin, option::of(judged(group)));
    (what, sentiment, judged(any_of(Urgency::ALL)), found, model).prop_map(
        |(what, sentiment, urgency, found, model)| {
            Arc::new(Assessment {
                language: what.0,
                category: what.1,
                category_group: what.3,
                category_origin: what.2,
                sentiment: sentiment.0,
                sentiment_score: sentiment.1,
                urgency,
                signals: found.0,
                tags: found.1,
                truncated: model.0,
                model_version: model.1.into(),
                degraded: model.2,
                precedents: model.3,
            })
        },
    )
}

pub(crate) fn judged<T: Clone + std::fmt::Debug>(
    value: impl Strategy<Value = T> + Clone,
) -> impl Strategy<Value = Judged<T>> {
    (value.clone(), probability(), mode(), vec((value, probability()), 0..3)).prop_map(
        |(value, confidence, mode, alternatives)| Judged { value, confidence, mode, alternatives },
    )
}

pub(crate) fn mode() -> impl Strategy<Value = Mode> {
    any_of([
        Mode::Auto,
        Mode::Suggest,
        Mode::Abstain(AbstainReason::LowConfidence),
        Mode::Abstain(AbstainReason::OutOfScope),
        Mode::Abstain(AbstainReason::NeedsAttachment),
        Mode::Abstain(AbstainReason::UnknownLanguage),
    ])
}
