//! The pure heart of Switchyard.
//!
//! It knows nothing of input and output, clocks, async, tensors, protobuf or
//! serde: time, seeds and assessments are arguments, outcomes are values.
#![doc = ""]

pub mod assessment;
pub mod ids;
pub mod probability;
