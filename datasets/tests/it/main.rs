//! Files as they come, and the corpus as it is.

mod answers;
mod corpus;
mod files;
mod pairs;
