//! Which rows of a set are taken where it has more than may be.
//!
//! Rows are drawn by their keys, whatever their order, so the same set gives the same rows; a
//! label that few rows have keeps those it has. Only what is taken stays in memory.

use std::collections::BTreeMap;

use switchyard_models::hash::Rolling;

/// A label keeps this many of its rows, or all of them, as long as there is room for so many of each:
/// with fewer held-out answers no label has thresholds of its own.
const OF_LABEL_MIN: usize = 200;

/// How many rows of each label are taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quotas(BTreeMap<String, usize>);

impl Quotas {
    /// At most `rows_max` rows: [`OF_LABEL_MIN`] of each label, and of what is left its share.
    pub fn of(n_by_label: &BTreeMap<String, usize>, rows_max: usize) -> Self {
        let least = OF_LABEL_MIN.min(rows_max / n_by_label.len().max(1));
        let kept = |n: usize| n.min(least);
        let n_kept: usize = n_by_label.values().map(|n| kept(*n)).sum();
        let n_others = n_by_label.values().sum::<usize>() - n_kept;
        let room = (rows_max - n_kept).min(n_others);
        let of = |n: usize| {
            let share = (n - kept(n)) as u128 * room as u128 / n_others.max(1) as u128;
            kept(n) + share as usize
        };
        Self(n_by_label.iter().map(|(label, n)| (label.clone(), of(*n))).collect())
    }
}

/// Rows as they are taken.
#[derive(Debug)]
pub struct Sample<T> {
    quotas: Quotas,
    seed: u64,
    n_seen: usize,
    /// By label, the lowest hashes.
    taken: BTreeMap<String, BTreeMap<(u64, usize), T>>,
}

impl<T> Sample<T> {
    /// Nothing yet. The seed decides which rows are taken.
    pub fn new(quotas: Quotas, seed: u64) -> Self {
        Self { quotas, seed, n_seen: 0, taken: BTreeMap::new() }
    }

    /// Takes a row for now, if its label has room for its key; it is only made then.
    pub fn offer<E>(
        &mut self,
        label: &str,
        key: &str,
        row: impl FnOnce() -> Result<T, E>,
    ) -> Result<(), E> {
        self.n_seen += 1;
        let quota = self.quotas.0.get(label).copied().unwrap_or_default();
        let taken = self.taken.entry(label.to_owned()).or_default();
        let hash = key.bytes().fold(Rolling::new(self.seed), |it, byte| it.push(u64::from(byte)));
        let place = (hash.finish(), self.n_seen);
        let is_full = taken.len() >= quota;
        if is_full && taken.last_key_value().is_none_or(|(last, _)| *last <= place) {
            return Ok(());
        }
        taken.insert(place, row()?);
        if is_full {
            taken.pop_last();
        }
        Ok(())
    }

    /// The rows taken, in the order in which they came, and how many were seen.
    pub fn done(self) -> (Vec<T>, usize) {
        let taken = self.taken.into_values().flatten();
        let mut all: Vec<(usize, T)> = taken.map(|((_, at), row)| (at, row)).collect();
        all.sort_unstable_by_key(|(at, _)| *at);
        (all.into_iter().map(|(_, row)| row).collect(), self.n_seen)
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    fn quotas(counts: &[(&str, usize)], rows_max: usize) -> Quotas {
        Quotas::of(&counts.iter().map(|(label, n)| ((*label).to_owned(), *n)).collect(), rows_max)
    }

    fn take(keys: &[String], rows_max: usize) -> Vec<String> {
        let mut sample = Sample::new(quotas(&[("a", keys.len())], rows_max), 1);
        for key in keys {
            sample.offer("a", key, || Ok::<_, Infallible>(key.clone())).expect("made");
        }
        let (taken, n_seen) = sample.done();
        assert_eq!(n_seen, keys.len());
        taken
    }

    #[test]
    fn all_are_taken_where_there_is_room_and_rare_labels_keep_theirs() {
        assert_eq!(quotas(&[("a", 3), ("b", 4)], 7), quotas(&[("a", 3), ("b", 4)], 99));
        let quotas = quotas(&[("many", 1_000_000), ("few", 150), ("some", 5_000)], 10_000);
        let of = |label: &str| quotas.0[label];
        assert_eq!((of("few"), of("some")), (150, 245));
        assert_eq!(of("many"), 9_604);
    }

    #[test]
    fn there_are_never_more_than_may_be() {
        for (n_labels, n, rows_max) in
            [(5_000, 300, 1_000), (3, 7, 8), (1, 9, 0), (40, 1_000, 20_000)]
        {
            let counts = (0..n_labels).map(|label| (label.to_string(), n)).collect();
            let n_taken: usize = Quotas::of(&counts, rows_max).0.values().sum();
            assert!(
                n_taken <= rows_max && n_taken + n_labels > rows_max.min(n * n_labels),
                "{n_taken}"
            );
        }
        assert_eq!(Quotas::of(&BTreeMap::new(), 5), Quotas::default());
    }

    #[test]
    fn which_are_taken_depends_on_no_order_and_their_order_stays() {
        let keys: Vec<String> = (0..1000).map(|n| format!("T-{n}")).collect();
        let taken = take(&keys, 300);
        assert_eq!(taken.len(), 300);
        assert!(taken.is_sorted_by_key(|key| keys.iter().position(|it| it == key)));
        let reversed: Vec<String> = keys.iter().rev().cloned().collect();
        let mut again = take(&reversed, 300);
        again.reverse();
        assert_eq!(again, taken);
        assert_eq!(take(&keys, 1000), keys);
    }

    #[test]
    fn a_row_without_room_is_never_made() {
        let mut sample = Sample::new(quotas(&[("a", 5)], 0), 1);
        sample.offer("a", "key", || Err("made")).expect("not made");
        sample.offer("unknown", "key", || Err("made")).expect("not made");
        assert_eq!(sample.done(), (Vec::<()>::new(), 2));
    }
}
