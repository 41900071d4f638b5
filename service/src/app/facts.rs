//! What the caller says of a ticket, checked and without its text.

use std::sync::Arc;

use switchyard_domain::agent::Place;
use switchyard_domain::assessment::Assessment;
use switchyard_domain::desk::HoldReason;
use switchyard_domain::ids::{AgentId, ChannelId, TenantId, TicketId};
use switchyard_domain::ticket::{Customer, Ticket, Wishes};
use switchyard_domain::time::Timestamp;
use switchyard_models::text::Known;

use super::customers::Customers;
use crate::store::CustomerRow;

/// A ticket's facts, without its text.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Which.
    pub id: TicketId,
    /// How it came in.
    pub channel: ChannelId,
    /// When it was opened; `None`: now.
    pub opened_at: Option<Timestamp>,
    /// From whom.
    pub customer: Customer,
    /// Where help is needed.
    pub place: Option<Place>,
    /// What the caller states about routing.
    pub wishes: Wishes,
    /// What the caller already knows of its content.
    pub known: Known,
    /// The caller's revision; 0 if unknown.
    pub source_revision: u64,
    /// The customer, as the caller names them.
    pub customer_id: Option<String>,
}

/// An open ticket a backend brings along.
#[derive(Debug, Clone)]
pub struct AdoptedFacts {
    /// The ticket's facts.
    pub facts: Facts,
    /// Who owns it.
    pub owner: Option<AgentId>,
    /// When it was first answered.
    pub first_replied_at: Option<Timestamp>,
    /// What it waits for.
    pub hold: Option<HoldReason>,
    /// Since when; `None` is since now.
    pub held_at: Option<Timestamp>,
    /// When the customer wrote what nobody has answered yet.
    pub asked_at: Option<Timestamp>,
}

impl Facts {
    /// Puts an opaque reference in the customer's place; the row behind it is kept apart.
    pub(super) fn refer(
        &mut self,
        tenant: &TenantId,
        customers: &Customers,
    ) -> Option<CustomerRow> {
        let (reference, row) = customers.refer(tenant, &self.customer_id.take()?);
        self.customer.reference = Some(reference);
        Some(row)
    }

    /// The ticket as the desk knows it.
    pub fn into_ticket(self, assessment: Arc<Assessment>, now: Timestamp) -> Ticket {
        Ticket {
            id: self.id,
            channel: self.channel,
            opened_at: self.opened_at.unwrap_or(now),
            customer: self.customer,
            place: self.place,
            wishes: self.wishes,
            assessment,
        }
    }
}
