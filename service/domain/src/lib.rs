//! The pure heart of Switchyard: tickets, agents, time, priority, promises, routing, the desk.
//!
//! It knows nothing of input and output, clocks, async, tensors, protobuf or
//! serde: time and assessments are arguments, outcomes are values, and the same
//! input gives the same outcome on every machine.
//!
//! In reading order:
//! - [`ids`], [`probability`], [`time`], [`load`]: small types that cannot be wrong
//! - [`knowledge`]: what was solved before
//! - [`assessment`]: what the models make of a text
//! - [`hours`], [`calendar`], [`schedule`]: when people work and promises count
//! - [`skill`], [`agent`], [`ticket`]: who can do what, and what is asked
//! - [`sla`], [`priority`], [`policy`]: promises, urgency, and what the desk goes by
//! - [`roster`], [`routing`]: who is eligible, and who is the best
//! - [`desk`]: the state machine over all of it

pub mod agent;
pub mod assessment;
pub mod calendar;
pub mod desk;
pub mod hours;
pub mod ids;
pub mod knowledge;
pub mod load;
pub mod policy;
pub mod priority;
pub mod probability;
pub mod roster;
pub mod routing;
pub mod schedule;
pub mod skill;
pub mod sla;
pub mod ticket;
pub mod time;

/// A civil date, as calendars and days off use it.
pub use jiff::civil::{Date, Weekday};
