//! The desk's whole state as plain values, to be stored and brought back.

use std::sync::Arc;

use super::{Agreements, Case, Desk, Renewal};
use crate::agent::{Agent, Team};
use crate::policy::Policy;
use crate::roster::Roster;
use crate::time::Timestamp;

/// Everything that does not follow from something else.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    /// How many events made the state.
    pub sequence: u64,
    /// The time of the last of them.
    pub now: Timestamp,
    /// The policy in force.
    pub policy: Arc<Policy>,
    /// Teams by id.
    pub teams: Vec<Team>,
    /// Agents by id, each with the time of the last assignment.
    pub agents: Vec<(Arc<Agent>, Option<Timestamp>)>,
    /// Tickets by id.
    pub cases: Vec<Case>,
    /// How often people took the desk's advice.
    pub agreements: Agreements,
    /// How far promises have been made again.
    pub renewal: Option<Renewal>,
}

impl Desk {
    /// The state as plain values.
    pub fn snapshot(&self) -> Snapshot {
        let seats = self.roster.seats().iter();
        Snapshot {
            sequence: self.sequence,
            now: self.now,
            policy: self.policy.clone(),
            teams: self.roster.teams().values().cloned().collect(),
            agents: seats.map(|seat| (seat.agent().clone(), seat.last_assigned_at())).collect(),
            cases: self.cases.values().cloned().collect(),
            agreements: self.agreements.clone(),
            renewal: self.renewal.clone(),
        }
    }

    /// The desk that gave this snapshot.
    pub fn restore(snapshot: Snapshot) -> Self {
        let mut desk = Self {
            roster: Roster::new(snapshot.policy.routing.default_capacity),
            sequence: snapshot.sequence,
            now: snapshot.now,
            agreements: snapshot.agreements,
            renewal: snapshot.renewal,
            ..Self::new(snapshot.policy)
        };
        for team in snapshot.teams {
            desk.roster.put_team(team);
        }
        for (agent, last_assigned_at) in snapshot.agents {
            let id = agent.id.clone();
            desk.roster.put_agent(agent, snapshot.now);
            desk.roster.note_assigned(&id, last_assigned_at);
        }
        desk.cases = (snapshot.cases.into_iter()).map(|c| (c.ticket.id.clone(), c)).collect();
        desk.rebuild();
        desk.roster.expect_arrivals();
        desk
    }
}
