//! What every call goes through, written once.
//!
//! - [`admission`]: a bounded number of calls at work
//! - [`outcome`]: trace id, log line and metrics
//! - [`transport`]: `ErrorInfo` on what the transport answers itself
//! - [`deadline`]: how long callers wait
//! - [`bulk`]: a bound on the memory that their messages take

pub(super) mod admission;
pub(super) mod bulk;
pub(super) mod deadline;
pub(super) mod outcome;
mod transport;
