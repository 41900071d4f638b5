//! The journal from outside: one file per promise of the crate's documentation.

mod fold;
mod golden;
mod refusals;
mod round_trip;
mod samples;
mod strategies;
