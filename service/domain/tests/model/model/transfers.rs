//! Tickets given to other teams, and their way back.

use switchyard_domain::desk::{Transferral, Trigger};
use switchyard_domain::ids::TicketId;

use super::paper::Away;
use super::{Done, Feed, Model, State};

impl Model {
    pub(super) fn transfer(
        &mut self,
        ticket: &TicketId,
        asked: &Transferral,
        revision: u64,
        feed: &mut Feed<'_>,
    ) -> Done {
        self.known_open(ticket)?;
        self.known_team(&asked.team)?;
        asked.agent.as_ref().map_or(Ok(()), |agent| self.known_agent(agent))?;
        self.drain(feed);
        feed.is_next("Transferred");
        self.leave(ticket, asked, revision);
        match &asked.agent {
            Some(agent) => {
                feed.is_next("OwnerSet");
                self.paper(ticket).state = State::With(agent.clone());
            }
            None => self.decide(ticket, Trigger::Transferred, None, feed),
        }
        self.drain(feed);
        Ok(())
    }

    /// Home stays where the ticket was first, however often it is handed on.
    fn leave(&mut self, ticket: &TicketId, asked: &Transferral, revision: u64) {
        let Transferral { team, returns, requirements, .. } = asked.clone();
        let paper = self.paper(ticket);
        let owner = paper.owner().cloned();
        let was_advice = matches!(paper.state, State::Advised { .. });
        let (home, was_advice, left) = match paper.away.take() {
            // What the team needs changes, not who had the ticket before it came there.
            Some(there) if there.team == team => (there.home, there.was_advice, there.left),
            Some(earlier) => (earlier.home, earlier.was_advice, owner),
            None => (owner.clone(), was_advice, owner),
        };
        paper.away = Some(Away { team, returns, requirements, home, left, was_advice });
        paper.revision = paper.revision.max(revision);
        if !matches!(paper.state, State::Advised { .. }) {
            self.nobody_has(ticket);
        }
    }

    /// Back to whom it came from if they may have it now, else routed in the team it came from.
    pub(super) fn send_home(&mut self, ticket: &TicketId, revision: u64, feed: &mut Feed<'_>) {
        self.drain(feed);
        feed.is_next("Returned");
        let paper = self.paper(ticket);
        let away = paper.away.take().expect("what is not away is home already");
        let home = away.home;
        if home.is_some() {
            paper.last_agent.clone_from(&home);
        }
        paper.revision = paper.revision.max(revision);
        // What was more than advice waits as any ticket of its team does, wherever it was meanwhile.
        if !away.was_advice || !matches!(paper.state, State::Advised { .. }) {
            self.nobody_has(ticket);
        }
        let may_have = home.filter(|agent| self.is_eligible(agent, &self.papers[ticket]));
        self.decide(ticket, Trigger::Returned, may_have.as_ref(), feed);
        self.drain(feed);
    }
}
