//! A text's terms: what the index of words counts.
//!
//! Features see of a long number only how long it is. Here both count, the number and its
//! length: two tickets that name error 40013 are more alike than two that name an error. What
//! names a thing by several words (`xr-200`, `fs.s3a.endpoint`, `hadoop-16951`) is a term of its
//! own beside its words. Numbers that [`masked`] hides are seen by their length alone: a hash of
//! one is found by trying them all.

use std::borrow::Cow;

use crate::clean::han::is_han;
use crate::clean::{Cleaned, masked};
use crate::features::FeatureSettings;
use crate::features::ngrams::walk;
use crate::hash::Rolling;

/// Words of Latin script and single Chinese characters; pairs of these are added here.
const TERMS: FeatureSettings =
    FeatureSettings { words_max: 1, chars_max: 0, han_max: 1, ..FeatureSettings::PLAIN };

/// The fingerprint's highest bit: whether the term overlaps with others, and weighs less.
const OVERLAPS: u64 = 1 << 63;

/// What an overlapping term weighs, as a share of another one.
///
/// Each Chinese character is in a term of its own and in two of two characters; these are rarer, and
/// all together would outweigh it. *Source*: pairs of tickets in train, where 0.2 to 0.4 are alike.
const OVERLAPPING_WEIGHT: f32 = 0.3;

/// Hash seeds, beside those of features.
const SEED_PAIR: u64 = 101;
const SEED_NAME: u64 = 102;

/// What joins words to a name.
const JOINTS: [char; 5] = ['.', '-', '/', '#', ':'];

/// From how many digits on a number is read by its length alone elsewhere.
const NUMBER_DIGITS_MIN: usize = 3;

/// The terms of a cleaned text with their counts, by fingerprint; those of the subject count twice.
pub fn terms(cleaned: &Cleaned) -> Vec<(u64, u32)> {
    let numbered = cleaned.with_numbers();
    let (subject, rest) = cleaned.split_subject(&numbered);
    let (subject, rest) = (without_personal(subject), without_personal(rest));
    let mut all = Vec::new();
    for text in [cleaned.split_subject(&cleaned.text).0, &cleaned.text] {
        push_words(text, &mut all);
    }
    for text in [&subject, &subject, &rest] {
        push_names(text, &mut all);
    }
    counted(all)
}

/// Masking takes longer than all the rest, and most texts name neither a long number nor an address.
fn without_personal(text: &str) -> Cow<'_, str> {
    if text.contains('@') || has_long_number(text) { masked(text).into() } else { text.into() }
}

/// What a term weighs beside how rare it is.
pub(super) fn weight_of(fingerprint: u64) -> f32 {
    if fingerprint & OVERLAPS == 0 { 1.0 } else { OVERLAPPING_WEIGHT }
}

fn push_words(text: &str, all: &mut Vec<u64>) {
    walk(text, TERMS, |fingerprint, _| all.push(fingerprint & !OVERLAPS));
    let pairs = text.chars().zip(text.chars().skip(1)).filter(|(a, b)| is_han(*a) && is_han(*b));
    all.extend(pairs.map(|(a, b)| hash(SEED_PAIR, [a, b]) | OVERLAPS));
}

/// Long numbers as written, with the letters they stand in, and words joined to names.
fn push_names(text: &str, all: &mut Vec<u64>) {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || JOINTS.contains(&c);
    for name in text.split(|c| !is_of_name(c)).map(|name| name.trim_matches(JOINTS)) {
        let numbers = name.split(JOINTS).filter(|part| has_long_number(part));
        all.extend(numbers.map(|part| hash(SEED_NAME, part.chars()) & !OVERLAPS));
        if name.contains(JOINTS) {
            all.push(hash(SEED_NAME, name.chars()) & !OVERLAPS);
        }
    }
}

fn has_long_number(word: &str) -> bool {
    word.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() >= NUMBER_DIGITS_MIN)
}

fn hash(seed: u64, chars: impl IntoIterator<Item = char>) -> u64 {
    chars.into_iter().fold(Rolling::new(seed), |hash, c| hash.push(u64::from(c))).finish()
}

fn counted(mut all: Vec<u64>) -> Vec<(u64, u32)> {
    all.sort_unstable();
    let count = |same: &[u64]| (same[0], same.len() as u32);
    all.chunk_by(|a, b| a == b).map(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::TicketText;

    fn of(subject: &str, body: &str) -> Vec<(u64, u32)> {
        let mut cleaned = Cleaned::default();
        cleaned.read(&TicketText::new(subject, body));
        terms(&cleaned)
    }

    /// How many terms, and how often all together.
    fn sizes(subject: &str, body: &str) -> (usize, u32) {
        let terms = of(subject, body);
        (terms.len(), terms.iter().map(|(_, n)| n).sum())
    }

    fn n_shared(a: &str, b: &str) -> usize {
        let (a, b) = (of("", a), of("", b));
        a.iter().filter(|(term, _)| b.iter().any(|(other, _)| other == term)).count()
    }

    #[test]
    fn words_and_chinese_characters_are_counted() {
        assert_eq!(sizes("", "late late parcel"), (2, 3));
        // 退 款 退 款 and 退款 款退 退款.
        assert_eq!(sizes("", "退款退款"), (4, 7));
        assert_eq!(sizes("", " , "), (0, 0));
    }

    #[test]
    fn the_subject_counts_twice() {
        assert_eq!(sizes("late", "parcel"), (2, 3));
        assert_eq!(sizes("退款", ""), (3, 6));
        assert_eq!(sizes("xr-20", ""), (3, 6));
    }

    #[test]
    fn a_number_counts_as_written_and_by_its_length() {
        assert_eq!(sizes("", "error 40013"), (3, 3));
        assert_eq!(n_shared("error 40013", "error 40013"), 3);
        assert_eq!(n_shared("error 40013", "error 40014"), 2);
    }

    #[test]
    fn a_name_of_several_words_counts_beside_its_words() {
        assert_eq!(n_shared("fs.s3a.endpoint.", "(fs.s3a.endpoint)"), 4);
        assert_eq!(n_shared("fs.s3a.endpoint", "endpoint: fs s3a"), 3);
    }

    #[test]
    fn personal_numbers_are_seen_by_their_length_alone() {
        assert_eq!(n_shared("call 13800138000", "call 13900139001"), 2);
        assert_eq!(n_shared("call 13800138000", "call 13800138000"), 2);
    }

    #[test]
    fn pairs_of_chinese_characters_weigh_less() {
        let light = of("", "退款 ok").iter().filter(|(term, _)| weight_of(*term) < 1.0).count();
        assert_eq!(light, 1);
    }
}
