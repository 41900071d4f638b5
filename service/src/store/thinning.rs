//! Which snapshots to keep: many of late, fewer the older they are.
//!
//! Explaining an old decision replays the journal from the snapshot before it.
//! Keeping one per doubling of age holds that replay to a few times the
//! decision's age, with a number of snapshots that grows as a logarithm.

/// The newest ones are kept whatever their age: one for the next start, and one before it for
/// decisions made just before the newest was taken.
const NEWEST_KEPT: usize = 2;

/// Those of a tenant's snapshots, by sequence and newest first, that are no longer needed.
pub(super) fn surplus(newest_first: &[u64]) -> Vec<u64> {
    let Some(head) = newest_first.first() else { return Vec::new() };
    let doubling = |sequence: u64| (head - sequence).checked_ilog2();
    let older = newest_first.iter().skip(NEWEST_KEPT);
    // Of those in one doubling the oldest stays: it is the one that will be old enough for the next.
    let next = newest_first.iter().skip(NEWEST_KEPT + 1).map(|next| doubling(*next));
    older
        .zip(next.map(Some).chain([None]))
        .filter(|(one, next)| *next == Some(doubling(**one)))
        .map(|(one, _)| *one)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY: u64 = 50_000;

    /// What is kept after so many snapshots, one each [`EVERY`] events, thinned after each.
    fn kept_after(n: u64) -> Vec<u64> {
        let mut kept: Vec<u64> = Vec::new();
        for made in 1..=n {
            kept.insert(0, made * EVERY);
            let dropped = surplus(&kept);
            kept.retain(|sequence| !dropped.contains(sequence));
        }
        kept
    }

    #[test]
    fn few_are_kept_of_many() {
        assert!(surplus(&[]).is_empty());
        assert!(surplus(&[3]).is_empty());
        assert_eq!(kept_after(3), [3 * EVERY, 2 * EVERY, EVERY]);
        for n in [10, 100, 1_000, 5_000] {
            let kept = kept_after(n).len() as u32;
            assert!(kept <= n.ilog2() + 4, "{kept} of {n}");
        }
    }

    #[test]
    fn an_old_decision_is_replayed_over_a_few_times_its_age() {
        for n in 1..400 {
            let (kept, head) = (kept_after(n), n * EVERY);
            for decision in (1..head).step_by(EVERY as usize / 3) {
                let before = kept.iter().find(|sequence| **sequence < decision).unwrap_or(&0);
                let (replayed, age) = (decision - before, head - decision);
                assert!(replayed <= 4 * age + 2 * EVERY, "{replayed} at age {age} of {n}");
            }
        }
    }
}
