//! `decisions`: a row for every time the desk looked for an agent.

use serde_json::{Map, Value, json};
use switchyard_domain::desk::{Decision, Event};
use switchyard_domain::priority::{Part, Priority};
use switchyard_domain::routing::{Candidate, Tally};

use super::column::{Column, column, due, id, time, units};
use super::fact::Fact;
use crate::app::explain::decision_id;
use crate::words::{outcome_label, trigger_label};

/// A decision and where it stands in the journal.
#[derive(Debug)]
pub(super) struct Decided<'a> {
    fact: &'a Fact<'a>,
    decision: &'a Decision,
}

impl<'a> Decided<'a> {
    /// The decision an event is, if it is one.
    pub(super) fn of(fact: &'a Fact<'a>) -> Option<Self> {
        decision_of(fact.event).map(|decision| Self { fact, decision })
    }
}

/// The decision an event is or brings.
pub(super) fn decision_of(event: &Event) -> Option<&Decision> {
    match event {
        Event::Decided(decision) | Event::TicketAdvised { decision, .. } => Some(decision),
        _ => None,
    }
}

/// How a cell is read.
type Cell = fn(&Decided<'_>) -> Value;

/// The columns in order.
pub(super) const COLUMNS: &[Column<Cell>] = &[
    column("tenant", "whose desk", |d| json!(d.fact.tenant)),
    column("sequence", "of its event in the tenant's journal", |d| json!(d.fact.sequence)),
    column("decision_id", "as GetDecision and ExplainDecision take it", |d| {
        json!(decision_id(d.fact.sequence))
    }),
    column("decided_time", "when it was made", |d| time(Some(d.fact.entry.at))),
    column("ticket_id", "as the caller names the ticket", |d| json!(d.decision.ticket.as_str())),
    column("trigger", "triage, retriage, advice, adoption, reopening or freed", |d| {
        json!(trigger_label(d.decision.trigger))
    }),
    column("outcome", "assigned, queued, kept or advised", |d| {
        json!(outcome_label(&d.decision.outcome))
    }),
    column("agent_id", "who has it, keeps it or was advised", |d| id(d.decision.outcome.agent())),
    column("team_id", "the team that serves it", |d| id(d.decision.team.as_ref())),
    column("priority_points", "its priority then, points", |d| units(d.decision.priority.score())),
    column("priority_band", "1 (most urgent) to 4", |d| json!(d.decision.priority.band.number())),
    column("priority_is_set", "a person or the caller set the band", |d| {
        json!(d.decision.priority.overridden)
    }),
    column("priority_parts", "points by part, an object", |d| parts(&d.decision.priority)),
    column("n_eligible", "agents who could have it", |d| json!(d.decision.ranking.n_eligible)),
    column("candidates", "the best five by cost, a list of {agent_id, cost}", |d| {
        d.decision.ranking.candidates.iter().map(candidate).collect()
    }),
    column("excluded", "agents kept out by filter, an object", |d| {
        excluded(&d.decision.ranking.excluded)
    }),
    column("first_response_due_time", "while that clock ran", |d| {
        due(Some(d.decision.clocks.first_response))
    }),
    column("next_response_due_time", "while that clock ran", |d| {
        due(Some(d.decision.clocks.next_response))
    }),
    column("resolution_due_time", "while that clock ran", |d| {
        due(Some(d.decision.clocks.resolution))
    }),
    column("policy_revision", "the policy in force", |d| json!(d.decision.policy_revision)),
    column("triaged_sequence", "of the event with the ticket's facts and assessment", |d| {
        json!(d.decision.triaged_seq)
    }),
    column("tz_version", "release of the time zone database", |d| json!(d.fact.entry.tz_version)),
];

fn parts(priority: &Priority) -> Value {
    let parts = Part::ALL.iter().zip(priority.parts).filter(|(_, points)| *points != 0);
    let parts = parts.map(|(part, points)| (part.label().to_owned(), units(points)));
    Value::Object(parts.collect::<Map<_, _>>())
}

fn candidate(candidate: &Candidate) -> Value {
    json!({ "agent_id": candidate.agent.as_str(), "cost": units(candidate.cost.total().into()) })
}

fn excluded(tally: &Tally) -> Value {
    let counts = tally.iter().map(|(label, count)| (label.to_owned(), json!(count)));
    Value::Object(counts.collect::<Map<_, _>>())
}
