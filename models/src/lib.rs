//! Text in, [`Assessment`](switchyard_domain::assessment::Assessment) out.
//!
//! The crate is the fast tier: cleaning, language, hashed n-grams, linear
//! heads, calibration, and the bundle that holds their learnt numbers. It is
//! pure: it reads nothing but a bundle, never a clock except to time its own
//! steps, and panics on no input.
//!
//! It does *not* know how the numbers were learnt (that is `training`), nor
//! what becomes of a ticket (that is `service`).
//!
//! In reading order:
//! - [`text`]: what is judged, and what the caller already knows
//! - [`clean`]: the customer's own words, folded for features
//! - [`entities`]: the numbers, addresses, amounts, dates and places a text names
//! - [`language`]: the language of a text
//! - [`features`]: n-grams to a sparse vector and a dense one
//! - [`head`]: one int8 matrix for the outputs of all heads
//! - [`rank`]: the best of some values
//! - [`groups`]: the groups of a two-level taxonomy
//! - [`scope`]: whether a text is about anything the model was taught
//! - [`calibrate`]: margins to probabilities, probabilities to modes
//! - [`bundle`]: the artifact on disk or in the binary
//! - [`classifier`]: text to the probabilities of every head
//! - [`own`]: somebody's own category head on the same dense table
//! - [`fit`]: learning linear heads
//! - [`understand`]: all of it as one assessment
//! - [`similar`]: which items are near a text, by vector and by words

pub mod bundle;
pub mod calibrate;
pub mod classifier;
pub mod clean;
pub mod entities;
pub mod features;
pub mod fit;
pub mod groups;
pub mod hash;
pub mod head;
pub mod kernel;
pub mod language;
pub mod own;
pub mod rank;
pub mod scope;
pub mod similar;
pub mod text;
pub mod understand;
