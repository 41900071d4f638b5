//! The best of some values.

/// The places of the `N` largest values, the best first; equal values keep their order.
pub fn best<const N: usize>(values: &[f32]) -> [Option<usize>; N] {
    let mut best = [None; N];
    for at in 0..values.len() {
        insert(&mut best, at, values);
    }
    best
}

/// Puts `at` into its place among the best so far.
fn insert(best: &mut [Option<usize>], at: usize, values: &[f32]) {
    let mut carried = Some(at);
    for place in best {
        let beats = |held: usize| carried.is_some_and(|it| values[it] > values[held]);
        if place.is_none_or(beats) {
            std::mem::swap(place, &mut carried);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_come_first_and_equal_ones_in_order() {
        assert_eq!(best(&[0.1, 0.4, 0.4, 0.3]), [Some(1), Some(2), Some(3)]);
        assert_eq!(best(&[0.5]), [Some(0), None]);
    }
}
