//! What `switchyard-train` does, one module a sub-command.

pub mod answers;
pub mod benchmark;
pub mod encoder;
pub mod few;
pub mod fit;
pub mod inspect;
pub mod package;
pub mod pairs;
pub mod predict;
pub mod replies;
pub mod retrieval;
pub mod score;
pub mod tune;
