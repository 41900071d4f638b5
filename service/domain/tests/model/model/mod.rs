//! The desk as its contract tells it, in plain maps and without any cleverness.
//!
//! It is written from the comments of the wire contract and shares no code with the desk. What it
//! takes from the domain is not under test here: the plain values (tickets, agents, policies) and
//! [`priority_of`], a pure function of them with tests of its own.
//!
//! Whom routing chooses among those who may have a ticket is not modelled: the desk tells its
//! choices, one after the other, and each is held against who may have the ticket at that moment.

mod decisions;
mod eligibility;
mod endings;
mod intake;
mod paper;
mod policy;
mod promises;
mod reconcile;
mod reports;
mod roster;
mod transfers;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use switchyard_domain::agent::Agent;
use switchyard_domain::desk::{Action, Event, Refusal};
use switchyard_domain::ids::{AgentId, TeamId, TicketId};
use switchyard_domain::policy::Policy;
use switchyard_domain::time::Timestamp;

pub(crate) use decisions::Feed;
pub(crate) use paper::{Paper, State};
pub(crate) use promises::Promises;

/// Everything there is, by name.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    pub(crate) now: Timestamp,
    pub(crate) policy: Arc<Policy>,
    pub(crate) teams: BTreeSet<TeamId>,
    pub(crate) agents: BTreeMap<AgentId, Agent>,
    pub(crate) papers: BTreeMap<TicketId, Paper>,
    /// The policy under which promises were made that are to be made again.
    pub(crate) renewing: Option<Arc<Policy>>,
}

type Done = Result<(), Refusal>;

impl Model {
    pub(crate) fn new(policy: Arc<Policy>) -> Self {
        Self {
            now: Timestamp::MIN,
            policy,
            teams: BTreeSet::new(),
            agents: BTreeMap::new(),
            papers: BTreeMap::new(),
            renewing: None,
        }
    }

    /// Does what is asked at an instant; what the desk says happened must be what happens.
    pub(crate) fn step(&mut self, action: &Action, now: Timestamp, events: &[Event]) -> Done {
        self.now = self.now.max(now);
        self.forget();
        let mut feed = Feed::of(events);
        self.act(action, &mut feed)?;
        self.drain(&mut feed);
        feed.is_at_end();
        self.nobody_waits_who_could_be_served();
        Ok(())
    }

    /// What ended, or was advised on and left alone, is known for a while only.
    pub(crate) fn forget(&mut self) {
        let (kept, now) = (self.policy.closed_kept, self.now);
        self.papers.retain(|_, paper| match paper.state {
            State::Waits | State::With(_) => true,
            State::Advised { since: at, .. } | State::Ended { at, .. } => now <= at + kept,
        });
    }

    fn act(&mut self, action: &Action, feed: &mut Feed<'_>) -> Done {
        match action {
            Action::Triage { ticket, source_revision, reach } => {
                self.triage(ticket, *source_revision, *reach, feed)
            }
            Action::Advise { ticket, source_revision } => {
                let known = self.papers.get(&ticket.id);
                if !known.is_some_and(|known| intake::is_stale(*source_revision, known.revision)) {
                    self.advise(ticket, *source_revision, feed);
                }
                Ok(())
            }
            Action::Adopt(adoption) => self.adopt(adoption, feed),
            Action::Report(report) => self.report(report, feed),
            Action::Reconcile(known) => {
                self.reconcile(known, feed);
                Ok(())
            }
            Action::Assign { ticket, agent } => self.assign(ticket, agent, 0, feed),
            Action::ClaimNext { agent, team } => self.claim(agent, team.as_ref(), feed),
            Action::Decline { ticket, agent, .. } => self.decline(ticket, agent, feed),
            Action::Release { agent, scope } => self.release(agent, *scope, feed),
            Action::Close { ticket, closing } => self.finish(ticket, *closing, feed),
            Action::ApplyPolicy { policy, open } => {
                self.apply_policy(policy, *open, feed);
                Ok(())
            }
            Action::Tick => {
                self.renew(feed);
                Ok(())
            }
            Action::UpsertTeam(_)
            | Action::RemoveTeam(_)
            | Action::UpsertAgents(_)
            | Action::ChangeAgents { .. }
            | Action::SetIntake { .. }
            | Action::RemoveAgent(_)
            | Action::ReplaceShifts { .. }
            | Action::SetPresence { .. } => self.change_roster(action, feed),
        }
    }

    fn known(&self, ticket: &TicketId) -> Result<&Paper, Refusal> {
        self.papers.get(ticket).ok_or_else(|| Refusal::UnknownTicket(ticket.clone()))
    }

    fn known_open(&self, ticket: &TicketId) -> Result<&Paper, Refusal> {
        let paper = self.known(ticket)?;
        if paper.is_open() { Ok(paper) } else { Err(Refusal::TicketClosed(ticket.clone())) }
    }

    fn known_agent(&self, agent: &AgentId) -> Done {
        let is_known = self.agents.contains_key(agent);
        is_known.then_some(()).ok_or_else(|| Refusal::UnknownAgent(agent.clone()))
    }

    fn known_team(&self, team: &TeamId) -> Done {
        let is_known = self.teams.contains(team);
        is_known.then_some(()).ok_or_else(|| Refusal::UnknownTeam(team.clone()))
    }

    fn paper(&mut self, ticket: &TicketId) -> &mut Paper {
        self.papers.get_mut(ticket).expect("it was looked for before")
    }
}
