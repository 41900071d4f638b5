//! The crate through its public door, on a bundle small enough to check by hand.

mod bundle;
mod default;
mod toy;
mod understanding;
