//! What happens to tickets.

use std::sync::Arc;

use crate::desk::command::Activity;
use crate::desk::event::{Decision, Intake, Outcome};
use crate::desk::{Case, Closing, DeclineReason, Desk, Event, Phase, Transfer};
use crate::ids::{AgentId, TicketId};
use crate::sla::Clocks;
use crate::time::Timestamp;

impl Desk {
    pub(super) fn fold_ticket(&mut self, event: &Event) {
        match event {
            Event::TicketTriaged(intake) => {
                self.take_in(intake);
                self.queue(&intake.ticket.id);
            }
            Event::TicketAdopted { intake, owner, hold, latest } => {
                self.take_in(intake);
                self.case_mut(&intake.ticket.id).latest = *latest;
                self.put_hold(&intake.ticket.id, *hold);
                match owner {
                    Some(owner) => self.put_owner(&intake.ticket.id, owner),
                    None => self.put_waiting(&intake.ticket.id),
                }
            }
            Event::TicketAdvised { intake, decision } => self.put_advice(intake, decision),
            Event::Decided(decision) => self.put_decision(decision),
            Event::OwnerSet { ticket, agent, source_revision, advice } => {
                if let Some(taken) = advice {
                    self.note_agreement(ticket, *taken);
                }
                self.put_owner(ticket, agent);
                self.note_change(ticket, *source_revision);
            }
            Event::Reported { ticket, activity, happened_at, clocks, source_revision } => {
                self.put_activity(ticket, activity, happened_at.unwrap_or(self.now), *clocks);
                self.note_change(ticket, *source_revision);
            }
            Event::Acknowledged { ticket, source_revision } => {
                self.note_change(ticket, *source_revision);
            }
            Event::Closed { ticket, closing, happened_at, clocks, source_revision } => {
                self.put_closed(ticket, *closing, *clocks);
                self.case_mut(ticket).latest.closed_at = Some(happened_at.unwrap_or(self.now));
                self.note_change(ticket, *source_revision);
            }
            Event::Merged { ticket, into, clocks, source_revision } => {
                self.put_closed(ticket, Closing::Merged, *clocks);
                self.case_mut(ticket).latest.closed_at = Some(self.now);
                self.case_mut(ticket).merged_into = Some(into.clone());
                self.note_change(ticket, *source_revision);
            }
            Event::Absorbed { ticket, clocks, .. } => {
                self.case_mut(ticket).clocks = *clocks;
                self.note_change(ticket, 0);
            }
            Event::Transferred { ticket, transfer, source_revision } => {
                self.put_transferred(ticket, transfer);
                self.note_change(ticket, *source_revision);
            }
            Event::Returned { ticket, source_revision } => {
                self.put_returned(ticket);
                self.note_change(ticket, *source_revision);
            }
            Event::Released { ticket, agent, reason } => {
                self.put_released(ticket, agent, *reason);
                self.note_change(ticket, 0);
            }
            Event::Reopened { ticket, clocks, source_revision } => {
                self.put_reopened(ticket, *clocks);
                self.note_change(ticket, *source_revision);
            }
            Event::PolicyApplied(_)
            | Event::TeamUpserted(_)
            | Event::TeamRemoved(_)
            | Event::AgentUpserted(_)
            | Event::AgentRemoved(_)
            | Event::ShiftsReplaced { .. }
            | Event::PresenceSet { .. }
            | Event::IntakeSet { .. }
            | Event::RenewalBegun { .. }
            | Event::PromisesRenewed { .. } => {}
        }
    }

    /// Notes what a ticket brings; where it stands is for the event to say.
    fn take_in(&mut self, intake: &Intake) {
        let id = &intake.ticket.id;
        self.put_down(id);
        let (sequence, since) = (self.sequence, self.now);
        let case = match self.cases.remove(id) {
            Some(known) => known.told_again(intake, sequence),
            None => Case::new(intake, sequence, since),
        };
        self.cases.insert(id.clone(), case);
        self.take_on(id);
    }

    /// Advice on a ticket that the desk keeps in another way leaves it as it is.
    fn put_advice(&mut self, intake: &Intake, decision: &Decision) {
        let id = &intake.ticket.id;
        let is_ours = match self.cases.get(id).map(|case| &case.phase) {
            None | Some(Phase::Advised { .. }) => true,
            Some(Phase::Queued { .. } | Phase::Active { .. } | Phase::Closed { .. }) => false,
        };
        if is_ours {
            self.take_in(intake);
            self.put_advised(id);
            self.put_decision(decision);
        }
    }

    fn put_decision(&mut self, decision: &Decision) {
        let sequence = self.sequence;
        let case = self.case_mut(&decision.ticket);
        case.decision_seq = sequence;
        case.version += 1;
        case.priority = decision.priority.clone();
        match (&decision.outcome, &mut case.phase) {
            (Outcome::Assigned(agent), _) => {
                self.put_owner(&decision.ticket, agent);
                self.roster.note_assigned(agent, Some(self.now));
            }
            (Outcome::Advised(_), Phase::Advised { listed, .. }) => {
                let candidates = decision.ranking.candidates.iter();
                *listed = candidates.map(|candidate| candidate.agent.clone()).collect();
            }
            (Outcome::Queued | Outcome::Kept(_) | Outcome::Advised(_), _) => {}
        }
    }

    fn put_activity(&mut self, id: &TicketId, activity: &Activity, at: Timestamp, clocks: Clocks) {
        let case = self.case_mut(id);
        case.clocks = clocks;
        let hold = case.hold_after(activity, at);
        case.note_instant(activity, at);
        if let Activity::Rated(rating) = activity {
            case.rating = Some(*rating);
        }
        if hold != case.hold {
            self.put_hold(id, hold);
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
        self.fading.push_back((at, id.clone()));
    }

    fn put_reopened(&mut self, id: &TicketId, clocks: Clocks) {
        let case = self.case_mut(id);
        if let Some(former) = case.last_owner().cloned() {
            Arc::make_mut(&mut case.ticket).wishes.last_agent = Some(former);
        }
        case.clocks = clocks;
        case.merged_into = None;
        self.put_waiting(id);
    }

    fn put_transferred(&mut self, id: &TicketId, transfer: &Transfer) {
        self.put_down(id);
        let case = self.case_mut(id);
        let wishes = &mut Arc::make_mut(&mut case.ticket).wishes;
        transfer.lay_over(wishes);
        wishes.excluded.extend(case.declined_by.iter().cloned());
        case.team = Some(transfer.team.clone());
        case.transfer = Some(Box::new(transfer.clone()));
        self.put_waiting_anew(id);
    }

    fn put_returned(&mut self, id: &TicketId) {
        self.put_down(id);
        let policy = self.policy.clone();
        let case = self.case_mut(id);
        let Some(transfer) = case.transfer.take() else { return };
        let was_advice = transfer.home.is_advice;
        let wishes = &mut Arc::make_mut(&mut case.ticket).wishes;
        transfer.take_off(wishes);
        wishes.excluded.extend(case.declined_by.iter().cloned());
        case.team = policy.team_for(&case.ticket).cloned();
        if was_advice {
            self.put_waiting_anew(id);
        } else {
            self.wait_anew(id);
        }
    }

    fn put_released(&mut self, id: &TicketId, agent: &AgentId, reason: Option<DeclineReason>) {
        self.put_down(id);
        let case = self.case_mut(id);
        if reason.is_some() {
            Arc::make_mut(&mut case.ticket).wishes.excluded.insert(agent.clone());
            case.declined_by.insert(agent.clone());
        }
        self.put_waiting_anew(id);
    }
}

impl Case {
    fn new(intake: &Intake, sequence: u64, since: Timestamp) -> Self {
        Self {
            ticket: intake.ticket.clone(),
            team: intake.team.clone(),
            weight: intake.weight,
            priority: intake.priority.clone(),
            clocks: intake.clocks,
            phase: Phase::Queued { since },
            hold: None,
            source_revision: intake.source_revision,
            triaged_seq: sequence,
            decision_seq: 0,
            version: sequence,
            transfer: None,
            declined_by: std::collections::BTreeSet::new(),
            rating: None,
            merged_into: None,
            latest: super::super::case::Latest::default(),
            history: Vec::new(),
        }
    }

    fn told_again(self, intake: &Intake, sequence: u64) -> Self {
        let (ticket, transfer) = self.arranged(intake.ticket.clone());
        Self {
            ticket,
            team: intake.team.clone(),
            weight: intake.weight,
            priority: intake.priority.clone(),
            clocks: intake.clocks,
            source_revision: self.source_revision.max(intake.source_revision),
            triaged_seq: sequence,
            version: self.version + 1,
            transfer,
            ..self
        }
    }

    fn note_instant(&mut self, activity: &Activity, at: Timestamp) {
        let turned_at = self.hold_turned_at(activity, at);
        let latest = &mut self.latest;
        latest.held_at = latest.held_at.max(turned_at);
        match activity {
            Activity::CustomerMessage => latest.asked_at = latest.asked_at.max(Some(at)),
            Activity::AgentReply => latest.replied_at = latest.replied_at.max(Some(at)),
            Activity::Held(_)
            | Activity::Resumed
            | Activity::AssignedTo(_)
            | Activity::Solved
            | Activity::Reopened
            | Activity::Transferred(_)
            | Activity::Returned
            | Activity::MergedInto(_)
            | Activity::SplitInto(_)
            | Activity::Rated(_) => {}
        }
    }

    /// When what happened had a hold begin or end.
    fn hold_turned_at(&self, activity: &Activity, at: Timestamp) -> Option<Timestamp> {
        match activity {
            Activity::CustomerMessage => Some(at).filter(|at| self.ends_hold(*at)),
            Activity::Held(reason) => Some(self.wait_ended(*reason, at).unwrap_or(at)),
            Activity::Resumed => Some(at),
            Activity::AgentReply
            | Activity::AssignedTo(_)
            | Activity::Solved
            | Activity::Reopened
            | Activity::Transferred(_)
            | Activity::Returned
            | Activity::MergedInto(_)
            | Activity::SplitInto(_)
            | Activity::Rated(_) => None,
        }
    }
}
