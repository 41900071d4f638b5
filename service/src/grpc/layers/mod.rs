//! What every call goes through, written once.
//!
//! - [`around`]: what a layer is
//! - [`admission`]: a bounded number of calls at work
//! - [`outcome`]: trace id, log line and metrics
//! - [`transport`]: `ErrorInfo` on what the transport answers itself
//! - [`deadline`]: how long callers wait
//! - [`arrival`]: how long messages may take to come
//! - [`bulk`]: a bound on the memory that their messages take

pub(super) mod admission;
pub(super) mod around;
pub(super) mod arrival;
pub(super) mod bulk;
pub(super) mod deadline;
pub(super) mod outcome;
mod transport;
