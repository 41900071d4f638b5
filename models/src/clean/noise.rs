//! Characters that somebody's software put between the customer's words.
//!
//! Two kinds were met in real tickets: pinyin in brackets after the characters
//! it spells, and the debris of text decoded with the wrong table.

use super::han::is_han;

/// What GBK and UTF-8 leave of replacement characters, and of uninitialised memory.
const DEBRIS: [&str; 3] = ["锟斤拷", "烫烫烫", "屯屯屯"];

/// The parts a pinyin syllable is made of.
const INITIALS: [&str; 24] = [
    "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r",
    "z", "c", "s", "y", "w", "",
];
const FINALS: [&str; 35] = [
    "iang", "iong", "uang", "ang", "eng", "ing", "ong", "ian", "iao", "uai", "uan", "van", "ai",
    "ei", "ui", "ao", "ou", "iu", "ie", "ue", "ve", "an", "en", "in", "un", "vn", "ia", "ua", "uo",
    "a", "o", "e", "i", "u", "v",
];

/// The longest bracket looked into, in bytes.
const BRACKET_BYTES_MAX: usize = 96;
/// A bracket spells at most this many of the characters before it.
const HAN_BEFORE_MAX: usize = 16;

/// Removes noise from a folded text, in place.
pub(super) fn remove(text: &mut String) {
    for debris in DEBRIS.into_iter().filter(|debris| text.contains(debris)).collect::<Vec<_>>() {
        *text = text.replace(debris, "");
    }
    if text.contains('(') {
        remove_pinyin(text);
    }
}

fn remove_pinyin(text: &mut String) {
    let mut from = 0;
    while let Some(open) = text[from..].find('(').map(|at| from + at) {
        from = open + 1;
        let Some(length) =
            text.as_bytes()[from..].iter().take(BRACKET_BYTES_MAX).position(|b| *b == b')')
        else {
            continue;
        };
        if spells(&text[from..from + length], &text[..open]) {
            text.replace_range(open..=from + length, "");
            from = open;
        }
    }
}

/// Whether `inside` is the pinyin of the last characters of `before`.
fn spells(inside: &str, before: &str) -> bool {
    let n_han = before.chars().rev().take(HAN_BEFORE_MAX).take_while(|c| is_han(*c)).count();
    let plain: String = inside.chars().filter(|c| !" '-".contains(*c)).map(without_tone).collect();
    plain.is_ascii() && (1..=n_han).contains(&n_syllables(&plain).unwrap_or(0))
}

/// The fewest syllables a text without tones is made of, if of nothing else.
fn n_syllables(text: &str) -> Option<usize> {
    // `fewest[at]`: the fewest syllables of which the first `at` bytes are made.
    let mut fewest = vec![None; text.len() + 1];
    fewest[0] = Some(0);
    for at in 0..text.len() {
        let Some(n) = fewest[at] else { continue };
        for length in syllable_lengths(&text[at..]) {
            let place = &mut fewest[at + length];
            *place = Some(place.map_or(n + 1, |held: usize| held.min(n + 1)));
        }
    }
    fewest[text.len()]
}

/// The lengths of the syllables that a text may begin with, in bytes.
fn syllable_lengths(text: &str) -> impl Iterator<Item = usize> {
    let initials = INITIALS.iter().filter(|initial| text.starts_with(**initial));
    let regular = initials.flat_map(|initial| {
        let rest = &text[initial.len()..];
        let may_start = !rest.starts_with(['i', 'u', 'v']) || !takes_no_glide(initial, rest);
        let finals = FINALS.iter().filter(move |last| may_start && rest.starts_with(**last));
        finals.map(|last| initial.len() + last.len())
    });
    // `er` is the one syllable with this final.
    regular.chain(text.starts_with("er").then_some(2))
}

/// `fi`, `wi`, `gi` and a bare `i` or `u` are no syllables: they are written `yi`, `wu`.
fn takes_no_glide(initial: &str, rest: &str) -> bool {
    initial.is_empty() || (rest.starts_with('i') && ["f", "g", "k", "h", "w"].contains(&initial))
}

fn without_tone(c: char) -> char {
    match c {
        'ā' | 'á' | 'ǎ' | 'à' => 'a',
        'ē' | 'é' | 'ě' | 'è' => 'e',
        'ī' | 'í' | 'ǐ' | 'ì' => 'i',
        'ō' | 'ó' | 'ǒ' | 'ò' => 'o',
        'ū' | 'ú' | 'ǔ' | 'ù' => 'u',
        'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => 'v',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut out = text.to_owned();
        remove(&mut out);
        assert_eq!(out, expected, "{text}");
    }

    #[test]
    fn pinyin_after_its_characters_goes() {
        check("我的订单(dìng dān)没到", "我的订单没到");
        check("快递(kuaidi)在哪(nǎ)里", "快递在哪里");
        check("空调(kongtiao)坏了", "空调坏了");
        check("女儿(nǚ ér)的", "女儿的");
    }

    #[test]
    fn other_brackets_stay() {
        for text in
            ["路由器(router)", "应用(app)闪退", "无线(wifi)", "(kuaidi)", "a(ma)", "订(", "订(é"]
        {
            check(text, text);
        }
    }

    #[test]
    fn more_syllables_than_characters_are_a_word_and_stay() {
        check("在(shanghai)", "在(shanghai)");
    }

    #[test]
    fn debris_of_wrong_decoding_goes() {
        check("收到锟斤拷了锟斤拷", "收到了");
    }
}
