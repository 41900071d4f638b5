//! From a command to events: the dispatch, and the rule that all or nothing happens.

use std::ops::RangeBounds;
use std::sync::Arc;

use super::command::{Action, OpenTickets};
use super::{Case, Desk, Event, Refusal};
use crate::ids::{AgentId, TeamId, TicketId};
use crate::policy::Policy;
use crate::time::Timestamp;

/// The events of one command, applied as they are made.
pub(super) struct Turn<'a> {
    pub(super) desk: &'a mut Desk,
    pub(super) now: Timestamp,
    pub(super) events: Vec<Event>,
}

impl Turn<'_> {
    /// Gives waiting tickets to whoever came on shift up to now.
    ///
    /// Commands that look for an agent begin with it, for a new ticket must
    /// not overtake what waited for the shift; all commands end with it.
    pub(super) fn greet_arrivals(&mut self) {
        self.desk.roster.advance(self.now);
        if self.desk.roster.has_arrivals() {
            self.drain_to([]);
        }
    }

    /// Makes an event happen.
    pub(super) fn emit(&mut self, event: Event) {
        self.desk.apply(&event, self.now);
        self.events.push(event);
    }
}

impl Desk {
    /// Does what a command asks, at an instant that never runs backwards.
    ///
    /// An empty list means that the command was acknowledged and changed
    /// nothing, as a report of an older revision does.
    ///
    /// # Errors
    /// A [`Refusal`]; the desk is then as it was.
    pub fn handle(&mut self, action: Action, now: Timestamp) -> Result<Vec<Event>, Refusal> {
        let now = now.max(self.now);
        let mut turn = Turn { desk: self, now, events: Vec::new() };
        turn.act(action)?;
        turn.greet_arrivals();
        Ok(turn.events)
    }

    /// A ticket as every command sees it.
    ///
    /// One that was closed too long ago is unknown from that instant on, though memory is
    /// tidied only by the next event: that event may belong to the very command that asks.
    pub(super) fn known_at(&self, ticket: &TicketId, now: Timestamp) -> Option<&Case> {
        let kept = self.policy.closed_kept;
        self.cases.get(ticket).filter(|case| !case.is_past(kept, now))
    }

    /// Open tickets of a range of ids, without those that are forgotten from this instant on.
    pub(super) fn open_at(
        &self,
        now: Timestamp,
        ids: impl RangeBounds<TicketId>,
    ) -> impl Iterator<Item = (&TicketId, &Case)> {
        let kept = self.policy.closed_kept;
        let cases = self.cases.range::<TicketId, _>(ids);
        cases.filter(move |(_, case)| case.is_open() && !case.is_past(kept, now))
    }

    pub(super) fn known_team(&self, team: &TeamId) -> Result<(), Refusal> {
        match self.roster.teams().get(team) {
            Some(_) => Ok(()),
            None => Err(Refusal::UnknownTeam(team.clone())),
        }
    }

    pub(super) fn known_agent(&self, agent: &AgentId) -> Result<(), Refusal> {
        match self.roster.seat(agent) {
            Some(_) => Ok(()),
            None => Err(Refusal::UnknownAgent(agent.clone())),
        }
    }
}

impl Turn<'_> {
    pub(super) fn known(&self, ticket: &TicketId) -> Result<&Case, Refusal> {
        let known = self.desk.known_at(ticket, self.now);
        known.ok_or_else(|| Refusal::UnknownTicket(ticket.clone()))
    }

    pub(super) fn known_open(&self, ticket: &TicketId) -> Result<&Case, Refusal> {
        let case = self.known(ticket)?;
        if case.is_open() { Ok(case) } else { Err(Refusal::TicketClosed(ticket.clone())) }
    }

    /// Every arm checks before its first event, so that a refusal leaves no trace.
    fn act(&mut self, action: Action) -> Result<(), Refusal> {
        match action {
            Action::Triage { ticket, source_revision, reach } => {
                self.triage(ticket, source_revision, reach)
            }
            Action::Advise { ticket, source_revision } => {
                self.asked_to_advise(ticket, source_revision);
                Ok(())
            }
            Action::Adopt(adoption) => self.adopt(*adoption),
            Action::Report(report) => self.report(&report),
            Action::Reconcile(known) => {
                self.reconcile(&known);
                Ok(())
            }
            Action::Assign { ticket, agent } => self.assign(&ticket, &agent, 0),
            Action::ClaimNext { agent, team } => self.claim_next(&agent, team.as_ref()),
            Action::Decline { ticket, agent, reason } => self.decline(&ticket, &agent, reason),
            Action::Release { agent, scope } => self.release(&agent, scope),
            Action::Close { ticket, closing } => self.finish(&ticket, closing),
            Action::UpsertTeam(team) => {
                self.emit(Event::TeamUpserted(team));
                Ok(())
            }
            Action::RemoveTeam(team) => self.remove_team(team),
            Action::UpsertAgents(agents) => self.upsert_agents(agents),
            Action::ChangeAgents { agents, fields } => self.change_agents(&agents, &fields),
            Action::SetIntake { agent, paused } => self.set_intake(&agent, paused),
            Action::RemoveAgent(agent) => self.remove_agent(agent),
            Action::ReplaceShifts { agent, shifts } => self.replace_shifts(&agent, shifts),
            Action::SetPresence { agent, presence, source } => {
                self.set_presence(&agent, presence, source)
            }
            Action::ApplyPolicy { policy, open } => {
                self.apply_policy(policy, open);
                Ok(())
            }
            Action::Tick => {
                self.renew_some();
                Ok(())
            }
        }
    }

    fn apply_policy(&mut self, policy: Arc<Policy>, open: OpenTickets) {
        self.renew_all();
        let made_under = self.desk.policy.revision;
        self.emit(Event::PolicyApplied(policy));
        match open {
            OpenTickets::Keep => {}
            OpenTickets::Recompute => {
                let n_open = self.desk.open_at(self.now, ..).count() as u64;
                self.emit(Event::RenewalBegun { made_under, n_open });
            }
        }
        self.drain_all();
    }
}
