//! UTF-8 that was read as GBK: one character for every two bytes.

use std::sync::OnceLock;

use encoding_rs::GBK;

use super::{is_chinese, is_sign};

/// A chance match of fewer characters is not that rare.
const REPAIRED_CHARS_MIN: usize = 2;

/// *Shape*: the two bytes of each character up to U+FFFF; 0 where the table has none.
fn pairs() -> &'static [u16] {
    static PAIRS: OnceLock<Box<[u16]>> = OnceLock::new();
    PAIRS.get_or_init(|| {
        let mut pairs = vec![0; 0x1_0000].into_boxed_slice();
        for pair in 0x8140..=0xFEFE_u16 {
            if let Some(c) = decoded(pair) {
                pairs[c as usize] = pair;
            }
        }
        pairs
    })
}

/// The character of two bytes, if they are one.
fn decoded(pair: u16) -> Option<char> {
    let bytes = pair.to_be_bytes();
    let text = GBK.decode_without_bom_handling_and_without_replacement(&bytes)?;
    let mut chars = text.chars();
    chars.next().filter(|c| chars.next().is_none() && *c <= '\u{FFFF}')
}

fn pair_of(c: char) -> Option<[u8; 2]> {
    let pair = *pairs().get(c as usize)?;
    (pair != 0).then(|| pair.to_be_bytes())
}

/// Whether a character's bytes are the first two of a character of UTF-8.
pub(super) fn is_lead(c: char) -> bool {
    c >= '\u{4E00}' && matches!(pair_of(c), Some([0xE2..=0xEF, 0x80..=0xBF]))
}

/// Reads the run of characters that may be such bytes, and writes what it stands for, or itself.
pub(super) fn take(text: &str, at: usize, out: &mut String) -> usize {
    let mut bytes = Vec::new();
    let mut is_rare = false;
    let mut length = 0;
    for c in text[at..].chars() {
        match (c, pair_of(c)) {
            // The one byte that stands for itself.
            ('€', _) => bytes.push(0x80),
            (_, Some(pair)) => {
                is_rare |= pair.iter().any(|byte| *byte <= 0xA0);
                bytes.extend(pair);
            }
            _ => break,
        }
        length += c.len_utf8();
    }
    let run = &text[at..at + length];
    let lost = text[at + length..].chars().next().filter(|c| matches!(c, '?' | '\u{FFFD}'));
    let repaired = decode(&bytes, lost.is_some()).filter(|it| is_rare && is_text(it));
    out.push_str(repaired.unwrap_or(run));
    length
}

/// The bytes as UTF-8, where the last character may be one whose end was lost.
fn decode(bytes: &[u8], may_be_cut: bool) -> Option<&str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) if may_be_cut && error.error_len().is_none() => {
            std::str::from_utf8(&bytes[..error.valid_up_to()]).ok()
        }
        Err(_) => None,
    }
}

fn is_text(text: &str) -> bool {
    text.chars().count() >= REPAIRED_CHARS_MIN && text.chars().all(|c| is_chinese(c) || is_sign(c))
}
