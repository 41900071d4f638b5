//! Claims of the words index, against a naive reference.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::similar::hit::Hit;
use crate::similar::testing::hits_of;

type Terms = Vec<(u64, u32)>;

/// BM25 as it stands in the book, in `f64` and without an index.
#[derive(Default)]
struct Naive(BTreeMap<u32, Terms>);

impl Naive {
    fn score(&self, terms: &Terms, query: &Terms) -> f64 {
        let n = self.0.len() as f64;
        let length = |terms: &Terms| terms.iter().map(|(_, n)| f64::from(*n)).sum::<f64>();
        let mean = self.0.values().map(length).sum::<f64>() / n;
        let norm = 1.2 * (0.25 + 0.75 * length(terms) / mean.max(1.0));
        let worth = |(term, asked): &(u64, u32)| {
            let says = |terms: &&Terms| terms.iter().any(|(other, _)| other == term);
            let with = self.0.values().filter(says).count() as f64;
            let count = terms.iter().find(|(other, _)| other == term).map_or(0, |(_, n)| *n);
            let count = f64::from(count.min(COUNT_MAX));
            let asked = f64::from((*asked).min(COUNT_MAX));
            let idf = (1.0 + (n - with + 0.5) / (with + 0.5)).ln();
            idf.powf(1.5) * asked * 4.0 / (asked + 3.0) * count / (count + norm)
        };
        query.iter().map(worth).sum()
    }
}

fn words_of(items: &[(u32, Terms)]) -> Words {
    let mut words = Words::new(WordsSettings::default()).unwrap();
    for (slot, terms) in items {
        words.upsert(*slot, terms).unwrap();
    }
    words
}

fn search(words: &Words, query: &[(u64, u32)], k: usize) -> Vec<Hit> {
    words.search(&words.query(query), k, |_| true, &mut Accumulator::default())
}

#[test]
fn the_rarer_shared_word_counts_more() {
    let words = words_of(&[
        (5, vec![(1, 1), (2, 1)]),
        (6, vec![(1, 1), (3, 1)]),
        (7, vec![(1, 1), (4, 1)]),
    ]);
    assert_eq!(hits_of(&search(&words, &[(1, 1), (3, 1)], 3)), [6, 5, 7]);
}

#[test]
fn a_removed_item_is_gone_with_the_terms_that_it_alone_said() {
    let mut words = words_of(&[(1, vec![(1, 1), (2, 3)]), (9, vec![(1, 2)])]);
    assert!(words.remove(1) && !words.remove(1));
    assert_eq!((words.len(), words.n_terms(), words.n_postings()), (1, 1, 1));
    assert!(search(&words, &[(2, 1)], 5).is_empty());
    assert_eq!(hits_of(&search(&words, &[(1, 1)], 5)), [9]);
}

#[test]
fn a_term_given_twice_is_one_term_and_a_count_of_0_is_none() {
    let twice = words_of(&[(1, vec![(7, 1), (7, 2), (8, 0)])]);
    let once = words_of(&[(1, vec![(7, 3)])]);
    assert_eq!(search(&twice, &[(7, 1)], 1), search(&once, &[(7, 1)], 1));
    assert_eq!(twice.n_terms(), 1);
}

#[test]
fn an_item_that_says_the_query_has_the_whole_share_of_it() {
    let text = vec![(1, 1), (2, 4), (3, 1)];
    let words = words_of(&[(1, text.clone()), (2, vec![(1, 1)]), (3, vec![(2, 20)])]);
    let query = words.query(&text);
    assert!((query.share(words.score_of(1, &query).unwrap()) - 1.0).abs() < 1e-6);
    assert!(query.share(words.score_of(2, &query).unwrap()) < 0.5);
    assert_eq!(words.score_of(4, &query), None);
}

#[test]
fn a_query_without_known_terms_finds_nothing() {
    let words = words_of(&[(1, vec![(1, 1)])]);
    assert!(search(&words, &[(2, 1)], 5).is_empty());
    assert!(search(&words, &[], 5).is_empty());
    assert!(search(&words_of(&[]), &[(2, 1)], 5).is_empty());
    assert!(words.query(&[]).share(1.0).abs() < f32::EPSILON);
}

#[test]
fn counts_without_end_harm_nothing() {
    let words = words_of(&[(1, vec![(1, u32::MAX), (2, u32::MAX)]), (u32::MAX, vec![(1, 1)])]);
    let hits = search(&words, &[(1, u32::MAX), (1, u32::MAX)], usize::MAX);
    assert!(hits.len() == 2 && hits.iter().all(|hit| hit.score.is_finite()));
}

#[test]
fn settings_out_of_range_are_refused() {
    for (k1, b) in [(0.0, 0.5), (1.2, 1.1), (f32::NAN, 0.5), (1.2, f32::NAN)] {
        assert!(Words::new(WordsSettings { k1, b }).is_err(), "{k1} {b}");
    }
}

/// Enough items for the long lists to be spared, which happens only above `WALK_MIN`.
#[test]
fn sparing_the_long_lists_changes_no_hit_and_no_score() {
    let said = |slot: u32| -> Terms {
        let rare = (100 + u64::from(slot % 700), 1 + slot % 3);
        (0..8).map(|term| (term, 1 + (slot + term as u32) % 4)).chain([rare]).collect()
    };
    let words = words_of(&(0..9000).map(|slot| (slot, said(slot))).collect::<Vec<_>>());
    let mut accumulator = Accumulator::default();
    for slot in (0..9000).step_by(977) {
        let query = words.query(&said(slot));
        let hits = words.search(&query, 10, |slot| slot % 2 == 0, &mut accumulator);
        let mut all: Vec<Hit> = (0..9000)
            .step_by(2)
            .map(|slot| Hit { slot, score: words.score_of(slot, &query).unwrap() })
            .collect();
        crate::similar::hit::rank(&mut all, 10);
        assert_eq!(hits, all);
    }
}

fn terms() -> impl Strategy<Value = Terms> {
    let terms = proptest::collection::btree_map(0..30_u64, 1..20_u32, 0..12);
    terms.prop_map(|terms| terms.into_iter().collect())
}

proptest! {
    #[test]
    fn scores_are_those_of_a_naive_reference_after_any_history(
        history in proptest::collection::vec((0..40_u32, terms()), 1..120),
        query in terms(),
        k in 0..50_usize,
    ) {
        let (mut naive, mut words) = (Naive::default(), words_of(&[]));
        for (slot, terms) in history {
            words.upsert(slot, &terms).unwrap();
            naive.0.remove(&slot);
            if !terms.is_empty() {
                naive.0.insert(slot, terms);
            }
        }
        let mut want: Vec<Hit> = (naive.0.iter())
            .map(|(slot, terms)| Hit { slot: *slot, score: naive.score(terms, &query) as f32 })
            .filter(|hit| hit.score > 0.0)
            .collect();
        crate::similar::hit::rank(&mut want, k);
        let got = search(&words, &query, k);
        prop_assert_eq!(got.len(), want.len());
        for (got, want) in got.iter().zip(&want) {
            prop_assert!((got.score - want.score).abs() < 1e-4, "{:?} {:?}", got, want);
            prop_assert_eq!(words.score_of(got.slot, &words.query(&query)), Some(got.score));
        }
        prop_assert_eq!(words.len(), naive.0.len());
        prop_assert_eq!(words.n_postings(), naive.0.values().map(Vec::len).sum::<usize>());
    }
}
