//! What `switchyard-train` does, one module a sub-command.

pub mod benchmark;
pub mod fit;
pub mod score;
