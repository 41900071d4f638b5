//! Agents asking for work: pull as well as push.

use super::handle::Turn;
use super::{Desk, Refusal, Trigger};
use crate::ids::{AgentId, TeamId, TicketId};
use crate::routing::Need;
use crate::routing::choose::may_claim;
use crate::time::Timestamp;

impl Turn<'_> {
    /// Nothing happens when no waiting ticket is for this agent.
    pub(super) fn claim_next(
        &mut self,
        agent: &AgentId,
        team: Option<&TeamId>,
    ) -> Result<(), Refusal> {
        self.desk.known_agent(agent)?;
        team.map_or(Ok(()), |team| self.desk.known_team(team))?;
        self.greet_arrivals();
        if let Some(ticket) = self.desk.claimable(agent, team, self.now) {
            self.decide_for(&ticket, Trigger::Claimed, agent.clone());
        }
        Ok(())
    }
}

impl Desk {
    /// The most urgent waiting ticket that an agent may have, a paused intake aside.
    fn claimable(
        &self,
        agent: &AgentId,
        team: Option<&TeamId>,
        now: Timestamp,
    ) -> Option<TicketId> {
        let seat = self.roster.seat_idx(agent)?;
        let is_asked = |case: &&super::Case| team.is_none() || case.team.as_ref() == team;
        let may_have = |case: &&super::Case| {
            let need = Need::of(&case.ticket, &self.policy);
            may_claim(&self.roster, seat, &need, &self.policy.routing, now)
        };
        let claimable = self.queued().filter(is_asked).filter(may_have);
        let first = claimable.min_by_key(|case| self.queue_place(case, now));
        first.map(|case| case.ticket.id.clone())
    }
}
