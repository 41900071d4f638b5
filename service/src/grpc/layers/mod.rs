//! What every call goes through, written once.
//!
//! - [`outcome`]: trace id, log line and metrics
//! - [`transport`]: `ErrorInfo` on what the transport answers itself
//! - [`admission`]: a bounded number of calls at work, and deadlines
//! - [`bulk`]: a bound on the memory that their messages take

pub(super) mod admission;
pub(super) mod bulk;
pub(super) mod outcome;
mod transport;
