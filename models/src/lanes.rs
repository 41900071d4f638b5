//! The innermost loop of the fast tier: float sums of int8 rows.

/// Rows come in multiples of this, so that the loop has no remainder.
pub const LANES: usize = 16;

/// `sums += value · row`, in blocks the compiler turns into vector code.
///
/// *Shape*: both equally long, a multiple of [`LANES`]; a remainder is left alone.
pub fn add_scaled(sums: &mut [f32], value: f32, row: &[i8]) {
    for (sums, row) in sums.chunks_exact_mut(LANES).zip(row.chunks_exact(LANES)) {
        for (sum, number) in sums.iter_mut().zip(row) {
            *sum += value * f32::from(*number);
        }
    }
}
