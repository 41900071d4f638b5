//! The parts of the load generator `rpc`.
//!
//! In reading order:
//! - [`args`]: the command line
//! - [`floor`]: an empty call over bare tonic, which no call can beat
//! - [`target`]: the server under load, in this process or elsewhere
//! - [`load`], [`pace`]: callers side by side, and when each makes its next call
//! - [`tickets`], [`roster`]: what is asked, of whom
//! - [`empty`], [`analyze`], [`assign`]: the three modes
//! - [`caller`], [`completer`]: who triages, and who completes at the same rate
//! - [`books`]: what was asked and answered, against what the desk says in the end
//! - [`watch`], [`cpu`], [`process`], [`metrics`], [`disk`]: what went on meanwhile
//! - [`progress`]: a line now and then, for people who wait
//! - [`report`]: the figures as a table or as JSON

pub mod analyze;
pub mod args;
pub mod assign;
pub mod books;
pub mod caller;
pub mod completer;
pub mod cpu;
pub mod disk;
pub mod empty;
pub mod floor;
pub mod load;
pub mod metrics;
pub mod pace;
pub mod process;
pub mod progress;
pub mod report;
pub mod roster;
pub mod target;
pub mod tickets;
pub mod watch;
