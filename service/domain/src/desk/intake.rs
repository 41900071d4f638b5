//! Tickets coming in: triage, triage again, advice, adoption.

use std::sync::Arc;

use super::case::Latest;
use super::command::{Adoption, Reach};
use super::event::{Decision, Intake, Outcome};
use super::handle::Turn;
use super::{Case, Desk, Event, Phase, Refusal, Transfer, Trigger};
use crate::ids::{AgentId, TicketId};
use crate::policy::{Policy, TeamMode};
use crate::priority::{Band, priority_of};
use crate::routing::{Need, Ranking, route};
use crate::sla::Clocks;
use crate::ticket::Ticket;
use crate::time::Timestamp;

impl Turn<'_> {
    pub(super) fn triage(
        &mut self,
        ticket: Arc<Ticket>,
        source_revision: u64,
        reach: Reach,
    ) -> Result<(), Refusal> {
        match self.desk.known_at(&ticket.id, self.now) {
            Some(case) if is_stale(source_revision, case.source_revision) && case.is_open() => {
                Ok(())
            }
            Some(case) => match case.phase {
                Phase::Closed { .. } => Err(Refusal::TicketClosed(ticket.id.clone())),
                Phase::Queued { .. } | Phase::Active { .. } => {
                    self.retriage(ticket, source_revision);
                    Ok(())
                }
                Phase::Advised { .. } => {
                    self.take_in(ticket, source_revision, reach);
                    Ok(())
                }
            },
            None => {
                self.take_in(ticket, source_revision, reach);
                Ok(())
            }
        }
    }

    fn take_in(&mut self, ticket: Arc<Ticket>, source_revision: u64, reach: Reach) {
        let policy = &self.desk.policy;
        let arranged = self.desk.arranged(ticket.clone(), self.now);
        match (reach, policy.team(policy.team_for(&arranged)).mode) {
            (Reach::ByPolicy, TeamMode::Advise) => self.advise(ticket, source_revision),
            (Reach::ByPolicy, TeamMode::Assign) | (Reach::Assign, _) => {
                self.bring(ticket, source_revision, Trigger::Triage);
            }
        }
    }

    /// What is owned or waits keeps its owner or its place; what was advised on is advised on again.
    pub(super) fn retriage(&mut self, ticket: Arc<Ticket>, source_revision: u64) {
        match self.desk.cases[&ticket.id].phase {
            Phase::Advised { .. } => self.advise(ticket, source_revision),
            Phase::Queued { .. } | Phase::Active { .. } | Phase::Closed { .. } => {
                self.bring(ticket, source_revision, Trigger::Retriage);
            }
        }
    }

    fn bring(&mut self, ticket: Arc<Ticket>, source_revision: u64, trigger: Trigger) {
        let id = ticket.id.clone();
        self.greet_arrivals();
        let intake = self.desk.intake(ticket, source_revision, self.now);
        self.emit(Event::TicketTriaged(Box::new(intake)));
        self.decide(&id, trigger);
        // It may weigh less on its owner than before, or on another channel.
        self.drain_to(self.owner_kept(&id, trigger));
    }

    fn owner_kept(&self, id: &TicketId, trigger: Trigger) -> Option<AgentId> {
        let case = self.desk.cases.get(id)?;
        case.owner().filter(|_| trigger == Trigger::Retriage).cloned()
    }

    /// Advice that somebody asks for; on a text that is older than the known one there is none anew.
    pub(super) fn asked_to_advise(&mut self, ticket: Arc<Ticket>, source_revision: u64) {
        let known = self.desk.known_at(&ticket.id, self.now);
        if !known.is_some_and(|case| is_stale(source_revision, case.source_revision)) {
            self.advise(ticket, source_revision);
        }
    }

    /// A ticket that the desk keeps as owned, waiting or closed stays so.
    pub(super) fn advise(&mut self, ticket: Arc<Ticket>, source_revision: u64) {
        self.greet_arrivals();
        let intake = self.desk.intake(ticket, source_revision, self.now);
        let arranged = self.desk.arranged(intake.ticket.clone(), self.now);
        let ranking = self.desk.rank(&arranged, self.now);
        let decision = Decision {
            ticket: intake.ticket.id.clone(),
            trigger: Trigger::Advice,
            triaged_seq: self.desk.sequence + 1,
            team: intake.team.clone(),
            priority: intake.priority.clone(),
            clocks: intake.clocks,
            outcome: Outcome::Advised(ranking.chosen().cloned()),
            ranking,
            policy_revision: self.desk.policy.revision,
        };
        self.emit(Event::TicketAdvised { intake: Box::new(intake), decision: Box::new(decision) });
    }

    pub(super) fn adopt(&mut self, adoption: Adoption) -> Result<(), Refusal> {
        let ticket = adoption.ticket.clone();
        if self.desk.known_at(&ticket.id, self.now).is_some() {
            return Err(Refusal::AlreadyAdopted(ticket.id.clone()));
        }
        if let Some(owner) = &adoption.owner {
            self.desk.known_agent(owner)?;
        }
        self.greet_arrivals();
        let id = ticket.id.clone();
        let mut intake = self.desk.intake(ticket, adoption.source_revision, self.now);
        intake.clocks = self.desk.clocks_adopted(&intake, &adoption, self.now);
        let latest = adoption.latest(self.now);
        let Adoption { owner, hold, .. } = adoption;
        let is_owned = owner.is_some();
        self.emit(Event::TicketAdopted { intake: Box::new(intake), owner, hold, latest });
        if !is_owned {
            self.decide(&id, Trigger::Adoption);
        }
        Ok(())
    }

    /// Looks for an agent; an owned ticket is never moved, only advised on, and one that its team
    /// takes by itself waits for that.
    pub(super) fn decide(&mut self, id: &TicketId, trigger: Trigger) {
        let case = &self.desk.cases[id];
        let ranking = self.desk.rank(&case.ticket, self.now);
        let is_pushed = self.desk.is_pushed(case);
        let chosen = ranking.chosen().filter(|_| is_pushed).cloned();
        self.settle(id, trigger, ranking, chosen);
    }

    /// Gives a ticket to an agent who is known to be eligible, whoever would be the best.
    pub(super) fn decide_for(&mut self, id: &TicketId, trigger: Trigger, agent: AgentId) {
        let ranking = self.desk.rank(&self.desk.cases[id].ticket, self.now);
        self.settle(id, trigger, ranking, Some(agent));
    }

    /// Decides by a ranking of this instant.
    pub(super) fn settle(
        &mut self,
        id: &TicketId,
        trigger: Trigger,
        ranking: Ranking,
        chosen: Option<AgentId>,
    ) {
        let case = &self.desk.cases[id];
        let outcome = match (&case.phase, chosen) {
            (Phase::Active { owner, .. }, _) => Outcome::Kept(owner.clone()),
            (Phase::Advised { .. }, _) => Outcome::Advised(ranking.chosen().cloned()),
            (Phase::Queued { .. } | Phase::Closed { .. }, Some(agent)) => Outcome::Assigned(agent),
            (Phase::Queued { .. } | Phase::Closed { .. }, None) => Outcome::Queued,
        };
        let decision = Decision {
            ticket: id.clone(),
            trigger,
            triaged_seq: case.triaged_seq,
            team: case.team.clone(),
            priority: case.priority_at(&self.desk.policy, self.now),
            clocks: case.clocks,
            outcome,
            ranking,
            policy_revision: self.desk.policy.revision,
        };
        self.emit(Event::Decided(Box::new(decision)));
    }
}

impl Adoption {
    /// When things last happened to the ticket, as far as its caller tells.
    fn latest(&self, now: Timestamp) -> Latest {
        Latest {
            asked_at: self.asked_at,
            replied_at: self.first_replied_at,
            held_at: self.hold.map(|_| self.held_at.unwrap_or(now)),
            closed_at: None,
        }
    }
}

/// A revision older than the one already known; 0 is unknown and never old.
pub(super) fn is_stale(reported: u64, known: u64) -> bool {
    reported != 0 && reported < known
}

impl Desk {
    /// The best agents for a ticket under the policy in force.
    pub fn rank(&self, ticket: &Ticket, now: Timestamp) -> Ranking {
        let need = Need::of(ticket, &self.policy);
        route(&self.roster, &need, &self.policy.routing, now)
    }

    fn intake(&self, ticket: Arc<Ticket>, source_revision: u64, now: Timestamp) -> Intake {
        let policy = &self.policy;
        let arranged = self.arranged(ticket.clone(), now);
        let clocks = self.clocks_at_intake(&arranged, now);
        Intake {
            team: policy.team_for(&arranged).cloned(),
            weight: policy.weight_of(&arranged),
            priority: priority_of(&arranged, &clocks, policy, now),
            clocks,
            source_revision,
            ticket,
        }
    }

    /// The promises of a ticket with what happened to it before it was brought along.
    fn clocks_adopted(&self, intake: &Intake, adoption: &Adoption, now: Timestamp) -> Clocks {
        let terms = self.terms(&intake.ticket);
        let mut clocks = intake.clocks;
        if let Some(replied_at) = adoption.first_replied_at {
            clocks = clocks.replied(clocks.first_response, replied_at);
        }
        if let Some(asked_at) = adoption.asked_at {
            clocks = clocks.asked(&terms, asked_at);
        }
        match adoption.hold {
            Some(_) => clocks.held(&terms, adoption.held_at.unwrap_or(now)),
            None => clocks,
        }
    }

    /// A ticket as told at an instant, as people have arranged it meanwhile.
    pub fn arranged(&self, told: Arc<Ticket>, now: Timestamp) -> Arc<Ticket> {
        match self.known_at(&told.id, now) {
            Some(case) => case.arranged(told).0,
            None => told,
        }
    }

    /// A known ticket keeps its promises unless what it now says of itself promises otherwise.
    fn clocks_at_intake(&self, ticket: &Ticket, now: Timestamp) -> Clocks {
        let terms = self.terms(ticket);
        let fresh = Clocks::opened(&terms, ticket.opened_at);
        let Some(case) = self.known_at(&ticket.id, now) else {
            return fresh;
        };
        let was = Clocks::opened(&self.terms(&case.ticket), case.ticket.opened_at);
        let renewed = case.clocks.renewed(was, fresh, terms.hard_due);
        match case.hold {
            Some(_) => renewed.on_hold(&terms, now),
            None => renewed,
        }
    }
}

impl Case {
    /// A ticket told again, as people have arranged it meanwhile: where it was transferred to, and
    /// who gave it back. With it the transfer, if it still stands.
    pub(super) fn arranged(&self, mut told: Arc<Ticket>) -> (Arc<Ticket>, Option<Box<Transfer>>) {
        let stands = self.transfer.clone().filter(|transfer| transfer.stands(&told.wishes));
        let transfer = stands.map(|transfer| Box::new(transfer.told_again(&told.wishes)));
        if transfer.is_none() && self.declined_by.is_empty() {
            return (told, None);
        }
        let wishes = &mut Arc::make_mut(&mut told).wishes;
        if let Some(transfer) = &transfer {
            transfer.lay_over(wishes);
        }
        wishes.excluded.extend(self.declined_by.iter().cloned());
        (told, transfer)
    }
}

/// The band that promises go by: as of the opening, for neither waiting nor a
/// near deadline may tighten or loosen what was promised.
pub(super) fn promised_band(policy: &Policy, ticket: &Ticket) -> Band {
    priority_of(ticket, &Clocks::IDLE, policy, ticket.opened_at).band
}
