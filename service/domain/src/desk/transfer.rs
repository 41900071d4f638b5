//! Tickets given to another team by a person, and their way back.

use std::collections::BTreeSet;

use super::command::Transferral;
use super::handle::Turn;
use super::{Case, Event, Phase, Refusal, Trigger};
use crate::ids::{AgentId, TeamId, TicketId};
use crate::skill::Requirement;
use crate::ticket::Wishes;

/// A ticket's stay with another team.
#[derive(Debug, Clone, PartialEq)]
pub struct Transfer {
    /// The other team.
    pub team: TeamId,
    /// It goes back when the other team is done.
    pub returns: bool,
    /// The skills the other team needs for it.
    pub requirements: Vec<Requirement>,
    /// Who had it; they do not get it there.
    pub from: Option<AgentId>,
    /// What it goes back to.
    pub home: Home,
}

/// What a transferred ticket goes back to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Home {
    /// Who had it.
    pub agent: Option<AgentId>,
    /// The team that its caller stated.
    pub team: Option<TeamId>,
    /// The skills that its caller stated.
    pub requirements: Option<Vec<Requirement>>,
    /// Agents that its caller ruled out.
    pub excluded: BTreeSet<AgentId>,
    /// Nobody had it, and it was not queued: advice stood.
    pub is_advice: bool,
}

impl Transfer {
    /// Where a case goes from where it is; what it goes back to is where it was first. Within
    /// the team where it is, only what that needs has changed: who has it may have it still.
    fn of(case: &Case, asked: &Transferral) -> Self {
        let wishes = &case.ticket.wishes;
        let from = match &case.transfer {
            Some(earlier) if earlier.team == asked.team => earlier.from.clone(),
            _ => case.owner().cloned(),
        };
        let home = match &case.transfer {
            Some(earlier) => earlier.home.clone(),
            None => Home {
                agent: case.owner().cloned(),
                team: wishes.team.clone(),
                requirements: wishes.requirements.clone(),
                excluded: wishes.excluded.clone(),
                is_advice: matches!(case.phase, Phase::Advised { .. }),
            },
        };
        let Transferral { team, returns, requirements, .. } = asked.clone();
        Self { team, returns, requirements, from, home }
    }

    /// Whether another transfer would come to the same.
    pub(super) fn is_as_asked(&self, asked: &Transferral) -> bool {
        let there = (&self.team, self.returns, &self.requirements);
        there == (&asked.team, asked.returns, &asked.requirements)
    }

    /// Whether it still stands when the caller tells the ticket again.
    pub(super) fn stands(&self, told: &Wishes) -> bool {
        told.team.as_ref().is_none_or(|team| *team == self.team)
    }

    /// What it goes back to when the caller tells the ticket again; who names the team where it is
    /// says nothing of where it belongs.
    pub(super) fn told_again(mut self, told: &Wishes) -> Self {
        let home = &mut self.home;
        home.team = home.team.take().filter(|_| told.team.is_some());
        home.requirements.clone_from(&told.requirements);
        home.excluded.clone_from(&told.excluded);
        self
    }

    pub(super) fn lay_over(&self, wishes: &mut Wishes) {
        wishes.team = Some(self.team.clone());
        wishes.requirements = Some(self.requirements.clone());
        wishes.excluded = self.home.excluded.iter().chain(&self.from).cloned().collect();
    }

    pub(super) fn take_off(self, wishes: &mut Wishes) {
        let Home { agent, team, requirements, excluded, is_advice: _ } = self.home;
        wishes.team = team;
        wishes.requirements = requirements;
        wishes.excluded = excluded;
        wishes.last_agent = agent.or(wishes.last_agent.take());
    }
}

impl Turn<'_> {
    pub(super) fn transfer(
        &mut self,
        ticket: &TicketId,
        asked: &Transferral,
        source_revision: u64,
    ) -> Result<(), Refusal> {
        self.known_open(ticket)?;
        self.desk.known_team(&asked.team)?;
        asked.agent.as_ref().map_or(Ok(()), |agent| self.desk.known_agent(agent))?;
        // It may be assigned by this itself, so what it comes from is read afterwards.
        self.greet_arrivals();
        let case = &self.desk.cases[ticket];
        let (former, transfer) = (case.owner().cloned(), Box::new(Transfer::of(case, asked)));
        self.emit(Event::Transferred { ticket: ticket.clone(), transfer, source_revision });
        match &asked.agent {
            Some(agent) => self.give(ticket, agent, source_revision),
            None => self.decide(ticket, Trigger::Transferred),
        }
        self.drain_to(former);
        Ok(())
    }

    /// Back to whom it came from if they may have it now, else to the best of their team.
    pub(super) fn send_home(&mut self, ticket: &TicketId, source_revision: u64) {
        self.greet_arrivals();
        let case = &self.desk.cases[ticket];
        let former = case.owner().cloned();
        let home = case.transfer.as_ref().and_then(|transfer| transfer.home.agent.clone());
        self.emit(Event::Returned { ticket: ticket.clone(), source_revision });
        match home.filter(|agent| self.desk.could_have(agent, ticket, self.now)) {
            Some(agent) => self.decide_for(ticket, Trigger::Returned, agent),
            None => self.decide(ticket, Trigger::Returned),
        }
        self.drain_to(former);
    }
}
