//! What stands beside a word or a Chinese character: marks before and behind it, the next but one,
//! and whether its sentence asks.
//!
//! *Shape* of the n-grams: runs of up to three of words, characters and marks that have both (`? can
//! you`, `，不`); two words with one between them (`want _ refund`), two characters with one or two
//! between them; words, characters and pairs of them in a question.

use super::emit::BOUNDARY;
use crate::features::settings::Gram;
use crate::hash::Rolling;

const SEED_RUN: u64 = 7;
const SEED_SKIP: u64 = 8;
const SEED_ASKED: u64 = 9;

/// The longest run over a mark, and the units the widest gap needs.
const RUN_MAX: usize = 3;
const WINDOW: usize = 4;
/// Units of a sentence that are kept: what follows in a longer one is not told to be asked.
const SENTENCE_MAX: usize = 64;
/// Ends of a Chinese question that has no mark.
const ASKING: [char; 3] = ['吗', '呢', '么'];

/// What has a place of its own in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Han,
    Mark,
}

#[derive(Debug, Clone, Copy)]
struct Unit {
    kind: Kind,
    id: u64,
}

const START: Unit = Unit { kind: Kind::Mark, id: BOUNDARY as u64 };

/// The last units of the text, newest last, and its last sentence.
#[derive(Debug)]
pub(super) struct Context {
    window: [Unit; WINDOW],
    n_units: usize,
    sentence: [Unit; SENTENCE_MAX],
    n_sentence: usize,
    /// Whether the newest character asks, if the sentence ends behind it.
    is_asking: bool,
}

impl Context {
    /// At the start of a text, which is the start of a line.
    pub(super) fn new() -> Self {
        Self {
            window: [START; WINDOW],
            n_units: 1,
            sentence: [START; SENTENCE_MAX],
            n_sentence: 0,
            is_asking: false,
        }
    }

    /// A word of Latin script.
    pub(super) fn word(&mut self, word: u64, emit: &mut impl FnMut(u64, Gram)) {
        self.is_asking = false;
        self.take(Unit { kind: Kind::Word, id: word }, emit);
    }

    /// A Chinese character.
    pub(super) fn han(&mut self, c: char, emit: &mut impl FnMut(u64, Gram)) {
        self.is_asking = ASKING.contains(&c);
        self.take(Unit { kind: Kind::Han, id: u64::from(c) }, emit);
    }

    /// Punctuation, a picture or the end of a line; spaces say nothing.
    pub(super) fn mark(&mut self, c: char, emit: &mut impl FnMut(u64, Gram)) {
        if c.is_whitespace() && c != '\n' {
            return;
        }
        if let '.' | '!' | '?' | '。' | '\n' = c {
            self.end_sentence(c == '?' || self.is_asking, emit);
        }
        // Of marks in a row the first one counts.
        if self.newest().kind != Kind::Mark {
            self.push(Unit { kind: Kind::Mark, id: u64::from(c) });
            self.emit_runs(emit);
        }
    }

    fn take(&mut self, unit: Unit, emit: &mut impl FnMut(u64, Gram)) {
        self.push(unit);
        self.emit_runs(emit);
        self.emit_skips(emit);
        if self.n_sentence < SENTENCE_MAX {
            self.sentence[self.n_sentence] = unit;
            self.n_sentence += 1;
        }
    }

    fn push(&mut self, unit: Unit) {
        if self.n_units == WINDOW {
            self.window.copy_within(1.., 0);
            self.n_units -= 1;
        }
        self.window[self.n_units] = unit;
        self.n_units += 1;
    }

    fn units(&self) -> &[Unit] {
        &self.window[..self.n_units]
    }

    fn newest(&self) -> Unit {
        self.window[self.n_units - 1]
    }

    /// The runs that end here and have marks and more than marks.
    fn emit_runs(&self, emit: &mut impl FnMut(u64, Gram)) {
        let units = self.units();
        for n in 2..=RUN_MAX.min(units.len()) {
            let run = &units[units.len() - n..];
            let n_marks = run.iter().filter(|unit| unit.kind == Kind::Mark).count();
            if (1..n).contains(&n_marks) {
                let all = run.iter().fold(Rolling::new(SEED_RUN), |it, unit| it.push(unit.id));
                emit(all.finish(), Gram::Context);
            }
        }
    }

    /// The newest unit with those before it but the next.
    fn emit_skips(&self, emit: &mut impl FnMut(u64, Gram)) {
        let (units, newest) = (self.units(), self.newest());
        let far = if newest.kind == Kind::Han { 3 } else { 2 };
        for gap in 2..=far.min(units.len() - 1) {
            let between = &units[units.len() - 1 - gap..];
            if between.iter().all(|unit| unit.kind == newest.kind) {
                let pair = Rolling::new(SEED_SKIP).push(gap as u64).push(between[0].id);
                emit(pair.push(newest.id).finish(), Gram::Context);
            }
        }
    }

    fn end_sentence(&mut self, asks: bool, emit: &mut impl FnMut(u64, Gram)) {
        let n_units = std::mem::take(&mut self.n_sentence);
        self.is_asking = false;
        if !asks {
            return;
        }
        for (at, unit) in self.sentence[..n_units].iter().enumerate() {
            let one = Rolling::new(SEED_ASKED).push(unit.id);
            emit(one.finish(), Gram::Context);
            if let Some(next) = self.sentence[..n_units].get(at + 1) {
                emit(one.push(next.id).finish(), Gram::Context);
            }
        }
    }
}
