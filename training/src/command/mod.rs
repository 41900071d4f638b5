//! What `switchyard-train` does, one module a sub-command.

pub mod benchmark;
pub mod encoder;
pub mod few;
pub mod fit;
pub mod inspect;
pub mod pairs;
pub mod predict;
pub mod retrieval;
pub mod score;
