//! Traditional characters folded to simplified ones, character by character.
//!
//! A flat table over the CJK Unified Ideographs block, built once: the fold is
//! one load a character, where the source crate walks a map. It also tells
//! which characters only traditional script uses, which is how language is
//! told apart.

use std::sync::OnceLock;

/// The block `U+4E00..=U+9FFF`.
const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FFF;

/// Whether a character is a Chinese ideograph (base block, extension A, compatibility, extension B on).
pub fn is_han(c: char) -> bool {
    matches!(u32::from(c), FIRST..=LAST | 0x3400..=0x4DBF | 0xF900..=0xFAFF | 0x20000..=0x3134F | 0x3007)
}

/// The simplified form of a character; itself when it has none.
pub fn simplified(c: char) -> char {
    let code = u32::from(c);
    if !(FIRST..=LAST).contains(&code) {
        return c;
    }
    table()[(code - FIRST) as usize]
}

/// *Shape*: one entry for each code point of the block, in order.
fn table() -> &'static [char] {
    static TABLE: OnceLock<Box<[char]>> = OnceLock::new();
    TABLE.get_or_init(|| (FIRST..=LAST).filter_map(char::from_u32).map(simplify_one).collect())
}

fn simplify_one(c: char) -> char {
    let mut buffer = [0; 4];
    fast2s::convert(c.encode_utf8(&mut buffer)).chars().next().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_characters_fold_to_simplified_ones() {
        let folded: String = "訂單還沒發貨請幫我退款".chars().map(simplified).collect();
        assert_eq!(folded, "订单还没发货请帮我退款");
    }

    #[test]
    fn everything_else_stays() {
        for c in ['订', 'a', 'é', '，', '😀', '\u{9FFF}', '\u{4E00}'] {
            assert_eq!(simplified(c), c);
        }
    }

    #[test]
    fn folding_twice_is_folding_once() {
        for c in (FIRST..=LAST).filter_map(char::from_u32) {
            let once = simplified(c);
            assert_eq!(simplified(once), once, "{c}");
        }
    }
}
