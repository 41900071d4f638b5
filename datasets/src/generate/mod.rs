//! Seeded rosters and arrivals: what the load generator of `benches` seats and sends.
//!
//! Everything follows from one `u64`: the same seed and settings give the same
//! values on every machine. The structs are plain; whoever needs agents or
//! tickets of another crate converts them.

pub mod arrivals;
pub mod random;
pub mod roster;

pub use arrivals::{Arrival, ArrivalSettings, Arrivals, arrivals};
pub use random::Random;
pub use roster::{Roster, RosterSettings, roster};
