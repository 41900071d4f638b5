//! Pinyin in brackets after the characters it spells: `订单(dìng dān)` to `订单`.
//!
//! Without tones a syllable may be an English word as well, so brackets go only
//! when they hold nothing but syllables, and no more of them than characters
//! stand before.

use super::han::is_han;

/// Every syllable of standard Mandarin without its tone: an initial, and the finals it takes.
const SYLLABLES: [(&str, &str); 24] = [
    ("b", "a ai an ang ao ei en eng i ian iao ie in ing o u"),
    ("p", "a ai an ang ao ei en eng i ian iao ie in ing o ou u"),
    ("m", "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u"),
    ("f", "a an ang ei en eng o ou u"),
    ("d", "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo"),
    ("t", "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo"),
    ("n", "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo v ve"),
    ("l", "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan un uo v ve"),
    ("g", "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo"),
    ("k", "a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo"),
    ("h", "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo"),
    ("j", "i ia ian iang iao ie in ing iong iu u uan ue un"),
    ("q", "i ia ian iang iao ie in ing iong iu u uan ue un"),
    ("x", "i ia ian iang iao ie in ing iong iu u uan ue un"),
    ("zh", "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo"),
    ("ch", "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo"),
    ("sh", "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo"),
    ("r", "an ang ao e en eng i ong ou u ua uan ui un uo"),
    ("z", "a ai an ang ao e ei en eng i ong ou u uan ui un uo"),
    ("c", "a ai an ang ao e en eng i ong ou u uan ui un uo"),
    ("s", "a ai an ang ao e en eng i ong ou u uan ui un uo"),
    ("y", "a an ang ao e i in ing o ong ou u uan ue un"),
    ("w", "a ai an ang ao ei en eng o u"),
    ("", "a ai an ang ao e ei en eng er o ou"),
];

/// English words of tickets that happen to be one syllable; alone and without a tone they stay.
const ENGLISH: [&str; 24] = [
    "a", "an", "ban", "bang", "bin", "can", "die", "fan", "gun", "he", "lan", "long", "man", "me",
    "men", "pan", "pen", "pin", "ping", "run", "song", "sun", "tan", "wan",
];

/// The longest bracket looked into, in bytes.
const BRACKET_BYTES_MAX: usize = 96;
/// A bracket spells at most this many of the characters before it.
const HAN_BEFORE_MAX: usize = 16;

/// Removes pinyin in brackets from a folded text; `scratch` is a buffer to write into.
pub(super) fn remove(text: &mut String, scratch: &mut String) {
    scratch.clear();
    let mut rest = text.as_str();
    while let Some(open) = rest.find(['(', '[']) {
        scratch.push_str(&rest[..open]);
        rest = &rest[open..];
        match bracketed(rest).filter(|inside| spells(inside, scratch)) {
            Some(inside) => rest = &rest[inside.len() + 2..],
            None => {
                scratch.push_str(&rest[..1]);
                rest = &rest[1..];
            }
        }
    }
    if scratch.is_empty() {
        return;
    }
    scratch.push_str(rest);
    std::mem::swap(text, scratch);
}

/// What stands in the bracket that `text` opens with.
fn bracketed(text: &str) -> Option<&str> {
    let close = if text.starts_with('(') { b')' } else { b']' };
    let length = text.bytes().take(BRACKET_BYTES_MAX).position(|b| b == close)?;
    Some(&text[1..length])
}

/// Whether `inside` is the pinyin of the last characters of `before`.
fn spells(inside: &str, before: &str) -> bool {
    let n_han = before.chars().rev().take(HAN_BEFORE_MAX).take_while(|c| is_han(*c)).count();
    if n_han == 0 || ENGLISH.contains(&inside) {
        return false;
    }
    let letters: String =
        inside.chars().filter(|c| !" '’-".contains(*c)).map(without_tone).collect();
    n_syllables(&letters).is_some_and(|n| (1..=n_han).contains(&n))
}

/// The fewest syllables that letters without tones are made of, if of nothing else.
fn n_syllables(letters: &str) -> Option<usize> {
    if !letters.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    // `fewest[at]`: the fewest syllables of which the first `at` letters are made.
    let mut fewest = [None; BRACKET_BYTES_MAX];
    fewest[0] = Some(0);
    for at in 0..letters.len() {
        let Some(n) = fewest[at] else { continue };
        for length in syllable_lengths(&letters[at..]) {
            let place = &mut fewest[at + length];
            *place = Some(place.map_or(n + 1, |held: usize| held.min(n + 1)));
        }
    }
    fewest[letters.len()]
}

/// The lengths of the syllables that letters may begin with.
fn syllable_lengths(letters: &str) -> impl Iterator<Item = usize> {
    let fitting = |(initial, finals): (&'static str, &'static str)| {
        letters.strip_prefix(initial).map(|rest| (initial, rest, finals))
    };
    SYLLABLES.into_iter().filter_map(fitting).flat_map(|(initial, rest, finals)| {
        let fitting = finals.split(' ').filter(|last| rest.starts_with(last));
        fitting.map(|last| initial.len() + last.len())
    })
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
        remove(&mut out, &mut String::new());
        assert_eq!(out, expected, "{text}");
    }

    #[test]
    fn pinyin_after_its_characters_goes() {
        check("我的订单(dìng dān)没到", "我的订单没到");
        check("快递(kuaidi)在哪(nǎ)里", "快递在哪里");
        check("空调(kongtiao)坏了", "空调坏了");
        check("女儿(nǚ ér)的", "女儿的");
        check("我要退货[tui huo]，西安(xi'an)", "我要退货，西安");
        check("退(tuì)货(huò)款(kuǎn)(kuan)", "退货款");
    }

    #[test]
    fn other_brackets_stay() {
        for text in [
            "路由器(router)",
            "应用(app)闪退",
            "无线(wifi)",
            "插口(usb)",
            "手机(iphone)",
            "表情[doge]",
            "(kuaidi)",
            "a(ma)",
            "订(",
            "订(é",
            "订()",
            "订(] [)",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn english_words_that_could_be_a_syllable_stay() {
        for text in ["风扇(fan)不转", "usb风扇(fan)", "cooling(fan)", "网口(lan)", "延迟(ping)高"]
        {
            check(text, text);
        }
        check("吃饭(fàn)", "吃饭");
    }

    #[test]
    fn more_syllables_than_characters_are_a_word_and_stay() {
        check("在(shanghai)", "在(shanghai)");
    }

    #[test]
    fn every_syllable_is_one_syllable() {
        for (initial, finals) in SYLLABLES {
            for last in finals.split(' ') {
                assert_eq!(n_syllables(&format!("{initial}{last}")), Some(1), "{initial}{last}");
            }
        }
        assert_eq!(n_syllables("wifi"), None);
    }
}
