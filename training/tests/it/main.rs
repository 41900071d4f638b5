//! The road from files to figures, as a user of `switchyard-train` walks it.

mod benchmark;
mod command_line;
mod committed;
mod drawn;
mod encoder;
mod fit;
mod packaging;
mod parity;
mod search;
mod table;
mod tiny_encoder;
mod tuning;
