//! Triage: understand the text, then have the desk decide.

use std::sync::Arc;
use std::time::Instant;

use switchyard_domain::assessment::Assessment;
use switchyard_domain::desk::{
    Action, Activity, Adoption, Brought, Decision, Desk, Event, Reach, Report,
};
use switchyard_domain::ids::{TenantId, TicketId};
use switchyard_domain::ticket::Ticket;
use switchyard_domain::time::Timestamp;
use switchyard_models::similar::Sketch;
use switchyard_models::text::{Known, TicketText};
use switchyard_models::understand::{Analysis, Depth, Explained, StepTimings};

use super::error::Sought;
use super::facts::{AdoptedFacts, Facts};
use super::history::Recorded;
use super::knowledge::precedents::{Asking, Comparing};
use super::knowledge::remembering::Memory;
use super::submission::{Receipt, Submission, Work};
use super::{App, AppError, Call, SubmitError};
use crate::telemetry::measures;

/// How far a decision goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// A full decision, nothing reserved.
    Advise,
    /// The agent is reserved, or the ticket is queued.
    Assign,
    /// As the policy says for the ticket's team.
    ByPolicy,
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

/// Who asks what a text says, as far as they tell.
#[derive(Debug, Clone, Default)]
pub struct Asker {
    /// The ticket's id.
    pub ticket: Option<String>,
    /// The customer, as the caller names them.
    pub customer_id: Option<String>,
    /// When it was opened; `None`: now.
    pub opened_at: Option<Timestamp>,
}

/// What triage came to.
#[derive(Debug, Clone)]
pub struct Triaged {
    /// What the text says.
    pub assessment: Arc<Assessment>,
    /// The decision; `None` when only the text was analysed, or none was ever made of a stale call's ticket.
    pub decision: Option<Recorded>,
    /// Where the time went.
    pub timings: Timings,
    /// The answer to an earlier call.
    pub replayed: bool,
    /// A newer revision was known; nothing changed.
    pub stale: bool,
}

impl App {
    /// Understands a text; nothing is kept.
    pub fn analyze(
        &self,
        tenant: &TenantId,
        text: &TicketText<'_>,
        known: &Known,
        who: &Asker,
    ) -> Triaged {
        let started = Instant::now();
        let policy = self.desks.committed.read(tenant, |desk| desk.policy().clone());
        let own = self.heads.judging(tenant, &policy);
        let own = own.as_ref().map(|fitted| &fitted.fit.head);
        let customer = who.customer_id.as_ref().map(|id| self.desks.customers.refer(tenant, id).0);
        let asking = Asking {
            ticket: who.ticket.as_deref(),
            customer: customer.as_ref(),
            opened_at: who.opened_at.unwrap_or_else(|| self.desks.clock.now()),
            comes_in: false,
        };
        let comparing = self.comparing(tenant, asking);
        let depth = Comparing::depth(comparing.as_ref());
        let mut analysis = self.understander.analyze_under(&policy, own, text, known, depth);
        self.add_precedents(tenant, comparing, &mut analysis);
        let total_ns = nanos_since(started);
        Triaged {
            assessment: Arc::new(analysis.assessment),
            decision: None,
            timings: Timings { steps: analysis.timings, desk_ns: 0, total_ns },
            replayed: false,
            stale: false,
        }
    }

    fn analyze_for(&self, tenant: &TenantId, text: &TicketText<'_>, facts: &Facts) -> Analysis {
        let policy = self.desks.committed.read(tenant, |desk| desk.policy().clone());
        let own = self.heads.judging(tenant, &policy);
        let own = own.as_ref().map(|fitted| &fitted.fit.head);
        let asking = Asking {
            ticket: Some(facts.id.as_str()),
            customer: facts.customer.reference.as_ref(),
            opened_at: facts.opened_at.unwrap_or_else(|| self.desks.clock.now()),
            comes_in: true,
        };
        let comparing = self.comparing(tenant, asking);
        let depth = Comparing::depth(comparing.as_ref());
        let mut analysis = self.understander.analyze_under(&policy, own, text, &facts.known, depth);
        self.add_precedents(tenant, comparing, &mut analysis);
        analysis
    }

    /// Understands a text and tells why; nothing is kept.
    pub fn explain_text(
        &self,
        tenant: &TenantId,
        text: &TicketText<'_>,
    ) -> (Assessment, Vec<Explained>) {
        let policy = self.desks.committed.read(tenant, |desk| desk.policy().clone());
        let own = self.heads.judging(tenant, &policy);
        let own = own.as_ref().map(|fitted| &fitted.fit.head);
        let known = Known::default();
        let analysis =
            self.understander.analyze_under(&policy, own, text, &known, Depth::Assessment);
        (analysis.assessment, self.understander.explain(&policy, own, text))
    }

    /// Understands a ticket and has the desk decide it.
    pub async fn triage(
        &self,
        call: Call,
        text: &TicketText<'_>,
        mut facts: Facts,
        mode: Mode,
    ) -> Result<Triaged, AppError> {
        let started = Instant::now();
        let customer = facts.refer(&call.tenant, &self.desks.customers);
        let Analysis { assessment, sketch, timings } = self.analyze_for(&call.tenant, text, &facts);
        let id = facts.id.clone();
        let source_revision = facts.source_revision;
        let ticket = Arc::new(facts.into_ticket(Arc::new(assessment), self.desks.clock.now()));
        let memory = self.memory_of(&ticket, sketch);
        let action = match mode {
            Mode::Advise => Action::Advise { ticket, source_revision },
            Mode::Assign => Action::Triage { ticket, source_revision, reach: Reach::Assign },
            Mode::ByPolicy => Action::Triage { ticket, source_revision, reach: Reach::ByPolicy },
        };
        let tenant = call.tenant.clone();
        let desk_started = Instant::now();
        let mut submission = call.with(Work::Act(action));
        submission.customer = customer;
        let receipt = self.submit_remembering(submission, memory).await?;
        let timings = Timings {
            steps: timings,
            desk_ns: nanos_since(desk_started),
            total_ns: nanos_since(started),
        };
        measures::stage("desk", timings.desk_ns);
        let decided = decided(&receipt);
        let stale = decided.is_none();
        let decision = match decided {
            Some(decided) => Some(decided),
            None => self.decision_there_was(&tenant, &id, &receipt).await?,
        };
        let assessment = match &decision {
            Some(recorded) => recorded.ticket.assessment.clone(),
            None => self.assessment_of(&tenant, &id)?,
        };
        Ok(Triaged { assessment, decision, timings, replayed: receipt.replayed, stale })
    }

    /// Reports what happened to a ticket; one that comes along is understood first.
    pub async fn report(
        &self,
        call: Call,
        mut report: Report,
        brought: Option<(TicketText<'_>, Facts)>,
    ) -> Result<Receipt, AppError> {
        let (mut customer, mut memory) = (None, None);
        if let Some((text, mut facts)) = brought {
            customer = facts.refer(&call.tenant, &self.desks.customers);
            let Analysis { assessment, sketch, .. } = self.analyze_for(&call.tenant, &text, &facts);
            let source_revision = facts.source_revision;
            let now = self.desks.clock.now();
            let ticket = Arc::new(facts.into_ticket(Arc::new(assessment), now));
            if let Activity::SplitInto(_) = report.activity {
                report.activity = Activity::SplitInto(ticket.id.clone());
            }
            memory = self.memory_of(&ticket, sketch);
            report.brought = Some(Brought { ticket, source_revision });
        }
        let mut submission = call.with(Work::Act(Action::Report(Box::new(report))));
        submission.customer = customer;
        self.submit_remembering(submission, memory).await
    }

    /// Takes over an open ticket.
    pub async fn adopt(
        &self,
        call: Call,
        text: &TicketText<'_>,
        mut adopted: AdoptedFacts,
    ) -> Result<Receipt, AppError> {
        let customer = adopted.facts.refer(&call.tenant, &self.desks.customers);
        let Analysis { assessment, sketch, .. } =
            self.analyze_for(&call.tenant, text, &adopted.facts);
        let source_revision = adopted.facts.source_revision;
        let now = self.desks.clock.now();
        let ticket = Arc::new(adopted.facts.into_ticket(Arc::new(assessment), now));
        let memory = self.memory_of(&ticket, sketch);
        let adoption = Adoption {
            ticket,
            owner: adopted.owner,
            first_replied_at: adopted.first_replied_at,
            hold: adopted.hold,
            held_at: adopted.held_at,
            asked_at: adopted.asked_at,
            source_revision,
        };
        let mut submission = call.with(Work::Act(Action::Adopt(Box::new(adoption))));
        submission.customer = customer;
        self.submit_remembering(submission, memory).await
    }

    fn memory_of(&self, ticket: &Ticket, sketch: Option<Sketch>) -> Option<Memory> {
        self.knowledge.memory(ticket, sketch?, self.desks.clock.now())
    }

    /// Has a change decided and committed, and what is remembered of its ticket with it.
    async fn submit_remembering(
        &self,
        mut submission: Submission,
        memory: Option<Memory>,
    ) -> Result<Receipt, AppError> {
        let Some(memory) = memory else { return Ok(self.desks.submit(submission).await?) };
        let tenant = submission.tenant.clone();
        submission.remembered = vec![memory.change(&tenant)];
        let app = self.clone();
        // A caller who leaves must not leave behind what is kept and never shown.
        let done = tokio::spawn(async move {
            let receipt = app.desks.submit(submission).await?;
            if !receipt.replayed && !receipt.events.is_empty() {
                app.knowledge.show_memory(&tenant, memory);
            }
            Ok(receipt)
        });
        done.await.unwrap_or(Err(SubmitError::Stopping)).map_err(AppError::Submit)
    }

    /// The decision that a stale triage is answered with: the one noted with its request, or the
    /// ticket's latest until then where others' tickets moved with time in the same command.
    async fn decision_there_was(
        &self,
        tenant: &TenantId,
        id: &TicketId,
        receipt: &Receipt,
    ) -> Result<Option<Recorded>, AppError> {
        if receipt.events.is_empty() {
            return Ok(self.desks.history.decision(tenant, receipt.first_sequence).await?);
        }
        let end = receipt.first_sequence + receipt.events.len() as u64;
        let look = |desk: &Desk| desk.case(id).map(|case| case.history.clone());
        let sequences = self.desks.committed.read(tenant, look).unwrap_or_default();
        for sequence in sequences.into_iter().rev().filter(|sequence| *sequence < end) {
            let recorded = self.desks.history.decision(tenant, sequence).await?;
            if recorded.is_some() {
                return Ok(recorded);
            }
        }
        Ok(None)
    }

    /// What is known of a ticket that was adopted with an owner, of which nothing was ever decided.
    fn assessment_of(&self, tenant: &TenantId, id: &TicketId) -> Result<Arc<Assessment>, AppError> {
        let look = |desk: &Desk| desk.case(id).map(|case| case.ticket.assessment.clone());
        let found = self.desks.committed.read(tenant, look);
        found.ok_or_else(|| AppError::NotFound { kind: Sought::Ticket, id: id.to_string() })
    }
}

/// The decision of the ticket that a receipt brought, with the ticket.
fn decided(receipt: &Receipt) -> Option<Recorded> {
    let mut brought = None;
    let recorded = |sequence, decision: &Decision, ticket| {
        let (at, tz_version) = (receipt.at, receipt.tz_version.clone());
        Some(Recorded { sequence, at, tz_version, decision: decision.clone(), ticket })
    };
    for (sequence, event) in (receipt.first_sequence..).zip(&receipt.events) {
        match event {
            Event::TicketTriaged(intake) => brought = Some(intake.ticket.clone()),
            Event::TicketAdvised { intake, decision } => {
                return recorded(sequence, decision, intake.ticket.clone());
            }
            Event::Decided(decision) => {
                // Before it came, tickets that waited may have gone to agents who came on shift.
                let Some(ticket) = brought.take() else { continue };
                return recorded(sequence, decision, ticket);
            }
            _ => {}
        }
    }
    None
}

fn nanos_since(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use switchyard_domain::agent::{Agent, Languages, Seniority};
    use switchyard_domain::desk::{Actor, Trigger};
    use switchyard_domain::hours::Interval;
    use switchyard_domain::ids::{AgentId, ChannelId};
    use switchyard_domain::load::{Capacity, Load};
    use switchyard_domain::schedule::Schedule;
    use switchyard_domain::ticket::{Customer, Wishes};

    use super::*;
    use crate::app::understanding::ModelChoice;
    use crate::app::{Understander, default_policy};

    fn minutes(n: i64) -> Timestamp {
        Timestamp::from_millis(n * 60_000)
    }

    fn arriving(start: Timestamp) -> Arc<Agent> {
        Arc::new(Agent {
            id: AgentId::new("li").expect("a valid id"),
            display_name: String::new(),
            teams: BTreeSet::new(),
            skills: BTreeMap::new(),
            languages: Languages::from_tags(std::iter::empty::<String>()),
            capacity: Capacity::default(),
            external_load: Load::ZERO,
            schedule: Schedule::dated(vec![Interval { start, end: minutes(600) }]),
            presence: None,
            intake_paused: false,
            seniority: Seniority::Regular,
            place: None,
        })
    }

    fn ticket(id: &str) -> Arc<Ticket> {
        let model = Understander::load(&ModelChoice::None).expect("no model to read");
        let text = TicketText { subject: id, turns: Vec::new(), attachments: Vec::new() };
        let facts = Facts {
            id: TicketId::new(id).expect("a valid id"),
            channel: ChannelId::new("email").expect("a valid id"),
            opened_at: None,
            customer: Customer::default(),
            place: None,
            wishes: Wishes::default(),
            known: Known::default(),
            source_revision: 0,
            customer_id: None,
        };
        let assessment =
            Arc::new(model.analyze(&text, &facts.known, None, Depth::Assessment).assessment);
        Arc::new(facts.into_ticket(assessment, minutes(0)))
    }

    #[test]
    fn a_ticket_is_answered_with_its_own_decision_when_others_were_drained_before_it() {
        let mut desk = Desk::new(default_policy().policy);
        let mut handle = |action, at| desk.handle(action, at).expect("no refusal");
        handle(Action::UpsertAgents(vec![arriving(minutes(60))]), minutes(0));
        let first = ticket("T-1");
        let reach = Reach::Assign;
        handle(Action::Triage { ticket: first, source_revision: 0, reach }, minutes(1));
        for action in [
            Action::Triage { ticket: ticket("T-2"), source_revision: 0, reach: Reach::Assign },
            Action::Advise { ticket: ticket("T-2"), source_revision: 0 },
        ] {
            let mut desk = desk.clone();
            let (first_sequence, at) = (desk.sequence() + 1, minutes(61));
            let events = desk.handle(action, at).expect("no refusal");
            let drained = matches!(&events[0], Event::Decided(d) if d.trigger == Trigger::Freed);
            assert!(drained, "the shift began meanwhile: {events:?}");
            let actor = Actor::System;
            let tz_version = String::new();
            let receipt =
                Receipt { first_sequence, at, actor, events, tz_version, replayed: false };
            let decided = decided(&receipt).expect("a decision");
            assert_eq!(decided.decision.ticket.as_str(), "T-2");
        }
    }
}
