//! From wire messages to domain values; what cannot be taken is named by its field.

pub(super) mod activity;
pub(super) mod agent;
pub(super) mod filter;
pub(super) mod knowledge;
pub(super) mod mask;
pub(super) mod place;
pub(super) mod reconcile;
pub(super) mod skill;
pub(super) mod ticket;
