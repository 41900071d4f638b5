//! What the service tells of itself: logs and metrics, never a ticket's text.

pub mod logs;
pub mod measures;
pub mod metrics_server;
