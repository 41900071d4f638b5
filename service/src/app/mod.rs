//! The use cases, between the wire and the domain.
//!
//! - [`clock`]: the time, real or moved by hand
//! - [`desks`]: submit a change, look at the committed state
//! - [`writer`]: the one that changes desks, batch by batch
//! - [`customers`]: opaque references to them
//! - [`history`], [`recovery`]: the journal read back
//! - [`etag`], [`named`]: what a change may rest on, and what it names
//! - [`archive`]: the same for commands, beside a server
//! - [`facts`]: what the caller says of a ticket
//! - [`understanding`], [`triage`], [`explain`]: what a triage call does
//! - [`heads`]: tenants' own categories, learnt from a few examples
//! - [`knowledge`]: what was solved before
//! - [`policy`]: checking and applying policies
//! - [`error`], [`fault`]: why a call is not done, and what is wrong with a field

pub mod archive;
pub mod clock;
pub mod committed;
pub mod customers;
pub mod desks;
pub mod error;
pub mod etag;
pub mod explain;
pub mod facts;
pub mod fault;
pub mod heads;
pub mod history;
pub mod knowledge;
pub mod named;
pub mod policies;
pub mod policy;
pub mod recovery;
pub mod submission;
pub mod triage;
pub mod understanding;
mod writer;

use std::sync::Arc;
use std::time::Duration;

use switchyard_domain::desk::{Action, Actor, Event};
use switchyard_domain::ids::{TenantId, TicketId};

pub use archive::Archive;
pub use clock::{Clock, ManualClock};
pub use desks::{Desks, default_policy};
pub use error::AppError;
pub use facts::Facts;
pub use heads::Heads;
pub use history::Recorded;
pub use knowledge::Knowledge;
pub use submission::{Receipt, RequestId, Submission, SubmitError, Work};
pub use triage::{Asker, Mode, Triaged};
pub use understanding::Understander;
pub use writer::WriterThreads;

/// Who calls, for which tenant, and how.
#[derive(Debug, Clone)]
pub struct Call {
    /// Whose desk.
    pub tenant: TenantId,
    /// Who asks.
    pub actor: Actor,
    /// Makes a retry safe.
    pub request: Option<RequestId>,
    /// When the caller stops waiting.
    pub deadline: Option<std::time::Instant>,
    /// What the change rests on.
    pub expected: Vec<etag::Expected>,
    /// What the change names.
    pub named: Vec<named::Named>,
}

/// The application: everything a call needs.
#[derive(Debug, Clone)]
pub struct App {
    /// The desks.
    pub desks: Desks,
    /// The models.
    pub understander: Arc<Understander>,
    /// Category heads of tenants' own.
    pub heads: Arc<Heads>,
    /// What was solved before.
    pub knowledge: Arc<Knowledge>,
    /// Calls at work at a time.
    pub in_flight_max: u32,
    /// How long a call's message may take to come.
    pub message_time_max: Duration,
}

impl App {
    /// Has a command decided and committed.
    pub async fn act(&self, call: Call, action: Action) -> Result<Receipt, AppError> {
        Ok(self.desks.submit(call.with(Work::Act(action))).await?)
    }

    /// The last decision on a ticket that a change brought.
    pub async fn decision_in(
        &self,
        tenant: &TenantId,
        receipt: &Receipt,
        ticket: &TicketId,
    ) -> Result<Option<Recorded>, AppError> {
        let decides = |event: &Event| match event {
            Event::Decided(_) | Event::TicketAdvised { .. } => event.ticket() == Some(ticket),
            _ => false,
        };
        let Some(place) = receipt.events.iter().rposition(decides) else { return Ok(None) };
        let sequence = receipt.first_sequence + place as u64;
        Ok(self.desks.history.decision(tenant, sequence).await?)
    }
}

impl Call {
    /// A submission of this call.
    pub fn with(self, work: Work) -> Submission {
        Submission {
            tenant: self.tenant,
            actor: self.actor,
            work,
            request: self.request,
            deadline: self.deadline,
            customer: None,
            remembered: Vec::new(),
            expected: self.expected,
            named: self.named,
        }
    }
}
