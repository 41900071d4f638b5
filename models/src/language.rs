//! The language of a text, from its scripts and its function words.
//!
//! A ticket is short and full of names, so no statistics of letters are asked:
//! the script decides between Chinese and the rest, traditional characters
//! between the two Chinese scripts, and function words between English and
//! other languages in Latin script.

use std::sync::LazyLock;

use switchyard_domain::assessment::Language;

use crate::clean::Cleaned;
use crate::clean::han::is_han;

/// English function words.
const ENGLISH: [&str; 97] = [
    "a", "about", "after", "again", "all", "am", "an", "and", "any", "anyone", "are", "as", "at",
    "back", "be", "because", "been", "before", "but", "by", "can", "cannot", "could", "did", "do",
    "does", "for", "from", "get", "got", "had", "has", "have", "he", "hello", "help", "here", "hi",
    "how", "i", "if", "in", "into", "is", "it", "its", "just", "keeps", "me", "my", "need", "new",
    "no", "not", "now", "of", "off", "on", "only", "or", "our", "out", "over", "please", "she",
    "since", "so", "some", "still", "thanks", "that", "the", "their", "them", "then", "there",
    "they", "this", "to", "too", "up", "want", "was", "we", "were", "what", "when", "where",
    "which", "who", "why", "will", "with", "without", "would", "you", "your",
];

/// Function words of other languages in Latin script that English does not have.
const FOREIGN: [&str; 56] = [
    "aber", "avec", "bonjour", "che", "como", "con", "cuando", "dans", "das", "dem", "den", "der",
    "des", "die", "dla", "ein", "eine", "el", "en", "est", "esta", "et", "gracias", "hola", "ich",
    "il", "ist", "je", "jest", "la", "las", "le", "les", "los", "mais", "mein", "mi", "mon", "nao",
    "nicht", "nie", "não", "para", "pas", "pero", "por", "pour", "que", "qui", "sie", "son", "una",
    "und", "une", "vous", "wir",
];

/// Chinese with at least this share of traditional-only characters is in traditional script.
///
/// Running traditional text has about a third; a quoted name in simplified text far less.
const TRADITIONAL_SHARE_MIN: f32 = 0.08;
/// Text in both scripts is mixed from this many English words on,
const MIXED_WORDS_MIN: usize = 3;
/// and from this share of words on, where a Chinese word counts 1.5 characters.
const MIXED_SHARE_MIN: f32 = 0.2;

/// The language of a cleaned ticket.
pub fn detect(cleaned: &Cleaned) -> Language {
    let scripts = cleaned.scripts;
    if scripts.foreign > (scripts.han + scripts.latin) / 4 {
        return Language::Und;
    }
    if scripts.han == 0 {
        return detect_latin(&cleaned.text);
    }
    detect_chinese(cleaned)
}

fn detect_chinese(cleaned: &Cleaned) -> Language {
    let han = cleaned.scripts.han as f32;
    let n_words = words(&cleaned.text).filter(|word| word.len() > 1).count();
    let share = n_words as f32 / (n_words as f32 + han / 1.5);
    if n_words >= MIXED_WORDS_MIN && share >= MIXED_SHARE_MIN {
        return Language::Mixed;
    }
    if cleaned.scripts.traditional as f32 >= han * TRADITIONAL_SHARE_MIN {
        Language::ZhHant
    } else {
        Language::ZhHans
    }
}

fn detect_latin(text: &str) -> Language {
    let (mut n_words, mut n_english, mut n_foreign) = (0, 0, 0);
    for word in words(text) {
        n_words += 1;
        match FUNCTION_WORDS.of(word) {
            Some(Side::English) => n_english += 1,
            Some(Side::Foreign) => n_foreign += 1,
            None => {}
        }
    }
    // A few words without function words are an English note: `vpn down again`.
    let is_note = n_words < 6 && n_foreign == 0;
    if n_words > 0 && n_english >= n_foreign && (n_english > 0 || is_note) {
        Language::En
    } else {
        Language::Und
    }
}

/// The words of folded text in Latin letters, without digits.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !is_letter(c)).filter(|word| !word.is_empty())
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || (!c.is_ascii() && c.is_alphabetic() && !is_han(c))
}

static FUNCTION_WORDS: LazyLock<FunctionWords> = LazyLock::new(FunctionWords::new);

/// Whose a function word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    English,
    Foreign,
}

/// Function words as numbers: a ticket asks for each of its words.
struct FunctionWords(Vec<(u64, Side)>);

impl FunctionWords {
    fn new() -> Self {
        let of = |words: &'static [&str], side| {
            words.iter().filter_map(move |word| Some((packed(word)?, side)))
        };
        let mut all: Vec<(u64, Side)> =
            of(&ENGLISH, Side::English).chain(of(&FOREIGN, Side::Foreign)).collect();
        all.sort_unstable_by_key(|(word, _)| *word);
        Self(all)
    }

    fn of(&self, word: &str) -> Option<Side> {
        let word = packed(word)?;
        let at = self.0.binary_search_by_key(&word, |(known, _)| *known).ok()?;
        Some(self.0[at].1)
    }
}

/// The bytes of a word as a number; no function word has more than eight.
fn packed(word: &str) -> Option<u64> {
    (word.len() <= 8).then(|| word.bytes().fold(0, |all, byte| all << 8 | u64::from(byte)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::TicketText;

    fn check(text: &str, expected: Language) {
        let mut cleaned = Cleaned::default();
        cleaned.read(&TicketText::new("", text));
        assert_eq!(detect(&cleaned), expected, "{text}");
    }

    #[test]
    fn every_function_word_is_known_for_whose_it_is() {
        let are = |words: &[&str], side| words.iter().all(|it| FUNCTION_WORDS.of(it) == Some(side));
        assert!(are(&ENGLISH, Side::English) && are(&FOREIGN, Side::Foreign));
        assert_eq!(
            (FUNCTION_WORDS.of("parcel"), FUNCTION_WORDS.of("withoutwithout")),
            (None, None)
        );
    }

    #[test]
    fn chinese_is_told_by_its_script() {
        check("我的快递还没到", Language::ZhHans);
        check("我的包裹還沒到，請幫我查一下", Language::ZhHant);
        check("iPhone 15 屏幕碎了怎么办", Language::ZhHans);
    }

    #[test]
    fn english_needs_no_long_text() {
        check("My parcel is late", Language::En);
        check("vpn down", Language::En);
    }

    #[test]
    fn two_languages_in_one_text_are_mixed() {
        check("我的 VPN connection keeps dropping，怎么 fix 一下", Language::Mixed);
    }

    #[test]
    fn what_is_neither_is_undetermined() {
        check("Мой заказ не пришёл", Language::Und);
        check("注文した商品がまだ届きません", Language::Und);
        check("hola, mi pedido no ha llegado, necesito ayuda", Language::Und);
        check("?", Language::Und);
        check("", Language::Und);
    }
}
