//! Files as they come, and the corpus as it is.

mod corpus;
mod files;
mod pairs;
