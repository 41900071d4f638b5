//! What the events say, folded by the simplest rules there are.

use std::collections::BTreeMap;

use switchyard_proto::v1 as pb;
use switchyard_proto::v1::TicketState as State;
use switchyard_proto::v1::event::Kind;

use super::asking::{Answer, Ask, Said, of};
use crate::harness::Harness;

/// What a held ticket weighs of its one unit under the default policy.
const HELD_SHARE: f64 = 0.3;

/// A ticket as the events tell it.
#[derive(Debug, Clone, Default, PartialEq)]
struct Entry {
    state: State,
    agent: String,
    hold: pb::HoldReason,
    merged_into: String,
    rating: i32,
    decision_id: String,
}

#[derive(Debug, Default)]
pub(super) struct Ledger {
    sequence: u64,
    tickets: BTreeMap<String, Entry>,
    /// Events by the request that is their actor.
    by_request: BTreeMap<String, Vec<pb::Event>>,
}

impl Ledger {
    pub(super) async fn read_on(&mut self, harness: &Harness, tenant: &str) {
        loop {
            let (after_sequence, page_size) = (self.sequence, 1_000);
            let request = pb::ListEventsRequest { after_sequence, page_size, filter: None };
            let page = harness.desk().list_events(of(tenant, request)).await.expect("events");
            let page = page.into_inner();
            page.events.into_iter().for_each(|event| self.fold(event));
            if page.at_end {
                return;
            }
        }
    }

    fn fold(&mut self, event: pb::Event) {
        assert_eq!(event.sequence, self.sequence + 1, "a gap");
        self.sequence = event.sequence;
        let kind = event.kind.as_ref().expect("a kind");
        if !event.ticket_id.is_empty() {
            self.tickets.entry(event.ticket_id.clone()).or_default().fold(kind, event.sequence);
        }
        let request = event.actor.as_ref().map(|actor| actor.name.clone()).unwrap_or_default();
        self.by_request.entry(request).or_default().push(event);
    }

    /// What was done on request happened once and at a stretch, what was not never.
    pub(super) fn has_once(&self, ask: &Ask, answer: &Answer, seed: u64) {
        let none = Vec::new();
        let events = self.by_request.get(ask.request_id()).unwrap_or(&none);
        let is_effect = |event: &&pb::Event| ask.is_effect(event) && !is_acknowledgement(event);
        let n_effects = events.iter().filter(is_effect).count();
        let wanted = match answer.said {
            Said::Done { changed, .. } => usize::from(changed),
            Said::Refused { .. } => 0,
        };
        if !matches!(ask, Ask::Release(_)) {
            assert_eq!(n_effects, wanted, "{seed}: {ask:?}, {answer:?}: {events:?}");
        }
        let is_stretch = events.windows(2).all(|two| two[0].sequence + 1 == two[1].sequence);
        assert!(is_stretch, "{seed}: {ask:?} was done twice: {events:?}");
        let is_refused = matches!(answer.said, Said::Refused { .. });
        assert!(!is_refused || events.is_empty(), "{seed}: {ask:?} was refused: {events:?}");
    }

    pub(super) async fn is_what_is_listed(&self, harness: &Harness, tenant: &str) {
        let request = pb::ListTicketsRequest { page_size: 1_000, ..Default::default() };
        let listed = harness.desk().list_tickets(of(tenant, request)).await.expect("tickets");
        let listed = listed.into_inner().tickets;
        let listed: BTreeMap<_, _> =
            listed.into_iter().map(|t| (t.id.clone(), entry(&t))).collect();
        assert_eq!(listed, self.tickets, "{tenant}");
        let request = pb::ListAgentsRequest { page_size: 1_000, ..Default::default() };
        let agents = harness.roster().list_agents(of(tenant, request)).await.expect("agents");
        for status in agents.into_inner().agents {
            let id = &status.agent.as_ref().expect("an agent").id;
            let owned =
                self.tickets.values().filter(|t| t.state == State::Active && t.agent == *id);
            assert_eq!(status.n_open as usize, owned.clone().count(), "{tenant}: {id}");
            let load: f64 = owned.map(Entry::load).sum();
            assert!((status.load - load).abs() < 1e-6, "{tenant}: {id} has {load}, not {status:?}");
        }
    }
}

fn entry(ticket: &pb::TicketStatus) -> Entry {
    Entry {
        state: ticket.state(),
        agent: ticket.agent.clone(),
        hold: ticket.hold(),
        merged_into: ticket.merged_into.clone(),
        rating: ticket.rating,
        decision_id: ticket.decision_id.clone(),
    }
}

impl Entry {
    fn load(&self) -> f64 {
        if self.hold == pb::HoldReason::Unspecified { 1.0 } else { HELD_SHARE }
    }

    fn fold(&mut self, kind: &Kind, sequence: u64) {
        match kind {
            Kind::TicketDecided(decided) => {
                self.decided(decided.decision.as_ref().expect("a decision"), sequence);
            }
            Kind::TicketOwnerSet(set) => {
                (self.state, self.agent) = (State::Active, set.agent.clone());
            }
            Kind::TicketActivity(activity) => self.reported(activity),
            Kind::TicketClosed(closed) => self.closed(closed),
            Kind::TicketReopened(_) => {
                (self.agent, self.merged_into) = (String::new(), String::new());
            }
            Kind::TicketTransferred(_) | Kind::TicketReturned(_) | Kind::TicketReleased(_) => {
                self.agent.clear();
            }
            Kind::TicketAdopted(adopted) if !adopted.agent.is_empty() => {
                (self.state, self.agent) = (State::Active, adopted.agent.clone());
            }
            Kind::TicketAdopted(_) | Kind::TicketTriaged(_) | Kind::TicketAbsorbed(_) => {}
            other => panic!("nobody asked for {other:?}"),
        }
    }

    /// Where a ticket stands that nobody has is told by the decision that follows.
    fn decided(&mut self, decision: &pb::Decision, sequence: u64) {
        use pb::{DecisionOutcome as Outcome, DecisionTrigger as Trigger};
        let is_kept = !matches!(self.state, State::Unspecified | State::Advised);
        if decision.trigger() == Trigger::Advice && is_kept {
            return;
        }
        self.decision_id = format!("d{sequence}");
        match decision.outcome() {
            Outcome::Assigned => {
                (self.state, self.agent) = (State::Active, decision.agent.clone());
            }
            Outcome::Queued => self.state = State::Queued,
            Outcome::Advised => self.state = State::Advised,
            Outcome::Kept => assert_eq!(self.agent, decision.agent, "it keeps its owner"),
            Outcome::Unspecified => panic!("no outcome: {decision:?}"),
        }
    }

    fn reported(&mut self, activity: &pb::TicketActivityEvent) {
        use pb::ActivityKind as Kind;
        let waits_for_customer = self.hold == pb::HoldReason::Customer;
        match activity.activity() {
            Kind::Hold => self.hold = activity.hold(),
            Kind::Resume => self.hold = pb::HoldReason::Unspecified,
            Kind::CustomerMessage if waits_for_customer => self.hold = pb::HoldReason::Unspecified,
            Kind::Rated => self.rating = activity.rating,
            _ => {}
        }
    }

    fn closed(&mut self, closed: &pb::TicketClosedEvent) {
        self.state = closed.state();
        self.hold = pb::HoldReason::Unspecified;
        self.merged_into.clone_from(&closed.merged_into);
    }
}

/// What was so already leaves no more than the revision it was told with.
fn is_acknowledgement(event: &pb::Event) -> bool {
    use pb::event::Kind;
    match &event.kind {
        Some(Kind::TicketActivity(told)) => told.activity() == pb::ActivityKind::Acknowledged,
        _ => false,
    }
}
