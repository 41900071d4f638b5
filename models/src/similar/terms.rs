//! A text's terms: what the index of words counts.

use crate::features::FeatureSettings;
use crate::features::ngrams::walk;

/// Words of Latin script, and one and two Chinese characters: Chinese has no word boundaries.
const TERMS: FeatureSettings =
    FeatureSettings { words_max: 1, chars_min: 1, chars_max: 0, han_max: 2 };

/// The terms of a cleaned text with their counts, by fingerprint.
pub fn terms(text: &str) -> Vec<(u64, u32)> {
    let mut all = Vec::new();
    walk(text, TERMS, |fingerprint, _| all.push(fingerprint));
    all.sort_unstable();
    let count = |same: &[u64]| (same[0], same.len() as u32);
    all.chunk_by(|a, b| a == b).map(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_chinese_characters_are_counted() {
        let counts = |text: &str| terms(text).into_iter().map(|(_, n)| n).collect::<Vec<_>>();
        assert_eq!(counts("late late parcel").iter().sum::<u32>(), 3);
        assert_eq!(counts("late late parcel").len(), 2);
        // 退 款 退 款 and 退款 款退 退款.
        assert_eq!(counts("退款退款").iter().sum::<u32>(), 7);
        assert_eq!(counts("退款退款").len(), 4);
        assert!(terms(" , ").is_empty());
    }
}
