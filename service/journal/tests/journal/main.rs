//! The journal from outside: one file per promise of the crate's documentation.

mod days;
mod fold;
mod golden;
mod knowledge;
mod new_refusals;
mod precedents;
mod recorded;
mod refusals;
mod round_trip;
mod samples;
mod strategies;
