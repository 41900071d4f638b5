//! "Did you mean": the known words that look most like one that is not known.
//!
//! Ids are long and share parts (`returns.refund`), so words are compared by
//! the pairs of characters they share and not by typing errors: `refund` is
//! nearer to `returns.refund` than to `other`.

use std::collections::BTreeSet;

/// The known words nearest to one, best first, ties in their own order; at most so many.
pub(super) fn nearest<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
    n_max: usize,
) -> Vec<&'a str> {
    let pairs = pairs_of(word);
    let mut ranked: Vec<_> =
        known.into_iter().map(|known| (likeness(&pairs, &pairs_of(known)), known)).collect();
    ranked.sort_by_key(|(likeness, _)| std::cmp::Reverse(*likeness));
    ranked.into_iter().take(n_max).map(|(_, known)| known).collect()
}

fn pairs_of(word: &str) -> BTreeSet<[char; 2]> {
    let chars: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    chars.windows(2).map(|pair| [pair[0], pair[1]]).collect()
}

/// Dice's coefficient of two sets in thousandths: twice what is shared over both sizes.
fn likeness(left: &BTreeSet<[char; 2]>, right: &BTreeSet<[char; 2]>) -> usize {
    let shared = left.intersection(right).count();
    2_000 * shared / (left.len() + right.len()).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 4] = ["billing.payment", "other", "returns.exchange", "returns.refund"];

    #[test]
    fn a_part_of_an_id_and_a_slip_in_it_find_the_id() {
        assert_eq!(nearest("refund", KNOWN, 1), ["returns.refund"]);
        assert_eq!(nearest("returns.refnud", KNOWN, 2), ["returns.refund", "returns.exchange"]);
        assert_eq!(nearest("PAYMENTS", KNOWN, 1), ["billing.payment"]);
    }

    #[test]
    fn a_word_like_none_finds_the_first() {
        assert_eq!(nearest("退款", KNOWN, 2), ["billing.payment", "other"]);
        assert_eq!(nearest("", KNOWN, 9).len(), 4);
    }
}
