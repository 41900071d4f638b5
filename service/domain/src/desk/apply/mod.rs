//! What each event does to the state: plain assignments, no decisions.
//!
//! Here the dispatch, and what concerns policy and agents; [`tickets`] folds what happens to
//! tickets, [`ownership`] moves them between agents and the queue, [`memory`] forgets and rebuilds.

mod memory;
mod ownership;
mod tickets;

use std::sync::Arc;

use super::{Case, Desk, Event, Renewal, agreement};
use crate::agent::Agent;
use crate::ids::{AgentId, TicketId};
use crate::policy::Policy;
use crate::schedule::Schedule;
use crate::sla::Clocks;
use crate::time::Timestamp;

impl Desk {
    /// Folds an event that happened at an instant into the state.
    ///
    /// Events come from [`Desk::handle`] of a desk in the same state, hence
    /// name only tickets and agents that exist.
    pub fn apply(&mut self, event: &Event, at: Timestamp) {
        debug_assert!(self.now <= at, "time never runs backwards");
        self.now = at;
        self.sequence += 1;
        self.roster.advance(at);
        // Before the event: a ticket of a forgotten id that comes in is a new one.
        self.forget_old(at);
        self.fold(event);
        if let Some(case) = event.ticket().and_then(|ticket| self.cases.get_mut(ticket)) {
            case.history.push(self.sequence);
        }
    }

    fn fold(&mut self, event: &Event) {
        match event {
            Event::PolicyApplied(policy) => self.put_policy(policy),
            Event::TeamUpserted(team) => self.roster.put_team(team.clone()),
            Event::TeamRemoved(team) => self.roster.remove_team(team),
            Event::AgentUpserted(agent) => self.roster.put_agent(agent.clone(), self.now),
            Event::AgentRemoved(agent) => self.roster.remove_agent(agent),
            Event::ShiftsReplaced { agent, shifts } => {
                let schedule = Schedule::dated(shifts.clone());
                self.change_agent(agent, |agent| agent.schedule = schedule);
            }
            Event::PresenceSet { agent, presence, .. } => {
                self.change_agent(agent, |agent| agent.presence = *presence);
            }
            Event::IntakeSet { agent, paused } => {
                self.change_agent(agent, |agent| agent.intake_paused = *paused);
            }
            Event::RenewalBegun { made_under, n_open } => self.begin_renewal(*made_under, *n_open),
            Event::PromisesRenewed { renewed, n_looked, until } => {
                self.put_promises(renewed, *n_looked, until.as_ref());
            }
            Event::TicketTriaged(_)
            | Event::TicketAdopted { .. }
            | Event::TicketAdvised { .. }
            | Event::Decided(_)
            | Event::OwnerSet { .. }
            | Event::Reported { .. }
            | Event::Acknowledged { .. }
            | Event::Closed { .. }
            | Event::Merged { .. }
            | Event::Absorbed { .. }
            | Event::Transferred { .. }
            | Event::Returned { .. }
            | Event::Released { .. }
            | Event::Reopened { .. } => self.fold_ticket(event),
        }
    }

    /// A new policy may weigh and place tickets otherwise, so loads are laid down and taken up again.
    fn put_policy(&mut self, policy: &Arc<Policy>) {
        let owned: Vec<TicketId> = (self.cases.values())
            .filter(|case| case.owner().is_some())
            .map(|case| case.ticket.id.clone())
            .collect();
        for id in &owned {
            self.put_down(id);
        }
        self.former_policy = std::mem::replace(&mut self.policy, policy.clone());
        self.roster.set_default_limit(policy.routing.default_capacity);
        for case in self.cases.values_mut() {
            let weight = policy.weight_of(&case.ticket);
            let team = policy.team_for(&case.ticket).cloned();
            case.version += u64::from((&weight, &team) != (&case.weight, &case.team));
            (case.weight, case.team) = (weight, team);
        }
        for id in &owned {
            self.take_on(id);
        }
    }

    /// Follows the policy's coming into force, so that the former one is at hand.
    fn begin_renewal(&mut self, made_under: u64, n_open: u64) {
        debug_assert_eq!(self.former_policy.revision, made_under, "the policy before this one");
        self.renewal = Some(Renewal {
            revision: self.policy.revision,
            made_under: self.former_policy.clone(),
            until: None,
            n_done: 0,
            n_open,
            is_done: false,
        });
    }

    fn put_promises(
        &mut self,
        renewed: &[(TicketId, Clocks)],
        n_looked: u64,
        until: Option<&TicketId>,
    ) {
        for (id, clocks) in renewed {
            self.case_mut(id).clocks = *clocks;
            self.note_change(id, 0);
            let priority = self.cases[id].priority_at(&self.policy, self.now);
            self.case_mut(id).priority = priority;
        }
        if let Some(renewal) = &mut self.renewal {
            renewal.n_done += n_looked;
            renewal.is_done = until.is_none();
            renewal.until = until.cloned();
        }
    }

    fn change_agent(&mut self, id: &AgentId, change: impl FnOnce(&mut Agent)) {
        if let Some(seat) = self.roster.seat(id) {
            let mut agent = Agent::clone(seat.agent());
            change(&mut agent);
            self.roster.put_agent(Arc::new(agent), self.now);
        }
    }

    fn note_change(&mut self, id: &TicketId, source_revision: u64) {
        let case = self.case_mut(id);
        case.source_revision = case.source_revision.max(source_revision);
        case.version += 1;
    }

    fn case_mut(&mut self, id: &TicketId) -> &mut Case {
        self.cases.get_mut(id).expect("events name only tickets that exist")
    }

    fn note_agreement(&mut self, id: &TicketId, taken: super::AdviceTaken) {
        let team = self.cases[id].team.clone();
        agreement::note(&mut self.agreements, team, taken, self.now);
    }
}
