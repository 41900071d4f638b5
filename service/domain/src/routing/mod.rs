//! Who gets a ticket: eligibility first, then the least cost.
//!
//! Read [`need`] (what a ticket asks for), `look` (the roster as one need reads it),
//! [`eligibility`] (hard filters), [`cost`] (what a candidate costs), [`choose`] (the way
//! through all agents).
//! Every function here is pure; the same functions choose and explain.

pub mod choose;
pub mod cost;
pub mod eligibility;
mod look;
pub mod need;

pub use choose::{CANDIDATES_KEPT, Candidate, Ranking, Verdict, explain, route};
pub use cost::{Cost, CostPart, CostWeights};
pub use eligibility::{Exclusion, Tally};
pub use need::Need;
