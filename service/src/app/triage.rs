//! Triage: understand the text, then have the desk decide.

use std::sync::Arc;
use std::time::Instant;

use switchyard_domain::agent::Place;
use switchyard_domain::assessment::Assessment;
use switchyard_domain::desk::{Action, Adoption, Decision, Event, HoldReason};
use switchyard_domain::ids::{AgentId, ChannelId, TicketId};
use switchyard_domain::ticket::{Customer, Ticket, Wishes};
use switchyard_domain::time::Timestamp;
use switchyard_models::text::{Known, TicketText};
use switchyard_models::understand::StepTimings;

use super::history::Recorded;
use super::submission::{Receipt, Work};
use super::{App, AppError, Call};
use crate::store::CustomerRow;
use crate::telemetry::measures;

/// How far triage goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Text only.
    Analyze,
    /// A full decision, nothing reserved.
    Advise,
    /// The agent is reserved, or the ticket is queued.
    Assign,
}

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
    /// The customer behind the opaque reference.
    pub customer_row: Option<CustomerRow>,
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
}

/// Where the time went, in nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Timings {
    /// Understanding.
    pub steps: StepTimings,
    /// Waiting for a turn, deciding and committing.
    pub desk_ns: u64,
    /// All of it.
    pub total_ns: u64,
}

/// What triage came to.
#[derive(Debug, Clone)]
pub struct Triaged {
    /// What the text says.
    pub assessment: Arc<Assessment>,
    /// The decision with its sequence and time; `None` when only the text was analysed.
    pub decision: Option<(u64, Timestamp, Decision)>,
    /// Where the time went.
    pub timings: Timings,
    /// The answer to an earlier call.
    pub replayed: bool,
    /// A newer revision was known; nothing changed.
    pub stale: bool,
}

impl App {
    /// Understands a text; nothing is kept.
    pub fn analyze(&self, text: &TicketText<'_>, known: &Known) -> Triaged {
        let started = Instant::now();
        let analysis = self.understander.analyze(text, known);
        let total_ns = nanos_since(started);
        Triaged {
            assessment: Arc::new(analysis.assessment),
            decision: None,
            timings: Timings { steps: analysis.timings, desk_ns: 0, total_ns },
            replayed: false,
            stale: false,
        }
    }

    /// Understands a ticket and has the desk decide it.
    pub async fn triage(
        &self,
        call: Call,
        text: &TicketText<'_>,
        facts: Facts,
        mode: Mode,
    ) -> Result<Triaged, AppError> {
        let started = Instant::now();
        let analyzed = self.analyze(text, &facts.known);
        let id = facts.id.clone();
        let (source_revision, customer) = (facts.source_revision, facts.customer_row.clone());
        let ticket = Arc::new(facts.into_ticket(analyzed.assessment, self.desks.clock.now()));
        let action = match mode {
            Mode::Analyze | Mode::Advise => Action::Advise { ticket: ticket.clone() },
            Mode::Assign => Action::Triage { ticket: ticket.clone(), source_revision },
        };
        let tenant = call.tenant.clone();
        let desk_started = Instant::now();
        let mut submission = call.with(Work::Act(action));
        submission.customer = customer;
        let receipt = self.desks.submit(submission).await?;
        let timings = Timings {
            steps: analyzed.timings.steps,
            desk_ns: nanos_since(desk_started),
            total_ns: nanos_since(started),
        };
        measures::stage("desk", timings.desk_ns);
        let decided = decided(&receipt);
        let stale = decided.is_none();
        let (sequence, at, decision, ticket) = match decided {
            Some(found) => found,
            None => self.latest_decision(&tenant, &id).await?,
        };
        Ok(Triaged {
            assessment: ticket.assessment.clone(),
            decision: Some((sequence, at, decision)),
            timings,
            replayed: receipt.replayed,
            stale,
        })
    }

    /// Takes over an open ticket.
    pub async fn adopt(
        &self,
        call: Call,
        text: &TicketText<'_>,
        adopted: AdoptedFacts,
    ) -> Result<Receipt, AppError> {
        let analyzed = self.analyze(text, &adopted.facts.known);
        let source_revision = adopted.facts.source_revision;
        let customer = adopted.facts.customer_row.clone();
        let now = self.desks.clock.now();
        let ticket = Arc::new(adopted.facts.into_ticket(analyzed.assessment, now));
        let adoption = Adoption {
            ticket,
            owner: adopted.owner,
            first_replied_at: adopted.first_replied_at,
            hold: adopted.hold,
            source_revision,
        };
        let mut submission = call.with(Work::Act(Action::Adopt(Box::new(adoption))));
        submission.customer = customer;
        Ok(self.desks.submit(submission).await?)
    }

    async fn latest_decision(
        &self,
        tenant: &switchyard_domain::ids::TenantId,
        id: &TicketId,
    ) -> Result<(u64, Timestamp, Decision, Arc<Ticket>), AppError> {
        let not_found = || AppError::NotFound { kind: "a decision of ticket", id: id.to_string() };
        let sequence =
            self.desks.committed.read(tenant, |desk| desk.case(id).map(|case| case.decision_seq));
        let sequence = sequence.ok_or_else(not_found)?;
        let found = self.desks.history.decision(tenant, sequence).await?;
        let Recorded { at, decision, ticket, .. } = found.ok_or_else(not_found)?;
        Ok((sequence, at, decision, ticket))
    }
}

impl Facts {
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

/// The first decision of a receipt, with the ticket it decided.
fn decided(receipt: &Receipt) -> Option<(u64, Timestamp, Decision, Arc<Ticket>)> {
    let mut brought = None;
    for (sequence, event) in (receipt.first_sequence..).zip(&receipt.events) {
        match event {
            Event::TicketTriaged(intake) => brought = Some(intake.ticket.clone()),
            Event::TicketAdvised { intake, decision } => {
                let decision = decision.as_ref().clone();
                return Some((sequence, receipt.at, decision, intake.ticket.clone()));
            }
            Event::Decided(decision) => {
                let decision = decision.as_ref().clone();
                return brought.map(|ticket| (sequence, receipt.at, decision, ticket));
            }
            _ => {}
        }
    }
    None
}

fn nanos_since(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX)
}
