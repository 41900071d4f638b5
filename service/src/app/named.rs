//! What a ticket names that the desk must know: a category of the policy, a team of the roster.
//!
//! A ticket that named another would wait for ever. Looked up when the change is
//! decided and not before: the retry of a change that is done gets its answer,
//! whatever has become of the team since.

use switchyard_domain::desk::Desk;
use switchyard_domain::ids::TeamId;

use super::fault::{Expected, Fault, Violation};
use super::submission::SubmitError;

/// A name in a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// A category of the policy.
    Category(String),
    /// A team of the roster.
    Team(TeamId),
}

impl Named {
    /// Expects a desk to know all of these.
    pub(super) fn check_all(names: &[Self], desk: &Desk) -> Result<(), SubmitError> {
        let violations: Vec<_> = names.iter().filter_map(|named| named.fault_on(desk)).collect();
        if violations.is_empty() { Ok(()) } else { Err(SubmitError::Unknown(violations)) }
    }

    fn fault_on(&self, desk: &Desk) -> Option<Violation> {
        match self {
            Self::Category(name) => {
                let fault = || Fault::text(Expected::PolicyCategory, name);
                let is_known = desk.policy().categories.contains_key(name.as_str());
                (!is_known).then(|| Violation::new("ticket.known.known_category", fault()))
            }
            Self::Team(id) => {
                let fault = || Fault::text(Expected::RosterTeam, id.as_str());
                let is_known = desk.roster().teams().contains_key(id);
                (!is_known).then(|| Violation::new("ticket.routing.team", fault()))
            }
        }
    }
}
