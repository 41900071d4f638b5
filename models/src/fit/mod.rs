//! Learning linear heads: what training and a running service have in common.
//!
//! In reading order:
//! - [`choice`]: which n-grams are features
//! - [`rows`]: texts as sparse rows
//! - [`descent`]: the solver of one separator
//! - [`random`]: numbers that follow from a seed
//! - [`softmax`]: margins to probabilities
//! - [`risk`]: probabilities to thresholds under a stated risk
//! - [`own`]: all of it for a category head from few examples, on a bundle's dense table

mod choice;
mod descent;
mod own;
mod random;
mod risk;
mod rows;
mod softmax;

pub use choice::{Choice, choose, count_texts, idf, most_frequent};
pub use descent::{Descent, LinearSvm, descend};
pub use own::{
    CATEGORIES_MAX, EXAMPLES_MAX, Encoder, FitOwnError, OwnExample, OwnFit, PER_LABEL_MIN, fit_own,
};
pub use random::SplitMix64;
pub use risk::{Outcome, threshold, thresholds, thresholds_by_label, thresholds_of_groups};
pub use rows::SparseRows;
pub use softmax::{Judged, calibrated};
