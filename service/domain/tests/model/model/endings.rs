//! People's decisions, and how tickets end, begin again and go on in others.

use switchyard_domain::desk::{Closing, Refusal, ReleaseScope, Report, Trigger};
use switchyard_domain::ids::{AgentId, TeamId, TicketId};
use switchyard_domain::time::Timestamp;

use super::intake::terms;
use super::promises::Promise;
use super::{Done, Feed, Model, Paper, Promises, State};

impl Model {
    pub(super) fn assign(
        &mut self,
        ticket: &TicketId,
        agent: &AgentId,
        revision: u64,
        feed: &mut Feed<'_>,
    ) -> Done {
        self.known_agent(agent)?;
        self.known_open(ticket)?;
        feed.is_next("OwnerSet");
        let paper = self.paper(ticket);
        paper.state = State::With(agent.clone());
        paper.revision = paper.revision.max(revision);
        self.drain(feed);
        Ok(())
    }

    pub(super) fn claim(
        &mut self,
        agent: &AgentId,
        team: Option<&TeamId>,
        feed: &mut Feed<'_>,
    ) -> Done {
        self.known_agent(agent)?;
        team.map_or(Ok(()), |team| self.known_team(team))?;
        self.drain(feed);
        let asked = |paper: &&Paper| team.is_none() || paper.team(&self.policy) == team;
        let may_have = |paper: &&Paper| self.may_have(&self.agents[agent], paper);
        let claimable = self.waiting().filter(asked).filter(may_have);
        if let Some(first) = claimable.min_by_key(|paper| self.place(paper)) {
            let id = first.told.id.clone();
            self.decide(&id, Trigger::Claimed, Some(agent), feed);
        }
        Ok(())
    }

    pub(super) fn decline(
        &mut self,
        ticket: &TicketId,
        agent: &AgentId,
        feed: &mut Feed<'_>,
    ) -> Done {
        self.known_agent(agent)?;
        let owner = self.known_open(ticket)?.owner().cloned();
        if owner.as_ref() != Some(agent) {
            let (ticket, agent) = (ticket.clone(), agent.clone());
            return Err(Refusal::NotOwner { ticket, agent, owner });
        }
        self.drain(feed);
        feed.is_next("Released");
        self.paper(ticket).declined.insert(agent.clone());
        self.nobody_has(ticket);
        self.decide(ticket, Trigger::Declined, None, feed);
        self.drain(feed);
        Ok(())
    }

    /// The most urgent of the released tickets are decided first.
    pub(super) fn release(
        &mut self,
        agent: &AgentId,
        scope: ReleaseScope,
        feed: &mut Feed<'_>,
    ) -> Done {
        self.set_intake(agent, true, feed)?;
        self.drain(feed);
        let is_answered = |paper: &Paper| matches!(paper.promises.first, Promise::Kept { .. });
        let is_meant = |paper: &&Paper| scope == ReleaseScope::All || !is_answered(paper);
        let theirs = self.papers.values().filter(|paper| paper.owner() == Some(agent));
        let mut released: Vec<_> = theirs.filter(is_meant).map(|paper| self.place(paper)).collect();
        released.sort();
        for (.., id) in &released {
            feed.is_next("Released");
            self.nobody_has(id);
        }
        for (.., id) in &released {
            self.decide(id, Trigger::Released, None, feed);
        }
        Ok(())
    }

    /// An owned ticket's owner lays it down.
    pub(super) fn nobody_has(&mut self, ticket: &TicketId) {
        let state = self.waiting_state(&self.papers[ticket]);
        self.paper(ticket).state = state;
    }

    /// Where another team has done its part, the ticket goes back.
    pub(super) fn finish(
        &mut self,
        ticket: &TicketId,
        closing: Closing,
        feed: &mut Feed<'_>,
    ) -> Done {
        let away = &self.known_open(ticket)?.away;
        let returns = away.as_ref().is_some_and(|away| away.returns);
        if returns && closing == Closing::Completed {
            self.send_home(ticket, 0, feed);
            return Ok(());
        }
        self.close(ticket, closing, self.now.millis(), 0, feed)
    }

    pub(super) fn close(
        &mut self,
        ticket: &TicketId,
        closing: Closing,
        at: i64,
        revision: u64,
        feed: &mut Feed<'_>,
    ) -> Done {
        let promises = match closing {
            Closing::Completed | Closing::Solved => self.known_open(ticket)?.promises.solved(at),
            Closing::Cancelled | Closing::Merged => Promises::cancelled(),
        };
        self.known_open(ticket)?;
        feed.is_next("Closed");
        self.end(ticket, closing, promises, revision);
        self.paper(ticket).ended_at = Some(Timestamp::from_millis(at));
        self.drain(feed);
        Ok(())
    }

    fn end(&mut self, ticket: &TicketId, closing: Closing, promises: Promises, revision: u64) {
        let at = self.now;
        let paper = self.paper(ticket);
        paper.state = State::Ended { at, closing, last: paper.owner().cloned() };
        paper.revision = paper.revision.max(revision);
        (paper.promises, paper.hold, paper.ended_at) = (promises, None, Some(at));
    }

    pub(super) fn reopen(
        &mut self,
        ticket: &TicketId,
        at: i64,
        revision: u64,
        feed: &mut Feed<'_>,
    ) {
        self.drain(feed);
        feed.is_next("Reopened");
        let paper = &self.papers[ticket];
        let promises = paper.promises.reopened(&terms(paper, &self.policy), at);
        let state = self.waiting_state(paper);
        let paper = self.paper(ticket);
        if let State::Ended { last: Some(last), .. } = &paper.state {
            paper.last_agent = Some(last.clone());
        }
        paper.revision = paper.revision.max(revision);
        (paper.promises, paper.state, paper.merged_into) = (promises, state, None);
        self.decide(ticket, Trigger::Reopening, None, feed);
    }

    pub(super) fn merge(
        &mut self,
        ticket: &TicketId,
        into: &TicketId,
        revision: u64,
        feed: &mut Feed<'_>,
    ) -> Done {
        if ticket == into {
            return Err(Refusal::MergedIntoItself(ticket.clone()));
        }
        let other = self.known_open(into)?.promises;
        let promises = self.known_open(ticket)?.promises;
        feed.is_next("Merged");
        self.end(ticket, Closing::Merged, promises.without_verdict(), revision);
        self.paper(ticket).merged_into = Some(into.clone());
        feed.is_next("Absorbed");
        self.paper(into).promises = other.absorbed(promises);
        self.drain(feed);
        Ok(())
    }

    /// A part of a ticket's matter becomes a ticket of its own.
    pub(super) fn split(&mut self, report: &Report, feed: &mut Feed<'_>) -> Done {
        let owner = self.known_open(&report.ticket)?.owner().cloned();
        let Some(brought) = &report.brought else { return Ok(()) };
        let mut part = brought.ticket.clone();
        if self.papers.contains_key(&part.id) {
            return Err(Refusal::AlreadyAdopted(part.id.clone()));
        }
        if part.wishes.last_agent.is_none() {
            std::sync::Arc::make_mut(&mut part).wishes.last_agent = owner;
        }
        self.note(report, feed);
        self.triage(&part, brought.source_revision, switchyard_domain::desk::Reach::ByPolicy, feed)
    }
}
