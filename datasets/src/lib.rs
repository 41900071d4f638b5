//! Sources to labelled tickets.
//!
//! The crate reads files, checks what it reads, splits it without leaks, and
//! generates rosters and arrivals from a seed. It does *not* know how a model
//! is trained, nor what the service does with a ticket.
//!
//! In reading order:
//! - [`record`]: a row of any file
//! - [`read`]: JSONL and CSV, plain, gzip or zstd, to rows
//! - [`taxonomy`]: the categories
//! - [`ticket`]: a row as a labelled ticket
//! - [`similarity`]: how much two texts share
//! - [`corpus`]: the corpus written for this project, and its checks
//! - [`split`]: held-out rows by hash, near-duplicates kept together
//! - [`generate`]: seeded rosters and arrivals

pub mod corpus;
pub mod generate;
pub mod read;
pub mod record;
pub mod similarity;
pub mod split;
pub mod taxonomy;
pub mod ticket;
