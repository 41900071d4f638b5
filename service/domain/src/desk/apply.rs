//! What each event does to the state: plain assignments, no decisions.

use std::sync::Arc;

use super::case::{Case, Closing, HoldReason, Phase};
use super::command::Activity;
use super::event::{Decision, Intake, Outcome};
use super::{Desk, Event};
use crate::agent::{Agent, Presence};
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
            Event::PresenceSet { agent, presence, .. } => self.put_presence(agent, *presence),
            Event::TicketTriaged(intake) => self.take_in(intake),
            Event::TicketAdopted { intake, owner, hold } => {
                self.take_in(intake);
                self.put_hold(&intake.ticket.id, *hold);
                if let Some(owner) = owner {
                    self.put_owner(&intake.ticket.id, owner);
                }
            }
            Event::TicketAdvised { .. } => {}
            Event::Decided(decision) => self.put_decision(decision),
            Event::OwnerSet { ticket, agent, source_revision } => {
                self.put_owner(ticket, agent);
                self.note_change(ticket, *source_revision);
            }
            Event::Reported { ticket, activity, clocks, source_revision } => {
                self.put_activity(ticket, activity, *clocks);
                self.note_change(ticket, *source_revision);
            }
            Event::Closed { ticket, closing, clocks, source_revision } => {
                self.put_closed(ticket, *closing, *clocks);
                self.note_change(ticket, *source_revision);
            }
            Event::Reopened { ticket, clocks, source_revision } => {
                self.put_reopened(ticket, *clocks);
                self.note_change(ticket, *source_revision);
            }
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
        self.policy = policy.clone();
        self.roster.set_default_limit(policy.routing.default_capacity);
        for case in self.cases.values_mut() {
            case.weight = policy.weight_of(&case.ticket);
            case.team = policy.team_for(&case.ticket).cloned();
        }
        for id in &owned {
            self.take_on(id);
        }
    }

    fn change_agent(&mut self, id: &AgentId, change: impl FnOnce(&mut Agent)) {
        if let Some(seat) = self.roster.seat(id) {
            let mut agent = Agent::clone(seat.agent());
            change(&mut agent);
            self.roster.put_agent(Arc::new(agent), self.now);
        }
    }

    fn put_presence(&mut self, id: &AgentId, presence: Option<Presence>) {
        self.change_agent(id, |agent| agent.presence = presence);
    }

    fn take_in(&mut self, intake: &Intake) {
        let id = &intake.ticket.id;
        self.put_down(id);
        let known = self.cases.remove(id);
        let phase = known.as_ref().map_or(Phase::Queued { since: self.now }, |c| c.phase.clone());
        let case = Case {
            ticket: intake.ticket.clone(),
            team: intake.team.clone(),
            weight: intake.weight,
            priority: intake.priority.clone(),
            clocks: intake.clocks,
            phase,
            hold: known.as_ref().and_then(|case| case.hold),
            source_revision: known
                .as_ref()
                .map_or(0, |c| c.source_revision)
                .max(intake.source_revision),
            triaged_seq: self.sequence,
            decision_seq: known.as_ref().map_or(0, |case| case.decision_seq),
            version: known.as_ref().map_or(0, |case| case.version) + 1,
        };
        if case.owner().is_none() {
            self.queued.insert(id.clone());
        }
        self.cases.insert(id.clone(), case);
        self.take_on(id);
    }

    fn put_decision(&mut self, decision: &Decision) {
        let sequence = self.sequence;
        let case = self.case_mut(&decision.ticket);
        case.decision_seq = sequence;
        case.priority = decision.priority.clone();
        match &decision.outcome {
            Outcome::Assigned(agent) => {
                self.put_owner(&decision.ticket, agent);
                self.roster.note_assigned(agent, Some(self.now));
            }
            Outcome::Queued | Outcome::Kept(_) | Outcome::Advised(_) => {}
        }
    }

    fn put_owner(&mut self, id: &TicketId, agent: &AgentId) {
        self.put_down(id);
        let now = self.now;
        let owner = agent.clone();
        self.case_mut(id).phase = Phase::Active { owner, since: now };
        self.queued.remove(id);
        self.take_on(id);
    }

    fn put_hold(&mut self, id: &TicketId, hold: Option<HoldReason>) {
        self.put_down(id);
        self.case_mut(id).hold = hold;
        self.take_on(id);
    }

    fn put_activity(&mut self, id: &TicketId, activity: &Activity, clocks: Clocks) {
        self.case_mut(id).clocks = clocks;
        match activity {
            Activity::Held(reason) => self.put_hold(id, Some(*reason)),
            Activity::Resumed => self.put_hold(id, None),
            Activity::CustomerMessage => match self.case_mut(id).hold {
                Some(HoldReason::Customer) => self.put_hold(id, None),
                Some(HoldReason::ThirdParty | HoldReason::Internal) | None => {}
            },
            Activity::AgentReply
            | Activity::AssignedTo(_)
            | Activity::Solved
            | Activity::Reopened => {}
        }
    }

    fn put_closed(&mut self, id: &TicketId, closing: Closing, clocks: Clocks) {
        self.put_down(id);
        let at = self.now;
        let case = self.case_mut(id);
        let owner = case.owner().cloned();
        case.clocks = clocks;
        case.hold = None;
        case.phase = Phase::Closed { at, closing, owner };
        self.queued.remove(id);
        self.closed.push_back((at, id.clone()));
    }

    fn put_reopened(&mut self, id: &TicketId, clocks: Clocks) {
        let since = self.now;
        let case = self.case_mut(id);
        if let Some(former) = case.last_owner().cloned() {
            Arc::make_mut(&mut case.ticket).wishes.last_agent = Some(former);
        }
        case.clocks = clocks;
        case.phase = Phase::Queued { since };
        self.queued.insert(id.clone());
    }

    fn note_change(&mut self, id: &TicketId, source_revision: u64) {
        let case = self.case_mut(id);
        case.source_revision = case.source_revision.max(source_revision);
        case.version += 1;
    }

    fn case_mut(&mut self, id: &TicketId) -> &mut Case {
        self.cases.get_mut(id).expect("events name only tickets that exist")
    }

    /// Lays a ticket's weight on its owner.
    fn take_on(&mut self, id: &TicketId) {
        let Some(case) = self.cases.get(id) else {
            return;
        };
        if let Some(owner) = case.owner() {
            self.roster.take_on(owner, &case.ticket.channel, case.load(&self.policy));
        }
    }

    /// Takes a ticket's weight off its owner.
    fn put_down(&mut self, id: &TicketId) {
        let Some(case) = self.cases.get(id) else {
            return;
        };
        if let Some(owner) = case.owner() {
            self.roster.put_down(owner, &case.ticket.channel, case.load(&self.policy));
        }
    }

    /// Forgets tickets closed longer ago than the policy keeps them.
    fn forget_old(&mut self, now: Timestamp) {
        let kept = self.policy.closed_kept;
        while let Some((_, id)) = self.closed.pop_front_if(|(at, _)| *at + kept < now) {
            // It may have been opened again since.
            if self.known_at(&id, now).is_none() {
                self.cases.remove(&id);
            }
        }
    }

    /// Rebuilds what follows from cases: the queue, the loads, the order of forgetting.
    pub(super) fn rebuild(&mut self) {
        let ids: Vec<TicketId> = self.cases.keys().cloned().collect();
        for id in &ids {
            self.take_on(id);
            match self.cases[id].phase {
                Phase::Queued { .. } => {
                    self.queued.insert(id.clone());
                }
                Phase::Closed { at, .. } => self.closed.push_back((at, id.clone())),
                Phase::Active { .. } => {}
            }
        }
        self.closed.make_contiguous().sort();
    }
}
