//! Etags: what a change may rest on, and whether that still is so when the change is decided.

use std::fmt;

use sha2::{Digest as _, Sha256};
use switchyard_domain::agent::Agent;
use switchyard_domain::desk::{Case, Desk};
use switchyard_domain::ids::{AgentId, TicketId};
use switchyard_journal::encode_agent;

use super::submission::SubmitError;

/// A thing that must still have this etag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// What.
    pub thing: Thing,
    /// As the caller saw it last.
    pub etag: String,
}

/// A thing with an etag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Thing {
    /// A ticket.
    Ticket(TicketId),
    /// An agent.
    Agent(AgentId),
    /// The policy in force.
    Policy,
}

/// A ticket's etag: changes with every change of the ticket.
pub fn of_ticket(case: &Case) -> String {
    case.version.to_string()
}

/// An agent's etag: equal for equal agents.
pub fn of_agent(agent: &Agent) -> String {
    let hash = Sha256::digest(encode_agent(agent));
    u64::from_le_bytes(*hash.first_chunk().expect("SHA-256 has 32 bytes")).to_string()
}

/// A policy's etag.
pub fn of_policy(revision: u64) -> String {
    revision.to_string()
}

impl Expected {
    /// Whether a desk still is as expected; what does not exist is for the change itself to tell.
    pub(super) fn check(&self, desk: &Desk) -> Result<(), SubmitError> {
        match self.thing.etag_on(desk) {
            Some(got) if got != self.etag => Err(SubmitError::Changed {
                what: self.thing.clone(),
                expected: self.etag.clone(),
                got,
            }),
            Some(_) | None => Ok(()),
        }
    }
}

impl Thing {
    fn etag_on(&self, desk: &Desk) -> Option<String> {
        match self {
            Self::Ticket(id) => desk.case(id).map(of_ticket),
            Self::Agent(id) => desk.roster().seat(id).map(|seat| of_agent(seat.agent())),
            Self::Policy => Some(of_policy(desk.policy().revision)),
        }
    }
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ticket(id) => write!(f, "ticket {id}"),
            Self::Agent(id) => write!(f, "agent {id}"),
            Self::Policy => f.write_str("the policy in force"),
        }
    }
}
