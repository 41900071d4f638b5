//! One module for each part of the file, each from its items to the domain's type.

pub(crate) mod calendar;
pub(crate) mod category;
pub(crate) mod labels;
pub(crate) mod priority;
pub(crate) mod routing;
pub(crate) mod sla;
pub(crate) mod team;
