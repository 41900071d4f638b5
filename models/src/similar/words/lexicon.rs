//! Terms and the items that say them.

use std::collections::HashMap;

use super::{COUNT_BITS, Posting, posting};

/// A term with the items that say it.
#[derive(Debug, Clone, Default)]
struct Term {
    fingerprint: u64,
    postings: Postings,
}

/// Who says a term, by place: most terms of a language are said once, and need no list.
#[derive(Debug, Clone)]
enum Postings {
    One(Posting),
    Many(Vec<Posting>),
}

impl Default for Postings {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl Postings {
    fn all(&self) -> &[Posting] {
        match self {
            Self::One(posting) => std::slice::from_ref(posting),
            Self::Many(postings) => postings,
        }
    }

    fn find(&self, place: u32) -> Result<usize, usize> {
        self.all().binary_search_by_key(&place, |posting| posting >> COUNT_BITS)
    }

    fn insert(&mut self, place: u32, count: u32) {
        let at = self.find(place).unwrap_or_else(|at| at);
        match self {
            Self::Many(postings) if postings.is_empty() => *self = Self::One(posting(place, count)),
            Self::Many(postings) => postings.insert(at, posting(place, count)),
            Self::One(other) => {
                let mut postings = vec![*other];
                postings.insert(at, posting(place, count));
                *self = Self::Many(postings);
            }
        }
    }

    /// Whether the place was there.
    fn remove(&mut self, place: u32) -> bool {
        let Ok(at) = self.find(place) else {
            return false;
        };
        match self {
            Self::One(_) => *self = Self::default(),
            Self::Many(postings) => {
                postings.remove(at);
                // What a term once needed is given back when it needs a quarter.
                if postings.len() * 4 < postings.capacity() {
                    postings.shrink_to(postings.len() * 2);
                }
            }
        }
        true
    }

    fn bytes(&self) -> usize {
        match self {
            Self::One(_) => 0,
            Self::Many(postings) => postings.capacity() * size_of::<Posting>(),
        }
    }
}

/// All terms, numbered; the number of a dropped term is used again.
///
/// The map is never walked, so its order is not seen. Fingerprints come from
/// customers' texts through a known hash: the map hashes them again by its own key.
#[derive(Debug, Clone, Default)]
pub(super) struct Lexicon {
    numbers: HashMap<u64, u32>,
    terms: Vec<Term>,
    free: Vec<u32>,
    n_postings: usize,
}

impl Lexicon {
    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    pub(super) fn n_postings(&self) -> usize {
        self.n_postings
    }

    /// The number of a term that some item says.
    pub(super) fn number_of(&self, fingerprint: u64) -> Option<u32> {
        self.numbers.get(&fingerprint).copied()
    }

    /// Who says the term, by place; nobody for a number of another index.
    pub(super) fn postings(&self, term: u32) -> &[Posting] {
        self.terms.get(term as usize).map_or(&[], |term| term.postings.all())
    }

    /// Notes that the item at the place says the term; answers the posting of the item's side.
    pub(super) fn enter(&mut self, fingerprint: u64, place: u32, count: u32) -> Posting {
        let term = self.number_of(fingerprint).unwrap_or_else(|| self.add(fingerprint));
        self.terms[term as usize].postings.insert(place, count);
        self.n_postings += 1;
        posting(term, count)
    }

    fn add(&mut self, fingerprint: u64) -> u32 {
        let term = self.free.pop().unwrap_or_else(|| {
            self.terms.push(Term::default());
            self.terms.len() as u32 - 1
        });
        self.terms[term as usize].fingerprint = fingerprint;
        self.numbers.insert(fingerprint, term);
        term
    }

    /// Notes that the item at the place no longer says the term.
    pub(super) fn withdraw(&mut self, term: u32, place: u32) {
        let postings = &mut self.terms[term as usize].postings;
        self.n_postings -= usize::from(postings.remove(place));
        if postings.all().is_empty() {
            self.drop_term(term);
        }
    }

    fn drop_term(&mut self, term: u32) {
        let dropped = std::mem::take(&mut self.terms[term as usize]);
        self.numbers.remove(&dropped.fingerprint);
        self.free.push(term);
    }

    /// *Units*: bytes on the heap; of the map, what its buckets take.
    pub(super) fn bytes(&self) -> usize {
        // A bucket is the pair and a byte of control.
        let map = self.numbers.capacity() * (size_of::<(u64, u32)>() + 1);
        let postings: usize = self.terms.iter().map(|term| term.postings.bytes()).sum();
        map + self.terms.capacity() * size_of::<Term>()
            + postings
            + self.free.capacity() * size_of::<u32>()
    }
}
