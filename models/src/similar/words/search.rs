//! The best of all items without looking at all postings.
//!
//! Term by term, what is worth most first, into a dense sum for each item. Once what is
//! left to add cannot bring an item that has nothing yet among the best, the
//! long lists of the frequent terms need not be walked: the items that still can
//! be among the best ask for their own terms (`MaxScore`, Turtle and Flood 1995).

use super::query::{Weighted, WordsQuery};
use super::{Posting, Words, parts};
use crate::similar::hit::{Hit, Shortlist};

/// What asking an item costs, and what each term of it does, in postings walked.
///
/// Estimated: a fetch from anywhere in memory and a search in it, against some 2 ns a posting; with
/// 16 for all of it the slowest queries were slower than without asking.
const ASK_COST: usize = 100;
const LOOK_COST: usize = 16;

/// Postings to walk before asking for the first time whether the rest can be spared.
const WALK_MIN: usize = 4096;

/// Places that are marked, ranked and cleared together.
const BLOCK: usize = 256;

/// Postings judged at a time, and sums compared at a time.
const GROUP: usize = 16;

/// Sums of a few dozen floats are off by less than this share.
const SLACK: f32 = 1.0001;

/// Sums by place, reused between queries; one for each thread.
///
/// A posting costs an addition and a mark, without a branch that could be guessed wrongly: whom
/// the filter keeps out is asked where items are ranked, which is a few of them.
#[derive(Debug, Default)]
pub struct Accumulator {
    /// *Shape*: whole blocks, at least one sum for each place. What the last query left is cleared first.
    sums: Vec<f32>,
    /// *Shape*: one for each block. Whether a sum of it may not be 0.
    marks: Vec<bool>,
}

impl Accumulator {
    fn grow(&mut self, n_places: usize) {
        let n_blocks = n_places.div_ceil(BLOCK).max(self.marks.len());
        self.marks.resize(n_blocks, false);
        self.sums.resize(n_blocks * BLOCK, 0.0);
    }

    fn clear(&mut self) {
        for (sums, mark) in self.sums.chunks_exact_mut(BLOCK).zip(&mut self.marks) {
            if std::mem::take(mark) {
                sums.fill(0.0);
            }
        }
    }

    /// Every place whose sum is above a floor, which may rise meanwhile.
    fn each_above(&self, floor: impl Fn() -> f32, mut each: impl FnMut(u32, f32)) {
        let blocks = self.sums.chunks_exact(BLOCK).zip(&self.marks).enumerate();
        for (block, (sums, _)) in blocks.filter(|(_, (_, mark))| **mark) {
            for (group, sums) in sums.as_chunks::<GROUP>().0.iter().enumerate() {
                let least = floor();
                if sums.iter().fold(0.0, |most: f32, sum| most.max(*sum)) > least {
                    let first = (block * BLOCK + group * GROUP) as u32;
                    let above = (first..).zip(sums).filter(|(_, sum)| **sum > least);
                    above.for_each(|(place, sum)| each(place, *sum));
                }
            }
        }
    }
}

/// A search under way: whom it may find, and how many.
struct Search<'a, F> {
    words: &'a Words,
    query: &'a WordsQuery,
    /// *Shape*: as the query's terms. What a term adds at most.
    bounds: Vec<f32>,
    k: usize,
    filter: F,
}

impl Words {
    /// The `k` items that score best and above 0 among those that the filter lets through.
    pub fn search(
        &self,
        query: &WordsQuery,
        k: usize,
        filter: impl Fn(u32) -> bool,
        accumulator: &mut Accumulator,
    ) -> Vec<Hit> {
        let bounds = self.bounds(query);
        let search = Search { words: self, query, bounds, k: k.min(self.len()), filter };
        accumulator.clear();
        accumulator.grow(self.texts.n_places());
        let n_walked = search.walk(accumulator);
        search.finish(n_walked, accumulator)
    }

    /// What each term adds at most: by the most that anybody says it, in the shortest text.
    ///
    /// Looking at every posting's count follows deletes, and touches nothing but the list itself.
    fn bounds(&self, query: &WordsQuery) -> Vec<f32> {
        let shortest = self.texts.shortest();
        let bound = |weighted: &Weighted| {
            let counts = self.lexicon.postings(weighted.term).iter().map(|said| parts(*said).1);
            let most = counts.fold(0, u32::max);
            weighted.worth * query.saturation.of(most as f32, shortest)
        };
        query.terms.iter().map(bound).collect()
    }
}

impl<F: Fn(u32) -> bool> Search<'_, F> {
    /// Walks lists until the rest need not be; answers how many terms were walked.
    ///
    /// Asking looks at every sum, so it waits until twice as many postings were walked as there
    /// are sums, and stays a small part.
    fn walk(&self, accumulator: &mut Accumulator) -> usize {
        let every = WALK_MIN.max(accumulator.sums.len() * 2);
        let (mut n_walked, mut ask_at) = (0, WALK_MIN);
        for (at, weighted) in self.query.terms.iter().enumerate() {
            let postings = self.words.lexicon.postings(weighted.term);
            if n_walked + postings.len() >= ask_at {
                if self.is_enough(at, accumulator) {
                    return at;
                }
                ask_at = n_walked + every;
            }
            self.add(*weighted, postings, accumulator);
            n_walked += postings.len();
        }
        self.query.terms.len()
    }

    /// Whether no further item can be among the best, and those that can are cheaper to ask.
    fn is_enough(&self, n_walked: usize, accumulator: &Accumulator) -> bool {
        let bound = self.bound_from(n_walked);
        if self.bound_from(0) - bound <= bound {
            return false;
        }
        let left = &self.query.terms[n_walked..];
        let floor = self.floor(accumulator);
        let mut n_asked = 0;
        accumulator.each_above(|| floor / SLACK - bound, |_, _| n_asked += 1);
        let n_left: usize = left.iter().map(|w| self.words.lexicon.postings(w.term).len()).sum();
        floor > bound * SLACK && n_asked * (ASK_COST + left.len() * LOOK_COST) < n_left
    }

    /// What the terms not walked add at most.
    fn bound_from(&self, n_walked: usize) -> f32 {
        self.bounds[n_walked..].iter().sum()
    }

    /// The `k`-th best sum so far of those let through; 0 if fewer have one.
    fn floor(&self, accumulator: &Accumulator) -> f32 {
        let best = self.best(accumulator, 0.0, |_, sum| sum).into_ranked();
        if best.len() < self.k { 0.0 } else { best.last().map_or(0.0, |hit| hit.score) }
    }

    /// Adds what a term is worth to everybody who says it.
    fn add(&self, weighted: Weighted, postings: &[Posting], accumulator: &mut Accumulator) {
        let mut worths = [0.0; GROUP];
        for postings in postings.chunks(GROUP) {
            self.judge(weighted, postings, &mut worths);
            for (posting, worth) in postings.iter().zip(worths) {
                let place = parts(*posting).0 as usize;
                accumulator.sums[place] += worth;
                accumulator.marks[place / BLOCK] = true;
            }
        }
    }

    /// What a term is worth to some who say it; apart, so that they are divided together.
    fn judge(&self, weighted: Weighted, postings: &[Posting], worths: &mut [f32; GROUP]) {
        let lengths = self.words.texts.lengths();
        let (mut counts, mut found) = ([1.0; GROUP], [1.0; GROUP]);
        for ((count, length), posting) in counts.iter_mut().zip(&mut found).zip(postings) {
            let (place, said) = parts(*posting);
            (*count, *length) = (said as i32 as f32, lengths[place as usize]);
        }
        for ((worth, count), length) in worths.iter_mut().zip(counts).zip(found) {
            *worth = weighted.worth * self.query.saturation.of(count, length);
        }
    }

    /// The best of all, with what the terms not walked add.
    fn finish(&self, n_walked: usize, accumulator: &Accumulator) -> Vec<Hit> {
        let left = &self.query.terms[n_walked..];
        let onto = |place, sum| self.words.score_onto(sum, place, self.query, left);
        self.best(accumulator, self.bound_from(n_walked), onto).into_ranked()
    }

    /// The best by a score that is at most `bound` above the sum.
    fn best(
        &self,
        accumulator: &Accumulator,
        bound: f32,
        score: impl Fn(u32, f32) -> f32,
    ) -> Shortlist {
        let best = std::cell::RefCell::new(Shortlist::new(self.k));
        // A sum that just reaches the floor may be a tie with a smaller slot.
        let floor = || (best.borrow().floor() / SLACK - bound).max(0.0);
        accumulator.each_above(floor, |place, sum| {
            let slot = self.words.texts.slot_at(place);
            if (self.filter)(slot) {
                best.borrow_mut().offer(Hit { slot, score: score(place, sum) });
            }
        });
        best.into_inner()
    }
}
