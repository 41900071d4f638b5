//! What the desk says it decided, one after the other, held against who may have what.

use std::cmp::Reverse;

use switchyard_domain::desk::event::{Decision, Outcome};
use switchyard_domain::desk::{Event, Trigger};
use switchyard_domain::ids::{AgentId, TicketId};
use switchyard_domain::policy::Dispatch;
use switchyard_domain::priority::{Priority, Rank, priority_of};
use switchyard_domain::time::Timestamp;

use super::{Model, Paper, State};

/// The events of one command, not yet looked at.
pub(crate) struct Feed<'a> {
    events: &'a [Event],
}

impl<'a> Feed<'a> {
    pub(crate) fn of(events: &'a [Event]) -> Self {
        Self { events }
    }

    fn take(&mut self) -> &'a Event {
        let (first, rest) = self.events.split_first().expect("an event more");
        self.events = rest;
        first
    }

    /// The next event is of this kind.
    pub(super) fn is_next(&mut self, wanted: &str) -> &'a Event {
        let event = self.take();
        let name = format!("{event:?}");
        assert!(name.starts_with(wanted), "expected {wanted}, got {name}");
        event
    }

    pub(super) fn is_at_end(&self) {
        assert!(self.events.is_empty(), "nothing more happens, but {:?}", self.events);
    }

    fn freed(&mut self) -> Option<&'a Decision> {
        let Some(Event::Decided(decision)) = self.events.first() else { return None };
        (decision.trigger == Trigger::Freed).then(|| {
            self.take();
            &**decision
        })
    }
}

impl Model {
    /// Waiting tickets that agents who became free are given, each before any less urgent one
    /// that the same agent may have.
    pub(super) fn drain(&mut self, feed: &mut Feed<'_>) {
        while let Some(decision) = feed.freed() {
            let id = &decision.ticket;
            let Outcome::Assigned(agent) = &decision.outcome else {
                panic!("looked at {id} again to no end")
            };
            let place = self.place(&self.papers[id]);
            for other in self.waiting().filter(|other| self.place(other) < place) {
                let passed_over = self.is_pushed(other) && self.is_eligible(agent, other);
                assert!(!passed_over, "{agent} was given {id} before {}", other.told.id);
            }
            self.decided(decision, Trigger::Freed, None);
        }
    }

    /// The next event is the desk's decision on a ticket, after others that became free.
    pub(super) fn decide(
        &mut self,
        id: &TicketId,
        trigger: Trigger,
        given_to: Option<&AgentId>,
        feed: &mut Feed<'_>,
    ) {
        let Event::Decided(decision) = feed.is_next("Decided") else { unreachable!() };
        assert_eq!(&decision.ticket, id);
        self.decided(decision, trigger, given_to);
    }

    pub(super) fn decided(
        &mut self,
        decision: &Decision,
        trigger: Trigger,
        given_to: Option<&AgentId>,
    ) {
        let id = &decision.ticket;
        let paper = &self.papers[id];
        assert_eq!(decision.trigger, trigger, "of {id}");
        assert_eq!(decision.team.as_ref(), paper.team(&self.policy), "the team of {id}");
        assert_eq!(decision.clocks, paper.promises.clocks(), "the promises of {id}");
        assert_eq!(decision.priority, self.priority(paper), "the priority of {id}");
        assert_eq!(decision.policy_revision, self.policy.revision);
        let listed = self.listed(decision, paper);
        let outcome = self.outcome(paper, &listed, given_to);
        assert_eq!(decision.outcome, outcome, "of {id}");
        let paper = self.paper(id);
        match (outcome, &mut paper.state) {
            (Outcome::Assigned(agent), state) => *state = State::With(agent),
            (Outcome::Advised(_), State::Advised { listed: last, .. }) => *last = listed,
            _ => {}
        }
    }

    /// The candidates, who must be the few best of all who are eligible.
    fn listed(&self, decision: &Decision, paper: &Paper) -> Vec<AgentId> {
        let eligible = self.eligible(paper);
        let candidates = decision.ranking.candidates.iter();
        let listed: Vec<_> = candidates.map(|candidate| candidate.agent.clone()).collect();
        let id = &paper.told.id;
        assert_eq!(decision.ranking.n_eligible as usize, eligible.len(), "eligible for {id}");
        assert_eq!(listed.len(), eligible.len().min(5), "candidates for {id}");
        let mut sorted = listed.clone();
        sorted.sort();
        assert!(sorted.iter().all(|agent| eligible.contains(&agent)), "{listed:?}, {eligible:?}");
        sorted.dedup();
        assert_eq!(sorted.len(), listed.len(), "each once");
        listed
    }

    fn outcome(&self, paper: &Paper, listed: &[AgentId], given_to: Option<&AgentId>) -> Outcome {
        let best = listed.first();
        match &paper.state {
            State::With(owner) => Outcome::Kept(owner.clone()),
            State::Advised { .. } => Outcome::Advised(best.cloned()),
            State::Waits | State::Ended { .. } => {
                let pushed_to = best.filter(|_| self.is_pushed(paper));
                given_to.or(pushed_to).cloned().map_or(Outcome::Queued, Outcome::Assigned)
            }
        }
    }

    pub(super) fn waiting(&self) -> impl Iterator<Item = &Paper> {
        self.papers.values().filter(|paper| paper.state == State::Waits)
    }

    pub(super) fn is_pushed(&self, paper: &Paper) -> bool {
        paper.team_policy(&self.policy).dispatch == Dispatch::Push
    }

    pub(super) fn priority(&self, paper: &Paper) -> Priority {
        priority_of(&paper.told, &paper.promises.clocks(), &self.policy, self.now)
    }

    /// Most urgent first, equals by age, then by name.
    pub(crate) fn place(&self, paper: &Paper) -> (Reverse<Rank>, Timestamp, TicketId) {
        let rank = self.priority(paper).rank(&self.policy.priority);
        (Reverse(rank), paper.told.opened_at, paper.told.id.clone())
    }

    pub(super) fn nobody_waits_who_could_be_served(&self) {
        for paper in self.waiting().filter(|paper| self.is_pushed(paper)) {
            let eligible = self.eligible(paper);
            assert!(eligible.is_empty(), "{} waits, and {eligible:?} are free", paper.told.id);
        }
    }
}
