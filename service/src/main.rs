//! The `switchyard` command.

use std::process::ExitCode;

/// A call allocates on one thread and is freed on another, which the system's allocator is slow at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    switchyard::cli::run()
}
