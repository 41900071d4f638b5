//! Floats over rows of int8, in blocks that a compiler turns into the vector code of its target.

/// Rows come in multiples of this, so that loops have no remainder.
pub const LANES: usize = 16;

/// `sums += value · row`.
#[expect(clippy::inline_always, reason = "compiled anew with its caller's instructions")]
#[inline(always)]
pub(super) fn add_scaled(sums: &mut [f32], value: f32, row: &[i8]) {
    for (sums, row) in sums.chunks_exact_mut(LANES).zip(row.chunks_exact(LANES)) {
        for (sum, number) in sums.iter_mut().zip(row) {
            *sum += value * f32::from(*number);
        }
    }
}
