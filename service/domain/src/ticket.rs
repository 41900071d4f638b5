//! A ticket as the desk knows it: facts and numbers, no text and no personal data.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::agent::Place;
use crate::assessment::Assessment;
use crate::ids::{AgentId, ChannelId, CustomerRef, TeamId, TicketId};
use crate::load::Load;
use crate::priority::Band;
use crate::skill::Requirement;
use crate::time::Timestamp;

/// The customer's standing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Tier {
    /// Everyone.
    #[default]
    Standard,
    /// Paying for better service.
    Premium,
    /// Key accounts.
    Vip,
}

impl Tier {
    /// Every tier, lowest first.
    pub const ALL: [Self; 3] = [Self::Standard, Self::Premium, Self::Vip];

    /// The label used in data and on the wire.
    pub fn label(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Premium => "premium",
            Self::Vip => "vip",
        }
    }

    /// The tier with this label.
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tier| tier.label() == label)
    }
}

/// What the caller knows of the customer, in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Customer {
    /// Who, opaque to the desk.
    pub reference: Option<CustomerRef>,
    /// Standing.
    pub tier: Tier,
    /// Complaints in the last 90 days.
    pub complaints_90d: u32,
    /// Tickets in the last 90 days.
    pub tickets_90d: u32,
}

/// What the caller states about routing, in place of or beside the policy.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Wishes {
    /// The team that must take it; `None` leaves it to the policy.
    pub team: Option<TeamId>,
    /// The skills it asks for, in place of the policy's for its category.
    pub requirements: Option<Vec<Requirement>>,
    /// Agents who must not get it.
    pub excluded: BTreeSet<AgentId>,
    /// The agent who served this customer last.
    pub last_agent: Option<AgentId>,
    /// A priority set by a person or the caller; it wins over the score.
    pub priority: Option<Band>,
    /// The latest instant by which it must be resolved; caps the SLA.
    pub hard_due: Option<Timestamp>,
    /// How much it weighs, in place of the channel's weight.
    pub weight: Option<Load>,
}

/// A ticket as the desk knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Ticket {
    /// Which, as the caller names it.
    pub id: TicketId,
    /// How it came in.
    pub channel: ChannelId,
    /// When the customer opened it.
    pub opened_at: Timestamp,
    /// From whom.
    pub customer: Customer,
    /// Where help is needed, coarse.
    pub place: Option<Place>,
    /// What the caller states about routing.
    pub wishes: Wishes,
    /// What the models make of its text.
    pub assessment: Arc<Assessment>,
}
