//! What the indexes refuse, each a fact with its values.

/// Why a vector or a setting was not taken; nothing was changed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// Kernels read whole runs of 64 bytes.
    #[error("dimension: expected a multiple of 64 in 64..=4096, got {0}")]
    Dimension(usize),
    /// A vector of another length than the index's.
    #[error("vector: expected {expected} numbers, got {got}")]
    Length {
        /// The index's dimension.
        expected: usize,
        /// The vector's length.
        got: usize,
    },
    /// A vector with NaN or an infinity.
    #[error("vector: expected finite numbers, got {value} at {at}")]
    NotFinite {
        /// The first place that is not finite.
        at: usize,
        /// What stands there.
        value: f32,
    },
    /// The zero vector has no direction.
    #[error("vector: expected a length above 0")]
    Zero,
    /// `k1` or `b` outside of what BM25 means by them.
    #[error("words: expected k1 above 0 and at most 10 and b in 0..=1, got {k1} and {b}")]
    Saturation {
        /// How soon another mention says nothing new.
        k1: f32,
        /// How much a long text's mentions are discounted.
        b: f32,
    },
    /// Places of a posting are 28 bits wide.
    #[error("words: expected at most {0} items and as many terms")]
    Full(usize),
}
