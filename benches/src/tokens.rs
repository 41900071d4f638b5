//! How long a text is, in the tokens that language models count by.

/// Counts words, single Chinese characters and punctuation marks, as BERT's basic tokeniser does.
pub fn n_tokens(text: &str) -> usize {
    let (mut n, mut in_word) = (0, false);
    for c in text.chars() {
        let is_letter = c.is_alphanumeric() && !is_han(c);
        let goes_on = is_letter && in_word;
        n += usize::from(!c.is_whitespace() && !goes_on);
        in_word = is_letter;
    }
    n
}

/// A character of the CJK Unified Ideographs block.
fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_characters_and_marks_count_one_each() {
        assert_eq!(n_tokens("My parcel is late!"), 5);
        assert_eq!(n_tokens("退款呢？A12 坏了"), 7);
        assert_eq!(n_tokens(" \n"), 0);
    }
}
