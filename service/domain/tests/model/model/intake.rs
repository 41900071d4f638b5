//! Tickets coming in.

use std::sync::Arc;

use switchyard_domain::desk::{Adoption, Reach, Refusal, Trigger};
use switchyard_domain::policy::{Policy, TeamMode};
use switchyard_domain::priority::priority_of;
use switchyard_domain::sla::Clocks;
use switchyard_domain::ticket::Ticket;
use switchyard_domain::time::{Span, Timestamp};

use super::promises::Terms;
use super::{Done, Feed, Model, Paper, Promises, State};

/// 0 is unknown and never old.
pub(super) fn is_stale(reported: u64, known: u64) -> bool {
    reported > 0 && reported < known
}

/// What a ticket is promised under a policy.
pub(super) fn terms(paper: &Paper, policy: &Policy) -> Terms {
    let ticket = &paper.told;
    let band = priority_of(ticket, &Clocks::IDLE, policy, ticket.opened_at).band;
    let rule = policy.sla.iter().find(|rule| {
        let is_for_team = rule.team.is_none() || rule.team.as_ref() == paper.team(policy);
        is_for_team && rule.tier.is_none_or(|tier| tier == ticket.customer.tier)
    });
    let targets = rule.map(|rule| rule.targets[band as usize]).map(|targets| {
        [targets.first_response, targets.next_response, targets.resolution].map(Span::millis)
    });
    Terms { targets, hard: ticket.wishes.hard_due.map(Timestamp::millis) }
}

pub(super) fn promised(paper: &Paper, policy: &Policy) -> Promises {
    Promises::opened(&terms(paper, policy), paper.told.opened_at.millis())
}

impl Model {
    pub(super) fn triage(
        &mut self,
        ticket: &Arc<Ticket>,
        revision: u64,
        reach: Reach,
        feed: &mut Feed<'_>,
    ) -> Done {
        let Some(known) = self.papers.get(&ticket.id) else {
            self.take_in(ticket, revision, reach, feed);
            return Ok(());
        };
        if !known.is_open() {
            return Err(Refusal::TicketClosed(ticket.id.clone()));
        }
        if is_stale(revision, known.revision) {
            return Ok(());
        }
        match known.state {
            State::Advised { .. } => self.take_in(ticket, revision, reach, feed),
            _ => self.bring(ticket, revision, Trigger::Retriage, feed),
        }
        Ok(())
    }

    fn take_in(&mut self, ticket: &Arc<Ticket>, revision: u64, reach: Reach, feed: &mut Feed<'_>) {
        let mode = self.told(ticket, revision).team_policy(&self.policy).mode;
        if reach == Reach::ByPolicy && mode == TeamMode::Advise {
            self.advise(ticket, revision, feed);
        } else {
            self.bring(ticket, revision, Trigger::Triage, feed);
        }
    }

    /// What is advised on is advised on again; the rest keeps its owner or its place.
    pub(super) fn tell_again(&mut self, ticket: &Arc<Ticket>, revision: u64, feed: &mut Feed<'_>) {
        match self.papers[&ticket.id].state {
            State::Advised { .. } => self.advise(ticket, revision, feed),
            _ => self.bring(ticket, revision, Trigger::Retriage, feed),
        }
    }

    fn bring(
        &mut self,
        ticket: &Arc<Ticket>,
        revision: u64,
        trigger: Trigger,
        feed: &mut Feed<'_>,
    ) {
        self.drain(feed);
        let mut paper = self.told(ticket, revision);
        if matches!(paper.state, State::Advised { .. }) {
            paper.state = State::Waits;
        }
        self.papers.insert(ticket.id.clone(), paper);
        feed.is_next("TicketTriaged");
        self.decide(&ticket.id, trigger, None, feed);
        self.drain(feed);
    }

    /// Advice on what is owned, waits or ended leaves it as it is.
    pub(super) fn advise(&mut self, ticket: &Arc<Ticket>, revision: u64, feed: &mut Feed<'_>) {
        use switchyard_domain::desk::Event;
        self.drain(feed);
        let Event::TicketAdvised { decision, .. } = feed.is_next("TicketAdvised") else {
            unreachable!()
        };
        let is_free = |paper: &Paper| matches!(paper.state, State::Advised { .. });
        if self.papers.get(&ticket.id).is_none_or(is_free) {
            let (since, listed) = (self.now, Vec::new());
            let mut paper = self.told(ticket, revision);
            paper.state = State::Advised { since, listed };
            self.papers.insert(ticket.id.clone(), paper);
            self.decided(decision, Trigger::Advice, None);
        }
    }

    /// A ticket as its caller tells it now, with all that is known of it already.
    fn told(&self, ticket: &Arc<Ticket>, revision: u64) -> Paper {
        let Some(known) = self.papers.get(&ticket.id) else {
            let paper = Paper::new(ticket.clone(), Promises::cancelled(), revision);
            return Paper { promises: promised(&paper, &self.policy), ..paper };
        };
        let stays_away = known.stays_away(ticket);
        let belongs = if stays_away && ticket.wishes.team.is_some() {
            &known.belongs
        } else {
            &ticket.wishes.team
        };
        let mut paper = Paper {
            belongs: belongs.clone(),
            told: ticket.clone(),
            last_agent: ticket.wishes.last_agent.clone(),
            revision: known.revision.max(revision),
            away: known.away.clone().filter(|_| stays_away),
            ..known.clone()
        };
        self.promise_anew(&mut paper, &promised(known, &self.policy));
        paper
    }

    /// Promises made again, as others were made before; what is held stands still.
    pub(super) fn promise_anew(&self, paper: &mut Paper, was: &Promises) {
        let hard = terms(paper, &self.policy).hard;
        let fresh = promised(paper, &self.policy);
        paper.promises = paper.promises.anew(*was, fresh, hard);
        if paper.hold.is_some() {
            paper.promises.solved = paper.promises.solved.stopped(self.now.millis());
        }
    }

    pub(super) fn adopt(&mut self, adoption: &Adoption, feed: &mut Feed<'_>) -> Done {
        let Adoption { ticket, owner, first_replied_at, hold, held_at, asked_at, source_revision } =
            adoption;
        if self.papers.contains_key(&ticket.id) {
            return Err(Refusal::AlreadyAdopted(ticket.id.clone()));
        }
        owner.as_ref().map_or(Ok(()), |owner| self.known_agent(owner))?;
        self.drain(feed);
        let mut paper = self.told(ticket, *source_revision);
        if let Some(at) = first_replied_at {
            paper.promises = paper.promises.replied(&paper.promises, at.millis());
        }
        if let Some(at) = asked_at {
            let terms = terms(&paper, &self.policy);
            paper.promises = paper.promises.asked(&terms, at.millis());
        }
        if hold.is_some() {
            let since = held_at.unwrap_or(self.now);
            paper.promises = paper.promises.held(since.millis());
            paper.held_at = Some(since);
        }
        paper.hold = *hold;
        (paper.replied_at, paper.asked_at) = (*first_replied_at, *asked_at);
        paper.state = match owner {
            Some(owner) => State::With(owner.clone()),
            None => self.waiting_state(&paper),
        };
        self.papers.insert(ticket.id.clone(), paper);
        feed.is_next("TicketAdopted");
        if owner.is_none() {
            self.decide(&ticket.id, Trigger::Adoption, None, feed);
        }
        Ok(())
    }

    /// How a ticket waits that nobody has: in the queue, or for a person.
    pub(super) fn waiting_state(&self, paper: &Paper) -> State {
        match paper.team_policy(&self.policy).mode {
            TeamMode::Assign => State::Waits,
            TeamMode::Advise => State::Advised { since: self.now, listed: Vec::new() },
        }
    }
}
