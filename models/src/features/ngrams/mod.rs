//! Walks a folded text and names its n-grams by fingerprint.
//!
//! Latin script gives words and pairs of words, and character n-grams inside
//! word boundaries (misspellings, inflections, compounds). Chinese has no word
//! boundaries and gives character n-grams of each run. Exclamation and question
//! marks and emoji are features of their own: they carry mood.
//!
//! A long run of digits is one character that says how long it is, whether cleaning has put it
//! there or the digits stand in the text. Where they stand there, words that name a thing by them
//! (`job_3028`, `0x80070005`, `651`) can be features as written, beside the folded ones.
//!
//! What stands beside a word or a character can be features too (`context`).

mod context;
mod edges;
mod emit;
mod run;
mod token;

use self::context::Context;
use self::edges::Tail;
use self::emit::{SEED_MARK, SEED_PAIR, SEED_WORD, grams, hash};
use self::run::{Kind, Run, WORD_CHARS_MAX, kind_of};
use self::token::Token;
use super::settings::{FeatureSettings, Gram};
use crate::hash::Rolling;

/// Calls `emit` with the fingerprint of each n-gram of a folded text, in order of appearance.
pub fn walk(text: &str, settings: FeatureSettings, mut emit: impl FnMut(u64, Gram)) {
    let (run, token) = (Run::new(), Token::new());
    let (tail, context) = (Tail::Nothing, Context::new());
    let mut walker =
        Walker { settings, emit: &mut emit, run, token, previous: None, tail, context };
    text.chars().for_each(|c| walker.take(c));
    walker.end_run();
    walker.end_token();
    walker.end_line();
    walker.end_text();
}

struct Walker<'a, F> {
    settings: FeatureSettings,
    emit: &'a mut F,
    run: Run,
    token: Token,
    /// The word before, within the line.
    previous: Option<u64>,
    tail: Tail,
    context: Context,
}

impl<F: FnMut(u64, Gram)> Walker<'_, F> {
    fn take(&mut self, c: char) {
        let kind = kind_of(c);
        let is_full_han = kind == Kind::Han && self.run.len == WORD_CHARS_MAX;
        if kind != self.run.kind || is_full_han {
            self.end_run();
            self.run.kind = kind;
        }
        if kind == Kind::Latin {
            self.run.push_latin(c);
        } else {
            self.run.push(c);
        }
        if self.settings.context {
            self.take_context(c, kind);
        }
        if self.settings.codes {
            self.take_into_token(c, kind);
        }
    }

    /// A word is taken at its end.
    fn take_context(&mut self, c: char, kind: Kind) {
        match kind {
            Kind::Han => self.context.han(c, self.emit),
            Kind::Latin => {}
            Kind::Mark | Kind::Space | Kind::LineEnd => self.context.mark(c, self.emit),
        }
    }

    fn take_into_token(&mut self, c: char, kind: Kind) {
        if kind == Kind::Han || c.is_whitespace() {
            self.end_token();
        } else {
            self.token.push(c);
        }
    }

    fn end_token(&mut self) {
        let FeatureSettings { chars_min, chars_max, .. } = self.settings;
        if self.token.len > 0 {
            grams(Gram::Chars, self.token.bounded(), chars_min, chars_max, self.emit);
            self.token.len = 0;
        }
    }

    fn end_run(&mut self) {
        match self.run.kind {
            Kind::Latin => self.emit_word(),
            Kind::Han => self.emit_han(),
            Kind::Mark => self.emit_marks(),
            Kind::LineEnd => self.end_line(),
            Kind::Space => {}
        }
        self.run.clear();
    }

    fn emit_word(&mut self) {
        self.run.end_digits();
        let word = hash(SEED_WORD, self.run.inner());
        (self.emit)(word, Gram::Word);
        if let (Some(previous), 2..) = (self.previous, self.settings.words_max) {
            (self.emit)(Rolling::new(SEED_PAIR).push(previous).push(word).finish(), Gram::Pair);
        }
        self.previous = Some(word);
        let FeatureSettings { chars_min, chars_max, codes, edges, context, .. } = self.settings;
        if context {
            self.context.word(word, self.emit);
        }
        if edges {
            self.tail.word(word, self.emit);
        }
        if let (true, Some(code)) = (codes, self.run.code()) {
            (self.emit)(code, Gram::Code);
        }
        if !codes {
            grams(Gram::Chars, self.run.bounded(), chars_min, chars_max, self.emit);
        }
    }

    fn emit_han(&mut self) {
        grams(Gram::Han, self.run.inner(), 1, self.settings.han_max, self.emit);
        if self.settings.edges {
            let n_kept = usize::from(self.settings.han_max.saturating_sub(1));
            self.tail.han(self.run.inner(), n_kept, self.emit);
        }
    }

    fn end_line(&mut self) {
        self.previous = None;
        self.tail.end(self.emit);
    }

    fn end_text(&mut self) {
        if self.settings.context {
            self.context.mark('\n', self.emit);
        }
    }

    /// A run of marks is one feature, with its first mark and whether it is insistent.
    fn emit_marks(&mut self) {
        let insistent = u64::from(self.run.len > 1);
        let mark = Rolling::new(SEED_MARK).push(u64::from(self.run.inner()[0])).push(insistent);
        (self.emit)(mark.finish(), Gram::Mark);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::settings::Block;

    fn fingerprints(text: &str) -> Vec<(u64, Block)> {
        let mut found = Vec::new();
        walk(text, FeatureSettings::default(), |feature, gram| {
            found.push((feature, gram.block()));
        });
        found
    }

    fn count(text: &str, block: Block) -> usize {
        fingerprints(text).iter().filter(|(_, of)| *of == block).count()
    }

    #[test]
    fn words_and_pairs_are_counted_within_a_line() {
        assert_eq!(count("late parcel again", Block::Words), 5);
        assert_eq!(count("late\nparcel", Block::Words), 2);
    }

    #[test]
    fn character_grams_see_the_word_boundary() {
        // ` ab `: 3 of two, 2 of three, 1 of four.
        assert_eq!(count("ab", Block::Chars), 6);
    }

    #[test]
    fn chinese_runs_give_grams_up_to_four() {
        assert_eq!(count("退款没到", Block::Han), 4 + 3 + 2 + 1);
        assert_eq!(count("退款,没到", Block::Han), 2 * 3);
    }

    #[test]
    fn a_chinese_run_of_any_length_is_read_whole() {
        let text: String = std::iter::repeat_n('退', 100).collect();
        let settings = FeatureSettings { han_max: 1, ..FeatureSettings::default() };
        let mut n = 0;
        walk(&text, settings, |_, _| n += 1);
        assert_eq!(n, 100);
    }

    #[test]
    fn digits_are_one_character_whoever_folded_them() {
        for (written, folded) in [
            ("job_3028 failed", "job_\u{E004} failed"),
            ("a12345b678 12", "a\u{E005}b\u{E003} 12"),
            ("2026 年12月", "\u{E004} 年12月"),
        ] {
            assert_eq!(fingerprints(written), fingerprints(folded), "{written}");
        }
        assert_eq!(fingerprints(&"7".repeat(60)), fingerprints("\u{E00C}"));
    }

    #[test]
    fn codes_are_taken_as_written_where_they_are_asked_for() {
        let settings = FeatureSettings { codes: true, ..FeatureSettings::default() };
        let codes = |text: &str| {
            let mut found = Vec::new();
            walk(text, settings, |code, gram| {
                if gram == Gram::Code {
                    found.push(code);
                }
            });
            found
        };
        assert_eq!(codes("job_3028 and 0x80070005, error 651").len(), 3);
        assert_eq!(codes("sid_34, 12 of 1234567, x123456789, job_\u{E004}"), [0_u64; 0]);
        assert_eq!(codes("651"), codes("651"));
        assert_ne!(codes("651"), codes("652"));
        assert_eq!(count("job_3028", Block::Words), 1);
    }

    #[test]
    fn edges_tell_the_first_and_the_last_of_a_line() {
        let settings =
            FeatureSettings { edges: true, chars_max: 0, han_max: 3, ..FeatureSettings::default() };
        let of = |text: &str| {
            let mut found = Vec::new();
            walk(text, settings, |feature, _| found.push(feature));
            found
        };
        // 退 款 了 退款 款了 退款了; ^退 ^退款; 款了$ 了$.
        assert_eq!(of("退款了").len(), 6 + 4);
        let n_shared = |a: &str, b: &str| of(a).iter().filter(|it| of(b).contains(it)).count();
        assert_eq!(n_shared("退款了", "我退款了"), 6 + 2, "the start differs");
        assert_eq!(n_shared("late\nparcel.", "parcel"), 3);
        assert_eq!(n_shared("late parcel", "parcel"), 2, "only the end is the same");
    }

    fn context_of(text: &str) -> Vec<u64> {
        let settings = FeatureSettings { context: true, ..FeatureSettings::PLAIN };
        let mut found = Vec::new();
        walk(text, settings, |feature, gram| {
            found.extend((gram == Gram::Context).then_some(feature));
        });
        found
    }

    fn n_shared(a: &str, b: &str) -> usize {
        let b = context_of(b);
        context_of(a).iter().filter(|it| b.contains(it)).count()
    }

    #[test]
    fn context_goes_on_over_marks() {
        // ^退 ^退款 款$ 退款$.
        assert_eq!(context_of("退款").len(), 4);
        // ^好 好, ^好, ,退 好,退 ,退款 款$ 退款$.
        assert_eq!(context_of("好,退款").len(), 8);
        assert_eq!(n_shared("好,退款", "坏,退款"), 4, "what stands before the comma differs");
        assert_eq!(context_of("好, 退款"), context_of("好,退款"), "a space says nothing");
        assert_eq!(context_of("好,)退款"), context_of("好,退款"), "the first mark counts");
        assert_ne!(context_of("好,退款"), context_of("好.退款"));
        // ^late ^late again again$ late again$, and where a sentence ends again. again.$
        assert_eq!(context_of("late again").len(), 4);
        assert_eq!(n_shared("hi, can you", "no, can you"), 4, ", can; , can you; you$; can you$");
    }

    #[test]
    fn context_leaves_out_what_stands_between() {
        // The skip want_refund; the runs ^want and refund$.
        assert_eq!(n_shared("want my refund", "want the refund"), 1 + 2);
        // Skips: 退_没 款_到 退__到.
        assert_eq!(context_of("退款没到").len(), 4 + 3);
    }

    #[test]
    fn context_tells_what_is_asked() {
        let n_asked = |text: &str, told: &str| context_of(text).len() - context_of(told).len();
        assert_eq!(n_asked("late again?", "late again."), 2 + 1);
        assert_eq!(n_asked("it is late. late again?", "it is late. late again."), 2 + 1);
        assert_eq!(n_asked("到了吗", "到了嘛"), 3 + 2);
        assert_eq!(n_asked("到了吗。好", "到了嘛。好"), 3 + 2);
        assert_eq!(n_asked(&"so ".repeat(200), &"so ".repeat(200)), 0);
        assert_eq!(context_of(&format!("{}?", "so ".repeat(200))).len(), 4 + 198 + 64 + 63);
    }

    #[test]
    fn an_insistent_mark_is_another_feature() {
        assert_ne!(fingerprints("!"), fingerprints("!!"));
        assert_eq!(fingerprints("!!"), fingerprints("!!!!"));
        assert_eq!(count("😀", Block::Marks), 1);
    }
}
