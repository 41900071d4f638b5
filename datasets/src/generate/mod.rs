//! Seeded rosters and arrivals for demos, simulations and benches.
//!
//! Everything follows from one `u64`: the same seed and settings give the same
//! values on every machine. The structs are plain; whoever needs agents or
//! tickets of another crate converts them.

pub mod arrivals;
pub mod random;
pub mod roster;

pub use arrivals::{Arrival, ArrivalSettings, arrivals};
pub use random::Random;
pub use roster::{Roster, RosterSettings, roster};
