//! How urgent a ticket is: an additive score with named parts, and bands P1–P4.
//!
//! Points are thousandths, so a sum is exact and the same on every machine.
//! Age grows without end, so a ticket's rank passes any fixed score in bounded
//! time; only what people set to P1 goes before it still.

#[cfg(test)]
mod tests;

use crate::assessment::{Sentiment, Signal, Urgency};
use crate::policy::Policy;
use crate::sla::Clocks;
use crate::ticket::{Ticket, Tier};
use crate::time::{Span, Timestamp};

/// Thousandths of a point.
pub type MilliPoints = i64;

/// The highest score shown, in thousandths of a point.
pub const SCORE_MAX: MilliPoints = 100_000;

/// Priority in four bands, most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// Drop everything.
    P1,
    /// Soon.
    P2,
    /// In turn.
    P3,
    /// When there is time.
    P4,
}

impl Band {
    /// Every band, most urgent first.
    pub const ALL: [Self; 4] = [Self::P1, Self::P2, Self::P3, Self::P4];

    /// The band's number, 1 (most urgent) to 4.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The band with this number.
    pub fn from_number(number: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|band| u32::from(band.number()) == number)
    }
}

/// What raises priority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// How urgent the text reads.
    Urgency,
    /// How bad the customer feels.
    Sentiment,
    /// The customer's standing.
    Tier,
    /// How grave this kind of ticket is by nature.
    Category,
    /// Hazards, threats, insults.
    Signals,
    /// The same matter came before.
    RepeatContact,
    /// Complaints and tickets of late.
    History,
    /// The nearest SLA deadline.
    Slack,
    /// How long it has been open.
    Age,
}

impl Part {
    /// Every part, in the order of the wire contract.
    pub const ALL: [Self; 9] = [
        Self::Urgency,
        Self::Sentiment,
        Self::Tier,
        Self::Category,
        Self::Signals,
        Self::RepeatContact,
        Self::History,
        Self::Slack,
        Self::Age,
    ];

    /// The name used in data and on the wire.
    pub fn label(self) -> &'static str {
        match self {
            Self::Urgency => "urgency",
            Self::Sentiment => "sentiment",
            Self::Tier => "tier",
            Self::Category => "category",
            Self::Signals => "signals",
            Self::RepeatContact => "repeat_contact",
            Self::History => "history",
            Self::Slack => "slack",
            Self::Age => "age",
        }
    }
}

/// What each part is worth at most, and where the bands begin; thousandths of a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriorityPolicy {
    /// Points of the most urgent text.
    pub urgency: MilliPoints,
    /// Points of the worst mood.
    pub sentiment: MilliPoints,
    /// Points of the highest tier.
    pub tier: MilliPoints,
    /// Points of the gravest category.
    pub category: MilliPoints,
    /// Points of the gravest signal.
    pub signals: MilliPoints,
    /// Points of a repeated contact.
    pub repeat_contact: MilliPoints,
    /// Points of a troubled history.
    pub history: MilliPoints,
    /// Points at the SLA deadline.
    pub slack: MilliPoints,
    /// Points per hour since the ticket was opened.
    pub age_per_hour: MilliPoints,
    /// The lowest scores of P1, P2 and P3.
    pub band_floors: [MilliPoints; 3],
}

impl Default for PriorityPolicy {
    /// Weights chosen so that a critical text alone reaches P2, with a safety
    /// hazard or a legal threat P1, and a calm question of an ordinary customer stays P4.
    fn default() -> Self {
        Self {
            urgency: 45_000,
            sentiment: 10_000,
            tier: 10_000,
            category: 10_000,
            signals: 22_000,
            repeat_contact: 6_000,
            history: 5_000,
            slack: 15_000,
            age_per_hour: 250,
            band_floors: [60_000, 40_000, 22_000],
        }
    }
}

/// A ticket's priority at an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priority {
    /// What each part adds, in the order of [`Part::ALL`].
    pub parts: [MilliPoints; 9],
    /// The band, by score or by a person.
    pub band: Band,
    /// The band was set by the caller or a person.
    pub overridden: bool,
}

impl Priority {
    /// The score shown: the sum of the parts within `0..=SCORE_MAX`.
    pub fn score(&self) -> MilliPoints {
        total(&self.parts).clamp(0, SCORE_MAX)
    }

    /// The place in the queue.
    ///
    /// A band set by people stands at the head of its band (P1 before whatever a score can
    /// reach, P2 and P3 where the band above begins, P4 at nothing), and its age and slack
    /// lift it from there as they lift any other ticket, so that it never waits for ever.
    pub fn rank(&self, policy: &PriorityPolicy) -> Rank {
        if !self.overridden {
            return Rank::of_score(total(&self.parts));
        }
        let lifted =
            self.parts[Part::Slack as usize].saturating_add(self.parts[Part::Age as usize]);
        let points = self.band_head(policy).saturating_add(lifted);
        Rank { is_set_first: self.band == Band::P1, points }
    }

    fn band_head(&self, policy: &PriorityPolicy) -> MilliPoints {
        match self.band {
            Band::P1 | Band::P4 => 0,
            Band::P2 => policy.band_floors[0],
            Band::P3 => policy.band_floors[1],
        }
    }
}

/// A place in the queue: the greatest goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    /// People set the first band, which goes before every score.
    pub is_set_first: bool,
    /// Thousandths of a point.
    pub points: MilliPoints,
}

impl Rank {
    /// The place of a score, in thousandths of a point and without an upper end.
    pub fn of_score(points: MilliPoints) -> Self {
        Self { is_set_first: false, points }
    }
}

/// The priority of a ticket at an instant.
pub fn priority_of(ticket: &Ticket, clocks: &Clocks, policy: &Policy, now: Timestamp) -> Priority {
    let weights = &policy.priority;
    let parts = Part::ALL.map(|part| points(part, ticket, clocks, policy, now));
    let score = total(&parts);
    Priority {
        parts,
        band: ticket.wishes.priority.unwrap_or_else(|| band_of(score, weights)),
        overridden: ticket.wishes.priority.is_some(),
    }
}

fn total(parts: &[MilliPoints; 9]) -> MilliPoints {
    parts.iter().fold(0, |sum, part| sum.saturating_add(*part))
}

fn band_of(score: MilliPoints, weights: &PriorityPolicy) -> Band {
    let place = weights.band_floors.iter().position(|floor| score >= *floor);
    Band::ALL[place.unwrap_or(3)]
}

fn points(
    part: Part,
    ticket: &Ticket,
    clocks: &Clocks,
    policy: &Policy,
    now: Timestamp,
) -> MilliPoints {
    let weights = &policy.priority;
    let assessment = &ticket.assessment;
    match part {
        Part::Urgency => share(weights.urgency, urgency_permille(assessment.urgency.value)),
        Part::Sentiment => share(weights.sentiment, sentiment_permille(assessment.sentiment.value)),
        Part::Tier => share(weights.tier, tier_permille(ticket.customer.tier)),
        Part::Category => {
            let severity =
                policy.category(&assessment.category.value).map_or(0, |category| category.severity);
            share(weights.category, i64::from(severity.min(100)) * 10)
        }
        Part::Signals => {
            let gravest = assessment.signals.iter().map(|(signal, _)| signal_permille(*signal));
            share(weights.signals, gravest.max().unwrap_or(0))
        }
        Part::RepeatContact => share(
            weights.repeat_contact,
            if assessment.has(Signal::RepeatContact) { 1_000 } else { 0 },
        ),
        Part::History => share(weights.history, history_permille(ticket)),
        Part::Slack => share(weights.slack, clocks.pressure_permille(now)),
        Part::Age => aged(weights.age_per_hour, now - ticket.opened_at),
    }
}

fn share(weight: MilliPoints, permille: i64) -> MilliPoints {
    narrowed(i128::from(weight) * i128::from(permille) / 1_000)
}

fn aged(per_hour: MilliPoints, age: Span) -> MilliPoints {
    const HOUR: i128 = 3_600_000;
    narrowed(i128::from(per_hour) * i128::from(age.millis().max(0)) / HOUR)
}

fn narrowed(points: i128) -> MilliPoints {
    points.clamp(MilliPoints::MIN.into(), MilliPoints::MAX.into()) as MilliPoints
}

fn urgency_permille(urgency: Urgency) -> i64 {
    match urgency {
        Urgency::Low => 0,
        Urgency::Normal => 300,
        Urgency::High => 650,
        Urgency::Critical => 1_000,
    }
}

fn sentiment_permille(sentiment: Sentiment) -> i64 {
    match sentiment {
        Sentiment::VeryNegative => 1_000,
        Sentiment::Negative => 500,
        Sentiment::Neutral | Sentiment::Positive | Sentiment::VeryPositive => 0,
    }
}

fn tier_permille(tier: Tier) -> i64 {
    match tier {
        Tier::Standard => 0,
        Tier::Premium => 500,
        Tier::Vip => 1_000,
    }
}

fn signal_permille(signal: Signal) -> i64 {
    match signal {
        Signal::SafetyHazard => 1_000,
        Signal::LegalThreat => 700,
        Signal::ChurnThreat => 400,
        Signal::VipMention => 250,
        Signal::Abuse => 200,
        // Has a part of its own.
        Signal::RepeatContact => 0,
    }
}

/// Full at five complaints, or at twenty tickets, in 90 days.
fn history_permille(ticket: &Ticket) -> i64 {
    let complaints = i64::from(ticket.customer.complaints_90d) * 200;
    let tickets = i64::from(ticket.customer.tickets_90d) * 50;
    complaints.max(tickets).min(1_000)
}
