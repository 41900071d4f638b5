//! Figures with their intervals.

use std::collections::BTreeMap;

use switchyard_models::fit::SplitMix64;

/// Bins of the calibration error; the measured baselines use as many.
const BINS: usize = 15;
/// Draws of a resampled interval.
const N_DRAWS: usize = 1_000;

/// `hits / n`; 0 of nothing.
pub fn share(hits: usize, n: usize) -> f64 {
    if n == 0 { 0.0 } else { hits as f64 / n as f64 }
}

/// The 95 % interval of a share (Wilson, 1927): never leaves 0..=1.
pub fn wilson(hits: usize, n: usize) -> [f64; 2] {
    if n == 0 {
        return [0.0, 1.0];
    }
    let (n, p, z) = (n as f64, share(hits, n), 1.959_964);
    let centre = p + z * z / (2.0 * n);
    let spread = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z * z / n;
    [((centre - spread) / scale).max(0.0), ((centre + spread) / scale).min(1.0)]
}

/// The mean over labels of F1, each label that occurs in truth or answer counting alike.
pub fn macro_f1<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> f64 {
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for (truth, answer) in pairs {
        counts.entry(truth).or_default()[0] += 1;
        counts.entry(answer).or_default()[1] += 1;
        counts.entry(truth).or_default()[2] += usize::from(truth == answer);
    }
    let f1 = |[n_truth, n_answer, n_both]: &[usize; 3]| share(2 * n_both, n_truth + n_answer);
    counts.values().map(f1).sum::<f64>() / counts.len().max(1) as f64
}

/// Expected calibration error: how far confidence and accuracy lie apart, over 15 equal bins.
pub fn ece(judgements: impl Iterator<Item = (f32, bool)>) -> f64 {
    let mut bins = [(0_usize, 0.0_f64, 0_usize); BINS];
    let mut n = 0;
    for (confidence, is_right) in judgements {
        let bin = &mut bins[((confidence * BINS as f32) as usize).min(BINS - 1)];
        *bin = (bin.0 + 1, bin.1 + f64::from(confidence), bin.2 + usize::from(is_right));
        n += 1;
    }
    let gaps = bins.iter().map(|(_, confidence, hits)| (confidence - *hits as f64).abs());
    gaps.sum::<f64>() / f64::from(n.max(1))
}

/// The value below which a share `q` of the numbers lies; 0 of nothing.
pub fn quantile(numbers: &mut [f64], q: f64) -> f64 {
    numbers.sort_unstable_by(f64::total_cmp);
    let at = (q * numbers.len() as f64) as usize;
    numbers.get(at.min(numbers.len().saturating_sub(1))).copied().unwrap_or(0.0)
}

/// The rank of each group's best right item, from 1; of equal scores a wrong item comes first.
///
/// Groups without a right item, or without a wrong one, say nothing and are left out.
///
/// *Shape*: group, score, and whether the item is right.
pub fn first_ranks(items: impl Iterator<Item = (usize, f32, bool)>) -> Vec<usize> {
    let mut groups: BTreeMap<usize, Vec<(f32, bool)>> = BTreeMap::new();
    items.for_each(|(group, score, is_right)| {
        groups.entry(group).or_default().push((score, is_right));
    });
    let of_group = |items: &Vec<(f32, bool)>| {
        let right = items.iter().filter(|(_, is_right)| *is_right);
        let best = right.map(|(score, _)| *score).max_by(f32::total_cmp)?;
        let wrong = || items.iter().filter(|(_, is_right)| !is_right);
        let n_before = wrong().filter(|(score, _)| *score >= best).count();
        wrong().next().map(|_| n_before + 1)
    };
    groups.values().filter_map(of_group).collect()
}

/// The mean of one over each rank; 0 of nothing.
pub fn mrr(ranks: &[usize]) -> f64 {
    ranks.iter().map(|rank| 1.0 / *rank as f64).sum::<f64>() / ranks.len().max(1) as f64
}

/// The area under the curve: how often a positive scores above a negative, ties half.
pub fn auroc(positives: &[f32], negatives: &[f32]) -> f64 {
    let mut all: Vec<(f32, bool)> = positives.iter().map(|score| (*score, true)).collect();
    all.extend(negatives.iter().map(|score| (*score, false)));
    all.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let mut wins = 0.0;
    let mut n_below = 0.0;
    for tied in all.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let n_positive = tied.iter().filter(|(_, is_positive)| *is_positive).count() as f64;
        let n_negative = tied.len() as f64 - n_positive;
        wins += n_positive * (n_below + n_negative / 2.0);
        n_below += n_negative;
    }
    wins / (positives.len() as f64 * negatives.len() as f64).max(1.0)
}

/// The 95 % interval of a figure over as many items drawn from them with replacement (Efron, 1979),
/// the same draws each time.
pub fn resampled<T: Copy>(items: &[T], figure: impl Fn(&[T]) -> f64) -> [f64; 2] {
    let mut random = SplitMix64(0);
    let mut drawn = Vec::with_capacity(items.len());
    let draw = |_| {
        drawn.clear();
        drawn.extend(items.iter().map(|_| items[random.below(items.len())]));
        figure(&drawn)
    };
    let mut figures: Vec<f64> = (0..N_DRAWS).map(draw).collect();
    [quantile(&mut figures, 0.025), quantile(&mut figures, 0.975)]
}

/// The correlation of ranks (Spearman, 1904), ties sharing their mean rank; 0 where one side is flat.
pub fn spearman(pairs: &[(f32, f32)]) -> f64 {
    let left = ranks(&pairs.iter().map(|(left, _)| *left).collect::<Vec<_>>());
    let right = ranks(&pairs.iter().map(|(_, right)| *right).collect::<Vec<_>>());
    let mean = (pairs.len() as f64 - 1.0) / 2.0;
    let sum = |a: &[f64], b: &[f64]| -> f64 {
        a.iter().zip(b).map(|(a, b)| (a - mean) * (b - mean)).sum()
    };
    let spread = (sum(&left, &left) * sum(&right, &right)).sqrt();
    if spread == 0.0 { 0.0 } else { sum(&left, &right) / spread }
}

/// Each number's rank from 0, the mean one among equals.
fn ranks(numbers: &[f32]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..numbers.len()).collect();
    order.sort_by(|a, b| numbers[*a].total_cmp(&numbers[*b]));
    let (mut ranks, mut n_below) = (vec![0.0; numbers.len()], 0);
    for tied in order.chunk_by(|a, b| numbers[*a].total_cmp(&numbers[*b]).is_eq()) {
        let rank = n_below as f64 + (tied.len() as f64 - 1.0) / 2.0;
        for at in tied {
            ranks[*at] = rank;
        }
        n_below += tied.len();
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_right_item_of_each_group_has_a_rank() {
        let items = [
            (0, 0.9, false),
            (0, 0.5, true),
            (0, 0.5, false),
            (1, 0.2, true),
            (1, 0.1, false),
            (2, 0.7, true),
            (3, 0.7, false),
        ];
        let ranks = first_ranks(items.into_iter());
        assert_eq!(ranks, [3, 1]);
        assert!((mrr(&ranks) - 2.0 / 3.0).abs() < 1e-9 && mrr(&[]) == 0.0);
    }

    fn close(got: f64, expected: f64) {
        assert!((got - expected).abs() < 1e-3, "got {got}, expected {expected}");
    }

    /// Oracle: Wilson's interval for 8 of 10 is 0.490..0.943 (Agresti, Coull, 1998).
    #[test]
    fn the_interval_is_wilsons() {
        close(wilson(8, 10)[0], 0.490);
        close(wilson(8, 10)[1], 0.943);
    }

    #[test]
    fn macro_f1_counts_rare_labels_alike() {
        let pairs = [("a", "a"), ("a", "a"), ("a", "a"), ("b", "a")];
        close(macro_f1(pairs.into_iter()), f64::midpoint(6.0 / 7.0, 0.0));
    }

    #[test]
    fn perfect_calibration_has_no_error() {
        close(ece((0..100).map(|at| (0.75, at % 4 > 0))), 0.0);
        close(ece((0..100).map(|_| (0.9, false))), 0.9);
    }

    #[test]
    fn ranks_correlate_whatever_the_scale() {
        close(spearman(&[(1.0, 10.0), (2.0, 100.0), (3.0, 1e6)]), 1.0);
        close(spearman(&[(1.0, 3.0), (2.0, 2.0), (3.0, 1.0)]), -1.0);
        close(spearman(&[(1.0, 1.0), (1.0, 2.0)]), 0.0);
        // Ranks 0, 1.5, 1.5, 3 against 0, 1, 2, 3: 4.5 / sqrt(4.5 · 5).
        close(spearman(&[(0.0, 0.0), (5.0, 1.0), (5.0, 2.0), (9.0, 3.0)]), 0.9487);
    }

    /// Oracle: the mean of 400 numbers spread evenly over 0 to 1 is within 1.96 · sqrt(1/12/400).
    #[test]
    fn a_resampled_mean_is_as_sure_as_its_spread_says() {
        let numbers: Vec<f64> = (0..400).map(|at| (f64::from(at) + 0.5) / 400.0).collect();
        let mean = |drawn: &[f64]| drawn.iter().sum::<f64>() / drawn.len() as f64;
        let [low, high] = resampled(&numbers, mean);
        assert!((low - 0.4717).abs() < 0.005 && (high - 0.5283).abs() < 0.005, "{low} {high}");
        assert!(resampled(&numbers, mean).map(f64::to_bits) == [low, high].map(f64::to_bits));
    }

    #[test]
    fn the_area_counts_ties_half() {
        close(auroc(&[1.0, 2.0], &[0.0, 1.0]), 0.875);
    }
}
