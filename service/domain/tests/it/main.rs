//! What the desk promises, one file per behaviour; every step of every test is checked by [`laws`].

mod activities;
mod capacity;
mod cases;
mod draining;
mod explanation;
mod extremes;
mod fixture;
mod history;
mod late_reports;
mod laws;
mod order;
mod people;
mod promises;
mod properties;
mod queue;
mod reconciling;
mod reference;
mod refusals;
mod renewals;
mod reopening;
mod restoring;
mod retriage;
mod shifts;
mod told_late;
mod transfers;
mod versions;
