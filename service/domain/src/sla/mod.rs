//! Promises to customers, kept in business time.
//!
//! Three clocks run apart: first response, next response, resolution. A clock
//! is a due time while it runs and a remainder while it is paused, so a pause
//! of any length costs nothing.
//!
//! Read [`rule`] (what is promised to whom), [`terms`] (what one ticket is promised),
//! [`clock`] (one promise as it stands), [`clocks`] (the three of them through a ticket's
//! life), and `pressure` for how they press.

pub mod clock;
pub mod clocks;
mod pressure;
pub mod rule;
pub mod terms;

pub use clock::Clock;
pub use clocks::Clocks;
pub use rule::{SlaRule, Targets, rule_for};
pub use terms::Terms;
