//! A model and a desk with the policy and roster given, and one ticket after the other through them.

use std::sync::Arc;

use anyhow::Context as _;
use switchyard_domain::desk::{Action, Decision, Desk, Event, Reach};
use switchyard_domain::policy::Policy;
use switchyard_domain::ticket::Ticket;
use switchyard_domain::time::Timestamp;
use switchyard_models::understand::Depth;

use super::row::TicketRow;
use super::shown::Shown;
use super::{TriageArgs, policy};
use crate::app::{Understander, default_policy};
use crate::cli::roster_file::RosterFile;
use crate::server::load_model;

/// Everything a ticket goes through.
#[derive(Debug)]
pub(super) struct TriageDesk {
    model: Understander,
    desk: Desk,
    /// Without a roster nobody is looked for.
    has_roster: bool,
    now: Timestamp,
}

impl TriageDesk {
    /// A desk with nothing else on it.
    pub(super) fn open(args: &TriageArgs) -> anyhow::Result<Self> {
        let model = load_model(&args.model())?;
        let now = args.now()?;
        let policy = match &args.policy {
            None => default_policy().policy,
            Some(path) => policy::read(path, &model)?,
        };
        let mut desk = Desk::new(policy);
        if let Some(path) = &args.roster {
            seat(&mut desk, RosterFile::read(path)?, now)?;
        }
        Ok(Self { model, desk, has_roster: args.roster.is_some(), now })
    }

    /// The policy tickets are decided by.
    pub(super) fn policy(&self) -> &Policy {
        self.desk.policy()
    }

    /// Understands a ticket and has the desk decide it, or without a roster rank it.
    pub(super) fn triage(&mut self, row: TicketRow) -> anyhow::Result<Shown> {
        let (text, known) = (row.text(), &row.facts.known);
        let policy = self.desk.policy();
        let analysis = self.model.analyze_under(policy, None, &text, known, Depth::Assessment);
        let ticket = Arc::new(row.facts.into_ticket(Arc::new(analysis.assessment), self.now));
        let timings = analysis.timings;
        if self.has_roster {
            let decision = self.decide(&ticket)?;
            let (priority, clocks) = (decision.priority.clone(), decision.clocks);
            return Ok(Shown { ticket, priority, clocks, decision: Some(decision), timings });
        }
        let events = self
            .desk
            .handle(Action::Advise { ticket: ticket.clone(), source_revision: 0 }, self.now)?;
        let advised = events.into_iter().find_map(|event| match event {
            Event::TicketAdvised { intake, .. } => Some(intake),
            _ => None,
        });
        let advised = advised.context("expected advice on a ticket that is not assigned")?;
        let (priority, clocks) = (advised.priority, advised.clocks);
        Ok(Shown { ticket, priority, clocks, decision: None, timings })
    }

    fn decide(&mut self, ticket: &Arc<Ticket>) -> anyhow::Result<Decision> {
        let action =
            Action::Triage { ticket: ticket.clone(), source_revision: 0, reach: Reach::Assign };
        let decided = |event| match event {
            Event::Decided(decision) if decision.ticket == ticket.id => Some(*decision),
            _ => None,
        };
        let decision = self.desk.handle(action, self.now)?.into_iter().find_map(decided);
        decision.with_context(|| format!("expected a decision on {}, got none", ticket.id))
    }
}

fn seat(desk: &mut Desk, roster: RosterFile, now: Timestamp) -> anyhow::Result<()> {
    for team in roster.teams {
        desk.handle(Action::UpsertTeam(team), now)?;
    }
    desk.handle(Action::UpsertAgents(roster.agents), now)?;
    Ok(())
}
