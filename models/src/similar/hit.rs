//! A found item, and the order in which items are found.

use std::cmp::Ordering;

/// An item with its score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The caller's number of the item.
    pub slot: u32,
    /// The larger, the nearer. Never NaN.
    pub score: f32,
}

/// Best first, ties by the smallest slot.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that sorting wants")]
pub(super) fn by_rank(a: &Hit, b: &Hit) -> Ordering {
    b.score.total_cmp(&a.score).then(a.slot.cmp(&b.slot))
}

/// Sorts by rank and keeps the first `k`.
pub(super) fn rank(hits: &mut Vec<Hit>, k: usize) {
    if hits.len() > k {
        hits.select_nth_unstable_by(k, by_rank);
        hits.truncate(k);
    }
    hits.sort_unstable_by(by_rank);
}

/// The best `capacity` of what is offered.
///
/// It holds up to twice as many and cuts when full: constant time an offer, and one
/// comparison with [`floor`](Self::floor) for nearly all.
#[derive(Debug)]
pub(super) struct Shortlist {
    hits: Vec<Hit>,
    capacity: usize,
    floor: f32,
}

impl Shortlist {
    /// An empty list; a capacity of 0 keeps nothing.
    pub(super) fn new(capacity: usize) -> Self {
        let floor = if capacity == 0 { f32::INFINITY } else { f32::NEG_INFINITY };
        Self { hits: Vec::with_capacity(capacity.saturating_mul(2)), capacity, floor }
    }

    /// What scores below this is not among the best.
    pub(super) fn floor(&self) -> f32 {
        self.floor
    }

    /// Keeps the hit if it may be among the best.
    pub(super) fn offer(&mut self, hit: Hit) {
        if hit.score < self.floor || self.capacity == 0 {
            return;
        }
        self.hits.push(hit);
        if self.hits.len() == self.capacity * 2 {
            self.cut();
        }
    }

    fn cut(&mut self) {
        let (_, last, _) = self.hits.select_nth_unstable_by(self.capacity - 1, by_rank);
        self.floor = last.score;
        self.hits.truncate(self.capacity);
    }

    /// The best, in no order.
    pub(super) fn into_hits(mut self) -> Vec<Hit> {
        if self.hits.len() > self.capacity {
            self.cut();
        }
        self.hits
    }

    /// The best, in order.
    pub(super) fn into_ranked(mut self) -> Vec<Hit> {
        rank(&mut self.hits, self.capacity);
        self.hits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shortlist_keeps_the_best_and_the_smallest_slots_of_ties() {
        let mut list = Shortlist::new(3);
        for slot in (0..100).rev() {
            list.offer(Hit { slot, score: if slot == 50 { 2.0 } else { 1.0 } });
        }
        let slots: Vec<u32> = list.into_ranked().iter().map(|hit| hit.slot).collect();
        assert_eq!(slots, [50, 0, 1]);
    }

    #[test]
    fn a_shortlist_of_nothing_keeps_nothing() {
        let mut list = Shortlist::new(0);
        list.offer(Hit { slot: 1, score: 1.0 });
        assert!(list.into_ranked().is_empty());
    }
}
