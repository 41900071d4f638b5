//! The dense table: learnt once from many texts, then shared by bundles.
//!
//! A teacher that reads whole sentences places the texts; the table learns a row
//! for each n-gram so that a text's weighted sum of rows lands where the teacher
//! put it. A text of a language that the teacher does not read is placed by its
//! translation. Then texts that say the same move together, and those of one label a little.
//!
//! - [`recipe`]: which texts, which n-grams, how many rows
//! - [`texts`]: the texts with what is known of them
//! - [`vocabulary`]: the n-grams that get a row
//! - [`bags`]: texts as weighted n-grams
//! - [`project`]: the teacher's vectors in fewer numbers
//! - [`regress`]: rows that land where they should
//! - [`kin`]: which texts belong together
//! - [`contrast`]: rows that tell them from others
//! - [`unseen`]: tables that did not learn a text, for training on it
//! - [`learn`]: all of it in order
//! - [`file`]: the table on the disk

pub mod bags;
pub mod contrast;
pub mod file;
pub mod kin;
pub mod learn;
pub mod project;
pub mod recipe;
pub mod regress;
pub mod texts;
pub mod unseen;
pub mod vocabulary;
