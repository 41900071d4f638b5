//! What each part adds, and the bands that follow.

use super::*;
use crate::assessment::{Assessment, Judged, Language, Mode, Origin};
use crate::calendar::Calendar;
use crate::ids::{CategoryId, ChannelId, TicketId};
use crate::knowledge::Precedents;
use crate::policy::CategoryPolicy;
use crate::probability::Probability;
use crate::sla::Clock;
use crate::ticket::{Customer, Wishes};
use std::sync::Arc;

fn judged<T>(value: T) -> Judged<T> {
    Judged { value, confidence: Probability::ONE, mode: Mode::Auto, alternatives: Vec::new() }
}

fn at(hour: i64) -> Timestamp {
    Timestamp::from_millis(1_780_000_000_000) + Span::from_hours(hour)
}

fn ticket(urgency: Urgency, sentiment: Sentiment, signals: &[Signal]) -> Ticket {
    let assessment = Assessment {
        language: Language::En,
        category: judged(CategoryId::new("service.outage").expect("valid")),
        category_group: None,
        category_origin: Origin::Model,
        sentiment: judged(sentiment),
        sentiment_score: sentiment.score(),
        urgency: judged(urgency),
        signals: signals.iter().map(|s| (*s, Probability::ONE)).collect(),
        tags: Vec::new(),
        truncated: false,
        model_version: Arc::from(""),
        degraded: None,
        precedents: Precedents::default(),
    };
    Ticket {
        id: TicketId::new("t1").expect("valid"),
        channel: ChannelId::new("chat").expect("valid"),
        opened_at: at(0),
        customer: Customer::default(),
        place: None,
        wishes: Wishes::default(),
        assessment: Arc::new(assessment),
    }
}

#[track_caller]
fn check(ticket: &Ticket, band: Band) {
    let priority = priority_of(ticket, &Clocks::IDLE, &Policy::default(), at(0));
    assert_eq!(priority.band, band, "{:?}", priority.parts);
}

#[test]
fn a_critical_text_is_p2_and_with_a_hazard_or_legal_threat_p1() {
    check(&ticket(Urgency::Critical, Sentiment::Neutral, &[]), Band::P2);
    for grave in [Signal::SafetyHazard, Signal::LegalThreat] {
        check(&ticket(Urgency::Critical, Sentiment::Neutral, &[grave]), Band::P1);
    }
}

#[test]
fn a_calm_question_is_p4() {
    check(&ticket(Urgency::Normal, Sentiment::Neutral, &[]), Band::P4);
    check(&ticket(Urgency::Low, Sentiment::Positive, &[Signal::VipMention]), Band::P4);
}

#[test]
fn a_person_overrides_the_score() {
    let mut set = ticket(Urgency::Critical, Sentiment::VeryNegative, &[Signal::SafetyHazard]);
    set.wishes.priority = Some(Band::P4);
    check(&set, Band::P4);
    let policy = Policy::default();
    let priority = priority_of(&set, &Clocks::IDLE, &policy, at(2));
    assert!(priority.overridden);
    assert_eq!(priority.rank(&policy.priority), Rank::of_score(500), "only its age counts");
}

#[test]
fn every_part_adds_what_it_is_worth() {
    let mut policy = Policy::default();
    let category = CategoryId::new("service.outage").expect("valid");
    let severity = CategoryPolicy { severity: 40, ..CategoryPolicy::default() };
    policy.categories.insert(category, severity);
    let signals = [Signal::ChurnThreat, Signal::LegalThreat, Signal::RepeatContact];
    let mut grave = ticket(Urgency::High, Sentiment::Negative, &signals);
    grave.customer.tier = Tier::Premium;
    grave.customer.complaints_90d = 1;
    grave.customer.tickets_90d = 10;
    let resolution = Clock::start(Span::from_hours(8), at(0), &Calendar::always());
    let clocks = Clocks { resolution, ..Clocks::IDLE };
    let priority = priority_of(&grave, &clocks, &policy, at(6));
    let wanted = [29_250, 5_000, 5_000, 4_000, 15_400, 6_000, 2_500, 7_500, 1_500];
    assert_eq!(priority.parts, wanted);
    assert_eq!(priority.score(), 76_150);
}

#[test]
fn the_score_shown_ends_at_a_hundred_and_the_rank_goes_on() {
    let policy = Policy::default();
    let ticket = ticket(Urgency::Low, Sentiment::Neutral, &[]);
    let priority = priority_of(&ticket, &Clocks::IDLE, &policy, at(1_000));
    assert_eq!(priority.score(), SCORE_MAX);
    assert_eq!(priority.rank(&policy.priority), Rank::of_score(250_000));
}

#[test]
fn a_ticket_from_the_future_has_no_age() {
    let ticket = ticket(Urgency::Low, Sentiment::Neutral, &[]);
    let priority = priority_of(&ticket, &Clocks::IDLE, &Policy::default(), at(-5));
    assert_eq!(priority.parts[Part::Age as usize], 0);
}

#[test]
fn a_near_deadline_lifts_a_set_band_too() {
    let mut set = ticket(Urgency::Low, Sentiment::Neutral, &[]);
    set.wishes.priority = Some(Band::P3);
    let resolution = Clock::start(Span::from_hours(8), at(0), &Calendar::always());
    let clocks = Clocks { resolution, ..Clocks::IDLE };
    let policy = Policy::default();
    let rank = |hour| priority_of(&set, &clocks, &policy, at(hour)).rank(&policy.priority);
    assert_eq!(rank(4), Rank::of_score(41_000));
    assert_eq!(rank(6), Rank::of_score(40_000 + 7_500 + 1_500));
}
