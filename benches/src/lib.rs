//! How fast Switchyard is, one file per question.
//!
//! | Question | File |
//! |---|---|
//! | How long does understanding a text take? | `benches/analyze.rs` |
//! | How long does reading the default bundle take? | `benches/bundle.rs` |
//! | How long does choosing an agent take? | `benches/routing/` |
//! | How many calls a second, and how long does one take? | `src/bin/rpc.rs` |
//! | What happens when ten times more is asked than can be done? | `src/bin/rpc.rs --overload` |
//! | What do a thousand watchers cost, and does each get every event? | `src/bin/watchers.rs` |
//! | How long does adopting a backend's open tickets take, and a restart with them? | `src/bin/adoption.rs` |
//!
//! Every measured call checks its result: a fast wrong answer is an error here.
//! It does *not* know how any of it is done; it calls what callers call.
//!
//! In reading order:
//! - [`latency`]: a distribution of times
//! - [`harness`]: the loop around one benchmark
//! - [`random`]: a seeded choice
//! - [`tokens`]: how long a text is
//! - [`rpc`]: the parts of the load generator
//! - [`adoption`]: a first integration at size
//! - [`served`]: the real binary as a process of its own
//! - [`overload`]: ten times more than a server can do
//! - [`watchers`]: many who watch one desk

pub mod adoption;
pub mod harness;
pub mod latency;
pub mod overload;
pub mod random;
pub mod rpc;
pub mod served;
pub mod tokens;
pub mod watchers;
